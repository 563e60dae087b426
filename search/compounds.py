"""Words written together, found by their parts: *Bewerbungsgespräch* by *Gespräch* and by *Bewerbung*.

A word of the index counts as a compound of a word if it begins or ends with it and what is left, without a linking
letter, is a word of the index itself. Only the index's own vocabulary is asked, of the whole language, so that the
answer does not depend on how the index is cut into segments.
"""

from collections.abc import Iterator, Sequence

from indexer.analysis import query_analyzer
from indexer.lexicon import COMPOUNDING
from indexer.schema import body_field, title_field
from search.matching import hash_of
from search.planning import LanguagePlan, Pattern, PlannedGroup, Tier
from search.snapshot import Segment, Snapshot, TextField

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
    return PlannedGroup((*group.patterns, *added), group.common) if added else group


def compounds_of(pattern: Pattern, language: str, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the words of the index in a language that begin or end with a word, and are that and another, sorted."""
    key = ("compounds", language, pattern.stems, pattern.form)
    known: tuple[str, ...] | None = snapshot.remembered.get(key)
    return snapshot.remember(key, tuple(sorted(_found(pattern, language, snapshot)))) if known is None else known


def parts_of(word: str, language: str, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the two words of the index that a word is written together from, the longest last one; () if it is not."""
    if language not in COMPOUNDING:
        return ()
    segments = snapshot.segments_with(language)
    for cut in range(MIN_PART_CHARS, len(word) - MIN_PART_CHARS + 1):
        beginnings = list(_unlinked_end(word[:cut], language))
        if beginnings and _words_among([word[cut:]], language, segments):
            known = _words_among(beginnings, language, segments)
            if known:
                return max(known, key=lambda part: (len(part), part)), word[cut:]
    return ()


def _found(pattern: Pattern, language: str, snapshot: Snapshot) -> set[str]:
    segments = snapshot.segments_with(language)
    written = _inflections(pattern, language, segments)
    if not written:  # no word of the language: what ends so does so by chance
        return set()
    compared = query_analyzer(language).compared
    left: dict[str, list[str]] = {}  # what is left of a word -> the words
    for segment in segments:
        for field in _fields(segment, language):
            ending = list(_ending(pattern, segment, field))
            for form, folded_stem in zip(ending, compared(ending)[1], strict=True):
                for stem in pattern.stems:
                    if folded_stem.endswith(stem):
                        for rest in _unlinked_end(folded_stem[: -len(stem)], language):
                            left.setdefault(rest, []).append(form)
            for beginning in written:
                for form in _beginning(beginning, field):
                    for rest in _unlinked_beginning(form[len(beginning) :], language):
                        left.setdefault(rest, []).append(form)
    words = _words_among(list(left), language, segments)
    return {form for rest in words for form in left[rest]}


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


def _ending(pattern: Pattern, segment: Segment, field: TextField) -> Iterator[str]:
    for stem in pattern.stems:
        if len(stem) >= MIN_PART_CHARS:
            terms = field.postings.terms
            for number in segment.lexicon.ending_in(field.name, terms, stem)[:MAX_CANDIDATES].tolist():
                yield terms[number].decode("utf-8")


def _beginning(text: str, field: TextField) -> Iterator[str]:
    terms = field.postings.terms
    encoded = text.encode("utf-8")
    first, last = terms.position(encoded), terms.position(encoded + b"\xff")
    for number in range(first, min(last, first + MAX_CANDIDATES)):
        form = terms[number].decode("utf-8")
        if len(form) >= len(text) + MIN_PART_CHARS:
            yield form


def _unlinked_end(rest: str, language: str) -> Iterator[str]:
    for link in LINKS[language]:
        if rest.endswith(link) and len(rest) - len(link) >= MIN_PART_CHARS:
            yield rest[: len(rest) - len(link)]


def _unlinked_beginning(rest: str, language: str) -> Iterator[str]:
    for link in LINKS[language]:
        if rest.startswith(link) and len(rest) - len(link) >= MIN_PART_CHARS:
            yield rest[len(link) :]


def _words_among(candidates: Sequence[str], language: str, segments: Sequence[Segment]) -> set[str]:
    """Return those that are words of the language in the index."""
    if not candidates:
        return set()
    stems = query_analyzer(language).compared(candidates)[1]
    hashes = [hash_of(stem) for stem in stems]
    found = set()
    for segment in segments:
        for candidate, terms in zip(candidates, segment.terms_with(language, hashes), strict=True):
            if terms:
                found.add(candidate)
    return found
