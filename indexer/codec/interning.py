"""Runs of code points -> numbers, the same for the same run, without an object for each time that it stands in a text.

A dictionary of arrays: runs are looked up by a hash, many at once, and then compared with what has the number, letter
by letter. So nothing but the time depends on the hash, and no text can make two runs one. Four letters are one number
of 64 bits: most words are two or three of them, and compared as these.
"""

import secrets
from functools import cache

import numpy as np
import numpy.typing as npt

from indexer.codec.growing import GrowingArray

_FIRST_SLOTS = 1 << 12
# Fibonacci hashing: its upper bits are spread, whatever is multiplied by it.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_FREE = -1
# Letters of two bytes in a number, how many numbers begin a run, and how many letters these are.
_LETTERS = 4
_PARTS = 3
_BEGINNING = _LETTERS * _PARTS
# By how many letters of a number belong to the run: these.
_MASKS = np.array([(1 << 16 * count) - 1 for count in range(_LETTERS + 1)], np.uint64)

CodePoints = npt.NDArray[np.uint32]
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
        self._rests = GrowingArray(np.uint32)  # what is behind the beginnings of long runs, end to end
        self._others: dict[bytes, int] = {}  # runs that share a hash with an earlier one, or have letters of four bytes

    def __len__(self) -> int:
        return len(self._hashes)

    def numbers(self, codes: CodePoints, starts: Numbers, ends: Numbers) -> tuple[Numbers, Numbers]:
        """Return the number of each run codes[starts[i]:ends[i]], and which i are the first of a new run.

        The runs are in order; the new ones are in the order of their numbers.
        """
        runs = _Runs(codes, starts, ends)
        hashes = _hashes(runs)
        found = self._lookup(hashes)
        unknown = np.flatnonzero((found < 0) & ~runs.wide)
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
            run = codes[starts[at] : ends[at]].tobytes()
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
        pending = np.flatnonzero((known[found] != hashes) & (found >= 0))
        while len(pending):
            slot[pending] = (slot[pending] + 1) & (len(slots) - 1)
            there = slots[slot[pending]]
            found[pending] = there
            pending = pending[(known[there] != hashes[pending]) & (there >= 0)]
        return found

    def _home(self, hashes: Hashes) -> Numbers:
        bits = len(self._slots).bit_length() - 1
        return ((hashes * _SPREAD) >> np.uint64(64 - bits)).astype(np.int64)

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
        for known, part in zip(self._parts, runs.parts, strict=True):
            known.add(part[which])
        rests, counts = runs.rests(which)
        self._begins.add(len(self._rests) + np.cumsum(counts) - counts)
        self._rests.add(rests)

    def _same(self, numbers: Numbers, runs: "_Runs") -> Bools:
        """Tell of each run whether it is, letter by letter, that of its number."""
        same: Bools = ~runs.wide
        if not len(self):
            return same
        numbers = np.maximum(numbers, 0)
        same &= self._lengths.view().take(numbers) == runs.lengths
        for known, part in zip(self._parts, runs.parts, strict=True):
            same &= known.view().take(numbers) == part
        long = np.flatnonzero(same & (runs.lengths > _BEGINNING))
        if len(long):
            here, counts = runs.rests(long)
            begins = np.cumsum(counts) - counts
            firsts = self._begins.view().take(numbers[long])
            there = self._rests.view().take(np.repeat(firsts - begins, counts) + np.arange(len(here)))
            other = np.flatnonzero(here != there)
            same[long[np.searchsorted(begins, other, "right") - 1]] = False
        return same


class _Runs:
    """Runs of a text: their lengths, and the letters that they begin with, several in a number."""

    def __init__(self, codes: CodePoints, starts: Numbers, ends: Numbers) -> None:
        self._codes, self._starts = codes, starts
        self.lengths = ends - starts
        letters = np.zeros(len(codes) + _LETTERS, "<u2")
        letters[: len(codes)] = codes
        # One number begins at each letter.
        windows = np.ndarray((len(codes) + 1,), "<u8", letters, strides=(2,))
        self.parts: list[Hashes] = []
        self.parts.append(windows[starts] & _MASKS.take(np.minimum(self.lengths, _LETTERS)))
        for before in range(_LETTERS, _BEGINNING, _LETTERS):
            # Fewer and fewer runs go on.
            long = np.flatnonzero(self.lengths > before)
            part = np.zeros(len(starts), np.uint64)
            part[long] = windows[starts[long] + before] & _MASKS.take(np.minimum(self.lengths[long] - before, _LETTERS))
            self.parts.append(part)
        # Which have letters that do not fit into two bytes.
        self.wide = np.zeros(len(starts), bool)
        if len(codes) and codes.max() >> 16:
            wide = np.append(0, np.cumsum(codes >> 16 > 0))
            self.wide = wide[ends] > wide[starts]

    def rests(self, which: Numbers) -> tuple[CodePoints, Numbers]:
        """Return what is behind the beginnings of some runs, end to end, and how much of each."""
        counts = np.maximum(self.lengths[which] - _BEGINNING, 0)
        begins = np.cumsum(counts) - counts
        firsts = self._starts[which] + _BEGINNING
        return self._codes.take(np.repeat(firsts - begins, counts) + np.arange(int(counts.sum()))), counts


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
    hashes: Hashes = runs.lengths.astype(np.uint64) * factors[0]
    for part, factor in zip(runs.parts, factors[1:], strict=False):
        hashes += part * factor
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
    return np.array([secrets.randbits(64) | 1 for _ in range(1 + _PARTS)], np.uint64)


@cache
def _weights(count: int) -> Hashes:
    """Return factors of so many letters, the first of them the same for any count."""
    generator = np.random.Generator(np.random.PCG64(int(_factors()[0])))
    weights: Hashes = generator.integers(0, 1 << 64, count, np.uint64)
    weights |= np.uint64(1)
    return weights
