"""What the application that answers the current request holds: its engine, and the operator's notices."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from flask import current_app, g

from corpus import Article
from search.engine import Engine
from search.notices import Notice, fitting

# Of a title that words of notices are looked for in.
MAX_TITLE_CHARS = 1_000


def engine() -> Engine:
    """Return the current application's engine."""
    found = current_app.extensions["karjera"]
    assert isinstance(found, Engine)
    return found


def notices_for(
    query: str, topics: Iterable[str], languages: Iterable[str], article: Article | None = None
) -> tuple[Notice, ...]:
    """Return the notices to show with a query, topics or an article, to a reader of these languages."""
    notices: tuple[Notice, ...] = current_app.extensions["karjera.notices"]
    query = query[: engine().settings.max_query_chars]
    title = article.title[:MAX_TITLE_CHARS] if article else ""
    named: frozenset[str] = frozenset()
    if any(notice.concepts for notice in notices):
        named = engine().concepts(query)
        if article:
            named |= engine().concepts(title, (article.language,))
    return fitting(notices, f"{query} {title}", topics, languages, named)


@contextmanager
def asked_by_nobody() -> Iterator[None]:
    """Within it, searches are those of a page itself, which nobody asked for and no report should count."""
    g.asked_by_nobody = True
    try:
        yield
    finally:
        g.asked_by_nobody = False
