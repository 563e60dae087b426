"""Why an article stands where it stands, and why another one is not there: the parts that its score is made of."""

from collections import Counter

import numpy as np

from search.closeness import closeness
from search.occurrences import Row
from search.page import Absence, Explanation, FoundWord, GroupExplanation
from search.parts import Part
from search.planning import Plan
from search.ranking import Matches
from search.scoring import saturated
from search.snapshot import Snapshot


def explain(number: int, plan: Plan, matches: Matches, snapshot: Snapshot, absence: Absence = "") -> Explanation:
    """Return what an article's score is made of, whether or not it is among the matches."""
    local = snapshot.segment_of(number)[1]
    code = snapshot.columns.languages[int(snapshot.columns.language_codes[number])]
    part = matches.part_of(number)
    planned = next(language for language in plan.languages if language.language == code)
    # Where no word of the query is found at all, a stop word of another language is none either.
    foreign = part.foreign if part else plan.common_somewhere()
    groups = tuple(
        GroupExplanation(
            label,
            _words(part, group, local) if part else (),
            _contribution(part, group, local, matches) if part else 0.0,
            planned.groups[group].common or group in foreign,
        )
        for group, label in enumerate(plan.labels)
    )
    together = float(closeness(np.array([number]), matches)[0]) if len(plan.labels) > 1 else 0.0
    score = sum(group.contribution for group in groups) + together
    return Explanation(snapshot.id(number), code, groups, round(together, 4), round(score, 4), absence)


def _contribution(part: Part, group: int, local: int, matches: Matches) -> float:
    found = part.groups[group]
    if not np.isin(local, found.documents):
        return 0.0
    code = part.plan.language
    share = matches.information[code][group] / matches.worths[code]
    return round(share * float(saturated(*found.counted(np.array([local])))[0]), 4)


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
