"""What the application that answers the current request holds: its engine, and the operator's notices."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from flask import current_app, g

from search.engine import Engine
from search.notices import Notice, fitting


def engine() -> Engine:
    """Return the current application's engine."""
    found = current_app.extensions["karjera"]
    assert isinstance(found, Engine)
    return found


def notices_for(text: str, topics: Iterable[str], languages: Iterable[str]) -> tuple[Notice, ...]:
    """Return the notices to show with a text or topics, to a reader of these languages."""
    notices: tuple[Notice, ...] = current_app.extensions["karjera.notices"]
    return fitting(notices, text[: engine().settings.max_query_chars + 1000], topics, languages)


@contextmanager
def asked_by_nobody() -> Iterator[None]:
    """Within it, searches are those of a page itself, which nobody asked for and no report should count."""
    g.asked_by_nobody = True
    try:
        yield
    finally:
        g.asked_by_nobody = False
