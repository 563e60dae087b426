"""Hashes of runs of code points, of many at once and the same for ever: what files may hold."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

# Code points whose hashes are found together: what is computed of them stays in the processor's caches.
WINDOW_CHARS = 1 << 19

CodePoints = npt.NDArray[np.uint32]
Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]


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
