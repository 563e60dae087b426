"""Which articles answer a query, and what is relaxed when too few have every word.

Articles with every word come first. When fewer than a page have them all, articles follow that lack words, the least
informative first. That depends on nothing but query and index, not on filters, sort or page, so that the count beside
a facet is what choosing it gives; only where nothing of it passes the filters, or nothing but what lacks words in a
language in which some are guessed, words are relaxed once more among the articles that do. Articles that lack words are
not even scored unless they can be on a page.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from corpus import Settings
from indexer.codec.container import Array
from search.parts import LanguageParts, Part
from search.planning import Plan
from search.scoring import Pool, Scores, Scoring
from search.snapshot import Snapshot

# When words are relaxed, all articles with this share of the query's information follow, and more only for a page.
RELAXED_SHARE = 0.5


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
    works: Array | None = None,
) -> Matches:
    """Return the articles that answer a plan, scored by their words alone.

    `passing` returns those of some documents that the filters let through. Where all translations of a work are one
    hit, `works` has the work of each document: then what excludes one of them excludes them all.
    """

    def hits(numbers: Array) -> int:
        return len(numbers) if works is None else len(np.unique(works[numbers]))

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
    scorings = [Scoring(language, shares) for language in languages if language.parts]
    complete = Pool([each for scoring in scorings for each in scoring.complete()])
    answers = [complete.scored(complete=True)]
    wanted = settings.page_size - hits(complete.numbers[complete.sure])
    if wanted > 0:
        answers.append(_relaxed(scorings, telling, wanted, hits))
    if not any(len(passing(scores.numbers[scores.firm])) for scores in answers):
        # Better articles that have no more than a stop word of another language than none.
        for required in (telling, groups):
            answers.append(_relaxed(scorings, required, settings.page_size, hits, passing))
            if len(answers[-1].numbers):
                break
    found = Scores.in_order(answers)
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


def _excluding_works(languages: Sequence[LanguageParts], works: Array) -> list[LanguageParts]:
    excluded = [part.excluded + part.segment.base for language in languages for part in language.parts]
    if not any(map(len, excluded)):
        return list(languages)
    gone = np.zeros(int(works.max()) + 1, bool)
    gone[works[np.concatenate(excluded)]] = True
    numbers = np.flatnonzero(gone[works])
    return [language.excluding(numbers) for language in languages]


def _relaxed(
    scorings: Sequence[Scoring],
    telling: Collection[int],
    wanted: int,
    hits: Callable[[Array], int],
    passing: Passing | None = None,
) -> Scores:
    """Return the articles that follow though they lack words: with RELAXED_SHARE, or the next best to fill a page.

    Only those are scored; with `passing`, only what passes counts. Else what is guessed comes along without being
    counted: it takes no place from what has the reader's own words.
    """
    least = RELAXED_SHARE
    for floor in (RELAXED_SHARE, 0.0):
        lacking, shares = Pool([each for scoring in scorings for each in scoring.lacking(floor, telling)]).lacking(
            floor
        )
        if passing is not None:
            kept = np.isin(lacking.numbers, passing(lacking.numbers))
            lacking, shares = lacking.only(kept), shares[kept]
        counting = lacking.sure if passing is None else np.ones(len(shares), bool)
        numbers = lacking.numbers
        if hits(numbers[counting & (shares >= RELAXED_SHARE)]) >= wanted:
            break
        for share in np.unique(shares[counting & (shares < RELAXED_SHARE)])[::-1].tolist():
            least = share
            if hits(numbers[counting & (shares >= share)]) >= wanted:
                break
    return lacking.only(shares >= least).scored()
