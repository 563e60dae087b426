"""What can go wrong with a request.

- SearchError: base of all that this package raises
  - BadRequest: parameters have values that cannot be used; never for what stands in the query itself
  - ArticleNotFound: no article has this id
  - SyncRefused: a build or sync is running, and there is one at a time

What the index raises (`indexer.errors`) passes through.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a parameter: what came, and what is allowed."""

    parameter: str
    detail: str


class SearchError(Exception):
    """Base of the errors of this package."""


class BadRequest(SearchError):
    """Parameters cannot be used: every one that is at fault, in the order in which they are documented."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(" ".join(fault.detail for fault in faults))
        self.faults = faults


class ArticleNotFound(SearchError):
    """No article of the index has this id."""


class SyncRefused(SearchError):
    """Another build or sync is running; the message says which, and that it has to end first."""
