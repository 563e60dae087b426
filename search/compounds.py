"""Words written together, found by their parts: *Bewerbungsgespräch* by *Gespräch* and by *Bewerbung*.

A word of the index counts as a compound of a word if it begins or ends with it and what is left, without a linking
letter, is a word of the index itself. Only the index's own vocabulary is asked, of the whole language, so that the
answer does not depend on how the index is cut into segments.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from indexer.analysis import query_analyzer
from indexer.lexicon import COMPOUNDING
from indexer.schema import body_field, title_field
from search.matching import hash_of
from search.planning import LanguagePlan, Pattern, PlannedGroup, Tier
from search.segment import Segment, TextField
from search.snapshot import Snapshot

# The word and what is left, in letters: shorter ones end many words by chance.
MIN_PART_CHARS = 4
# Words that begin or end so, looked at per segment; common parts have more, and tell little.
MAX_CANDIDATES = 1_000

# What may stand between two parts.
LINKS = {
    "de": ("", "s", "es", "n", "en", "er", "e"),
    "nl": ("", "s", "e", "en", "er"),
    "sv": ("", "s"),
    "da": ("", "s", "e"),
    "no": ("", "s", "e"),
    "fi": ("", "n"),
    "et": ("", "e"),
    "hu": ("",),
}
assert set(LINKS) == COMPOUNDING


def with_compounds(plan: LanguagePlan, snapshot: Snapshot) -> LanguagePlan:
    """Return a plan that also looks for the words of the index of which its words are parts."""
    if plan.language not in COMPOUNDING:
        return plan
    return LanguagePlan(plan.language, tuple(_extended(group, plan, snapshot) for group in plan.groups), plan.excluded)


def _extended(group: PlannedGroup, plan: LanguagePlan, snapshot: Snapshot) -> PlannedGroup:
    if group.common:
        return group
    added = []
    for pattern in group.patterns:
        if pattern.form and len(pattern.folded) >= MIN_PART_CHARS:
            forms = compounds_of(pattern, plan.language, snapshot)
            if forms:
                added.append(Pattern(forms=forms, tier=Tier.COMPOUND, title=pattern.title))
    return replace(group, patterns=(*group.patterns, *added)) if added else group


def compounds_of(pattern: Pattern, language: str, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the words of the index in a language that begin or end with a word, and are that and another, sorted."""
    key = ("compounds", language, pattern.stems, pattern.form)
    return snapshot.memory.once(key, lambda: _found(pattern, language, snapshot))


