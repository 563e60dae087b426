"""The engine of the application that answers the current request."""

from flask import current_app

from search.engine import Engine


def engine() -> Engine:
    """Return the current application's engine."""
    found = current_app.extensions["karjera"]
    assert isinstance(found, Engine)
    return found
