"""Titles that a reader may have begun to type: those in their languages first, the newest before others."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from search.page import Suggestion
from search.snapshot import Snapshot
from search.typed import Typed, candidates, first

# Titles read at once: those that say the same as one before are passed over.
_AHEAD = 3


def titles(typed: Typed, prefer: Sequence[str], count: int, snapshot: Snapshot, mistyped: bool) -> Iterator[Suggestion]:
    """Yield titles, at most about `count`: without typos before others, then in the languages preferred, in order.

    Of those, the ones that go on as typed come first, then the newest.
    """
    if snapshot.typed is None:
        return
    found = candidates(snapshot.typed.titles, typed.words, len(snapshot.columns.days), mistyped)
    if found is None:
        return
    columns = snapshot.columns
    liked = np.array([rank_of(code, prefer) for code in columns.languages], np.int64)
    ranks = liked[columns.language_codes[found.texts]]
    keys = found.typos.astype(np.int64) * (len(prefer) + 1) + ranks
    keys = (keys * 2 + ~found.goes_on) * date.max.toordinal() - columns.days[found.texts]
    seen: set[tuple[str, str]] = set()
    for at in first(keys, _AHEAD * count).tolist():
        article = snapshot.article(int(found.texts[at]))
        if (article.title, article.language) not in seen:
            seen.add((article.title, article.language))
            yield Suggestion(article.title, "title", article.language, article.id)
            if len(seen) == count:
                return


def rank_of(language: str, prefer: Sequence[str]) -> int:
    """Return the place of a language among those preferred, behind all of them if it is not there."""
    return prefer.index(language) if language in prefer else len(prefer)
