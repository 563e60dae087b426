"""Which articles follow those with every word though they lack some: where a language has fewer than a page takes.

Each language is relaxed by itself, whatever others have: whoever chooses it gets all that it has to say, and the count
beside it is what choosing it gives. Articles that lack the least informative words come first, by how much of the
query's information they have. Where many articles have any word, those with less than half of it are not even looked at
unless the others are too few.
"""

from collections.abc import Callable, Collection, Sequence
from functools import reduce

import numpy as np

from indexer.codec.container import Array
from search.arrays import distinct, firsts_of_equals
from search.scoring import Pool, Scores, Scoring

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
    scorings: Sequence[Scoring],
    telling: Collection[int],
    wanted: Array,
    hits: Hits,
    passing: Passing | None = None,
    counted: bool = False,
) -> Scores:
    """Return the articles that follow though they lack words: of each language as many hits as wanted, if it has them.

    Where any are wanted, all with RELAXED_SHARE follow. All have one of the groups that are `telling`; with `passing`,
    only what passes counts. No others are scored, and these only if their scores matter: not where they are `counted`
    behind a full page, unless two may stand for one hit in one language.
    """
    pools, missing_of, shares_of = [Pool(())], [np.zeros(0, np.uint64)], [np.zeros(0)]
    short = [scoring for scoring in scorings if wanted[scoring.number] > 0]
    for least in (RELAXED_SHARE, 0.0):
        if not short:
            break
        floors = np.zeros(len(wanted))
        for scoring in short:
            if sum(scoring.language.found) > FEW_FOUND:
                floors[scoring.number] = least
        lacking = Pool([each for scoring in short for each in scoring.lacking(floors[scoring.number], telling)])
        lacking, missing, shares = lacking.lacking(floors)
        if passing is not None:
            kept = np.isin(lacking.numbers, passing(lacking.numbers))
            lacking, missing, shares = lacking.only(kept), missing[kept], shares[kept]
        reached, enough = _reached(lacking.languages, shares, hits(lacking.numbers), wanted)
        done = enough | (floors == 0)
        kept = (shares >= reached[lacking.languages]) & done[lacking.languages]
        pools.append(lacking.only(kept))
        missing_of.append(missing[kept])
        shares_of.append(shares[kept])
        short = [scoring for scoring in short if not done[scoring.number]]
    found = reduce(Pool.joined, pools)
    if counted and len(distinct(_within(found.languages, hits(found.numbers)))) == len(found.numbers):
        return Scores.unscored(found.numbers, np.concatenate(missing_of), np.concatenate(shares_of))
    return found.scored()


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
