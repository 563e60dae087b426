"""Which of the ordered hits a request is for: a page by its number, or those behind a cursor."""

from dataclasses import dataclass

import numpy as np

from indexer.codec.container import Array
from search.cursor import Cursor
from search.ordering import liking, newest_keys, relevance_keys
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
        number = self.snapshot.number(after.id)
        here = np.flatnonzero(ordered == number).tolist() if number is not None else []
        if here:
            return int(here[0]) + 1
        keys = self._keys(ordered, scores, matches)
        before = (*after.key, after.id)
        return sum((*key, self.snapshot.id(hit)) <= before for key, hit in zip(keys, ordered.tolist(), strict=True))

    def next(self, first: int, page: Array, scores: Array, found: int, matches: Matches) -> Cursor | None:
        """Return what the page after this one begins with; None if this is the last of `found` hits within reach."""
        place = first + len(page)
        if not len(page) or place >= min(found, self.max_results):
            return None
        [key] = self._keys(page[-1:], scores[-1:], matches)
        last = self.snapshot.id(int(page[-1]))
        return Cursor(self.snapshot.version, self.request.identity(), place, last, key)

    def _keys(self, numbers: Array, scores: Array, matches: Matches) -> list[Key]:
        columns, prefer = self.snapshot.columns, self.request.prefer
        if not self.newest:
            keys = [relevance_keys(numbers, scores, matches, prefer, columns), liking(numbers, prefer, columns)]
        else:
            keys = newest_keys(numbers, matches, columns)
            if matches.information:
                keys.append(liking(numbers, prefer, columns))
        return [tuple(key) for key in np.column_stack(keys).astype(float).tolist()]
