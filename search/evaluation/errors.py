"""What can go wrong with an evaluation.

- EvaluationError: base of all that this package raises; its message says what to do
  - BadSet: a judged set is incomplete or contradicts itself
  - BadGate: a gate file cannot be read, or what was asked of it cannot be done
  - ExtraMissing: the libraries that measure are not installed
"""

from search.errors import SearchError


class EvaluationError(SearchError):
    """Base of the errors of this package."""


class BadSet(EvaluationError):
    """A judged set cannot be used; the message names the file, and the line where there is one."""


class BadGate(EvaluationError):
    """A gate file cannot be read or written as asked."""


class ExtraMissing(EvaluationError):
    """The extra `evaluate` is not installed."""

    def __init__(self, missing: str | None) -> None:
        super().__init__(
            f"{missing or 'a library'} is not installed, and measuring needs it; "
            "install Karjera with its extra `evaluate`, in its folder by `pip install '.[evaluate]'`."
        )
