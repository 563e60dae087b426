"""An array that grows at its end, as a list does, without an object for each of its numbers."""

from typing import Any

import numpy as np
import numpy.typing as npt

_FIRST_CAPACITY = 1024

Array = npt.NDArray[Any]


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
