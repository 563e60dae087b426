"""What can go wrong with a request.

- SearchError: base of all that this package raises
  - BadRequest: a parameter has a value that cannot be used; never for what stands in the query itself
  - ArticleNotFound: no article has this id
  - SyncRefused: a build or sync is running, and there is one at a time

What the index raises (`indexer.errors`) passes through.
"""


class SearchError(Exception):
    """Base of the errors of this package."""


class BadRequest(SearchError):
    """`parameter` has a value that cannot be used; the message says what came and what is allowed."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter


class ArticleNotFound(SearchError):
    """No article of the index has this id."""


class SyncRefused(SearchError):
    """Another build or sync is running; the message says which, and that it has to end first."""
