"""An article <-> the fields of a Whoosh document, both ways."""

import hashlib
from datetime import date
from typing import Any, NamedTuple

from corpus import Article
from indexer import schema

# The values of a column of one document, several topics separated by blanks.
_SEPARATOR = " "


class Encoded(NamedTuple):
    """An article on its way into a segment: all of it in UTF-8, of which less is kept and sent than of characters.

    The title stands in `whole` from `title_at`, the body from `body_at` to the end; it has so many `chars`.
    """

    id: str
    language: str
    topics: tuple[str, ...]
    topics_assigned: bool
    published: date | None
    work: str
    whole: bytes
    chars: int
    title_at: int
    body_at: int

    @classmethod
    def of(cls, article: Article) -> "Encoded":
        """Encode an article."""
        text = article.whole()
        whole = text.encode("utf-8", "surrogatepass")
        title_at = whole.index(b"\n") + 1  # the first: JSON has no line end but as an escape
        body_at = title_at + len(article.title.encode("utf-8", "surrogatepass"))
        return cls(
            article.id,
            article.language,
            article.topics,
            article.topics_assigned,
            article.published,
            article.work,
            whole,
            len(text),
            title_at,
            body_at,
        )

    @property
    def title(self) -> bytes:
        return self.whole[self.title_at : self.body_at]

    @property
    def body(self) -> memoryview:
        return memoryview(self.whole)[self.body_at :]

    @property
    def text_bytes(self) -> int:
        """How long title and body are."""
        return len(self.whole) - self.title_at

    def article(self) -> Article:
        """Return the article."""
        return Article.of_whole(self.whole.decode("utf-8", "surrogatepass"))

    def content_hash(self) -> str:
        """Return the article's content hash."""
        if self.topics_assigned:
            return self.article().content_hash()
        return hashlib.sha256(self.whole).hexdigest()


def unanalysed(article: Article) -> dict[str, Any]:
    """Return the keyword arguments of Whoosh's add_document that no analysis makes."""
    return keywords(article) | {
        schema.HASH: article.content_hash().encode(),
        schema.STORED: article.whole(),
    }


def keywords(article: Article | Encoded) -> dict[str, Any]:
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
