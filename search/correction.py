"""What a word of the query may mean that no article has: the beginning of a word, one with a letter mistyped, or words
written together.

Only a word that is nowhere in the index is looked at, so that a rare word never becomes a common one. The last word may
not have been typed to its end; the first letter is taken to be right.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz.distance import OSA

from indexer.analysis import query_analyzer
from indexer.analysis.normalization import fold
from indexer.schema import body_field
from search.compounds import parts_of
from search.planning import LanguagePlan, Pattern, Plan, Tier
from search.segment import Segment, TextField
from search.snapshot import Snapshot

# A word has to be so long to be taken for one with a letter more, less, another or two exchanged; for one with two.
MIN_CHARS = {1: 5, 2: 9}
# A shorter one is near too many others, but of these one may make the name of a concept: the longer of the two has so
# many letters.
MIN_NAMED_CHARS = 4
# The beginning of a word, and a part of one.
MIN_PREFIX_CHARS = 2
MIN_PART_CHARS = 3
# Spellings that one word is taken for, the most common ones, of all languages.
MAX_SPELLINGS = 5
# Words of a query that are looked at, the first ones: each is compared with all words that begin with its first letter,
# in every language, 50 ms of 23,030 chapters in 12 languages on 2026-11-22.
MAX_CORRECTED = 6


@dataclass(frozen=True, slots=True)
class Correction:
    """A group of the query, by its number, and what is looked for in its place: as words, and as patterns."""

    group: int
    words: tuple[str, ...]
    tier: Tier
    patterns: Mapping[str, tuple[Pattern, ...]]  # by language


# Tells whether a group spelled as some word makes the name of a concept with its neighbours.
MakesName = Callable[[int, str], bool]


def corrected(
    plan: Plan,
    unknown: Sequence[int],
    snapshot: Snapshot,
    named: Collection[int] = (),
    makes_name: MakesName = lambda group, word: False,
) -> tuple[Plan, tuple[Correction, ...]]:
    """Return a plan that looks for something else in place of groups that no article has, and what that is.

    Only the first MAX_CORRECTED of them are looked at. `named` are those that name a concept: they are spelled right.
    """
    corrections = []
    for group in unknown[:MAX_CORRECTED]:
        last = group == len(plan.labels) - 1
        correction = (
            (_beginnings(plan, group, snapshot) if last else None)
            or (_spellings(plan, group, snapshot, makes_name) if group not in named else None)
            or _parts(plan, group, snapshot)
        )
        if correction:
            corrections.append(correction)
            plan = _with(plan, correction)
    return plan, tuple(corrections)


def typos_in(word: str) -> tuple[int, bool]:
    """Return how many letters of a word may be mistyped, and whether only what makes a name may be meant."""
    typos = max((typos for typos, chars in MIN_CHARS.items() if len(word) >= chars), default=0)
    return (typos, False) if typos else (int(len(word) + 1 >= MIN_NAMED_CHARS), True)


def is_long_enough(word: str, other: str) -> bool:
    """Tell whether a short word may be meant by another, or the other by it."""
    return max(len(word), len(other)) >= MIN_NAMED_CHARS


def _with(plan: Plan, correction: Correction) -> Plan:
    def extended(language: LanguagePlan) -> LanguagePlan:
        groups = list(language.groups)
        group = groups[correction.group]
        added = correction.patterns.get(language.language, ())
        groups[correction.group] = replace(group, patterns=(*group.patterns, *added))
        return LanguagePlan(language.language, tuple(groups), language.excluded)

    return replace(plan, languages=tuple(extended(language) for language in plan.languages))


def _words(plan: Plan, group: int) -> Iterator[tuple[str, Pattern]]:
    """Yield (language, pattern) for each single word that a group asks for, anywhere in an article."""
    for language in plan.languages:
        for pattern in language.groups[group].patterns:
            if pattern.form and not pattern.title and pattern.tier is not Tier.GLOSSARY:
                yield language.language, pattern


def _fields(language: str, snapshot: Snapshot) -> Iterator[tuple[Segment, TextField]]:
    for segment in snapshot.segments_with(language):
        field = segment.field(body_field(language))
        if field is not None:
            yield segment, field


def _beginnings(plan: Plan, group: int, snapshot: Snapshot) -> Correction | None:
    """Return the words that begin as the word does, accents aside."""
    found: Counter[str] = Counter()
    for language, pattern in _words(plan, group):
        if len(pattern.folded) < MIN_PREFIX_CHARS:
            continue
        for segment, field in _fields(language, snapshot):
            terms = field.postings.terms
            encoded = pattern.folded.encode("utf-8")
            numbers = {
                *range(terms.position(encoded), terms.position(encoded + b"\xff")),
                *segment.lexicon.folded_from(field.name, terms, pattern.folded).tolist(),
            }
            for number in numbers:
                if frequency := segment.document_frequency(field, number):
                    found[terms[number].decode("utf-8")] += frequency
    return _most_common(plan, group, found, Tier.PREFIX)


def _spellings(plan: Plan, group: int, snapshot: Snapshot, makes_name: MakesName) -> Correction | None:
    """Return the nearest words: those with one mistyped letter, if there are none those with two."""
    by_distance: dict[int, Counter[str]] = {}
    for language, pattern in _words(plan, group):
        word = pattern.folded
        allowed, short = typos_in(word)
        if not allowed:
            continue
        for segment, field in _fields(language, snapshot):
            for number, form in _candidates(word, allowed, field):
                distance = OSA.distance(word, fold(form), score_cutoff=allowed)
                if distance > allowed or (short and not (is_long_enough(word, form) and makes_name(group, form))):
                    continue
                if frequency := segment.document_frequency(field, number):
                    by_distance.setdefault(distance, Counter())[form] += frequency
    if not by_distance:
        return None
    return _most_common(plan, group, by_distance[min(by_distance)], Tier.TYPO)


def _candidates(word: str, typos: int, field: TextField) -> Iterator[tuple[int, str]]:
    """Yield the terms, by number, that begin with the same letter and are about as long."""
    terms = field.postings.terms
    first = word[0].encode("utf-8")
    start, end = terms.position(first), terms.position(first + b"\xff")
    lengths = terms.lengths(start, end)
    # In bytes, of which a letter has one to four, and its accent another.
    near = np.flatnonzero((lengths >= len(word) - typos) & (lengths <= 2 * len(word.encode("utf-8")) + typos))
    for number in (near + start).tolist():
        form = terms[number].decode("utf-8")
        if abs(len(form) - len(word)) <= typos:
            yield number, form


def _most_common(plan: Plan, group: int, found: Counter[str], tier: Tier) -> Correction | None:
    words = tuple(sorted(found, key=lambda form: (-found[form], form))[:MAX_SPELLINGS])
    if not words:
        return None
    pattern = Pattern(forms=words, tier=tier)
    return Correction(group, words, tier, {language.language: (pattern,) for language in plan.languages})


def _parts(plan: Plan, group: int, snapshot: Snapshot) -> Correction | None:
    """Return the words of which a word is made: any of those around its hyphens, or two that are written together."""
    words: dict[str, None] = {}
    patterns = {}
    for language in plan.languages:
        code = language.language
        written = [pattern for code, pattern in _words(plan, group) if code == language.language]
        if not written:  # a phrase in quotation marks is meant as it is
            continue
        if any(pattern.is_row and pattern.tier is not Tier.GLOSSARY for pattern in language.groups[group].patterns):
            tokens = query_analyzer(code).tokens(plan.labels[group])
            parts = [token.form for token in tokens if not token.joined and len(token.form) >= MIN_PART_CHARS]
        else:
            parts = [part for pattern in written for part in parts_of(pattern.form, code, snapshot)]
        if parts:
            words.update(dict.fromkeys(parts))
            stems = query_analyzer(code).stems(parts)
            patterns[code] = tuple(Pattern((stem,), tier=Tier.PART) for stem in dict.fromkeys(stems))
    return Correction(group, tuple(words), Tier.PART, patterns) if patterns else None
