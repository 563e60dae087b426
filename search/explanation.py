"""Why articles stand where they stand, and why another one is not there: the parts that their scores are made of.

A hit has the score of the article as which it ranks. Where that is another translation than the one that is shown, the
parts are those of the one that is shown, whose words the reader sees, and the other one is named with its score.

Postings are read once for all articles of a page: to read them for each by itself takes several times as long.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.arrays import are_among
from indexer.codec.container import Array
from search.answering import Ranked, Standing
from search.closeness import closeness
from search.occurrences import Row, Words
from search.ordering import factors
from search.page import Absence, Explanation, Factors, FoundWord, GroupExplanation, OtherLanguage, RankedAs
from search.parts import Part
from search.planning import Plan
from search.ranking import Matches
from search.scoring import saturated
from search.snapshot import Snapshot

# How words were found that will do where no article of a language has any other.
INSTEAD = "instead"


def explanations(
    numbers: Array, ranked: Ranked, snapshot: Snapshot, standings: Mapping[int, Standing], absence: Absence = ""
) -> dict[int, Explanation]:
    """Return document number -> what its score is made of, for documents, sorted, whether or not they are matches.

    `standings` are how they stand among the hits, of those that do.
    """
    languages = [_language(number, snapshot) for number in numbers.tolist()]
    earned = _earned(numbers, languages, ranked.plan, ranked.matches)
    together = _together(numbers, ranked, standings)
    explained: dict[int, Explanation] = {}
    for number, language in zip(numbers.tolist(), languages, strict=True):
        standing = standings.get(number)
        explained[number] = Explanation(
            snapshot.id(number),
            language,
            tuple(
                GroupExplanation(each.label, each.found, round(each.earned, 4), each.common) for each in earned[number]
            ),
            round(together[number], 4),
            round(sum(each.earned for each in earned[number]) + together[number], 4),
            ranked_as(number, standing, ranked, snapshot) if standing else None,
            _factors(standing, ranked, snapshot) if standing else None,
            absence,
            _other(standing.shown, snapshot) if standing and standing.shown != number else None,
        )
    return explained


def ranked_as(number: int, standing: Standing, ranked: Ranked, snapshot: Snapshot) -> RankedAs | None:
    """Return the article as which a hit ranks; None if it is this one."""
    if standing.ranked == number:
        return None
    other = _other(standing.ranked, snapshot)
    [row] = ranked.matches.rows(np.array([standing.ranked])).tolist()
    missing = tuple(ranked.plan.labels[group] for group in ranked.matches.lacking(row))
    return RankedAs(other.id, other.language, round(standing.score, 4), missing)


def _other(number: int, snapshot: Snapshot) -> OtherLanguage:
    return OtherLanguage(snapshot.id(number), _language(number, snapshot))


def _language(number: int, snapshot: Snapshot) -> str:
    return snapshot.columns.languages[int(snapshot.columns.language_codes[number])]


def _factors(standing: Standing, ranked: Ranked, snapshot: Snapshot) -> Factors | None:
    if ranked.paging.newest:
        return None
    found = factors(standing.ranked, ranked.matches, ranked.paging.request.prefer, snapshot.columns)
    return Factors(*(round(factor, 4) for factor in found))


def _together(numbers: Array, ranked: Ranked, standings: Mapping[int, Standing]) -> dict[int, float]:
    """Return what articles earn by words that stand together: what was counted, if they are what a hit ranks as."""
    matches, found = ranked.matches, dict.fromkeys(numbers.tolist(), 0.0)
    hits = np.array(
        [number for number in found if number in standings and standings[number].ranked == number], np.int64
    )
    for number, score in zip(hits.tolist(), matches.scores[matches.rows(hits)].tolist(), strict=True):
        found[number] = standings[number].score - score
    if not ranked.paging.newest and len(ranked.plan.labels) > 1:
        others = np.setdiff1d(numbers, hits)
        found.update(zip(others.tolist(), closeness(others, matches).tolist(), strict=True))
    return found


@dataclass(frozen=True, slots=True)
class _Earned:
    """What a group of the query comes to in an article."""

    label: str
    found: tuple[FoundWord, ...]
    earned: float
    common: bool


def _earned(numbers: Array, languages: Sequence[str], plan: Plan, matches: Matches) -> dict[int, tuple[_Earned, ...]]:
    """Return what each group comes to in each of some documents, which are in these languages."""
    # Where no word of the query is found at all, a stop word of another language is none either.
    foreign = plan.common_somewhere()
    nowhere = {
        planned.language: tuple(
            _Earned(label, (), 0.0, planned.groups[group].common or group in foreign)
            for group, label in enumerate(plan.labels)
        )
        for planned in plan.languages
    }
    earned = {number: nowhere[language] for number, language in zip(numbers.tolist(), languages, strict=True)}
    for part in matches.parts:
        first, last = numbers.searchsorted([part.segment.base, part.segment.base + part.segment.count]).tolist()
        here = numbers[[at for at in range(first, last) if languages[at] == part.plan.language]]
        if len(here) and plan.labels:
            local = here - part.segment.base
            of_each = [_of_group(label, group, part, local, matches) for group, label in enumerate(plan.labels)]
            earned.update(zip(here.tolist(), zip(*of_each, strict=True), strict=True))
    return earned


def _of_group(label: str, group: int, part: Part, documents: Array, matches: Matches) -> list[_Earned]:
    """Return what a group comes to in each of some documents of a part, sorted."""
    contributions = _contributions(part, group, documents, matches)
    words = _words(part.groups[group].sources, documents, INSTEAD if group in part.instead else None)
    common = part.plan.groups[group].common or group in part.foreign
    return [_Earned(label, found, earned, common) for found, earned in zip(words, contributions, strict=True)]


def _contributions(part: Part, group: int, documents: Array, matches: Matches) -> list[float]:
    found = part.groups[group]
    there = are_among(documents, found.documents)
    added = np.zeros(len(documents))
    if there.any():
        code = part.plan.language
        share = matches.information[code][group] / matches.worths[code]
        added[there] = share * saturated(*found.counted(documents[there]))
    contributions: list[float] = added.tolist()
    return contributions


def _words(sources: Sequence[Words | Row], documents: Array, way: str | None = None) -> list[tuple[FoundWord, ...]]:
    """Return the words that were found in documents, each by its tier, or all in one way."""
    counts: dict[int, Counter[tuple[str, str, str]]] = defaultdict(Counter)  # document -> (text, tier, field) -> times
    for source in sources:
        places = source.places(documents)
        field = "title" if source.title else "body"
        named: dict[int, tuple[str, str, str]] = {}  # by the number of its term
        times = Counter(zip(places.documents.tolist(), places.terms.tolist(), strict=True))
        for (document, term), count in times.items():
            if term not in named:
                text, tier = _named(source, term)
                named[term] = text, way or tier, field
            counts[document][named[term]] += count
    return [_best_first(counts[document]) for document in documents.tolist()]


def _named(source: Words | Row, term: int) -> tuple[str, str]:
    if isinstance(source, Row):
        return source.label, source.tier.name.lower()
    return source.form(term), source.tier(term).name.lower()


def _best_first(counts: Counter[tuple[str, str, str]]) -> tuple[FoundWord, ...]:
    found = [(*key, count) for key, count in counts.items()]
    found.sort(key=lambda word: (word[2] != "title", -word[3], word))
    return tuple(FoundWord(*word) for word in found)
