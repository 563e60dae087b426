"""What answers a request, by document numbers: from a query to the documents of a page, in order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

import numpy as np

from corpus import Settings
from indexer.codec.container import Array
from search.compounds import with_compounds
from search.conceptnames import spelled_to_name, spells_a_name
from search.correction import MAX_CORRECTED, Correction, corrected
from search.cursor import Cursor
from search.expansion import Expansion, expanded
from search.facets import allowed, passing
from search.ordering import Ordered, best_first, newest_first
from search.page import Hit
from search.paging import Paging
from search.parsing import Note, ParsedQuery
from search.phases import Phases
from search.planning import Plan, Tier, plan
from search.ranking import Matches, match
from search.request import SearchRequest
from search.snapshot import Snapshot
from search.works import Works, by_date, by_relevance


def extended(planned: Plan, snapshot: Snapshot) -> Plan:
    """Return a plan that looks also for the words of the index of which its words are parts."""
    return replace(planned, languages=tuple(with_compounds(language, snapshot) for language in planned.languages))


def understood(
    query: ParsedQuery, languages: Iterable[str], snapshot: Snapshot, expand: bool
) -> tuple[Plan, tuple[Expansion, ...]]:
    """Return what to look for in these languages: the query's words, words they are part of, other words for them."""
    codes, once = tuple(languages), snapshot.memory.once
    planned = once(("plan", query, codes), lambda: extended(plan(query, codes), snapshot))
    return once(("expanded", query, codes), lambda: expanded(planned, query, snapshot)) if expand else (planned, ())


@dataclass(frozen=True, slots=True)
class Standing:
    """How a hit stands, by document numbers: the article as which it ranks, by which score, and the one shown."""

    ranked: int
    score: float
    shown: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """What answers a request, by document numbers: before and after its filters, and those of its page, in order.

    `found` are the hits, on whatever page, as the articles they rank as, and `shown` as those they are shown as; both
    are `kept` where every article is a hit. `works` has the work of each document where one hit stands for a work.
    """

    plan: Plan
    notes: tuple[Note, ...]
    corrections: tuple[Correction, ...]
    expansions: tuple[Expansion, ...]
    matches: Matches
    answering: Array
    kept: Array
    works: Array | None
    found: Array
    shown: Array
    page: Array
    scores: Array  # of those of the page
    paging: Paging
    first: int  # how many of the found come before the page
    ends: Array  # the documents that the page's hits rank as

    def standings(self) -> list[Standing]:
        """Return how the hits of the page stand."""
        columns = (self.ends.tolist(), self.scores.tolist(), self.page.tolist())
        return [Standing(*row) for row in zip(*columns, strict=True)]

    def standing_of(self, number: int, snapshot: Snapshot) -> Standing:
        """Return how an article, one of the kept, stands, or the hit that stands for it, on whatever page."""
        same = self.found == number if self.works is None else self.works[self.found] == self.works[number]
        [at] = np.flatnonzero(same).tolist()
        ranked = int(self.found[at])
        # Only those at the front earn something by words that stand together.
        ordered, scores = _ordered(self.found, self.matches, snapshot, self.paging, len(self.found))
        return Standing(ranked, float(scores[ordered == ranked][0]), int(self.shown[at]))

    def next(self, hits: Sequence[Hit]) -> Cursor | None:
        return self.paging.next(self.first, self.ends, self.scores, hits, len(self.found), self.matches)


def _ordered(numbers: Array, matches: Matches, snapshot: Snapshot, paging: Paging, wanted: int) -> Ordered:
    order = newest_first if paging.newest else best_first
    return order(numbers, matches, snapshot, wanted, paging.request.prefer)


class _Asked(NamedTuple):
    """What is looked for and was found, corrected where no article has a word."""

    plan: Plan
    notes: tuple[Note, ...]
    corrections: tuple[Correction, ...]
    expansions: tuple[Expansion, ...]
    matches: Matches


