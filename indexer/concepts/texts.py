"""A list of texts in two sections of a container: all of them end to end, and where each begins."""

from bisect import bisect_left
from collections.abc import Iterable

import numpy as np

from indexer.codec.container import Array, Container, ContainerWriter, narrowest, starts_of


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

    def raw(self, number: int) -> bytes:
        """Return the bytes of a text, which sort as its characters do."""
        return bytes(self._data[self._starts[number] : self._starts[number + 1]])

    def first_not_below(self, text: bytes, low: int = 0, high: int | None = None) -> int:
        """Return the first number in [low, high) whose text is not below this one; `high` if there is none.

        The texts there have to be sorted.
        """
        high = len(self) if high is None else high
        return bisect_left(range(high), text, low, high, key=self.raw)


def write_texts(writer: ContainerWriter, name: str, texts: Iterable[str]) -> None:
    """Write the sections that Texts reads."""
    encoded = [text.encode("utf-8") for text in texts]
    writer.add_bytes(name, b"".join(encoded))
    writer.add(f"{name}_starts", narrowest(starts_of(np.array([len(text) for text in encoded], dtype=np.int64))))
