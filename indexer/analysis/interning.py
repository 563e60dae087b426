"""Runs of code points -> numbers, the same for the same run, without an object for each time that it stands in a text.

A dictionary of arrays: runs are looked up by a hash, many at once, and then compared with what has the number, letter
by letter. So nothing but the time depends on the hash, and no text can make two runs one.
"""

import secrets
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from indexer.analysis.growing import GrowingArray

# Code points whose hashes are found together: what is computed of them stays in the processor's caches.
WINDOW_CHARS = 1 << 19
_FIRST_SLOTS = 1 << 12
# Fibonacci hashing: its upper bits are spread, whatever is multiplied by it.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_FREE = -1

CodePoints = npt.NDArray[np.uint32]
Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]


class Interner:
    """Gives distinct runs the numbers 0, 1, … in the order in which they are first seen."""

    def __init__(self) -> None:
        self._slots = np.full(_FIRST_SLOTS, _FREE, np.int32)  # by hash: the number of a run
        self._hashes = GrowingArray(np.uint64)  # of each run
        self._begins = GrowingArray(np.int64)  # of each run, in the letters
        self._lengths = GrowingArray(np.int64)
        self._letters = GrowingArray(np.uint32)  # of all runs, end to end
        self._sharing: dict[bytes, int] = {}  # runs that share a hash with an earlier one

    def __len__(self) -> int:
        return len(self._begins)

    def numbers(self, codes: CodePoints, starts: Numbers, ends: Numbers) -> tuple[Numbers, Numbers]:
        """Return the number of each run codes[starts[i]:ends[i]], and which i are the first of a new run.

        The runs are in order, and none is empty; the new ones are in the order of their numbers.
        """
        before = len(self)
        hashes = _hashes(codes, starts, ends)
        found = self._lookup(hashes)
        unknown = np.flatnonzero(found < 0)
        first = unknown[:0]
        if len(unknown):
            distinct, first_of, inverse = np.unique(hashes[unknown], return_index=True, return_inverse=True)
            order = np.argsort(first_of)
            rank = np.empty(len(order), np.int64)
            rank[order] = np.arange(before, before + len(order))
            found[unknown] = rank[inverse]
            first = unknown[first_of[order]]
            self._add(codes, starts[first], ends[first], distinct[order])
            self._insert(np.arange(before, len(self)))
        wrong = np.flatnonzero(~self._same(found, codes, starts, ends))
        if not len(wrong):
            return found, first
        more = []
        for at in wrong.tolist():
            run = codes[starts[at] : ends[at]].tobytes()
            number = self._sharing.get(run)
            if number is None:
                number = self._sharing[run] = len(self)
                self._add(codes, starts[at : at + 1], ends[at : at + 1], hashes[at : at + 1])
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
            self._slots = np.full(4 * len(self._slots), _FREE, np.int32)
            while 2 * len(self) > len(self._slots):
                self._slots = np.full(4 * len(self._slots), _FREE, np.int32)
            sharing = np.fromiter(self._sharing.values(), np.int64, len(self._sharing))
            numbers = np.setdiff1d(np.arange(len(self)), sharing)
        slots = self._slots
        slot = self._home(self._hashes.view()[numbers])
        while len(numbers):
            free = slots[slot] == _FREE
            slots[slot[free]] = numbers[free]
            left = slots[slot] != numbers  # of several that want a free slot, one has got it
            numbers, slot = numbers[left], (slot[left] + 1) & (len(slots) - 1)

    def _add(self, codes: CodePoints, starts: Numbers, ends: Numbers, hashes: Hashes) -> None:
        lengths = ends - starts
        begins = np.cumsum(lengths) - lengths
        self._begins.add(begins + len(self._letters))
        self._lengths.add(lengths)
        self._letters.add(codes[np.repeat(starts - begins, lengths) + np.arange(int(lengths.sum()))])
        self._hashes.add(hashes)

    def _same(self, numbers: Numbers, codes: CodePoints, starts: Numbers, ends: Numbers) -> npt.NDArray[np.bool_]:
        """Tell of each run whether it is, letter by letter, that of its number."""
        lengths = ends - starts
        same: npt.NDArray[np.bool_] = self._lengths.view().take(numbers) == lengths
        if not same.all():  # those compared have to be of one length
            starts, lengths, numbers = starts[same], lengths[same], numbers[same]
        total = int(lengths.sum())
        begins = np.cumsum(lengths) - lengths
        at = np.arange(total)
        here = codes.take(np.repeat(starts - begins, lengths) + at)
        there = self._letters.view().take(np.repeat(self._begins.view().take(numbers) - begins, lengths) + at)
        other = np.flatnonzero(here != there)
        if len(other):
            same[np.flatnonzero(same)[np.searchsorted(begins, other, "right") - 1]] = False
        return same


def _hashes(codes: CodePoints, starts: Numbers, ends: Numbers) -> Hashes:
    return polynomials(codes, starts, ends, _secret())


@cache
def _secret() -> int:
    # Of no process before or after: nobody can prepare words that share a hash, or a slot. It has to be odd.
    return secrets.randbits(64) | 1


def polynomials(codes: CodePoints, starts: Numbers, ends: Numbers, base: int) -> Hashes:
    """Return c[0] + c[1] * base + c[2] * base² + … modulo 2^64 for the code points of each run, which are in order.

    They are differences of sums over the text, in which the place of the run is divided out; so the base has to be odd.
    """
    hashes = np.empty(len(starts), np.uint64)
    done = 0
    while done < len(starts):
        origin = int(starts[done])
        last = max(done + 1, int(np.searchsorted(ends, origin + WINDOW_CHARS, "right")))
        length = int(ends[last - 1]) - origin
        powers, inverses = _powers(base, 1 << (max(length, WINDOW_CHARS) - 1).bit_length())
        sums = np.zeros(length + 1, np.uint64)
        np.cumsum(codes[origin : origin + length] * powers[:length], out=sums[1:])
        firsts, lasts = starts[done:last] - origin, ends[done:last] - origin
        hashes[done:last] = (sums.take(lasts) - sums.take(firsts)) * inverses.take(firsts)
        done = last
    return hashes


@lru_cache(4)
def _powers(base: int, count: int) -> tuple[Hashes, Hashes]:
    """Return so many powers of the base, and their inverses, modulo 2^64."""
    return _powers_of(base, count), _powers_of(pow(base, -1, 1 << 64), count)


def _powers_of(base: int, count: int) -> Hashes:
    powers = np.full(count, base, np.uint64)
    powers[0] = 1
    return np.cumprod(powers, out=powers)