def _asked(
    query: ParsedQuery, expand: bool, snapshot: Snapshot, matching: Callable[[Plan], Matches], phases: Phases
) -> _Asked:
    planned, expansions = understood(query, snapshot.counts, snapshot, expand)
    phases.end("plan")
    matches = matching(planned)
    phases.end("match")
    if not matches.unknown:
        return _Asked(planned, query.notes, (), expansions, matches)
    notes = query.notes
    if len(matches.unknown) > MAX_CORRECTED:
        notes = (*notes, Note("spellings", MAX_CORRECTED))
    planned, corrections, expansions = _corrected(planned, matches.unknown, expansions, query, snapshot, expand)
    phases.end("plan")
    if corrections:
        matches = matching(planned)
        phases.end("match")
    return _Asked(planned, notes, corrections, expansions, matches)


def ranked_for(
    request: SearchRequest,
    query: ParsedQuery,
    snapshot: Snapshot,
    settings: Settings,
    phases: Phases,
    every: bool = False,
) -> Ranked:
    """Return what answers a request; with `every`, hits on other pages have their scores too."""
    columns = snapshot.columns
    works = snapshot.work_codes if request.collapse and snapshot.has_translations else None
    newest = request.sort == "newest" or not query.groups
    paging = Paging(request, snapshot, newest, settings.max_results)
    # By date a work stands where the article does that is shown, and that may lack words that another one has.
    wanted = None if every or newest else paging.wanted

    def passes(numbers: Array) -> Array:
        return passing(allowed(numbers, query, columns), request, columns)

    def matching(planned: Plan) -> Matches:
        return match(planned, snapshot, settings, passes, works, wanted)

    asked = _asked(query, request.expand, snapshot, matching, phases)
    matches = asked.matches
    # What stands in the query itself is no choice of a facet: nothing outside it counts anywhere.
    answering = allowed(matches.numbers, query, columns)
    kept = passing(answering, request, columns)
    collapsed: Works | None = None
    if works is not None:
        collapsed = (by_date if newest else by_relevance)(kept, matches, snapshot, request.prefer)
    found = collapsed.ranked if collapsed else kept
    ordered, scores = _ordered(found, matches, snapshot, paging, paging.wanted)
    first = paging.first(ordered, scores, matches)
    last = min(first + request.size, settings.max_results)
    page, scores = ordered[first:last], scores[first:last]
    phases.end("rank")
    return Ranked(
        plan=asked.plan,
        notes=asked.notes,
        corrections=asked.corrections,
        expansions=asked.expansions,
        matches=matches,
        answering=answering,
        kept=kept,
        works=works,
        found=found,
        shown=collapsed.shown if collapsed else kept,
        page=collapsed.shown_for(page) if collapsed else page,
        scores=scores,
        paging=paging,
        first=first,
        ends=page,
    )


def matches_in(
    language: str, query: ParsedQuery, snapshot: Snapshot, settings: Settings, expand: bool
) -> Matches | None:
    """Return what a query finds in a language's articles, corrected as in a search; None if it asks for nothing."""
    planned, _ = understood(query, [language], snapshot, expand)
    if not planned.labels:
        return None
    matches = match(planned, snapshot, settings)
    if matches.unknown:
        # A word is corrected only if no article in any language has it.
        everywhere, expansions = understood(query, snapshot.counts, snapshot, expand)
        unknown = match(everywhere, snapshot, settings).unknown
        everywhere, corrections, _ = _corrected(everywhere, unknown, expansions, query, snapshot, expand)
        if corrections:
            here = tuple(each for each in everywhere.languages if each.language == language)
            matches = match(replace(everywhere, languages=here), snapshot, settings)
    return matches


def _corrected(
    planned: Plan,
    unknown: Sequence[int],
    expansions: tuple[Expansion, ...],
    query: ParsedQuery,
    snapshot: Snapshot,
    expand: bool,
) -> tuple[Plan, tuple[Correction, ...], tuple[Expansion, ...]]:
    """Return a plan that looks for something else in place of what no article has, and for the other words for that."""
    named = {group for expansion in expansions for group in expansion.groups}

    @cache
    def makes_name(group: int, word: str) -> bool:
        return spells_a_name(query, group, word, snapshot)

    planned, corrections = corrected(planned, unknown, snapshot, named, makes_name)
    typos = {correction.group: correction.words for correction in corrections if correction.tier is Tier.TYPO}
    if expand and typos:
        spelled = spelled_to_name(query, typos, snapshot)
        if spelled != query:
            planned, expansions = expanded(planned, spelled, snapshot)
    return planned, corrections, expansions
