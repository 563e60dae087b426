"""Words of the query that stand together in an article, as they do in the query.

Only the articles that are best by their words alone are looked at: positions of the others are never read.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from indexer.analysis.characters import is_paired
from indexer.arrays import are_among, firsts_of_equals
from indexer.codec.container import Array
from search.found import Found
from search.occurrences import documents_of, texts_of
from search.parts import Part, with_documents
from search.ranking import Matches

# Two words of the query next to each other, in its order, earn this share of the rarer one's information; one word
# further apart half of it, and so on.
TOGETHER_WEIGHT = 0.8
MAX_DISTANCE = 8
# In scripts without spaces a query is pairs of characters that overlap: that two of them stand together says less than
# that two words do, as each of them says half of it already.
OVERLAP_WEIGHT = 0.5

# Further than any place from all others.
_FAR_BEFORE, _FAR_BEHIND = np.array([-(1 << 61)]), np.array([1 << 62])


def closeness(numbers: Array, matches: Matches) -> Array:
    """Return the bonus of documents, sorted, for neighbouring groups of the query that stand close in them."""
    bonus = np.zeros(len(numbers))
    for part, documents in with_documents(matches.parts, numbers):
        told = matches.information[part.plan.language]
        bonus[numbers.searchsorted(documents + part.segment.base)] += _of_part(documents, part, told)
    return bonus


def _of_part(documents: Array, part: Part, told: Sequence[float]) -> Array:
    whole = sum(told) or 1.0
    bonus = np.zeros(len(documents))
    there = [are_among(documents, group.documents) for group in part.groups]
    places: dict[int, Array] = {}
    for left, right in pairwise(range(len(part.groups))):
        both = documents[there[left] & there[right]]
        if not len(both):
            continue
        for group in (left, right):
            if group not in places:
                places[group] = _places(part.groups[group], documents)
        weight = TOGETHER_WEIGHT * (OVERLAP_WEIGHT if _overlap(part, left, right) else 1.0)
        worth = weight * min(told[left], told[right]) / whole
        first = places[left]
        at, nearness = _nearness(first[are_among(documents_of(first), both)], places[right])
        np.add.at(bonus, documents.searchsorted(at), worth * nearness)
    return bonus


def _overlap(part: Part, left: int, right: int) -> bool:
    """Tell whether two groups are pairs of characters, of which the second begins with the last of the first."""
    forms = [pattern.form for group in (left, right) for pattern in part.plan.groups[group].patterns[:1]]
    if len(forms) < 2 or not all(is_paired(form) for form in forms):
        return False
    # A character comes with its marks.
    return any(forms[0].endswith(forms[1][:chars]) for chars in range(1, len(forms[1])))


def _places(found: Found, documents: Array) -> Array:
    """Return where a group stands in documents, which have it, or wherever it stands; sorted."""
    keys = [source.keys(documents) for source in found.sources]
    if len(keys) == 1:
        return keys[0]
    every = np.concatenate(keys)
    every.sort()
    return every


def _nearness(left: Array, right: Array) -> tuple[Array, Array]:
    """Return documents and how near the two come in each of their fields: 1 if right follows left, less if apart."""
    # The place of right before and behind each of left. One of another text is far away: no text fills its positions.
    around = np.concatenate([_FAR_BEFORE, right, _FAR_BEHIND])
    following = around[right.searchsorted(left, "right") + 1] - left
    # The other way round counts as one word further apart.
    preceding = left - around[right.searchsorted(left, "left")] + 1
    starts = firsts_of_equals(texts_of(left))
    nearest = np.minimum.reduceat(np.minimum(following, preceding), starts)
    return documents_of(left[starts]), np.where(nearest <= MAX_DISTANCE, 1.0 / nearest, 0.0)
