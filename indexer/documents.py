"""An article <-> the fields of a Whoosh document, both ways."""

from dataclasses import dataclass
from typing import Any

from corpus import Article
from indexer import schema

# The values of a column of one document, several topics separated by blanks.
_SEPARATOR = " "


@dataclass(frozen=True, slots=True)
class Encoded:
    """An article's texts in UTF-8, its content hash, and what is stored of it, in UTF-8 and so many characters long."""

    title: bytes
    body: memoryview
    hash: bytes
    stored: bytes
    stored_chars: int

    @classmethod
    def of(cls, article: Article) -> "Encoded":
        """Encode an article, each of its texts once."""
        whole = article.whole()
        stored = whole.encode("utf-8", "surrogatepass")
        title = article.title.encode("utf-8", "surrogatepass")
        # JSON has no line end but as an escape.
        body = memoryview(stored)[stored.index(b"\n") + 1 + len(title) :]
        return cls(title, body, article.content_hash(stored).encode(), stored, len(whole))


def unanalysed(article: Article) -> dict[str, Any]:
    """Return the keyword arguments of Whoosh's add_document that no analysis makes."""
    return keywords(article) | {
        schema.HASH: article.content_hash().encode(),
        schema.STORED: article.whole(),
    }


def keywords(article: Article) -> dict[str, Any]:
    """Return those of them that do not depend on the article's texts."""
    code = article.language
    return {
        schema.ID: [article.id],
        f"_stored_{schema.ID}": article.id,
        schema.LANGUAGE: [code],
        f"_stored_{schema.LANGUAGE}": code,
        schema.TOPICS: list(article.topics),
        f"_stored_{schema.TOPICS}": _SEPARATOR.join(article.topics),
        schema.WORK: [article.work],
        f"_stored_{schema.WORK}": article.work,
        schema.PUBLISHED: article.published.toordinal() if article.published else 0,
    }


def article_of(stored: dict[str, Any]) -> Article:
    """Return the article that a document's stored fields hold."""
    return Article.of_whole(stored[schema.STORED])


def topics_of(column_value: str) -> tuple[str, ...]:
    """Return the topics that the value of the topics column names."""
    return tuple(column_value.split(_SEPARATOR)) if column_value else ()
