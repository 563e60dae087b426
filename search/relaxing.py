"""Which articles follow those with every word though they lack some: where a language has fewer than a page takes.

Each language is relaxed by itself, whatever others have: whoever chooses it gets all that it has to say, and the count
beside it is what choosing it gives. Articles that lack the least informative words come first, by how much of the
query's information they have. Where many articles have any word, those with less than half of it are not even looked at
unless the others are too few.
"""

from collections.abc import Callable, Collection, Sequence

import numpy as np

from indexer.arrays import distinct, firsts_of_equals
from indexer.codec.container import Array
from search.scoring import Lacking, Pool, Scoring

# When words are relaxed, all articles with this share of the query's information follow, and more only for a page.
RELAXED_SHARE = 0.5

# Where no more articles have the words of the query, each counted for each word, all are looked at right away.
FEW_FOUND = 5_000

# Documents -> what they are hits as: themselves, or works.
Hits = Callable[[Array], Array]
# Documents -> those of them that the filters let through.
Passing = Callable[[Array], Array]

# Before the number of a hit, that of a language; there are fewer documents.
_LANGUAGE_BITS = 32


def hits_by_language(pool: Pool, hits: Hits, languages: int) -> Array:
    """Return how many hits each language has among some articles."""
    found = distinct(_within(pool.languages, hits(pool.numbers)))
    return np.bincount(found >> _LANGUAGE_BITS, minlength=languages)


def following(
    scorings: Sequence[Scoring], telling: Collection[int], wanted: Array, hits: Hits, passing: Passing | None = None
) -> Lacking:
    """Return the articles that follow though they lack words: of each language as many hits as wanted, if it has them.

    Where any are wanted, all with RELAXED_SHARE follow. All have one of the groups that are `telling`; with `passing`,
    only what passes counts.
    """
    found = [Pool(()).lacking()]
    short = [scoring for scoring in scorings if wanted[scoring.number] > 0]
    for least in (RELAXED_SHARE, 0.0):
        if not short:
            break
        floors = np.zeros(len(wanted))
        for scoring in short:
            if sum(scoring.language.found) > FEW_FOUND:
                floors[scoring.number] = least
        candidates = [each for scoring in short for each in scoring.lacking(floors[scoring.number], telling)]
        lacking = Pool(candidates).lacking()
        if passing is not None:
            lacking = lacking.only(np.isin(lacking.pool.numbers, passing(lacking.pool.numbers)))
        # Below the floor of a language not all that it has were looked at.
        lacking = lacking.only(lacking.shares >= floors[lacking.pool.languages])
        languages = lacking.pool.languages
        reached, enough = _reached(languages, lacking.shares, hits(lacking.pool.numbers), wanted)
        done = enough | (floors == 0)
        found.append(lacking.only((lacking.shares >= reached[languages]) & done[languages]))
        short = [scoring for scoring in short if not done[scoring.number]]
    return Lacking.joined(found)


def are_all_hits(found: Lacking, hits: Hits) -> bool:
    """Tell whether no two articles of a language are one hit."""
    several = _within(found.pool.languages, hits(found.pool.numbers))
    return len(distinct(several)) == len(found.shares)


def _reached(languages: Array, shares: Array, hits: Array, wanted: Array) -> tuple[Array, Array]:
    """Return, by language, the least share with which articles follow, and whether these are as many hits as wanted.

    That is the share of the article with which they are as many; no article with as much is left behind.
    """
    order = np.lexsort((-shares, languages))
    languages, shares = languages[order], shares[order]
    several = _within(languages, hits[order])
    by_hit = several.argsort(kind="stable")
    is_new = np.zeros(len(order), bool)
    is_new[by_hit[firsts_of_equals(several[by_hit])]] = True
    so_far = np.cumsum(is_new)
    bounds = languages.searchsorted(np.arange(len(wanted) + 1))
    before = np.concatenate([[0], so_far])[bounds]
    last = np.minimum(so_far.searchsorted(before[:-1] + wanted), bounds[1:] - 1)
    reached = np.full(len(wanted), RELAXED_SHARE)
    there = bounds[1:] > bounds[:-1]
    reached[there] = np.minimum(shares[last[there]], RELAXED_SHARE)
    return reached, np.diff(before) >= wanted


def _within(languages: Array, hits: Array) -> Array:
    """Return languages and hits, both by number, as one number each."""
    found: Array = (languages << _LANGUAGE_BITS) + hits
    return found
