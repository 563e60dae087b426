"""Arrays that grow at their end, as a list does, without an object for each of what they hold."""

import numpy as np
import numpy.typing as npt

from indexer.codec.bytestrings import ByteStrings
from indexer.codec.container import Array

_FIRST_CAPACITY = 1024


class GrowingArray:
    """Numbers of one type, end to end."""

    def __init__(self, kind: npt.DTypeLike) -> None:
        self._all: Array = np.zeros(_FIRST_CAPACITY, kind)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, numbers: npt.ArrayLike) -> None:
        """Put numbers at the end; they have to fit the type."""
        new = np.asarray(numbers, self._all.dtype)
        count = self._count + len(new)
        if count > len(self._all):
            grown = np.zeros(max(count, 2 * len(self._all)), self._all.dtype)
            grown[: self._count] = self.view()
            self._all = grown
        self._all[self._count : count] = new
        self._count = count

    def view(self) -> Array:
        """Return what there is, not a copy: valid until more is added."""
        return self._all[: self._count]


class GrowingStrings:
    """Strings of bytes, end to end."""

    def __init__(self) -> None:
        self._data = GrowingArray(np.uint8)
        self._starts = GrowingArray(np.int64)
        self._starts.add([0])

    def add(self, strings: ByteStrings) -> None:
        """Put strings at the end."""
        self._starts.add(strings.starts[1:] + len(self._data))
        self._data.add(strings.data)

    def view(self) -> ByteStrings:
        """Return what there is, not a copy: valid until more is added."""
        return ByteStrings(self._data.view(), self._starts.view())
