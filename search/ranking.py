"""In what order articles answer, and what is relaxed when too few have every word.

Score: BM25F over title and body with the lengths of the article's own language, times how well a word was found
(as written, accents aside, in another inflection), plus a bonus for words of the query that stand together.

A word tells more in a language where it is rarer, so scores of two languages do not compare as they are: an English
query would find first the Bengali article that quotes it. What an article earns is therefore taken as a share of what
all the words of the query are worth in its language.

Articles with every word come first. When fewer than a page have them all, articles follow that lack words, the least
informative first. That depends on nothing but query and index, not on filters, sort or page, so that the count beside
a facet is what choosing it gives; only where nothing of it passes the filters, words are relaxed once more among the
articles that do.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from math import log

from corpus import Settings
from indexer.schema import body_field, title_field
from search.matching import Occurrences, Tier, find
from search.planning import LanguagePlan, Plan, PlannedGroup
from search.snapshot import LanguageStatistics, Snapshot

# BM25 as in Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009); k1 and b are its usual values.
K1 = 1.2
B_BODY = 0.75
B_TITLE = 0.5
TITLE_WEIGHT = 2.0
TIER_WEIGHTS = {Tier.EXACT: 1.0, Tier.FOLDED: 0.95, Tier.STEM: 0.9}

# A language with few articles says little about how common its words are: this many articles in which a word is as
# common as in the whole index are added to it.
PRIOR_ARTICLES = 10

# When words are relaxed, all articles with this share of the query's information follow, and more only for a page.
RELAXED_SHARE = 0.5

# Two words of the query next to each other, in its order, earn this share of the rarer one's information; one word
# further apart half of it, and so on.
TOGETHER_WEIGHT = 0.4
MAX_DISTANCE = 8
# Only the best by words alone are looked at for that: the positions of the others are never read.
TOGETHER_POOL = 200


@dataclass(frozen=True, slots=True)
class Match:
    """An article that answers. `missing` are the groups of the query, by number, that it lacks and should have.

    `share` is how much of the query's information it has, from 0 to 1.
    """

    score: float
    missing: tuple[int, ...] = ()
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Matches:
    """All articles that answer: document number -> match.

    `unknown` are groups that no article has; `information` is what each group tells, by language, in nats.
    """

    by_number: dict[int, Match]
    unknown: tuple[int, ...] = ()
    information: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Language:
    """The words of a query in the articles of one language."""

    plan: LanguagePlan
    occurrences: tuple[dict[int, Occurrences], ...]  # of each group
    excluded: frozenset[int]
    statistics: LanguageStatistics


def match(
    plan: Plan, snapshot: Snapshot, settings: Settings, passing: Callable[[Iterable[int]], list[int]] = list
) -> Matches:
    """Return the articles that answer a plan, scored by their words alone.

    `passing` returns those of some documents that the filters let through.
    """
    languages = [_evaluated(language, snapshot) for language in plan.languages]
    if not plan.labels:
        excluded = frozenset[int]().union(*(language.excluded for language in languages))
        return Matches({number: Match(0.0) for number in snapshot.documents.live if number not in excluded})
    groups = range(len(plan.labels))
    everywhere = [sum(len(language.occurrences[group]) for language in languages) for group in groups]
    total = max(1, len(snapshot.documents.live))
    shares = [found / total for found in everywhere]  # group -> share of all articles that have it
    common = [any(language.plan.groups[group].common for language in languages) for group in groups]
    told = {language.plan.language: _informations(language, shares) for language in languages}
    complete: dict[int, Match] = {}
    partial: dict[int, Match] = {}
    for language in languages:
        required = _required(language, common)
        scores = _scores(language, told[language.plan.language], required, snapshot)
        found, lacking = _divided(language, required, scores, shares)
        complete |= found
        partial |= lacking
    wanted = settings.page_size - len(complete)
    found_all = complete | (_relaxed(partial, wanted) if wanted > 0 else {})
    if not passing(found_all):
        allowed = {number: partial[number] for number in passing(partial)}
        found_all |= _relaxed(allowed, settings.page_size)
    return Matches(
        found_all,
        tuple(group for group, found_in in enumerate(everywhere) if not found_in),
        told,
    )


def best_first(numbers: Iterable[int], matches: Matches, plan: Plan, snapshot: Snapshot) -> list[tuple[int, float]]:
    """Return (document number, score) in the order of relevance: with every word before without, then by score."""
    ids, by_number = snapshot.documents.ids, matches.by_number

    def rank(item: tuple[int, float]) -> tuple[bool, float, str]:
        number, score = item
        match = by_number[number]
        return bool(match.missing), -round(score * match.share if match.missing else score, 9), ids[number]

    ordered = sorted(((number, by_number[number].score) for number in numbers), key=rank)
    if len(plan.labels) < 2:
        return ordered
    pool = ordered[:TOGETHER_POOL]
    bonus = _together(pool, matches, plan, snapshot)
    pool = [(number, score + bonus.get(number, 0.0)) for number, score in pool]
    return sorted(pool, key=rank) + ordered[TOGETHER_POOL:]


def newest_first(numbers: Iterable[int], matches: Matches, snapshot: Snapshot) -> list[tuple[int, float]]:
    """Return (document number, score) by date: with every word before without, the newest first, no date last."""
    documents = snapshot.documents

    def rank(number: int) -> tuple[bool, int, float, str]:
        day, match = documents.published[number] or date.min, matches.by_number[number]
        return bool(match.missing), -day.toordinal(), -match.score, documents.ids[number]

    return [(number, matches.by_number[number].score) for number in sorted(numbers, key=rank)]


def information(articles: int, found: int, share_everywhere: float) -> float:
    """Return what a word tells, in nats: minus the log of the share of articles that have it, never below 0.

    In a small language the share leans on that in the whole index, by PRIOR_ARTICLES.
    """
    share = (found + 0.5 + PRIOR_ARTICLES * share_everywhere) / (articles + 1 + PRIOR_ARTICLES)
    return max(0.0, -log(share))


def _evaluated(plan: LanguagePlan, snapshot: Snapshot) -> _Language:
    return _Language(
        plan,
        tuple(find(group.patterns, plan.language, snapshot) for group in plan.groups),
        frozenset(find(plan.excluded, plan.language, snapshot)),
        snapshot.statistics(plan.language),
    )


def _informations(language: _Language, shares: Sequence[float]) -> tuple[float, ...]:
    return tuple(
        information(language.statistics.articles, len(found), share)
        for found, share in zip(language.occurrences, shares, strict=True)
    )


def _required(language: _Language, common: Sequence[bool]) -> list[int]:
    """Return the groups that an article of a language should have: all but stop words, unless there is nothing else."""
    return [
        group
        for group, planned in enumerate(language.plan.groups)
        if not planned.common
        # "at" in Lithuanian: it says little in another language, and here it is no word, only the stem of some.
        and not (common[group] and not _is_written(language.occurrences[group]))
    ] or list(range(len(common)))


def _is_written(found: Mapping[int, Occurrences]) -> bool:
    return any(occurrences.tier is Tier.EXACT for occurrences in found.values())


def _scores(
    language: _Language, told: Sequence[float], required: Sequence[int], snapshot: Snapshot
) -> dict[int, float]:
    """Return document number -> score, as a share of what the words are worth in this language."""
    code, statistics = language.plan.language, language.statistics
    counting = [group for group, found in enumerate(language.occurrences) if found or group in required]
    worth = sum(told[group] for group in counting) or 1.0
    scores: dict[int, float] = {}
    for group in counting:
        for number, occurrences in language.occurrences[group].items():
            frequency = 0.0
            if occurrences.title:
                length = snapshot.length(number, title_field(code)) / statistics.mean_title
                frequency += TITLE_WEIGHT * occurrences.title / (1 - B_TITLE + B_TITLE * length)
            if occurrences.body:
                length = snapshot.length(number, body_field(code)) / statistics.mean_body
                frequency += occurrences.body / (1 - B_BODY + B_BODY * length)
            saturated = frequency * (K1 + 1) / (frequency + K1) * TIER_WEIGHTS[occurrences.tier]
            scores[number] = scores.get(number, 0.0) + told[group] / worth * saturated
    return scores


def _divided(
    language: _Language, required: Sequence[int], scores: Mapping[int, float], shares: Sequence[float]
) -> tuple[dict[int, Match], dict[int, Match]]:
    """Return the articles with every required group, and those with some."""
    # The same in all languages, so that the shares compare.
    worth = {group: information(0, 0, shares[group]) for group in required if shares[group]}
    whole = sum(worth.values()) or 1.0
    complete: dict[int, Match] = {}
    partial: dict[int, Match] = {}
    for number, score in scores.items():
        if number in language.excluded:
            continue
        missing = tuple(group for group in required if number not in language.occurrences[group])
        if not missing:
            complete[number] = Match(score)
        elif len(missing) < len(required):
            lost = sum(worth.get(group, 0.0) for group in missing)
            partial[number] = Match(score, missing, round(1 - lost / whole, 9))
    return complete, partial


def _relaxed(partial: Mapping[int, Match], wanted: int) -> dict[int, Match]:
    """Return the articles that follow though they lack words: with RELAXED_SHARE, or the next best to fill a page."""
    by_share: dict[float, list[int]] = {}
    for number, match in partial.items():
        by_share.setdefault(match.share, []).append(number)
    kept: dict[int, Match] = {}
    for share in sorted(by_share, reverse=True):
        if share < RELAXED_SHARE and len(kept) >= wanted:
            break
        kept |= {number: partial[number] for number in by_share[share]}
    return kept


def _together(pool: Sequence[tuple[int, float]], matches: Matches, plan: Plan, snapshot: Snapshot) -> dict[int, float]:
    """Return document number -> bonus for neighbouring groups of the query that stand close in its text."""
    by_language: dict[str, set[int]] = {}
    for number, _ in pool:
        by_language.setdefault(snapshot.documents.languages[number], set()).add(number)
    bonus: dict[int, float] = {}
    for language in plan.languages:
        numbers = by_language.get(language.language)
        if not numbers:
            continue
        told = matches.information[language.language]
        whole = sum(told) or 1.0
        for name in (title_field(language.language), body_field(language.language)):
            places = [_places(group, name, numbers, snapshot) for group in language.groups]
            for group, (left, right) in enumerate(pairwise(places)):
                worth = TOGETHER_WEIGHT * min(told[group], told[group + 1]) / whole
                for number in left.keys() & right.keys():
                    bonus[number] = bonus.get(number, 0.0) + worth * _nearness(left[number], right[number])
    return bonus


def _places(group: PlannedGroup, field: str, numbers: set[int], snapshot: Snapshot) -> dict[int, list[int]]:
    """Return where a group's words stand: document number -> positions, in order."""
    found: dict[int, list[int]] = {}
    for stem in dict.fromkeys(stem for pattern in group.patterns for stem in (*pattern.stems[:1], pattern.plain)):
        if stem:
            for number, positions in snapshot.positions(field, stem, numbers).items():
                found[number] = sorted([*found.get(number, ()), *positions])
    return found


def _nearness(left: Sequence[int], right: Sequence[int]) -> float:
    """Return 1 if the right one directly follows the left one anywhere, less if they are apart, 0 if far."""
    best = MAX_DISTANCE + 1
    at = 0
    for position in left:
        while at < len(right) and right[at] <= position:
            at += 1
        if at < len(right):
            best = min(best, right[at] - position)
        if at > 0:  # the other way round counts as one word further apart
            best = min(best, position - right[at - 1] + 1)
    return 1.0 / best if 0 < best <= MAX_DISTANCE else 0.0