def parts_of(word: str, language: str, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the two words of the index that a word is written together from, the longest last one; () if it is not."""
    if language not in COMPOUNDING:
        return ()
    segments = snapshot.segments_with(language)
    for cut in range(MIN_PART_CHARS, len(word) - MIN_PART_CHARS + 1):
        beginnings = unlinked_ends(word[:cut], LINKS[language])
        if beginnings and _words_among([word[cut:]], language, segments):
            known = _words_among(beginnings, language, segments)
            if known:
                return max(known, key=lambda part: (len(part), part)), word[cut:]
    return ()


def _found(pattern: Pattern, language: str, snapshot: Snapshot) -> tuple[str, ...]:
    segments = snapshot.segments_with(language)
    written = _inflections(pattern, language, segments)
    if not written:  # no word of the language: what ends so does so by chance
        return ()
    stems_of = query_analyzer(language).stems
    links = LINKS[language]
    left: dict[str, list[str]] = {}  # what is left of a word -> the words
    seen: list[tuple[Segment, TextField, dict[str, int]]] = []  # word -> number, where all candidates were looked at
    for segment in segments:
        for field in _fields(segment, language):
            ending, all_ending = _ending(pattern, segment, field)
            beginning, all_beginning = _beginning(written, field)
            for form, folded_stem in zip(ending, stems_of(list(ending)), strict=True):
                for stem in pattern.stems:
                    if folded_stem.endswith(stem):
                        _put(form, unlinked_ends(folded_stem[: -len(stem)], links), left)
            for form, _, chars in beginning:
                _put(form, _unlinked_beginning(form[chars:], links), left)
            if all_ending and all_beginning:
                seen.append((segment, field, ending | {form: number for form, number, _ in beginning}))
    words = _words_among(list(left), language, segments)
    forms = tuple(sorted({form for rest in words for form in left[rest]}))
    for segment, field, numbers in seen:
        segment.written(field, forms, np.array(sorted(numbers[form] for form in forms if form in numbers), np.int64))
    return forms


def are_words(candidates: Sequence[str], language: str, snapshot: Snapshot) -> bool:
    """Tell whether all of some folded forms are words of a language in the index."""
    return len(_words_among(candidates, language, snapshot.segments_with(language))) == len(candidates)


def _put(form: str, rests: Iterable[str], left: dict[str, list[str]]) -> None:
    for rest in rests:
        if rest in left:
            left[rest].append(form)
        else:
            left[rest] = [form]


def _inflections(pattern: Pattern, language: str, segments: Sequence[Segment]) -> list[str]:
    """Return the ways in which a word is written in the index: of one stem, and beginning as the word does."""
    found = set()
    hashes = [hash_of(stem) for stem in pattern.stems]
    for segment in segments:
        for terms in segment.terms_with(language, hashes):
            found.update(terms)
    common = pattern.form[: max(MIN_PART_CHARS, len(pattern.form) - 2)]
    return sorted(form for form in found if form.startswith(common) and len(form) >= MIN_PART_CHARS)


def _fields(segment: Segment, language: str) -> Iterator[TextField]:
    for name in (title_field(language), body_field(language)):
        field = segment.field(name)
        if field is not None:
            yield field


def _ending(pattern: Pattern, segment: Segment, field: TextField) -> tuple[dict[str, int], bool]:
    """Return word -> number of those whose stems end as the word's do, and if these are all."""
    terms = field.postings.terms
    found: dict[str, int] = {}
    whole = True
    for stem in pattern.stems:
        if len(stem) >= MIN_PART_CHARS:
            numbers = segment.lexicon.ending_in(field.name, terms, stem)
            whole &= len(numbers) <= MAX_CANDIDATES
            found.update((terms[number].decode("utf-8"), number) for number in numbers[:MAX_CANDIDATES].tolist())
    return found, whole


def _beginning(words: Sequence[str], field: TextField) -> tuple[list[tuple[str, int, int]], bool]:
    """Return (word, number, characters of its beginning) of those that begin with some words, and if these are all.

    The words are sorted, so that a longer one comes after what it begins with.
    """
    terms = field.postings.terms
    found: list[tuple[str, int, int]] = []
    whole = True
    looked_at: str | None = None  # all that begins so has been
    for at, word in enumerate(words):
        if looked_at and word.startswith(looked_at):
            continue
        encoded = word.encode("utf-8")
        first, last = terms.position(encoded), terms.position(encoded + b"\xff")
        looked_at = word if last - first <= MAX_CANDIDATES else None
        whole &= looked_at is not None
        longer = [other for other in words[at + 1 :] if other.startswith(word)] if looked_at else []
        for number, term in enumerate(terms.slice(first, min(last, first + MAX_CANDIDATES)), first):
            form = term.decode("utf-8")
            for begun in (word, *longer):
                if len(form) >= len(begun) + MIN_PART_CHARS and form.startswith(begun):
                    found.append((form, number, len(begun)))
    return found, whole


def unlinked_ends(rest: str, links: Sequence[str]) -> list[str]:
    """Return what a word may be that stands before another: without each of the links that it ends with."""
    cuts = len(rest) - MIN_PART_CHARS
    return [rest[: len(rest) - len(link)] for link in links if len(link) <= cuts and rest.endswith(link)]


def _unlinked_beginning(rest: str, links: Sequence[str]) -> list[str]:
    cuts = len(rest) - MIN_PART_CHARS
    return [rest[len(link) :] for link in links if len(link) <= cuts and rest.startswith(link)]


def _words_among(candidates: Sequence[str], language: str, segments: Sequence[Segment]) -> set[str]:
    """Return those that are words of the language in the index."""
    if not candidates:
        return set()
    hashes = np.array([hash_of(stem) for stem in query_analyzer(language).stems(candidates)], np.uint64)
    known = np.zeros(len(candidates), bool)
    for segment in segments:
        known |= segment.has_terms_with(language, hashes)
    return {candidates[at] for at in np.flatnonzero(known).tolist()}
