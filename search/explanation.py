"""Why an article stands where it stands, and why another one is not there: the parts that its score is made of.

A hit has the score of the article as which it ranks. Where that is another translation than the one that is shown, the
parts are those of the one that is shown, whose words the reader sees, and the other one is named with its score.
"""

from collections import Counter

import numpy as np

from search.answering import Ranked, Standing
from search.closeness import closeness
from search.occurrences import Row
from search.ordering import factors
from search.page import Absence, Explanation, Factors, FoundWord, GroupExplanation, OtherLanguage, RankedAs
from search.parts import Part
from search.ranking import Matches
from search.scoring import saturated
from search.snapshot import Snapshot


def explain(
    number: int, ranked: Ranked, snapshot: Snapshot, standing: Standing | None, absence: Absence = ""
) -> Explanation:
    """Return what an article's score is made of; `standing` is how it stands among the hits, None for what is none."""
    plan, matches = ranked.plan, ranked.matches
    local = snapshot.segment_of(number)[1]
    code = _language(number, snapshot)
    part = matches.part_of(number)
    planned = next(language for language in plan.languages if language.language == code)
    # Where no word of the query is found at all, a stop word of another language is none either.
    foreign = part.foreign if part else plan.common_somewhere()
    earned = [_contribution(part, group, local, matches) if part else 0.0 for group in range(len(plan.labels))]
    groups = tuple(
        GroupExplanation(
            label,
            _words(part, group, local) if part else (),
            round(earned[group], 4),
            planned.groups[group].common or group in foreign,
        )
        for group, label in enumerate(plan.labels)
    )
    together = _together(number, ranked, standing)
    return Explanation(
        snapshot.id(number),
        code,
        groups,
        round(together, 4),
        round(sum(earned) + together, 4),
        ranked_as(number, standing, ranked, snapshot) if standing else None,
        _factors(standing, ranked, snapshot) if standing else None,
        absence,
        _other(standing.shown, snapshot) if standing and standing.shown != number else None,
    )


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


def _together(number: int, ranked: Ranked, standing: Standing | None) -> float:
    """Return what an article earns by words that stand together: what was counted, if it is what a hit ranks as."""
    here, matches = np.array([number]), ranked.matches
    if standing and standing.ranked == number:
        return standing.score - float(matches.scores[matches.rows(here)][0])
    if ranked.paging.newest or len(ranked.plan.labels) < 2:
        return 0.0
    return float(closeness(here, matches)[0])


def _contribution(part: Part, group: int, local: int, matches: Matches) -> float:
    found = part.groups[group]
    if not np.isin(local, found.documents):
        return 0.0
    code = part.plan.language
    share = matches.information[code][group] / matches.worths[code]
    return share * float(saturated(*found.counted(np.array([local])))[0])


def _words(part: Part, group: int, local: int) -> tuple[FoundWord, ...]:
    counts: Counter[tuple[str, str, str]] = Counter()
    for source in part.groups[group].sources:
        terms = source.places(np.array([local])).terms.tolist()
        field = "title" if source.title else "body"
        if isinstance(source, Row):
            counts[source.label, source.tier.name.lower(), field] += len(terms)
        else:
            counts.update((source.form(term), source.tier(term).name.lower(), field) for term in terms)
    found = [(*key, count) for key, count in counts.items() if count]
    found.sort(key=lambda word: (word[2] != "title", -word[3], word))
    return tuple(FoundWord(*word) for word in found)
