"""In what order the articles that answer are listed: by relevance, or the newest first.

What a reader prefers to read decides only between articles that answer about as well.
"""

from collections.abc import Sequence

import numpy as np

from indexer.codec.container import Array
from search.closeness import closeness
from search.ranking import Matches
from search.snapshot import Columns, Snapshot

# Only so many of the best by words alone are looked at for words that stand together.
TOGETHER_POOL = 200
# An article in a language that the reader named comes before one that is not, unless that scores this much higher.
PREFERRED_WEIGHT = 1.1
# How much it counts against an article that lacks words how much they tell: 0 is not at all, 1 by their share.
MISSING_WEIGHT = 0.75
# Scores that differ by less are equal: sums of the same numbers in another order differ by so little.
_DIGITS = 9
# More than any score: articles that lack words come after, and after each kind those that have none of the reader's
# own words, only another word for one of them.
_BEHIND = 1000.0

Ordered = tuple[Array, Array]


def best_first(
    numbers: Array, matches: Matches, snapshot: Snapshot, wanted: int, prefer: Sequence[str] = ()
) -> Ordered:
    """Return the first `wanted` by relevance, with every word before without, and their scores.

    The documents come sorted by their numbers.
    """
    rows = matches.rows(numbers)
    has_all = matches.missing[rows] == 0
    if np.count_nonzero(has_all) >= wanted:  # what comes behind these is on another page
        numbers, rows = numbers[has_all], rows[has_all]
    scores = matches.scores[rows]
    liked = liking(numbers, prefer, snapshot.columns)
    weights = _weights(liked, prefer)
    keys = _keys(scores * weights, rows, matches)
    count = max(wanted, TOGETHER_POOL)
    if len(keys) > count:
        # All that tie with the last one, so that it is the same ones however the index is cut.
        last = np.partition(keys, count - 1)[count - 1]
        chosen = (keys <= last).nonzero()[0]
        numbers, scores, keys, rows = numbers[chosen], scores[chosen], keys[chosen], rows[chosen]
        liked, weights = liked[chosen], weights[chosen]
    if not (matches.parts and len(matches.parts[0].groups) > 1):
        ordered = snapshot.in_order([keys, liked], numbers)[:wanted]
        return ordered, scores[numbers.searchsorted(ordered)]
    pool, behind = numbers, numbers[:0]
    if len(numbers) > TOGETHER_POOL:
        ordered = snapshot.in_order([keys, liked], numbers)
        pool, behind = np.sort(ordered[:TOGETHER_POOL]), ordered[TOGETHER_POOL:]
    at = numbers.searchsorted(pool)
    scores[at] += closeness(pool, matches)
    best = snapshot.in_order([_keys(scores[at] * weights[at], rows[at], matches), liked[at]], pool)
    ordered = np.concatenate([best, behind])[:wanted]
    return ordered, scores[numbers.searchsorted(ordered)]


def newest_first(
    numbers: Array, matches: Matches, snapshot: Snapshot, wanted: int, prefer: Sequence[str] = ()
) -> Ordered:
    """Return the first `wanted` documents by date, and their scores: with every word before without, no date last."""
    if matches.information:
        liked = liking(numbers, prefer, snapshot.columns)
        ordered = snapshot.in_order([*newest_keys(numbers, matches, snapshot.columns), liked], numbers)[:wanted]
    else:  # no words: the order of all articles is known
        chosen = np.zeros(len(snapshot.columns.days), bool)
        chosen[numbers] = True
        ordered = snapshot.by_date[chosen[snapshot.by_date]][:wanted]
    return ordered, matches.scores[matches.rows(ordered)]


def best_keys(numbers: Array, matches: Matches, prefer: Sequence[str], columns: Columns) -> Array:
    """Return numbers that are the smaller, the better an article answers by its words alone."""
    rows = matches.rows(numbers)
    return _keys(matches.scores[rows] * _weights(liking(numbers, prefer, columns), prefer), rows, matches)


def relevance_keys(numbers: Array, scores: Array, matches: Matches, prefer: Sequence[str], columns: Columns) -> Array:
    """Return by what `best_first` orders documents first, of some of them with the scores that it returned."""
    return _keys(scores * _weights(liking(numbers, prefer, columns), prefer), matches.rows(numbers), matches)


def newest_keys(numbers: Array, matches: Matches, columns: Columns) -> list[Array]:
    """Return by what `newest_first` orders documents, the first one first."""
    rows = matches.rows(numbers)
    days = columns.days[numbers].astype(np.int64)
    return [matches.missing[rows] > 0, -days, -np.round(matches.scores[rows], _DIGITS)]


def liking(numbers: Array, prefer: Sequence[str], columns: Columns) -> Array:
    """Return of each document the place of its language among those preferred, from 0; of others, their number."""
    places = [prefer.index(language) if language in prefer else len(prefer) for language in columns.languages]
    liked: Array = np.array(places, np.int64)[columns.language_codes[numbers]]
    return liked


def factors(number: int, matches: Matches, prefer: Sequence[str], columns: Columns) -> tuple[float, float]:
    """Return by what `best_first` multiplies the score of a document: for its language, and for words it lacks."""
    numbers = np.array([number])
    preferred = _weights(liking(numbers, prefer, columns), prefer)
    return float(preferred[0]), float(_kept(matches.rows(numbers), matches)[0])


def _weights(liked: Array, prefer: Sequence[str]) -> Array:
    return np.where(liked < len(prefer), PREFERRED_WEIGHT, 1.0)


def _kept(rows: Array, matches: Matches) -> Array:
    """Return how much articles keep of their scores in spite of the words that they lack."""
    return np.where(matches.missing[rows] > 0, matches.shares[rows] ** MISSING_WEIGHT, 1.0)


def _keys(scores: Array, rows: Array, matches: Matches) -> Array:
    """Return numbers that are the smaller, the better an article answers."""
    behind = _BEHIND * (2 * (matches.missing[rows] > 0) + matches.weak[rows])
    return behind - np.round(scores * _kept(rows, matches), _DIGITS)
