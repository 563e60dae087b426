"""Articles one by one through Whoosh's own writer: slow and plain, for comparing with.

Whoosh pickles the schema with the index, without our analyzers, which `with_analyzers` gives it while something is
added. A document added so is found by Whoosh's queries; it has no part in the lexicon.
"""

from collections.abc import Iterator
from copy import copy
from typing import Any

from whoosh.analysis import Token
from whoosh.fields import Schema

from corpus import LANGUAGES, Article
from indexer import schema
from indexer.analysis import Analyzer
from indexer.documents import unanalysed


class TermAnalyzer:
    """Our analysis as Whoosh's fields ask for it: a token a term, at its position."""

    def __init__(self, language: str) -> None:
        self._analyzer = Analyzer(LANGUAGES[language])

    def __call__(self, value: str, **asked: Any) -> Iterator[Token]:
        token = Token()
        for found in self._analyzer.tokens(value):
            token.text, token.pos, token.boost, token.stopped = found.form, found.position, 1.0, False
            yield token

    def clean(self) -> None:
        """Whoosh calls this after each document."""


def with_analyzers(whole: Schema) -> Schema:
    """Return a copy of a schema whose fields of words can be given text."""
    fields = dict(whole.items())
    for code in LANGUAGES:
        for name in (schema.title_field(code), schema.body_field(code)):
            if name in fields:
                fields[name] = copy(fields[name])
                fields[name].analyzer = TermAnalyzer(code)  # type: ignore[assignment]
    return Schema(**fields)


def document(article: Article) -> dict[str, Any]:
    """Return the keyword arguments of Whoosh's add_document for an article, its texts to be analysed."""
    code = article.language
    return unanalysed(article) | {
        schema.title_field(code): article.title,
        schema.body_field(code): article.body,
    }
