"""Sets of numbers as arrays, such as the documents of a segment: which are there, which among others, which twice."""

from collections.abc import Sequence

import numpy as np

from indexer.codec.container import Array

# Below so many times as many documents as are looked for, each is looked for by itself.
FEW = 4


def joined(parts: Sequence[Array]) -> Array:
    """Return arrays end to end; one is itself."""
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def union(documents: Sequence[Array], count: int) -> Array:
    """Return the distinct ones of some documents, sorted, of a segment that has so many."""
    if not documents:
        return np.zeros(0, np.int64)
    if sum(map(len, documents)) * FEW > count:
        there = np.zeros(count, bool)
        for some in documents:
            there[some] = True
        return there.nonzero()[0]
    # As narrow as they lie in the file, they would overflow when a base is added.
    return distinct(np.concatenate(documents).astype(np.int64))


def distinct(numbers: Array) -> Array:
    """Return the distinct ones of some numbers, sorted; they themselves are sorted by it."""
    numbers.sort()
    found: Array = numbers[firsts_of_equals(numbers)]
    return found


def firsts_of_equals(numbers: Array) -> Array:
    """Return the places in sorted numbers at which there is another one than before."""
    first = np.empty(len(numbers), bool)
    first[:1] = True
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    return first.nonzero()[0]


def among(documents: Array, chosen: Array, count: int) -> tuple[Array, Array]:
    """Return (places, at): the places of `documents` that are among those chosen, sorted, and chosen[at].

    `count` is the number of documents of the segment.
    """
    if not len(chosen) or not len(documents):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    if len(documents) > FEW * len(chosen) and len(documents) * FEW > count:
        wanted = np.zeros(count, bool)
        wanted[chosen] = True
        places = wanted[documents].nonzero()[0]
        return places, chosen.searchsorted(documents[places])
    return places_among(documents, chosen)


def places_among(numbers: Array, chosen: Array) -> tuple[Array, Array]:
    """Return (places, at): the places of numbers that are among those chosen, sorted and not empty, and chosen[at]."""
    at = chosen.searchsorted(numbers)
    at[at == len(chosen)] = 0
    places = (chosen[at] == numbers).nonzero()[0]
    return places, at[places]


def are_among(wanted: Array, numbers: Array) -> Array:
    """Return of each number wanted whether it is among others, which are sorted."""
    if not len(numbers):
        return np.zeros(len(wanted), bool)
    at = numbers.searchsorted(wanted)
    at[at == len(numbers)] = 0
    found: Array = numbers[at] == wanted
    return found
