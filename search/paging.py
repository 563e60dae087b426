"""Which of the ordered hits a request is for: a page by its number, or those behind a cursor."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.codec.container import Array
from search.cursor import Cursor
from search.ordering import liking, newest_keys, relevance_keys
from search.page import Hit
from search.ranking import Matches
from search.request import SearchRequest
from search.snapshot import Snapshot

Key = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Paging:
    """How far hits have to be ordered for a request, and where among them its page begins."""

    request: SearchRequest
    snapshot: Snapshot
    newest: bool
    max_results: int

    @property
    def index_changed(self) -> bool:
        """Tell whether the request goes on from a page of another state of the index."""
        after = self.request.after
        return after is not None and after.index != self.snapshot.version

    @property
    def wanted(self) -> int:
        """How many of the first hits are needed, in order."""
        after, size = self.request.after, self.request.size
        if self.index_changed:
            return self.max_results
        return min(after.place + size if after else self.request.page * size, self.max_results)

    def first(self, ordered: Array, scores: Array, matches: Matches) -> int:
        """Return how many of the ordered hits come before the page."""
        after = self.request.after
        if after is None:
            return (self.request.page - 1) * self.request.size
        if not self.index_changed:
            return after.place
        here = np.flatnonzero(self._same(ordered, after)).tolist()
        if here:
            return int(here[0]) + 1
        keys = self._keys(ordered, scores, matches)
        before = (after.key, after.id)
        return sum((key, self.snapshot.id(hit)) <= before for key, hit in zip(keys, ordered.tolist(), strict=True))

    def next(
        self, first: int, ranked: Array, scores: Array, hits: Sequence[Hit], found: int, matches: Matches
    ) -> Cursor | None:
        """Return what the page after this one begins with; None if this is the last of `found` hits within reach.

        `ranked` are the documents that the page's hits rank as, with their scores.
        """
        place = first + len(hits)
        if not hits or place >= min(found, self.max_results):
            return None
        [key] = self._keys(ranked[-1:], scores[-1:], matches)
        last = hits[-1]
        return Cursor(self.snapshot.version, self.request.identity(), place, last.id, last.work, key)

    def _same(self, ordered: Array, after: Cursor) -> Array:
        """Return which documents are the hit of a cursor: its article, or one of its work that stands for it."""
        number = self.snapshot.number(after.id)
        if not self.request.collapse:
            same: Array = ordered == (-1 if number is None else number)
            return same
        codes = self.snapshot.work_codes
        named = self.snapshot.works(after.work) + ([] if number is None else [number])
        return np.isin(codes[ordered], codes[named])

    def _keys(self, numbers: Array, scores: Array, matches: Matches) -> list[Key]:
        columns, prefer = self.snapshot.columns, self.request.prefer
        if not self.newest:
            keys = [relevance_keys(numbers, scores, matches, prefer, columns), liking(numbers, prefer, columns)]
        else:
            keys = newest_keys(numbers, matches, columns)
            if matches.information:
                keys.append(liking(numbers, prefer, columns))
        return [tuple(key) for key in np.column_stack(keys).astype(float).tolist()]
