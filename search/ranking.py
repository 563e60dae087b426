"""Which articles answer a query, how well, and what is relaxed when too few have every word.

Score: BM25F over title and body with the lengths of the article's own language, times how well a word was found
(as written, accents aside, in another inflection).

A word tells more in a language where it is rarer, so scores of two languages do not compare as they are: an English
query would find first the Bengali article that quotes it. What an article earns is therefore taken as a share of what
all the words of the query are worth in its language.

Articles with every word come first. When fewer than a page have them all, articles follow that lack words, the least
informative first. That depends on nothing but query and index, not on filters, sort or page, so that the count beside
a facet is what choosing it gives; only where nothing of it passes the filters, words are relaxed once more among the
articles that do. Articles that lack words are not even scored unless they can be on a page.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

import numpy as np

from corpus import Settings
from indexer.codec.container import Array
from indexer.schema import LANGUAGE
from search.matching import Found, Keys, SegmentMatcher
from search.occurrences import TIER_WEIGHTS, are_among, firsts_of_equals, union
from search.planning import LanguagePlan, Plan, Tier
from search.segment import Segment
from search.snapshot import LanguageStatistics, Snapshot

K1 = 1.2

# A language with few articles says little about how common its words are: this many articles in which a word is as
# common as in the whole index are added to it.
PRIOR_ARTICLES = 40

# When words are relaxed, all articles with this share of the query's information follow, and more only for a page.
RELAXED_SHARE = 0.5
_ALL = slice(None)
_NONE: Array = np.zeros(0, np.int64)
# Shares that differ by less are equal.
_SHARE_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Part:
    """What a query finds in the articles of one language in one segment; `groups` by number, documents local."""

    plan: LanguagePlan
    segment: Segment
    groups: tuple[Found, ...]
    excluded: Array

    def has_language(self, local: int) -> bool:
        """Tell whether a document of the segment is in the language of this part."""
        codes = self.segment.codes(LANGUAGE)
        return bool(codes[local] == self.plan.language.encode())


@dataclass(frozen=True, slots=True)
class Matches:
    """All articles that answer, in arrays sorted by document number.

    The bits of `missing` are the groups of the query that an article lacks and should have; `shares` how much of the
    query's information it has, from 0 to 1. `weak` are those that have none of the reader's own words, only another
    word for one of them. `unknown` are groups that no article has, `information` what each group
    tells, by language, in nats; `worths` what the whole query is worth, of which scores are shares, by language that
    has any of its words.
    """

    numbers: Array
    scores: Array
    missing: Array
    shares: Array
    weak: Array
    parts: tuple[Part, ...] = ()
    unknown: tuple[int, ...] = ()
    information: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    worths: Mapping[str, float] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.numbers)

    def rows(self, numbers: Array) -> Array:
        """Return where documents, all of which answer, stand in the arrays."""
        return self.numbers.searchsorted(numbers)

    def complete_among(self, numbers: Array) -> int:
        """Return how many of some documents, all of which answer, have every word."""
        return int(np.count_nonzero(self.missing[self.rows(numbers)] == 0))

    def part_of(self, number: int) -> "Part | None":
        """Return the part in which a document is, if its language there has any word of the query."""
        parts = (part for part in self.parts if 0 <= number - part.segment.base < part.segment.count)
        return next((part for part in parts if part.has_language(number - part.segment.base)), None)

    def lacking(self, row: int) -> tuple[int, ...]:
        """Return the groups that an article lacks."""
        missing = int(self.missing[row])
        return tuple(group for group in range(missing.bit_length()) if missing >> group & 1)


Passing = Callable[[Array], Array]


def match(
    plan: Plan,
    snapshot: Snapshot,
    settings: Settings,
    passing: Passing = lambda numbers: numbers,
    hits: Callable[[Array], int] = len,
) -> Matches:
    """Return the articles that answer a plan, scored by their words alone.

    `passing` returns those of some documents that the filters let through, `hits` says how many hits some documents
    are: one for all translations of a work, if they are collapsed.
    """
    languages = [_Language.of(language, snapshot) for language in plan.languages]
    parts = tuple(part for language in languages for part in language.parts)
    if not plan.labels:
        excluded = [part.excluded + part.segment.base for part in parts]
        numbers = np.setdiff1d(snapshot.live, np.concatenate(excluded)) if excluded else snapshot.live
        nothing = np.zeros(len(numbers))
        return Matches(numbers, nothing, nothing.astype(np.uint64), nothing, nothing.astype(bool), parts)
    present = [language for language in languages if language.parts]
    groups = range(len(plan.labels))
    everywhere = [sum(language.found[group] for language in present) for group in groups]
    total = max(1, len(snapshot.live))
    # group -> share of all articles that have it
    shares = [sum(language.said(group) for language in present) / total for group in groups]
    common = [any(language.plan.groups[group].common for language in languages) for group in groups]
    told = {language.plan.language: language.told(shares) for language in languages}
    scorers = [
        _Scorer(language, shares, told[language.plan.language], language.required(common)) for language in present
    ]
    worths = {scorer.language.plan.language: scorer.worth for scorer in scorers}
    complete = [scores for scorer in scorers for scores in scorer.complete()]
    numbers = np.concatenate([_NONE, *(scores.numbers for scores in complete)])
    answers = complete
    wanted = settings.page_size - hits(numbers)
    if wanted > 0 or not len(passing(numbers)):
        if wanted > 0:
            answers = [*complete, *_relaxed(scorers, wanted, hits)]
        if not any(len(passing(scores.numbers)) for scores in answers):
            answers = [*answers, *_relaxed(scorers, settings.page_size, hits, passing)]
    found = _in_order(answers)
    return Matches(
        found.numbers,
        found.scores,
        found.missing,
        found.shares,
        found.weak,
        parts,
        tuple(group for group, found_in in enumerate(everywhere) if not found_in),
        told,
        worths,
    )


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


@dataclass(frozen=True, slots=True)
class _Language:
    """The words of a query in the articles of one language; `found` counts those with each group."""

    plan: LanguagePlan
    parts: tuple[Part, ...]
    found: tuple[int, ...]
    statistics: LanguageStatistics

    @classmethod
    def of(cls, plan: LanguagePlan, snapshot: Snapshot) -> "_Language":
        statistics = snapshot.statistics(plan.language)
        parts = []
        keys = Keys.of(plan)
        for segment in snapshot.segments_with(plan.language):
            matcher = SegmentMatcher(keys, segment, statistics)
            if matcher.is_empty and not keys.others:
                continue
            groups = tuple(matcher.find(group) for group in plan.groups)
            parts.append(Part(plan, segment, groups, matcher.excluded(plan.excluded)))
        found = [0] * len(plan.groups)
        for part in parts:
            for group, there in enumerate(part.groups):
                found[group] += len(there.documents)
        return cls(plan, tuple(parts), tuple(found), statistics)

    def told(self, shares: Sequence[float]) -> tuple[float, ...]:
        """Return what each group tells in the language, by the share of all articles that have it."""
        articles = self.statistics.articles
        return tuple(information(articles, found, share) for found, share in zip(self.found, shares, strict=True))

    def said(self, group: int) -> int:
        """Return how many articles tell how common a group is: not those where it is lent, which have other words."""
        return 0 if self.plan.groups[group].lent else self.found[group]

    def required(self, common: Sequence[bool]) -> list[int]:
        """Return the groups that an article should have: all but stop words, unless there is nothing else."""
        return [
            group
            for group, planned in enumerate(self.plan.groups)
            if not planned.common
            # "at" in Lithuanian: it says little in another language, and here it is no word, only the stem of some.
            and not (common[group] and not any(part.groups[group].written for part in self.parts))
        ] or list(range(len(common)))


@dataclass(frozen=True, slots=True)
class _Scores:
    """Scored documents; parallel arrays, as in Matches."""

    numbers: Array
    scores: Array
    missing: Array
    shares: Array
    weak: Array

    @property
    def columns(self) -> tuple[Array, ...]:
        return self.numbers, self.scores, self.missing, self.shares, self.weak

    def only(self, chosen: Array) -> "_Scores":
        return _Scores(*(column[chosen] for column in self.columns))


class _Scorer:
    """Scores the articles of one language."""

    def __init__(
        self, language: _Language, shares: Sequence[float], told: Sequence[float], required: Sequence[int]
    ) -> None:
        self.language = language
        self._told = told
        self._required = required
        self._counting = [group for group, found in enumerate(language.found) if found or group in required]
        self.worth = sum(told[group] for group in self._counting) or 1.0
        # The same in all languages, so that the shares compare.
        self._lost = {group: information(0, 0, shares[group]) if shares[group] else 0.0 for group in required}
        self._whole = sum(self._lost.values()) or 1.0

    def complete(self) -> list[_Scores]:
        """Score the articles with every required group."""
        if not all(self.language.found[group] for group in self._required):
            return []
        return [
            self.scored(part, documents, self._required)
            for part in self.language.parts
            if len(documents := self._all_of(part))
        ]

    def lacking(self, least: float) -> list["_Lacking"]:
        """Return the articles that have some of the required groups, but not all, and at least this share of them."""
        if len(self._required) < 2:
            return []
        # Who has none of those needed has less.
        needed, has = list(self._required), 0.0
        for group in sorted(self._required, key=lambda group: self._lost[group]):
            has += self._lost[group]
            if not any(self._lost.values()) or round(has / self._whole, _SHARE_DIGITS) >= least:
                break
            needed.remove(group)
        found = []
        for part in self.language.parts:
            some = union([part.groups[group].documents for group in needed], part.segment.count)
            documents = _without(some, part.excluded)
            there = {group: are_among(documents, part.groups[group].documents) for group in self._required}
            missing, shares = self._missing(there, len(documents))
            kept = (missing > 0) & (shares >= least)
            found.append(_Lacking(self, part, documents[kept], shares[kept]))
        return found

    def _missing(self, there: Mapping[int, Array], count: int) -> tuple[Array, Array]:
        """Return of documents the required groups that they lack, as bits, and the share of information they have.

        `there` is group -> of each document whether it has it, but for groups that all of them have.
        """
        missing, lost = np.zeros(count, np.uint64), np.zeros(count)
        partly = [group for group in self._required if group in there]
        if not partly:
            return missing, lost + 1.0
        for group in partly:
            absent = ~there[group]
            missing |= absent * np.uint64(1 << group)
            lost += absent * self._lost[group]
        return missing, np.where(missing == 0, 1.0, np.round(1 - lost / self._whole, _SHARE_DIGITS))

    def _all_of(self, part: Part) -> Array:
        """Return the documents with every required group: from the rarest outward."""
        found = sorted((part.groups[group].documents for group in self._required), key=len)
        documents = found[0]
        for other in found[1:]:
            if not len(documents):
                break
            documents = documents[are_among(documents, other)]
        return _without(documents, part.excluded)

    def scored(self, part: Part, documents: Array, everywhere: Collection[int] = ()) -> _Scores:
        """Score documents of a part, sorted, all of which are known to have some groups."""
        scores = np.zeros(len(documents))
        own = np.zeros(len(documents), bool)
        covered = np.zeros(len(documents), np.int64)
        partly: dict[int, Array] = {}  # group -> of each document whether it has it
        for group in self._counting:
            there: Array | slice = _ALL
            if group not in everywhere:
                there = partly[group] = are_among(documents, part.groups[group].documents)
            frequencies, weights = part.groups[group].counted(documents[there])
            scores[there] += self._told[group] / self.worth * saturated(frequencies, weights)
            own[there] |= weights > TIER_WEIGHTS[Tier.GLOSSARY]
            if group in self._lost:
                covered[there] += 1
        missing, shares = self._missing(partly, len(documents))
        weak = ~own & ((missing > 0) | (covered <= 1))
        return _Scores(documents + part.segment.base, scores, missing, shares, weak)


@dataclass(frozen=True, slots=True)
class _Lacking:
    """Articles of a part that lack words, not scored yet; local documents, sorted, and their shares."""

    scorer: _Scorer
    part: Part
    documents: Array
    shares: Array

    @property
    def numbers(self) -> Array:
        return self.documents + self.part.segment.base

    def only(self, chosen: Array) -> "_Lacking":
        return _Lacking(self.scorer, self.part, self.documents[chosen], self.shares[chosen])


def _relaxed(
    scorers: Sequence[_Scorer], wanted: int, hits: Callable[[Array], int], passing: Passing | None = None
) -> list[_Scores]:
    """Return the articles that follow though they lack words: with RELAXED_SHARE, or the next best to fill a page.

    Only those are scored; with `passing`, only what passes counts.
    """
    lacking: list[_Lacking] = []
    least = RELAXED_SHARE
    for floor in (RELAXED_SHARE, 0.0):
        lacking = [each for scorer in scorers for each in scorer.lacking(floor)]
        if passing is not None:
            lacking = [each.only(np.isin(each.numbers, passing(each.numbers))) for each in lacking]
        numbers = np.concatenate([each.numbers for each in lacking]) if lacking else np.zeros(0, np.int64)
        shares = np.concatenate([each.shares for each in lacking]) if lacking else np.zeros(0)
        if hits(numbers[shares >= RELAXED_SHARE]) >= wanted:
            break
        for share in np.unique(shares[shares < RELAXED_SHARE])[::-1].tolist():
            least = share
            if hits(numbers[shares >= share]) >= wanted:
                break
    return [
        each.scorer.scored(each.part, each.documents[each.shares >= least])
        for each in lacking
        if (each.shares >= least).any()
    ]


def _in_order(scores: Sequence[_Scores]) -> _Scores:
    """Return scored documents by their numbers, of those that come twice the first."""
    if len(scores) == 1:
        return scores[0]
    if not scores:
        return _Scores(*(np.zeros(0, kind) for kind in (np.int64, float, np.uint64, float, bool)))
    columns = zip(*(part.columns for part in scores), strict=True)
    found = _Scores(*(np.concatenate(column) for column in columns))
    order = found.numbers.argsort(kind="stable")
    return found.only(order[firsts_of_equals(found.numbers[order])])


def _without(documents: Array, excluded: Array) -> Array:
    return documents[~are_among(documents, excluded)] if len(excluded) else documents
