"""Runs of bytes -> numbers, the same for the same run, without an object for each time that it stands in a text.

A dictionary of arrays: runs are looked up by a hash, many at once, and then compared with what has the number, byte by
byte. So nothing but the time depends on the hash, and no text can make two runs one. Eight bytes are one number of 64
bits: most words are one or two of them, and compared as these.
"""

import secrets
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.codec.growing import GrowingArray

_FIRST_SLOTS = 1 << 12
_FREE = -1
# Bytes in a number, how many numbers begin a run, and how many bytes these are.
_PART = 8
_PARTS = 3
_BEGINNING = _PART * _PARTS
# By how many bytes of a number belong to the run: these.
_MASKS = np.array([(1 << 8 * count) - 1 for count in range(_PART + 1)], np.uint64)

Bytes = npt.NDArray[np.uint8]
Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class Interner:
    """Gives distinct runs the numbers 0, 1, … in the order in which they are first seen; odd ones of a text last."""

    def __init__(self) -> None:
        self._slots = np.full(_FIRST_SLOTS, _FREE, np.int32)  # by hash: the number of a run
        self._hashes = GrowingArray(np.uint64)  # of each run
        self._lengths = GrowingArray(np.int64)
        self._parts = [GrowingArray(np.uint64) for _ in range(_PARTS)]  # the beginning of each run
        self._begins = GrowingArray(np.int64)  # where the rest of each run is, in
        self._rests = GrowingArray(np.uint8)  # what is behind the beginnings of long runs, end to end
        self._others: dict[bytes, int] = {}  # runs that share a hash with an earlier one

    def __len__(self) -> int:
        return len(self._hashes)

    def numbers(self, data: Bytes, starts: Numbers, ends: Numbers) -> tuple[Numbers, Numbers]:
        """Return the number of each run data[starts[i]:ends[i]], and which i are the first of a new run.

        The runs are in order; the new ones are in the order of their numbers.
        """
        runs = _Runs(data, starts, ends)
        hashes = _hashes(runs)
        found = self._lookup(hashes)
        unknown = np.flatnonzero(found < 0)
        first = unknown[:0]
        if len(unknown):
            before = len(self)
            distinct, first_of, inverse = _distinct(hashes[unknown])
            order = np.argsort(first_of)
            rank = np.empty(len(order), np.int64)
            rank[order] = np.arange(before, before + len(order))
            found[unknown] = rank[inverse]
            first = unknown[first_of[order]]
            self._add(runs, first, distinct[order])
            self._insert(np.arange(before, len(self)))
        wrong = np.flatnonzero(~self._same(found, runs))
        if not len(wrong):
            return found, first
        more = []
        for at in wrong.tolist():
            run = data[starts[at] : ends[at]].tobytes()
            number = self._others.get(run)
            if number is None:
                number = self._others[run] = len(self)
                self._add(runs, np.array([at]), hashes[at : at + 1])
                more.append(at)
            found[at] = number
        return found, np.append(first, more).astype(np.int64)

    def _lookup(self, hashes: Hashes) -> Numbers:
        """Return the number of the run that was first to have each hash, -1 where there is none."""
        slots, known = self._slots, self._hashes.view()
        slot = self._home(hashes)
        found = slots.take(slot).astype(np.int64)
        if not len(known):
            return found
        # What is not found asks the last hash, and is none of what goes on.
        pending = np.flatnonzero((known.take(found, mode="wrap") != hashes) & (found >= 0))
        while len(pending):
            slot[pending] = (slot[pending] + 1) & (len(slots) - 1)
            there = slots[slot[pending]]
            found[pending] = there
            pending = pending[(known[there] != hashes[pending]) & (there >= 0)]
        return found

    def _home(self, hashes: Hashes) -> Numbers:
        # The upper bits of a product are the ones that all of a number has a say in.
        return (hashes >> np.uint64(65 - len(self._slots).bit_length())).view(np.int64)

    def _insert(self, numbers: Numbers) -> None:
        """Give numbers of distinct hashes their slots."""
        if 2 * len(self) > len(self._slots):
            while 2 * len(self) > len(self._slots):
                self._slots = np.full(4 * len(self._slots), _FREE, np.int32)
            in_table = np.ones(len(self), bool)
            in_table[list(self._others.values())] = False
            numbers = np.flatnonzero(in_table)
        slots = self._slots
        slot = self._home(self._hashes.view()[numbers])
        while len(numbers):
            free = slots[slot] == _FREE
            slots[slot[free]] = numbers[free]
            left = slots[slot] != numbers  # of several that want a free slot, one has got it
            numbers, slot = numbers[left], (slot[left] + 1) & (len(slots) - 1)

    def _add(self, runs: "_Runs", which: Numbers, hashes: Hashes) -> None:
        self._hashes.add(hashes)
        self._lengths.add(runs.lengths[which])
        for number, known in enumerate(self._parts):
            known.add(runs.part(number, which))
        rests, counts = runs.rests(which)
        self._begins.add(len(self._rests) + np.cumsum(counts) - counts)
        self._rests.add(rests)

    def _same(self, numbers: Numbers, runs: "_Runs") -> Bools:
        """Tell of each run whether it is, byte by byte, that of its number."""
        if not len(numbers):
            return np.ones(0, bool)
        same: Bools = self._lengths.view().take(numbers) == runs.lengths
        same &= self._parts[0].view().take(numbers) == runs.first
        for known, part in zip(self._parts[1:], runs.parts, strict=True):
            same[part.runs] &= known.view().take(numbers[part.runs]) == part.bytes
        long = np.flatnonzero(same & (runs.lengths > _BEGINNING))
        if len(long):
            here, counts = runs.rests(long)
            begins = np.cumsum(counts) - counts
            firsts = self._begins.view().take(numbers[long])
            there = self._rests.view().take(np.repeat(firsts - begins, counts) + np.arange(len(here)))
            other = np.flatnonzero(here != there)
            same[long[np.searchsorted(begins, other, "right") - 1]] = False
        return same


