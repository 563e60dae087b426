"""What can go wrong between a path and an article.

- CorpusError: base of all that this package raises
  - SettingsError: a KARJERA_* variable that cannot be used
  - GlossaryError: a glossary, or a file to import into it, that cannot be used
  - Rejection: one article that cannot be read; it never ends a run, but becomes a Problem

A Problem is not an exception: it is the line of the report that says which input, and why.
"""

from dataclasses import dataclass


class CorpusError(Exception):
    """Base of the errors of this package."""


class SettingsError(CorpusError):
    """A setting has a value that cannot be used."""


class GlossaryError(CorpusError):
    """A glossary cannot be used; the message names file, concept, language and term."""


class Rejection(CorpusError):
    """This input is no article; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an operator should know about one input.

    `skipped` tells whether the article is missing because of it; a problem that skips nothing is a warning.
    """

    source: str
    reason: str
    skipped: bool = True

    def __str__(self) -> str:
        return f"{self.source}: {'skipped: ' if self.skipped else ''}{self.reason}"
