"""Which articles of a segment have the words of a query: what its patterns find in the arrays of the segment.

The words of a pattern are terms of a field, each with a weight by how it was found. Nothing here loops over postings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import numpy as np

from indexer.analysis import query_analyzer
from indexer.analysis.normalization import fold
from indexer.analysis.termtable import key_hash
from indexer.arrays import are_among, distinct, firsts_of_equals, union
from indexer.codec.container import Array
from indexer.concepts.inflection import MAX_SHORT_STEM_CHARS, is_inflected, may_be_inflected
from indexer.lexicon import Terms
from indexer.schema import body_field, title_field
from search.found import Found, Others
from search.occurrences import Row, Words, documents_of, keys_of
from search.planning import LanguagePlan, Pattern, PlannedGroup, Tier
from search.segment import Segment, TextField
from search.snapshot import LanguageStatistics

# What readers type has no end, and each is some 300 bytes.
hash_of = lru_cache(maxsize=10_000)(key_hash)

# What a word for something broader counts, of what a word for that itself would. Swept over the project's questions
# across languages (2026-11-24): nDCG@10 of French is .839 with 1, .843 with 0.5, .849 with 0.25 and .848 with 0.1; of
# the others it differs by .001 at most.
INSTEAD_SHARE = 0.25

_NOTHING: Array = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Keys:
    """The stems that a plan asks for in its language, and their hashes; `others`: it asks for more than these.

    Those of terms of several words are not among them: where these stand, a segment mostly knows.
    """

    language: str
    stems: tuple[str, ...]
    hashes: tuple[int, ...]
    others: bool

    @classmethod
    def of(cls, plan: LanguagePlan) -> "Keys":
        patterns = [pattern for group in plan.groups for pattern in group.patterns] + list(plan.excluded)
        stems = tuple(dict.fromkeys(stem for pattern in patterns if pattern.term is None for stem in pattern.stems))
        hashes = tuple(hash_of(stem) for stem in stems)
        others = any(pattern.prefix or pattern.forms or pattern.term is not None for pattern in patterns)
        others |= any(group.instead for group in plan.groups)
        return cls(plan.language, stems, hashes, others)


class SegmentMatcher:
    """Finds the groups of a query in one language of one segment."""

    def __init__(self, keys: "Keys", segment: Segment, statistics: LanguageStatistics) -> None:
        self._segment = segment
        self._statistics = statistics
        self._words_of: dict[tuple[str, bool, str], Words | None] = {}  # stem, in the title, form -> its words
        self._other_words: dict[tuple[Pattern, ...], Others] = {}
        self._language = code = keys.language
        self._title, self._body = segment.field(title_field(code)), segment.field(body_field(code))
        self._terms = dict(zip(keys.stems, segment.lexicon.lookup(code, keys.hashes), strict=True))

    @property
    def is_empty(self) -> bool:
        """Tell whether none of the words is here whose stems are among the keys."""
        return not any(self._terms.values())

    def find(self, group: PlannedGroup) -> Found:
        """Return the documents that have any pattern of a group."""
        return self._found(group.patterns)

    def find_instead(self, patterns: Sequence[Pattern]) -> Found:
        """Return the documents that have what will do where no article of the language has a group."""
        return self._found(patterns, INSTEAD_SHARE)

    def excluded(self, patterns: Sequence[Pattern]) -> Array:
        """Return the documents that have any of the patterns, sorted."""
        return self._found(patterns).documents if patterns else _NOTHING

    def _found(self, patterns: Sequence[Pattern], share: float = 1.0) -> Found:
        own = [found for pattern in patterns if pattern.tier is not Tier.GLOSSARY and (found := self._sources(pattern))]
        others = tuple(pattern for pattern in patterns if pattern.tier is Tier.GLOSSARY and self._may_have(pattern))
        if not own and not others:
            return self._nothing
        return Found(own, self._others(others) if others else None, self._segment, self._statistics, share)

    @cached_property
    def _nothing(self) -> Found:
        """What is found of most groups."""
        return Found((), None, self._segment, self._statistics)

    def _sources(self, pattern: Pattern) -> Sequence[Words | Row]:
        if not self._may_have(pattern):
            return ()
        return self._rows(pattern) if pattern.is_row else self._anywhere([pattern])

    def _others(self, patterns: tuple[Pattern, ...]) -> Others:
        """Return what other words find, which concepts that several words of the query name have under each of them."""
        if patterns not in self._other_words:
            # Of different concepts there are not many, and they come again and again.
            few = self._segment.memory.once((self._language, patterns), partial(self._few_others, patterns))
            self._other_words[patterns] = few or self._found_others(patterns)
        return self._other_words[patterns]

    def _few_others(self, patterns: Sequence[Pattern]) -> Others | None:
        found = self._found_others(patterns)
        return found if found.are_few else None

    def _found_others(self, patterns: Sequence[Pattern]) -> Others:
        once, language = self._segment.memory.once, self._language
        words = self._anywhere([pattern for pattern in patterns if not pattern.is_row])
        rows = [pattern for pattern in patterns if pattern.is_row]
        found = [row for each in rows for row in once((language, each), partial(self._rows, each))]
        return Others.of(words, found, self._segment)

    def _may_have(self, pattern: Pattern) -> bool:
        """Tell whether the words that a pattern is made of are here, in whatever order."""
        stems = pattern.stems
        if len(stems) == 1:
            return self._having(stems[0]) is not None
        if pattern.term is not None and (known := self._segment.places_of_rows(pattern.term)):
            return known.stands(pattern.term)
        there = map(self._having, stems)
        return all(there) if pattern.is_row else not stems or any(there)

    def _having(self, stem: str) -> Terms | None:
        """Return the words that have a stem, None if there are none."""
        if stem not in self._terms:
            [self._terms[stem]] = self._segment.lexicon.lookup(self._language, [hash_of(stem)])
        return self._terms[stem]

    def _anywhere(self, patterns: Sequence[Pattern]) -> list[Words]:
        """Return the words that any of some patterns finds, all in one way and in the same fields."""
        found = []
        for field, title in self._fields(patterns[0]) if patterns else ():
            terms = _any_of([self._matching(pattern, field, title) for pattern in patterns])
            if len(terms):
                found.append(Words(field, title, terms, patterns[0]))
        return found

    def _fields(self, pattern: Pattern) -> Iterator[tuple[TextField, bool]]:
        if self._title is not None:
            yield self._title, True
        if self._body is not None and not pattern.title:
            yield self._body, False

    def _rows(self, pattern: Pattern) -> list[Row]:
        if pattern.term is not None and (known := self._segment.places_of_rows(pattern.term)):
            places = ((known.places(pattern.term, title), field, title) for field, title in self._fields(pattern))
            return [
                Row(field, title, keys_of(*there, title, mixed=False), pattern)
                for there, field, title in places
                if there
            ]
        found = [self._row(pattern, field, title) for field, title in self._fields(pattern)]
        return [row for row in found if row is not None]

    def _matching(self, pattern: Pattern, field: TextField, title: bool) -> Array:
        """Return the terms of a field that a pattern of a word finds, sorted."""
        if pattern.prefix:
            return self._beginning(pattern.prefix, field)
        if pattern.forms:
            return self._segment.written(field, pattern.forms)
        terms = self._with_stems(pattern.stems, title)
        if not len(terms):  # as in most titles
            return terms
        terms = self._without_stop_words(terms, pattern, field)
        if pattern.form and pattern.tier is Tier.GLOSSARY:
            forms, language = field.postings.terms, self._language
            wanted = [
                number
                for number in terms.tolist()
                if is_inflected(fold(forms[number].decode("utf-8")), pattern.folded, language)
            ]
            terms = terms if len(wanted) == len(terms) else np.array(wanted, np.int64)
        return terms

    def _without_stop_words(self, terms: Array, pattern: Pattern, field: TextField) -> Array:
        """Return terms but for stop words of the language: they are no inflections of a word that is none itself."""
        stops = self._segment.stop_words(field, self._language)
        found = stops.keys() & terms.tolist()
        if not found or (pattern.form or pattern.label) in query_analyzer(self._language).stops:
            return terms
        by_form = pattern.tier is Tier.GLOSSARY
        kept = [
            term
            for term in terms.tolist()
            if term not in found
            or (stops[term] == pattern.form if by_form else pattern.form and fold(stops[term]) == pattern.folded)
        ]
        return np.array(kept, np.int64)

    def _with_stems(self, stems: Sequence[str], title: bool) -> Array:
        return _any_of([terms.title if title else terms.body for stem in stems if (terms := self._having(stem))])

    def _beginning(self, prefix: str, field: TextField) -> Array:
        terms = field.postings.terms
        encoded = prefix.encode("utf-8")
        # No term of UTF-8 has a byte of 255.
        first, last = terms.position(encoded), terms.position(encoded + b"\xff")
        accented = self._segment.lexicon.folded_from(field.name, terms, prefix)
        return np.unique(np.concatenate([np.arange(first, last), accented.astype(np.int64)]))

    def _row(self, pattern: Pattern, field: TextField, title: bool) -> Row | None:
        words: list[tuple[int, Words]] = []
        forms = pattern.label.split(" ") if pattern.tier is Tier.GLOSSARY else [""] * len(pattern.stems)
        for offset, stem, form in zip(pattern.offsets, pattern.stems, forms, strict=True):
            word = self._stemmed(stem, field, title, form)
            if word is None:
                return None
            words.append((offset, word))
        # The rarest word first: the others are looked for around it only, and mostly they do not stand there.
        words.sort(key=lambda placed: placed[1].size)
        rarest = words[0][1]
        documents = _NOTHING
        if rarest.few_keys is None:
            documents = union([rarest.documents], self._segment.count)
            for _, word in words[1:]:
                _, there = word.among(documents)
                documents = documents[np.unique(there)]
                if not len(documents):
                    return None
        rows: Array | None = None  # where they begin; before the beginning of a text there is no first word
        for offset, word in words:
            if rows is None:
                rows = word.keys(documents) - offset
                continue
            if word.few_keys is None:  # of frequent words, which stand in all the same documents, those that may do
                documents = np.unique(documents_of(rows))
            rows = rows[are_among(rows + offset, word.keys(documents))]
            if not len(rows):
                return None
        assert rows is not None
        # Two words of one stem may stand at one place: those of a hyphen, and what they are together.
        return Row(field, title, rows[firsts_of_equals(rows)], pattern)

    def _stemmed(self, stem: str, field: TextField, title: bool, form: str) -> Words | None:
        """Return the words that have a stem, None if there are none.

        With `form` those that may be inflections of it, if the stem is so short that it is that of many words.
        """
        if len(stem) > MAX_SHORT_STEM_CHARS:
            form = ""
        if (stem, title, form) not in self._words_of:
            terms = self._with_stems((stem,), title)
            if form:
                forms, folded, stops = field.postings.terms, fold(form), query_analyzer(self._language).stops
                near = [
                    (text == form or text not in stops) and may_be_inflected(fold(text), folded, self._language)
                    for text in map(forms.text, terms.tolist())
                ]
                terms = terms[np.array(near, bool)]
            self._words_of[stem, title, form] = Words(field, title, terms, Pattern()) if len(terms) else None
        return self._words_of[stem, title, form]


def _any_of(sets: Sequence[Array]) -> Array:
    """Return the numbers that any of some sets has, sorted, as each of them is."""
    sets = [numbers for numbers in sets if len(numbers)]
    if len(sets) > 1:
        return distinct(np.concatenate(sets))
    return sets[0] if sets else _NOTHING
