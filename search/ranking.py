"""Which articles answer a query: those with every word, and those that follow though they lack some.

Articles with every word come first. Of a language in which fewer than a page have them all, articles follow that lack
words (`relaxing`). That depends on nothing but query and index, not on filters, sort or page, so that the count beside
a facet is what choosing it gives; only where nothing of it passes the filters, words are relaxed once more among the
articles that do.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from corpus import Settings
from indexer.codec.container import Array
from search.parts import LanguageParts, Part
from search.planning import Plan
from search.relaxing import Hits, Passing, are_all_hits, following, hits_by_language
from search.scoring import Pool, Scores, Scoring
from search.snapshot import Snapshot


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


def match(
    plan: Plan,
    snapshot: Snapshot,
    settings: Settings,
    passing: Passing = lambda numbers: numbers,
    works: Array | None = None,
    wanted: int | None = None,
) -> Matches:
    """Return the articles that answer a plan, scored by their words alone.

    `passing` returns those of some documents that the filters let through. Where all translations of a work are one
    hit, `works` has the work of each document: then what excludes one of them excludes them all. Where no more hits
    than `wanted` are asked for, by relevance, and so many have every word, the others have no scores.
    """

    def hits(numbers: Array) -> Array:
        return numbers if works is None else works[numbers]

    common, telling = plan.common_somewhere(), plan.telling()
    languages = [LanguageParts.of(language, snapshot, common) for language in plan.languages]
    if works is not None:
        languages = _excluding_works(languages, works)
    parts = tuple(part for language in languages for part in language.parts)
    if not plan.labels:
        excluded = [part.excluded + part.segment.base for part in parts]
        numbers = np.setdiff1d(snapshot.live, np.concatenate(excluded)) if excluded else snapshot.live
        nothing = np.zeros(len(numbers))
        return Matches(numbers, nothing, nothing.astype(np.uint64), nothing, nothing.astype(bool), parts)
    groups = range(len(plan.labels))
    everywhere = [sum(language.found[group] for language in languages) for group in groups]
    total = max(1, len(snapshot.live))
    # group -> share of all articles that have it
    shares = [sum(language.said[group] for language in languages) / total for group in groups]
    searched = [language for language in languages if language.parts]
    scorings = [Scoring(number, language, shares) for number, language in enumerate(searched)]
    page = np.full(len(scorings), settings.page_size)
    found = _answers(scorings, telling, page, hits, passing, wanted)
    if not len(passing(found.numbers)):
        # Better articles that have no more than a stop word of another language than none.
        for required in (telling, groups):
            others = following(scorings, required, page, hits, passing).pool.scored()
            if len(others.numbers):
                found = Scores.in_order([found, others])
                break
    return Matches(
        found.numbers,
        found.scores,
        found.missing,
        found.shares,
        found.weak,
        parts,
        tuple(group for group, found_in in enumerate(everywhere) if not found_in),
        {scoring.language.plan.language: scoring.told for scoring in scorings},
        {scoring.language.plan.language: scoring.worth for scoring in scorings},
    )


def _answers(
    scorings: Sequence[Scoring],
    telling: Collection[int],
    page: Array,
    hits: Hits,
    passing: Passing,
    wanted: int | None,
) -> Scores:
    """Return the articles with every word and those that follow; `page` is how many hits a page has, by language."""
    complete = Pool([each for scoring in scorings for each in scoring.complete()])
    lacking = following(scorings, telling, page - hits_by_language(complete, hits, len(scorings)), hits)
    # The best of these come after, whatever they earn. But of several that are one hit the better one may be shown.
    is_full = wanted is not None and len(np.unique(hits(passing(complete.numbers)))) >= wanted
    if is_full and are_all_hits(lacking, hits):
        return Scores.in_order([complete.scored(complete=True), lacking.unscored()])
    return Scores.in_order([Pool.joined([complete, lacking.pool]).scored()])


def _excluding_works(languages: Sequence[LanguageParts], works: Array) -> list[LanguageParts]:
    excluded = [part.excluded + part.segment.base for language in languages for part in language.parts]
    if not any(map(len, excluded)):
        return list(languages)
    gone = np.zeros(int(works.max()) + 1, bool)
    gone[works[np.concatenate(excluded)]] = True
    numbers = np.flatnonzero(gone[works])
    return [language.excluding(numbers) for language in languages]
