"""A list of texts in two sections of a container: all of them end to end, and where each begins."""

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

import numpy as np

from indexer.codec.container import Array, Container, ContainerWriter, narrowest, starts_of
from indexer.codec.terms import LADDER_STEP


class Texts:
    """Texts by number, read from the mapped file one at a time."""

    def __init__(self, container: Container, name: str) -> None:
        self._data = container.bytes(name)
        self._starts = container.array(f"{name}_starts").data

    def __len__(self) -> int:
        return len(self._starts) - 1

    @property
    def starts(self) -> Array:
        """Where each text begins in the bytes of all, and where the last one ends."""
        return np.asarray(self._starts)

    def __getitem__(self, number: int) -> str:
        return str(self.raw(number), "utf-8")

    def slice(self, first: int, last: int) -> list[str]:
        """Return the texts from one number to before another."""
        starts = self._starts[first : last + 1].tolist()
        data = bytes(self._data[starts[0] : starts[-1]])
        return [str(data[start - starts[0] : end - starts[0]], "utf-8") for start, end in pairwise(starts)]

    def raw(self, number: int) -> bytes:
        """Return the bytes of a text, which sort as its characters do."""
        return bytes(self._data[self._starts[number] : self._starts[number + 1]])

    def first_not_below(self, text: bytes, low: int = 0, high: int | None = None) -> int:
        """Return the first number in [low, high) whose text is not below this one; `high` if there is none.

        The texts there have to be sorted.
        """
        high = len(self) if high is None else high
        # Those of the ladder that are in the range.
        first, last = -(-low // LADDER_STEP), -(-high // LADDER_STEP)
        step = bisect_left(self._ladder, text, first, last)
        low = max(low, (step - 1) * LADDER_STEP)
        starts = self._starts[low : min(high, step * LADDER_STEP) + 1].tolist()
        data = self._data
        return low + bisect_left(
            range(len(starts) - 1), text, key=lambda number: bytes(data[starts[number] : starts[number + 1]])
        )

    def find(self, text: str) -> int | None:
        """Return the number of a text, None if it is not there. The texts have to be sorted."""
        wanted = text.encode("utf-8", "replace")
        number = self.first_not_below(wanted)
        return number if number < len(self) and self.raw(number) == wanted else None

    @cached_property
    def _ladder(self) -> list[bytes]:
        # As of a segment's terms: most steps of a search are between these.
        return [self.raw(number) for number in range(0, len(self), LADDER_STEP)]


def write_texts(writer: ContainerWriter, name: str, texts: Iterable[str]) -> None:
    """Write the sections that Texts reads."""
    encoded = [text.encode("utf-8") for text in texts]
    writer.add_bytes(name, b"".join(encoded))
    writer.add(f"{name}_starts", narrowest(starts_of(np.array([len(text) for text in encoded], dtype=np.int64))))
