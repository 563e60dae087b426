"""What articles earn for the words of a query that they have: of all languages and segments together, group by group.

BM25F over title and body with the lengths of the article's own language, times how well a word was found (as written,
accents aside, in another inflection).

A word tells more in a language where it is rarer, so scores of two languages do not compare as they are: an English
query would find first the Bengali article that quotes it. What an article earns is therefore taken as a share of what
all the words of the query are worth in its language.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

import numpy as np

from indexer.arrays import are_among, firsts_of_equals, joined, union
from indexer.codec.container import Array
from search.found import counted
from search.occurrences import TIER_WEIGHTS
from search.parts import LanguageParts, Part
from search.planning import Tier

K1 = 1.2

# A language with few articles says little about how common its words are: this many articles in which a word is as
# common as in the whole index are added to it.
PRIOR_ARTICLES = 40

# Shares that differ by less are equal.
_SHARE_DIGITS = 9


def information(articles: int, found: int, share_everywhere: float) -> float:
    """Return what a word tells, in nats: minus the log of the share of articles that have it, never below 0.

    In a small language the share leans on that in the whole index, by PRIOR_ARTICLES.
    """
    share = (found + 0.5 + PRIOR_ARTICLES * share_everywhere) / (articles + 1 + PRIOR_ARTICLES)
    return max(0.0, -log(share))


def saturated(frequencies: Array, weights: Array) -> Array:
    """Return how well a group was found in documents: more and more occurrences add less and less."""
    earned: Array = frequencies * (K1 + 1) / (frequencies + K1) * weights
    return earned


class Scoring:
    """What the groups of a query tell in one language, by the share of all articles that have each.

    `told` is that in nats, `required` are the groups that an article should have, `worth` is what all are worth.
    """

    def __init__(self, number: int, language: LanguageParts, shares: Sequence[float]) -> None:
        self.number = number
        self.language = language
        articles = language.statistics.articles
        self.told = tuple(
            information(articles, found, share) for found, share in zip(language.found, shares, strict=True)
        )
        self.required = language.required()
        counting = [group for group, found in enumerate(language.found) if found or group in self.required]
        self.worth = sum(self.told[group] for group in counting) or 1.0
        self.earned = [told / self.worth for told in self.told]
        # What an article loses by lacking a group; the same in all languages, so that the shares compare.
        self.lost = [
            information(0, 0, share) if share and group in self.required else 0.0 for group, share in enumerate(shares)
        ]
        self.whole = sum(self.lost) or 1.0

    def complete(self) -> list["Candidates"]:
        """Return the articles with every required group: from the rarest outward."""
        if not all(self.language.found[group] for group in self.required):
            return []
        return [Candidates(self, part, _with_all(part, self.required)) for part in self.language.parts]

    def lacking(self, least: float, telling: Collection[int]) -> list["Candidates"]:
        """Return the articles that may have at least this share of what the required groups tell; some have all.

        All have one of the groups that tell something: who has but a stop word of another language is no answer.
        """
        if len(self.required) < 2:
            return []
        # Who has none of those needed has less.
        needed, has = list(self.required), 0.0
        for group in sorted(self.required, key=lambda group: self.lost[group]):
            has += self.lost[group]
            if not any(self.lost) or round(has / self.whole, _SHARE_DIGITS) >= least:
                break
            needed.remove(group)
        return [Candidates(self, part, _with_any(part, needed, telling)) for part in self.language.parts]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Articles of one part, by their numbers in its segment, sorted."""

    scoring: Scoring
    part: Part
    documents: Array

    def has(self, group: int) -> Array:
        """Tell of each whether it has a group."""
        return are_among(self.documents, self.part.groups[group].documents)


