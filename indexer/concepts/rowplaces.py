"""Where the terms of several words stand in a segment, kept beside it: a query need not compare their words' places.

The sections, of a segment's own name each:

    .rows        numbers of terms, doubled, and one more where it is in titles, sorted
    .starts      row -> [start, end) of its places
    .documents   place -> its document; the places of a row are in order
    .positions   place -> where in title or body the first word is
    .unplaced    terms that may stand anywhere, sorted: their words stand in very many places, or they do
"""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from indexer.arrays import are_among
from indexer.codec.container import Array, Container, ContainerWriter, narrowest, starts_of
from indexer.codec.fields import ranges
from indexer.concepts.standing import Standing

# Where a term stands in more places of a segment's titles or bodies, its words are compared when a query asks for it.
MAX_ROW_PLACES = 1_000

_SECTIONS = ("rows", "starts", "documents", "positions", "unplaced")


class RowPlaces:
    """The places of the terms of several words in one segment. Safe to share between threads."""

    def __init__(self, rows: Array, starts: Array, documents: Array, positions: Array, unplaced: Array) -> None:
        self._arrays = rows, starts, documents, positions, unplaced
        # Of a memoryview a single number is read in half the time, and is one of Python's.
        self._rows, self._starts, self._unplaced = (narrowest(some).data for some in (rows, starts, unplaced))
        self._documents, self._positions = documents, positions

    @classmethod
    def of(cls, found: Sequence[Standing]) -> "RowPlaces":
        """Return those of what stands in the titles and bodies of all languages."""
        rows = _joined([standing.rows.terms.astype(np.int64) * 2 + standing.title for standing in found])
        documents = _joined([standing.rows.documents for standing in found])
        positions = _joined([standing.rows.positions for standing in found])
        order = np.argsort(rows, kind="stable")
        rows, counts = np.unique(rows, return_counts=True)
        starts = starts_of(counts)
        many = np.unique(rows[counts > MAX_ROW_PLACES] // 2)
        unplaced = np.union1d(many, _joined([standing.rows.uncompared for standing in found]))
        placed = ~are_among(rows // 2, unplaced)
        order = order[ranges(starts[:-1][placed], counts[placed])]
        return cls(rows[placed], starts_of(counts[placed]), documents[order], positions[order], unplaced)

    @classmethod
    def opened(cls, container: Container, segment: str) -> "RowPlaces | None":
        """Return those of a segment; None if nobody looked for them."""
        names = [f"{segment}.{section}" for section in _SECTIONS]
        return cls(*map(container.array, names)) if names[0] in container else None

    def write(self, writer: ContainerWriter, segment: str) -> None:
        """Write the sections of a segment."""
        for section, numbers in zip(_SECTIONS, self._arrays, strict=True):
            writer.add(f"{segment}.{section}", narrowest(numbers))

    def tells_of(self, term: int) -> bool:
        """Tell whether it is known where a term stands, if it does at all."""
        at = bisect_left(self._unplaced, term)
        return at == len(self._unplaced) or self._unplaced[at] != term

    def stands(self, term: int) -> bool:
        """Tell whether a term of which it tells stands anywhere."""
        at = bisect_left(self._rows, 2 * term)
        return at < len(self._rows) and self._rows[at] <= 2 * term + 1

    def places(self, term: int, title: bool) -> tuple[Array, Array] | None:
        """Return (documents, positions) of a term of which it tells, in titles or bodies; None if it is not there."""
        row = 2 * term + title
        at = bisect_left(self._rows, row)
        if at == len(self._rows) or self._rows[at] != row:
            return None
        places = slice(self._starts[at], self._starts[at + 1])
        return self._documents[places].astype(np.int64), self._positions[places]


def _joined(parts: Sequence[Array]) -> Array:
    return np.concatenate([np.zeros(0, np.int64), *parts])
