"""One hit for each work: as which of its articles it ranks, and which of them is shown.

The translations of a work say the same, so a work is as good an answer as the best of its articles that answer, and is
shown in the language that the reader likes best among them. What a reader prefers so never costs a work its place.

By date there is no best: there a work stands where the article does that is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.codec.container import Array
from search.ordering import best_keys, liking, newest_keys
from search.ranking import Matches
from search.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Works:
    """Works by document numbers, parallel: the articles as which they rank, sorted, and those that are shown."""

    ranked: Array
    shown: Array

    def shown_for(self, ranked: Array) -> Array:
        """Return the articles to show for some that works rank as."""
        return self.shown[np.searchsorted(self.ranked, ranked)]


def by_relevance(numbers: Array, matches: Matches, snapshot: Snapshot, prefer: Sequence[str]) -> Works:
    """Return the works of some documents, each ranked as its best article."""
    keys = [best_keys(numbers, matches, prefer, snapshot.columns)]
    liked = liking(numbers, prefer, snapshot.columns)
    ranked = _first_of_each(numbers, [*keys, liked], snapshot)
    shown = _first_of_each(numbers, [liked, *keys], snapshot) if prefer else ranked
    # Both are in the order of the works.
    order = np.argsort(ranked)
    return Works(ranked[order], shown[order])


def by_date(numbers: Array, matches: Matches, snapshot: Snapshot, prefer: Sequence[str]) -> Works:
    """Return the works of some documents, each standing where the article does that is shown."""
    liked = liking(numbers, prefer, snapshot.columns)
    shown = np.sort(_first_of_each(numbers, [liked, *newest_keys(numbers, matches, snapshot.columns)], snapshot))
    return Works(shown, shown)


def _first_of_each(numbers: Array, keys: Sequence[Array], snapshot: Snapshot) -> Array:
    """Return the first document of each work by some keys, in the order of the works' codes."""
    codes = snapshot.work_codes[numbers]
    alone = np.bincount(codes)[codes] == 1 if len(codes) else np.zeros(0, bool)
    several = ~alone
    ordered = snapshot.in_order([codes[several], *(key[several] for key in keys)], numbers[several])
    of_work = snapshot.work_codes[ordered]
    firsts = ordered[np.append(True, of_work[1:] != of_work[:-1])] if len(ordered) else ordered
    found = np.concatenate([numbers[alone], firsts])
    return found[np.argsort(snapshot.work_codes[found])]
