"""Which articles have a pattern, how often, and how well: read from Whoosh's postings, one pattern at a time.

The plain path: every posting of a pattern is read, and the answer is exact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from indexer.schema import FOLDED_MARK, body_field, form_field, title_field, title_form_field
from search.planning import Pattern
from search.snapshot import Snapshot


class Tier(IntEnum):
    """How a word was found, the best first."""

    EXACT = 1  # as written
    FOLDED = 2  # as written, accents aside
    STEM = 3  # in another inflection


@dataclass(frozen=True, slots=True)
class Occurrences:
    """How often a pattern stands in an article's title and in its body, and the best way in which it does."""

    title: int
    body: int
    tier: Tier

    def and_also(self, other: "Occurrences") -> "Occurrences":
        return Occurrences(self.title + other.title, self.body + other.body, min(self.tier, other.tier))


def find(patterns: Iterable[Pattern], language: str, snapshot: Snapshot) -> dict[int, Occurrences]:
    """Return document number -> occurrences of any of the patterns, among the articles of a language."""
    found: dict[int, Occurrences] = {}
    for pattern in patterns:
        if pattern.prefix:
            occurrences = _by_prefix(pattern, language, snapshot)
        elif len(pattern.stems) > 1:
            occurrences = _by_row(pattern, language, snapshot)
        else:
            occurrences = _by_word(pattern, language, snapshot)
        for number, occurrence in occurrences.items():
            before = found.get(number)
            found[number] = before.and_also(occurrence) if before else occurrence
    return found


def _by_word(pattern: Pattern, language: str, snapshot: Snapshot) -> dict[int, Occurrences]:
    stem = pattern.stems[0] if pattern.stems else ""
    in_title = snapshot.frequencies(title_field(language), stem) if stem else {}
    in_body = snapshot.frequencies(body_field(language), stem) if stem and not pattern.title else {}
    forms = title_form_field(language) if pattern.title else form_field(language)
    exact = snapshot.frequencies(forms, pattern.form) if pattern.form else {}
    # A form without accents is found by what was written with them; one with accents also by what has none.
    folded = snapshot.frequencies(forms, FOLDED_MARK + pattern.folded) if pattern.folded else {}
    if pattern.folded != pattern.form:
        for number, frequency in snapshot.frequencies(forms, pattern.folded).items():
            folded[number] = folded.get(number, 0) + frequency
    found: dict[int, Occurrences] = {}
    for number in in_title.keys() | in_body.keys() | exact.keys() | folded.keys():
        tier = Tier.EXACT if number in exact else Tier.FOLDED if number in folded else Tier.STEM
        title, body = in_title.get(number, 0), in_body.get(number, 0)
        if not title and not body:  # the stemmer took another way with or without the accents, or there is no stem
            body = exact.get(number, 0) + folded.get(number, 0)
        found[number] = Occurrences(title, body, tier)
    return found


def _by_prefix(pattern: Pattern, language: str, snapshot: Snapshot) -> dict[int, Occurrences]:
    forms = title_form_field(language) if pattern.title else form_field(language)
    total: dict[int, int] = {}
    for mark in ("", FOLDED_MARK):
        for term in snapshot.beginning_with(forms, mark + pattern.prefix):
            for number, frequency in snapshot.frequencies(forms, term).items():
                total[number] = total.get(number, 0) + frequency
    return {
        number: Occurrences(frequency if pattern.title else 0, 0 if pattern.title else frequency, Tier.FOLDED)
        for number, frequency in total.items()
    }


def _by_row(pattern: Pattern, language: str, snapshot: Snapshot) -> dict[int, Occurrences]:
    in_title = rows(pattern.stems, title_field(language), snapshot)
    in_body = {} if pattern.title else rows(pattern.stems, body_field(language), snapshot)
    return {
        number: Occurrences(len(in_title.get(number, ())), len(in_body.get(number, ())), Tier.STEM)
        for number in in_title.keys() | in_body.keys()
    }


def rows(stems: tuple[str, ...], field: str, snapshot: Snapshot) -> dict[int, list[int]]:
    """Return document number -> the positions at which the stems begin to stand in a row."""
    starts = {number: set(found) for number, found in snapshot.positions(field, stems[0]).items()}
    for offset, stem in enumerate(stems[1:], start=1):
        following = snapshot.positions(field, stem, set(starts))
        starts = {
            number: kept
            for number, found in following.items()
            if (kept := starts[number] & {position - offset for position in found})
        }
    return {number: sorted(found) for number, found in starts.items()}
