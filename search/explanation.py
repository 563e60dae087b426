"""Why articles stand where they stand, and why another one is not there: the parts that their scores are made of.

Postings are read once for all articles of a page: to read them for each by itself takes several times as long.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from indexer.codec.container import Array
from search.closeness import closeness
from search.occurrences import Row, Words, are_among
from search.page import Explanation, FoundWord, GroupExplanation
from search.parts import Part
from search.planning import Plan
from search.ranking import Matches
from search.scoring import saturated
from search.snapshot import Snapshot


def explanations(numbers: Array, plan: Plan, matches: Matches, snapshot: Snapshot) -> dict[int, Explanation]:
    """Return document number -> what its score is made of, for documents, sorted, whether or not they are matches."""
    columns = snapshot.columns
    languages = [columns.languages[code] for code in columns.language_codes[numbers].tolist()]
    groups: dict[int, tuple[GroupExplanation, ...]] = {}
    for part in matches.parts:
        first, last = numbers.searchsorted([part.segment.base, part.segment.base + part.segment.count]).tolist()
        here = numbers[[at for at in range(first, last) if languages[at] == part.plan.language]]
        if len(here):
            local = here - part.segment.base
            of_each = [_of_group(label, group, part, local, matches) for group, label in enumerate(plan.labels)]
            groups.update(zip(here.tolist(), zip(*of_each, strict=True), strict=False))
    nowhere = {
        planned.language: tuple(
            GroupExplanation(label, (), 0.0, group.common)
            for label, group in zip(plan.labels, planned.groups, strict=True)
        )
        for planned in plan.languages
    }
    together = closeness(numbers, matches) if len(plan.labels) > 1 else np.zeros(len(numbers))
    explained: dict[int, Explanation] = {}
    for number, language, bonus in zip(numbers.tolist(), languages, together.tolist(), strict=True):
        found = groups.get(number) or nowhere[language]
        score = sum(group.contribution for group in found) + bonus
        explained[number] = Explanation(snapshot.id(number), language, found, round(bonus, 4), round(score, 4))
    return explained


def _of_group(label: str, group: int, part: Part, documents: Array, matches: Matches) -> list[GroupExplanation]:
    """Return what a group comes to in each of some documents of a part, sorted."""
    contributions = _contributions(part, group, documents, matches)
    words = _words(part.groups[group].sources, documents)
    common = part.plan.groups[group].common
    return [
        GroupExplanation(label, found, contribution, common)
        for found, contribution in zip(words, contributions, strict=True)
    ]


def _contributions(part: Part, group: int, documents: Array, matches: Matches) -> list[float]:
    found = part.groups[group]
    there = are_among(documents, found.documents)
    added = np.zeros(len(documents))
    if there.any():
        code = part.plan.language
        share = matches.information[code][group] / matches.worths[code]
        added[there] = share * saturated(*found.counted(documents[there]))
    return [round(each, 4) for each in added.tolist()]


def _words(sources: Sequence[Words | Row], documents: Array) -> list[tuple[FoundWord, ...]]:
    counts: dict[int, Counter[tuple[str, str, str]]] = defaultdict(Counter)  # document -> (text, tier, field) -> times
    for source in sources:
        places = source.places(documents)
        field = "title" if source.title else "body"
        named: dict[int, tuple[str, str, str]] = {}  # by the number of its term
        for (document, term), count in Counter(
            zip(places.documents.tolist(), places.terms.tolist(), strict=True)
        ).items():
            if term not in named:
                named[term] = (*_named(source, term), field)
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