class Pool:
    """The candidates of several parts end to end, by their numbers in the index."""

    def __init__(self, candidates: Sequence[Candidates]) -> None:
        self._candidates = [each for each in candidates if len(each.documents)]
        sizes = [len(each.documents) for each in self._candidates]
        self._bounds = [0, *np.cumsum(sizes).tolist()]
        self._owners = np.repeat(np.arange(len(sizes)), sizes)
        based = [each.documents + each.part.segment.base for each in self._candidates]
        self.numbers: Array = joined(based) if based else np.zeros(0, np.int64)

    def missing(self, there: Sequence[Array]) -> tuple[Array, Array]:
        """Return the required groups that articles lack, as bits, and the share of information that they have.

        `there` tells of each group which of them have it.
        """
        missing, lost = np.zeros(len(self.numbers), np.uint64), np.zeros(len(self.numbers))
        lost_by_group = self._by_group([each.scoring.lost for each in self._candidates])
        for group, (has, required) in enumerate(zip(there, self._required, strict=True)):
            absent = required & ~has
            missing |= absent * np.uint64(1 << group)
            lost += absent * lost_by_group[group]
        whole = np.array([each.scoring.whole for each in self._candidates])[self._owners]
        return missing, np.where(missing == 0, 1.0, np.round(1 - lost / whole, _SHARE_DIGITS))

    def _by_group(self, of_each: Sequence[Sequence[float]]) -> Array:
        """Return what is said of each part's groups as (groups, articles)."""
        return np.array(of_each).reshape(-1, len(self.groups))[self._owners].T

    @cached_property
    def _required(self) -> Array:
        """Of each group, whether each article should have it."""
        return self._by_group([[group in each.scoring.required for group in self.groups] for each in self._candidates])

    @cached_property
    def languages(self) -> Array:
        """Of each article its language, by the number of its scoring."""
        return np.array([each.scoring.number for each in self._candidates], np.int64)[self._owners]

    @property
    def groups(self) -> range:
        return range(len(self._candidates[0].part.groups) if self._candidates else 0)

    def has(self, group: int) -> Array:
        """Tell of each article whether it has a group."""
        return joined([each.has(group) for each in self._candidates])

    def lacking(self) -> "Lacking":
        """Return those that lack a group."""
        if not self._candidates:
            return Lacking(self, np.zeros(0, np.uint64), np.zeros(0))
        found = Lacking(self, *self.missing([self.has(group) for group in self.groups]))
        return found.only(found.missing > 0)

    @classmethod
    def joined(cls, pools: Sequence["Pool"]) -> "Pool":
        """Return several as one."""
        return cls([each for pool in pools for each in pool._candidates])

    def only(self, chosen: Array) -> "Pool":
        """Return those that a mask chooses."""
        bounds = zip(self._bounds, self._bounds[1:], strict=False)
        parts = zip(self._candidates, bounds, strict=True)
        return Pool(
            [Candidates(each.scoring, each.part, each.documents[chosen[first:last]]) for each, (first, last) in parts]
        )

    def scored(self, complete: bool = False) -> "Scores":
        """Score all of them; `complete`: none lacks a group."""
        if not self._candidates:
            return Scores(*(np.zeros(0, kind) for kind in (np.int64, float, np.uint64, float, bool)))
        count = len(self.numbers)
        scores, own, covered = np.zeros(count), np.zeros(count, bool), np.zeros(count, np.int64)
        earned = self._by_group([each.scoring.earned for each in self._candidates])
        there = []
        for group in self.groups:
            frequencies, weights = counted([(each.part.groups[group], each.documents) for each in self._candidates])
            scores += earned[group] * saturated(frequencies, weights)
            own |= weights > TIER_WEIGHTS[Tier.GLOSSARY]
            has = weights > 0
            covered += has & self._required[group]
            there.append(has)
        missing, shares = (np.zeros(count, np.uint64), np.ones(count)) if complete else self.missing(there)
        return Scores(self.numbers, scores, missing, shares, ~own & (covered <= 1))


@dataclass(frozen=True, slots=True)
class Lacking:
    """Articles that lack groups; `missing`, which they lack, and `shares` as in Matches."""

    pool: Pool
    missing: Array
    shares: Array

    @classmethod
    def joined(cls, several: Sequence["Lacking"]) -> "Lacking":
        """Return the articles of several, of which there is one at least."""
        missing, shares = joined([some.missing for some in several]), joined([some.shares for some in several])
        return cls(Pool.joined([some.pool for some in several]), missing, shares)

    def only(self, chosen: Array) -> "Lacking":
        """Return those that a mask chooses."""
        return Lacking(self.pool.only(chosen), self.missing[chosen], self.shares[chosen])

    def unscored(self) -> "Scores":
        """Return them without scores, where it does not matter how well they answer."""
        count = len(self.shares)
        return Scores(self.pool.numbers, np.zeros(count), self.missing, self.shares, np.zeros(count, bool))


@dataclass(frozen=True, slots=True)
class Scores:
    """Scored articles; parallel arrays, as in Matches."""

    numbers: Array
    scores: Array
    missing: Array
    shares: Array
    weak: Array

    @classmethod
    def in_order(cls, scores: Sequence["Scores"]) -> "Scores":
        """Return scored articles by their numbers, of those that come twice the first."""
        columns = [joined(column) for column in zip(*(some.columns for some in scores), strict=True)]
        order = columns[0].argsort(kind="stable")
        first = order[firsts_of_equals(columns[0][order])]
        return cls(*(column[first] for column in columns))

    @property
    def columns(self) -> tuple[Array, ...]:
        return self.numbers, self.scores, self.missing, self.shares, self.weak


def _with_all(part: Part, groups: Sequence[int]) -> Array:
    found = sorted((part.groups[group].documents for group in groups), key=len)
    documents = found[0]
    for other in found[1:]:
        if not len(documents):
            break
        documents = documents[are_among(documents, other)]
    return _without(documents, part.excluded)


def _with_any(part: Part, groups: Sequence[int], telling: Collection[int]) -> Array:
    def some(groups: Iterable[int]) -> Array:
        return union([part.groups[group].documents for group in groups], part.segment.count)

    documents = some(groups)
    if not all(group in telling for group in groups):
        documents = documents[are_among(documents, some(telling))]
    return _without(documents, part.excluded)


def _without(documents: Array, excluded: Array) -> Array:
    return documents[~are_among(documents, excluded)] if len(excluded) else documents
