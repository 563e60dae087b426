"""An article <-> the fields of a Whoosh document, both ways."""

import json
from datetime import date
from typing import Any

from corpus import Article, Span
from indexer import schema
from indexer.analysis import Analyzer, Token

# The values of a column of one document, several topics separated by blanks.
_SEPARATOR = " "


def document(article: Article, analyzer: Analyzer) -> dict[str, Any]:
    """Return the keyword arguments of Whoosh's add_document for an article, analysed in its language."""
    title = analyzer.tokens(article.title)
    body = analyzer.tokens(article.body)
    code = article.language
    return unanalysed(article) | {
        schema.title_field(code): [token.stem for token in title if not token.joined],
        schema.body_field(code): [token.stem for token in body if not token.joined],
        schema.form_field(code): forms(title) + forms(body),
        schema.title_form_field(code): forms(title),
    }


def unanalysed(article: Article) -> dict[str, Any]:
    """Return those of the arguments that are the same whatever the analysis."""
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
        schema.PUBLISHED: article.published.isoformat().encode() if article.published else b"",
        schema.HASH: article.content_hash().encode(),
        schema.STORED: _stored(article),
    }


def article_of(stored: dict[str, Any]) -> Article:
    """Return the article that a document's stored fields hold."""
    said = json.loads(stored[schema.STORED])
    return Article(
        id=said["id"],
        language=said["language"],
        title=said["title"],
        body=said["body"],
        topics=tuple(said["topics"]),
        published=date.fromisoformat(said["published"]) if said["published"] else None,
        author=said["author"],
        source=said["source"],
        work=said["work"],
        markup=tuple(Span.from_list(span) for span in said["markup"]),
    )


def topics_of(column_value: str) -> tuple[str, ...]:
    """Return the topics that the value of the topics column names."""
    return tuple(column_value.split(_SEPARATOR)) if column_value else ()


def _stored(article: Article) -> str:
    # JSON, so that what Whoosh pickles with its own fields is one text of ours.
    return json.dumps(
        {
            "id": article.id,
            "language": article.language,
            "title": article.title,
            "body": article.body,
            "topics": article.topics,
            "published": article.published.isoformat() if article.published else None,
            "author": article.author,
            "source": article.source,
            "work": article.work,
            "markup": [span.as_list() for span in article.markup],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def forms(tokens: list[Token]) -> list[str]:
    """Return the terms of words as written: forms, and what differs from them when accents are left out."""
    found = []
    for token in tokens:
        found.append(token.form)
        found += marked_forms(token.form, token.folded, token.stem, token.plain, token.joined)
    return found


def marked_forms(form: str, folded: str, stem: str, plain: str, joined: bool = False) -> list[str]:
    """Return the terms that stand beside a word's form, each under its mark."""
    found = []
    if folded != form:
        found.append(schema.FOLDED_MARK + folded)
    # The stem of a joined word stands nowhere else: those of its runs do.
    if plain != stem or joined:
        found.append(schema.PLAIN_MARK + plain)
    return found
