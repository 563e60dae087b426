"""Many short strings of bytes as two arrays, and their order, without an object for each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from indexer.codec.container import Array, starts_of

_WORD = 8  # bytes compared at once
# By how many bytes of a word count: what is left of it.
_BEGINNINGS = np.array([(1 << 64) - (1 << 8 * (_WORD - count)) for count in range(_WORD + 1)], np.uint64)


@dataclass(frozen=True, slots=True)
class ByteStrings:
    """String i is data[starts[i] : starts[i + 1]]."""

    data: Array  # of bytes
    starts: Array  # one more than there are strings

    @classmethod
    def of(cls, strings: Sequence[bytes]) -> "ByteStrings":
        """Put strings end to end."""
        lengths = np.fromiter(map(len, strings), np.int64, len(strings))
        return cls(np.frombuffer(b"".join(strings), np.uint8), starts_of(lengths))

    @classmethod
    def of_lines(cls, text: str) -> "ByteStrings":
        """Take the lines of a text, each ended by a line end, in UTF-8."""
        data = np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)
        inside = data != ord("\n")
        ends = np.flatnonzero(~inside)
        return cls(data[inside], np.append(0, ends - np.arange(len(ends))))

    @classmethod
    def runs(cls, data: Array, starts: Array, ends: Array) -> "ByteStrings":
        """Take the bytes data[starts[i]:ends[i]]."""
        bounds = starts_of(ends - starts)
        return cls(data.take(np.repeat(starts - bounds[:-1], ends - starts) + np.arange(int(bounds[-1]))), bounds)

    @classmethod
    def joined(cls, parts: Iterable["ByteStrings"]) -> "ByteStrings":
        """Put the strings of several end to end."""
        parts = [*parts, cls.of([])]
        lengths = np.concatenate([np.diff(part.starts) for part in parts])
        return cls(np.concatenate([part.data for part in parts]), starts_of(lengths))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> bytes:
        return bytes(self.data[int(self.starts[number]) : int(self.starts[number + 1])].data)

    def load(self) -> list[bytes]:
        """Return all strings."""
        data = self.data.tobytes()
        return [data[first:last] for first, last in pairwise(self.starts.tolist())]

    def take(self, numbers: Array) -> "ByteStrings":
        """Return some of the strings, in the order of the numbers."""
        return ByteStrings.runs(self.data, self.starts[:-1].take(numbers), self.starts[1:].take(numbers))

    def differ(self, others: "ByteStrings") -> Array:
        """Tell of each string whether it is another than the one with its number among as many others."""
        lengths = np.diff(self.starts)
        differ: Array = lengths != np.diff(others.starts)
        both = [(strings._windows(), strings.starts) for strings in (self, others)]
        left, depth = np.flatnonzero(~differ), 0
        while len(left):
            here, there = (windows[starts[left] + depth] for windows, starts in both)
            here ^= there
            here &= _BEGINNINGS.take(lengths[left] - depth, mode="clip")
            differ[left] = here != 0
            depth += _WORD
            left = left[(here == 0) & (lengths[left] > depth)]
        return differ

    def lines(self) -> str:
        """Return all strings, which are UTF-8 and hold no line end, as the lines of a text, each ended by one."""
        data = np.full(len(self.data) + len(self), ord("\n"), np.uint8)
        inside = np.ones(len(data), bool)
        inside[self.starts[1:] + np.arange(len(self))] = False
        data[inside] = self.data
        return data.tobytes().decode("utf-8", "surrogatepass")

    def texts(self) -> list[str]:
        """Return all strings, which are UTF-8 and hold no line end, as texts."""
        return self.lines().split("\n")[:-1]

    def order(self, numbers: Array | None = None) -> Array:
        """Return the places 0, 1, … of the strings, or of those of some numbers, in the order of their bytes.

        Of equal strings the first place comes first.
        """
        starts, lengths = self.starts[:-1], np.diff(self.starts)
        if numbers is not None:
            starts, lengths = starts[numbers], lengths[numbers]
        windows = self._windows()
        order = np.arange(len(starts))
        # Places in the order that are not settled yet, and which of them share all bytes that were looked at.
        at, group, depth = order.copy(), np.zeros(len(starts), np.int64), 0
        while len(at):
            here = order[at]
            left = lengths[here] - depth
            if not (left > 0).any():
                # They differ in how many bytes 0 they end with, if at all.
                by_length = _by_group(left - left.min(), np.argsort(here))
                order[at] = here[_by_group(group, by_length)]
                break
            key = windows[np.minimum(starts[here] + depth, len(self.data))].astype(np.uint64)
            key &= _BEGINNINGS[np.clip(left, 0, _WORD)]
            within = _by_group(group, np.argsort(key)) if depth else np.argsort(key)
            order[at], key, group = here[within], key[within], group[within]
            first = np.append(True, (key[1:] != key[:-1]) | (group[1:] != group[:-1]))
            tied = ~first
            tied[:-1] |= ~first[1:]
            at, group, depth = at[tied], np.cumsum(first)[tied], depth + _WORD
        return order

    def _windows(self) -> Array:
        """Return the bytes as overlapping numbers, one that begins at each of them."""
        padded = np.append(self.data, np.zeros(_WORD, np.uint8))
        return np.ndarray((len(self.data) + 1,), ">u8", padded, strides=(1,))


def _by_group(group: Array, order: Array) -> Array:
    """Sort an order by groups, which are numbers from 0; within a group it stays as it is.

    As a stable sort has it, by the fast one: group and place are one number, of which no two are equal.
    """
    bits = len(order).bit_length()
    both = group[order] << bits
    both |= np.arange(len(order))
    both.sort()
    both &= (1 << bits) - 1
    return order.take(both)