class _Part(NamedTuple):
    """The next bytes, as numbers, of the runs that go on so far."""

    runs: Numbers
    bytes: Hashes


class _Runs:
    """Runs of a text: their lengths, and the bytes that they begin with, several in a number."""

    def __init__(self, data: Bytes, starts: Numbers, ends: Numbers) -> None:
        self._data, self._starts = data, starts
        self.lengths = ends - starts
        # One number begins at each byte.
        self._windows = np.ndarray((len(data) + 1,), "<u8", np.append(data, np.zeros(_PART, np.uint8)), strides=(1,))
        self.first = self._windows[starts] & _MASKS.take(self.lengths, mode="clip")
        self.parts: list[_Part] = []
        long = np.flatnonzero(self.lengths > _PART)
        for number in range(1, _PARTS):
            self.parts.append(_Part(long, self.part(number, long)))
            # Fewer and fewer runs go on.
            long = long[self.lengths[long] > _PART * (number + 1)]

    def part(self, number: int, which: Numbers) -> Hashes:
        """Return the next bytes of some runs, 0 of those that have ended."""
        before = _PART * number
        at = np.minimum(self._starts[which] + before, len(self._data))
        part: Hashes = self._windows[at] & _MASKS.take(self.lengths[which] - before, mode="clip")
        return part

    def rests(self, which: Numbers) -> tuple[Bytes, Numbers]:
        """Return what is behind the beginnings of some runs, end to end, and how much of each."""
        counts = np.maximum(self.lengths[which] - _BEGINNING, 0)
        begins = np.cumsum(counts) - counts
        firsts = self._starts[which] + _BEGINNING
        return self._data.take(np.repeat(firsts - begins, counts) + np.arange(int(counts.sum()))), counts


def _distinct(hashes: Hashes) -> tuple[Hashes, Numbers, Numbers]:
    """Return the distinct hashes, where each is first, and which of them each is.

    As np.unique has it, by a sort that need not keep the order of equals: half of the time.
    """
    order = np.argsort(hashes)
    ordered = hashes[order]
    begins = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=begins[1:])
    inverse = np.empty(len(order), np.int64)
    inverse[order] = np.cumsum(begins) - 1
    at = np.flatnonzero(begins)
    return ordered[at], np.minimum.reduceat(order, at), inverse


def _hashes(runs: _Runs) -> Hashes:
    """Return 64 bits for each run; those of long ones that begin alike are told apart by their ends, if they can be."""
    factors = _factors()
    hashes: Hashes = runs.first * factors[0]
    for part, factor in zip(runs.parts, factors[1:], strict=True):
        hashes[part.runs] += part.bytes * factor
    long = np.flatnonzero(runs.lengths > _BEGINNING)
    if len(long):
        rests, counts = runs.rests(long)
        weighted = rests * _weights(1 << max(8, int(counts.max()).bit_length())).take(
            np.arange(len(rests)) - np.repeat(np.cumsum(counts) - counts, counts)
        )
        hashes[long] += np.add.reduceat(weighted, np.cumsum(counts) - counts)
    return hashes


# Factors are of no process before or after: nobody can prepare words that share a hash, or a slot.


@cache
def _factors() -> Hashes:
    return np.array([secrets.randbits(64) | 1 for _ in range(_PARTS)], np.uint64)


@cache
def _weights(count: int) -> Hashes:
    """Return factors of so many bytes, the first of them the same for any count."""
    generator = np.random.Generator(np.random.PCG64(int(_factors()[0])))
    weights: Hashes = generator.integers(0, 1 << 64, count, np.uint64)
    weights |= np.uint64(1)
    return weights
