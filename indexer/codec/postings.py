"""A Whoosh matcher over slices of flat arrays."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from copy import copy
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from whoosh import formats
from whoosh.matching.mcore import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo
from whoosh.system import pack_uint

if TYPE_CHECKING:
    from indexer.codec.terms import Postings


class ArrayMatcher(LeafMatcher):
    """All postings of a term are one block: its bounds are those of the term."""

    def __init__(
        self,
        postings: Postings,
        info: TermInfo,
        term: tuple[str, bytes],
        format_: formats.Format,
        scorer: Any,
        data: list[bytes] | None,
    ) -> None:
        self.format = format_
        self.scorer = scorer
        self._postings = postings
        self._info = info
        self._term = term
        self._data = data
        self._documents: list[int] = postings.documents.tolist()
        self._frequencies: list[int] = postings.frequencies.tolist()
        self._weights: list[float] = (
            [float(frequency) for frequency in self._frequencies]
            if postings.weights is None
            else postings.weights.tolist()
        )
        self._at = 0
        self._ends: list[int] | None = None  # of each posting's positions; made when first asked for

    def is_active(self) -> bool:
        return self._at < len(self._documents)

    def reset(self) -> None:
        self._at = 0

    def id(self) -> int:
        return self._documents[self._at]

    def all_ids(self) -> Iterator[int]:
        return iter(self._documents[self._at :])

    def weight(self) -> float:
        return self._weights[self._at]

    def value(self) -> bytes:
        if self._data is not None:
            return self._data[self._at]
        if isinstance(self.format, formats.Positions):
            return bytes(self.format.encode(self._positions()))
        if isinstance(self.format, formats.Existence):
            return b""
        return pack_uint(self._frequencies[self._at])

    def value_as(self, astype: str) -> Any:
        if astype == "positions" and self._data is None:
            return self._positions()
        return super().value_as(astype)

    def all_as(self, astype: str) -> Iterator[Any]:
        while self.is_active():
            yield self.value_as(astype)
            self.next()

    def next(self) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1

    def copy(self) -> ArrayMatcher:
        # Its lists are never changed, so the two may share them.
        return copy(self)

    def skip_to(self, targetid: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._documents, targetid, self._at)

    def skip_to_quality(self, minquality: float) -> int:
        if self.is_active() and self.block_quality() <= minquality:
            self._at = len(self._documents)
            return 1
        return 0

    def block_min_id(self) -> int:
        return self._documents[0]

    def block_max_id(self) -> int:
        return self._documents[-1]

    def block_min_length(self) -> int:
        return self._info.min_length() or 0

    def block_max_length(self) -> int:
        return self._info.max_length()

    def block_max_weight(self) -> float:
        return self._info.max_weight()

    def _positions(self) -> list[int]:
        assert self._postings.positions is not None
        if self._ends is None:
            self._ends = list(accumulate(self._frequencies))
        start = self._ends[self._at - 1] if self._at else 0
        found: list[int] = self._postings.positions[start : self._ends[self._at]].tolist()
        return found
