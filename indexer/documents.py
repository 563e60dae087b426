"""An article <-> the fields of a Whoosh document, both ways."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus import Article, Span
from indexer import schema

# The values of a column of one document, several topics separated by blanks.
_SEPARATOR = " "

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Encoded:
    """An article's texts in UTF-8, its content hash, and what is stored of it, in UTF-8 and so many characters long."""

    title: bytes
    body: bytes
    hash: bytes
    stored: bytes
    stored_chars: int

    @classmethod
    def of(cls, article: Article) -> "Encoded":
        """Encode an article, each of its texts once."""
        title, body = (text.encode("utf-8", "surrogatepass") for text in (article.title, article.body))
        text, head = title + body, _head(article)
        stored = b"\n".join([head.encode("utf-8", "surrogatepass"), text])
        chars = len(head) + 1 + len(article.title) + len(article.body)
        return cls(title, body, article.content_hash(text).encode(), stored, chars)


def unanalysed(article: Article) -> dict[str, Any]:
    """Return the keyword arguments of Whoosh's add_document that no analysis makes."""
    return keywords(article) | {
        schema.HASH: article.content_hash().encode(),
        schema.STORED: f"{_head(article)}\n{article.title}{article.body}",
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
    whole = stored[schema.STORED]
    said, head_chars = _DECODER.raw_decode(whole)
    body = head_chars + 1 + said["title_chars"]
    return Article(
        id=said["id"],
        language=said["language"],
        title=whole[head_chars + 1 : body],
        body=whole[body:],
        topics=tuple(said["topics"]),
        published=date.fromisoformat(said["published"]) if said["published"] else None,
        author=said["author"],
        source=said["source"],
        work=said["work"],
        markup=tuple(Span.from_list(span) for span in said["markup"]),
        topics_assigned=said["topics_assigned"],
    )


def topics_of(column_value: str) -> tuple[str, ...]:
    """Return the topics that the value of the topics column names."""
    return tuple(column_value.split(_SEPARATOR)) if column_value else ()


def _head(article: Article) -> str:
    # JSON, so that what Whoosh stores with its own fields is one text of ours; the long texts behind it as they are.
    return _ENCODER.encode(
        {
            "id": article.id,
            "language": article.language,
            "title_chars": len(article.title),
            "topics": article.topics,
            "published": article.published.isoformat() if article.published else None,
            "author": article.author,
            "source": article.source,
            "work": article.work,
            "markup": [span.as_list() for span in article.markup],
            "topics_assigned": article.topics_assigned,
        }
    )
