"""Which articles have a pattern, how often, and how well: read from the postings, one pattern at a time.

The plain path: every posting of a pattern is read, and the answer is exact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from indexer.schema import FOLDED_MARK, PLAIN_MARK, body_field, form_field, title_field, title_form_field
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

    def or_better(self, other: "Occurrences") -> "Occurrences":
        """Return the most that either says: patterns of one group often find the same words."""
        return Occurrences(max(self.title, other.title), max(self.body, other.body), min(self.tier, other.tier))


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
            found[number] = before.or_better(occurrence) if before else occurrence
    return found


def _by_word(pattern: Pattern, language: str, snapshot: Snapshot) -> dict[int, Occurrences]:
    forms = title_form_field(language) if pattern.title else form_field(language)
    in_title = _stems(pattern, title_field(language), snapshot)
    in_body = {} if pattern.title else _stems(pattern, body_field(language), snapshot)
    exact = snapshot.frequencies(forms, pattern.form) if pattern.form else {}
    # A form without accents is found by what was written with them; one with accents also by what has none.
    folded = snapshot.frequencies(forms, FOLDED_MARK + pattern.folded) if pattern.folded else {}
    if pattern.folded != pattern.form:
        _add(folded, snapshot.frequencies(forms, pattern.folded))
    plain = snapshot.frequencies(forms, PLAIN_MARK + pattern.plain) if pattern.plain else {}
    found: dict[int, Occurrences] = {}
    for number in in_title.keys() | in_body.keys() | exact.keys() | folded.keys() | plain.keys():
        tier = Tier.EXACT if number in exact else Tier.FOLDED if number in folded else Tier.STEM
        title, body = in_title.get(number, 0), in_body.get(number, 0)
        if not title and not body:  # the stemmer took another way with or without the accents
            written = max(exact.get(number, 0) + folded.get(number, 0), plain.get(number, 0))
            title, body = (written, 0) if pattern.title else (0, written)
        found[number] = Occurrences(title, body, tier)
    return found


def _stems(pattern: Pattern, field: str, snapshot: Snapshot) -> dict[int, int]:
    found: dict[int, int] = {}
    for stem in dict.fromkeys([*pattern.stems, pattern.plain]):
        if stem:
            _add(found, snapshot.frequencies(field, stem))
    return found


def _add(total: dict[int, int], more: dict[int, int]) -> None:
    for number, frequency in more.items():
        total[number] = total.get(number, 0) + frequency


def _by_prefix(pattern: Pattern, language: str, snapshot: Snapshot) -> dict[int, Occurrences]:
    forms = title_form_field(language) if pattern.title else form_field(language)
    total = snapshot.prefix_frequencies(forms, pattern.prefix)
    _add(total, snapshot.prefix_frequencies(forms, FOLDED_MARK + pattern.prefix))
    return {
        number: Occurrences(frequency if pattern.title else 0, 0 if pattern.title else frequency, Tier.FOLDED)
        for number, frequency in total.items()
    }


def _by_row(pattern: Pattern, language: str, snapshot: Snapshot) -> dict[int, Occurrences]:
    in_title = rows(pattern, title_field(language), snapshot)
    in_body = {} if pattern.title else rows(pattern, body_field(language), snapshot)
    return {
        number: Occurrences(len(in_title.get(number, ())), len(in_body.get(number, ())), Tier.STEM)
        for number in in_title.keys() | in_body.keys()
    }


def rows(pattern: Pattern, field: str, snapshot: Snapshot) -> dict[int, list[int]]:
    """Return document number -> the positions at which the stems begin to stand in their row."""
    starts = {number: set(found) for number, found in snapshot.positions(field, pattern.stems[0]).items()}
    for offset, stem in zip(pattern.offsets[1:], pattern.stems[1:], strict=True):
        following = snapshot.positions(field, stem, set(starts))
        starts = {
            number: kept
            for number, found in following.items()
            if (kept := starts[number] & {position - offset for position in found})
        }
    return {number: sorted(found) for number, found in starts.items()}
