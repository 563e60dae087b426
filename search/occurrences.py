"""Where words and rows of words stand in the documents of a segment: postings read from arrays, many at once.

Nothing here loops over postings, and of long lists only what is asked for is read.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from indexer.analysis.normalization import fold
from indexer.arrays import FEW, among, firsts_of_equals, joined
from indexer.codec.container import Array
from indexer.codec.fields import ranges
from search.planning import Pattern, Tier
from search.segment import TextField

# BM25 as in Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009); k1 and b are its usual values.
B_BODY = 0.75
B_TITLE = 0.5
TITLE_WEIGHT = 3.0
# Whether a field is the title -> how much it counts, and its b.
FIELD_WEIGHTS = {True: (TITLE_WEIGHT, B_TITLE), False: (1.0, B_BODY)}
TIER_WEIGHTS = {
    Tier.EXACT: 1.0,
    Tier.FOLDED: 0.95,
    Tier.STEM: 0.9,
    Tier.DERIVED: 0.8,
    Tier.COMPOUND: 0.5,
    Tier.PART: 0.5,
    Tier.PREFIX: 0.6,
    Tier.TYPO: 0.6,
    Tier.GLOSSARY: 0.4,
}

# Two words of one stem are inflections of each other if they differ in no more letters than this at their ends;
# beyond it they are taken for different words: Lithuanian darbas (work) and darbuotojas (employee) are both darb.
MAX_ENDING_CHARS = 4

# Document, field and position in one number, for sets of places; of the field a bit says whether it is the title.
POSITION_BITS = 24
_FIELD_BITS = 1

# Terms whose postings are copied one after the other; of more, all at once.
_FEW_TERMS = 32
# No more than so many are chosen among for themselves.
_FEW_POSTINGS = 256
# Words that stand in no more places are read whole, and once: choosing among them first would take longer.
_FEW_PLACES = 4_096


@dataclass(frozen=True, slots=True)
class Places:
    """Where words stand: documents, positions and the numbers of the words, parallel."""

    documents: Array
    positions: Array
    terms: Array


class Postings(NamedTuple):
    """In which documents of a field words stand, and in each how often, with what weight, and how long the field is.

    A document may come more than once. `weights` is a number where it is the same everywhere.
    """

    documents: Array
    frequencies: Array
    weights: Array | float
    lengths: Array
    title: bool

    @classmethod
    def of(
        cls, documents: Array, frequencies: Array, weights: Array | float, field: TextField, title: bool
    ) -> "Postings":
        return cls(documents, frequencies, weights, field.lengths[documents], title)

    @classmethod
    def of_rows(cls, rows: "Sequence[Row]") -> "Postings":
        """Return those of rows in one field, all found in the same way; each of them for itself."""
        documents = documents_of(joined([row.begin for row in rows]))
        return cls.of(documents, np.ones_like(documents), TIER_WEIGHTS[rows[0].tier], rows[0].field, rows[0].title)

    def postings(self, wanted: Array) -> "Postings":
        """As that of words: these, whatever is wanted."""
        return self


_NOWHERE = Places(*[np.zeros(0, np.int64)] * 3)


class Words:
    """The postings of some words of a field, end to end; those of one word come in the order of documents.

    `terms` are sorted, and were found by a pattern.
    """

    def __init__(self, field: TextField, title: bool, terms: Array, pattern: Pattern) -> None:
        self.title = title
        self.terms = terms
        self._field = field
        self._pattern = pattern

    @cached_property
    def _tiers(self) -> Sequence[Tier]:
        """How each was found, which is worked out only where somebody asks."""
        pattern = self._pattern
        if not pattern.form or pattern.tier is Tier.GLOSSARY:
            return [pattern.tier] * len(self.terms)
        return [tier_of(pattern, self.form(term)) for term in self.terms.tolist()]

    @cached_property
    def _extents(self) -> tuple[Array, Array]:
        return self._field.postings.extents(self.terms)

    @property
    def size(self) -> int:
        """How many postings there are, or where there are few, in how many places they are."""
        return int(self._extents[1].sum()) if self.few_keys is None else len(self.few_keys)

    @cached_property
    def documents(self) -> Array:
        documents = self._field.postings.documents
        if len(self.terms) > _FEW_TERMS:
            return documents[ranges(*self._extents)]
        return _end_to_end(documents, [(start, end) for start, end, _, _ in self._slices])

    @cached_property
    def _slices(self) -> list[tuple[int, int, int, int]]:
        return self._field.postings.slices(self.terms.tolist())

    @cached_property
    def _few_places(self) -> tuple[Array, Array] | None:
        """Documents and positions of all places, as they lie in the file; None if they are many."""
        if len(self.terms) > _FEW_TERMS or sum(last - first for _, _, first, last in self._slices) > _FEW_PLACES:
            return None
        slices = [(first, last) for _, _, first, last in self._slices]
        positions = _end_to_end(self._field.postings.positions, slices)
        return self.documents.astype(np.int64).repeat(self._frequencies), positions

    @cached_property
    def few_keys(self) -> Array | None:
        """The places of the words as one number each, sorted; None if they are many."""
        return None if self._few_places is None else keys_of(*self._few_places, self.title, len(self.terms) > 1)

    @cached_property
    def _firsts(self) -> Array:
        """Where the postings of each term begin, end to end."""
        counts = self._extents[1]
        return np.cumsum(counts) - counts

    @cached_property
    def _shifts(self) -> Array:
        """What to add to the place of a term's posting end to end, to have its place in the field."""
        shifts: Array = self._extents[0] - self._firsts
        return shifts

    def _owners(self, places: Array) -> Array:
        """Return to which of the terms postings belong, by their places end to end."""
        return self._firsts.searchsorted(places, "right") - 1

    def among(self, documents: Array) -> tuple[Array, Array]:
        """Return (places, at): the postings in documents, sorted, by their places end to end, and documents[at]."""
        if len(self.terms) == 1 and len(self.documents) > FEW * len(documents):
            places = self.documents.searchsorted(documents)
            places[places == len(self.documents)] = 0
            at = (self.documents[places] == documents).nonzero()[0]
            return places[at], at
        return among(self.documents, documents, len(self._field.lengths))

    def postings(self, wanted: Array) -> "Postings":
        """Return the postings in documents, sorted, and maybe others: where there are few, all."""
        weights = self._weights
        if len(self.terms) <= _FEW_TERMS and len(self.documents) <= max(FEW * len(wanted), _FEW_POSTINGS):
            documents, frequencies = self.documents, self._frequencies
            if not isinstance(weights, float):
                weights = weights.repeat(self._extents[1])
        else:
            places, _ = self.among(wanted)
            documents, frequencies = self.documents[places], self._frequencies_of(places)
            if not isinstance(weights, float):
                weights = weights[self._owners(places)]
        return Postings.of(documents, frequencies, weights, self._field, self.title)

    @cached_property
    def _weights(self) -> Array | float:
        """The weight of each word, or that of all of them if they have the same."""
        weights = [TIER_WEIGHTS[tier] for tier in self._tiers]
        return weights[0] if weights.count(weights[0]) == len(weights) else np.array(weights)

    def _frequencies_of(self, places: Array) -> Array:
        if len(self.terms) <= _FEW_TERMS:
            return self._frequencies[places]
        found: Array = self._field.postings.frequencies[places + self._shifts[self._owners(places)]]
        return found

    @cached_property
    def _frequencies(self) -> Array:
        """Those of few terms, end to end."""
        return _end_to_end(self._field.postings.frequencies, [(start, end) for start, end, _, _ in self._slices])

    def places(self, documents: Array) -> Places:
        """Return where the words stand in documents, which are sorted."""
        if self._few_places is not None:
            return self._few_of(documents, *self._few_places)
        chosen, at = self.among(documents)
        owner = self._owners(chosen)
        found = self._field.postings.frequencies[chosen + self._shifts[owner]].astype(np.int64)
        first_positions = (
            self._positions_before(chosen, owner) + self._field.postings.position_starts(self.terms)[owner]
        )
        positions = self._field.postings.positions[ranges(first_positions, found)]
        return Places(
            np.repeat(documents[at].astype(np.int64), found),
            positions.astype(np.int64),
            np.repeat(self.terms[owner].astype(np.int64), found),
        )

    def _few_of(self, documents: Array, all_documents: Array, positions: Array) -> Places:
        chosen, _ = among(all_documents, documents, len(self._field.lengths))
        if not len(chosen):
            return _NOWHERE
        lasts = np.cumsum([last - first for _, _, first, last in self._slices])
        terms = self.terms[lasts.searchsorted(chosen, "right")]
        return Places(all_documents[chosen], positions[chosen].astype(np.int64), terms)

    def keys(self, documents: Array) -> Array:
        """Return the places as one number each, sorted: in documents, or wherever the words stand."""
        if self.few_keys is not None:
            return self.few_keys
        places = self.places(documents)
        return keys_of(places.documents, places.positions, self.title, len(self.terms) > 1)

    def _positions_before(self, chosen: Array, owner: Array) -> Array:
        """Return how many positions the postings of the same term have that come before some, by their places."""
        frequencies, starts = self._field.postings.frequencies, self._extents[0]
        before = np.zeros(len(chosen), np.int64)
        for term in np.unique(owner).tolist() if len(starts) > 1 else (0,) if len(chosen) else ():
            first, last = owner.searchsorted([term, term + 1]).tolist()
            local = chosen[first:last] - self._firsts[term]
            start = int(starts[term])
            # No further than the last one asked about.
            sums = np.cumsum(frequencies[start : start + int(local[-1]) + 1], dtype=np.int64)
            before[first:last] = sums[local] - frequencies[start + local]
        return before

    def exactly(self) -> Iterator[Array]:
        """Yield the documents of each word that stands as it was typed."""
        for number, tier in zip(self.terms.tolist(), self._tiers, strict=True):
            if tier is Tier.EXACT:
                yield self._field.postings.postings(number).documents

    def tier(self, term: int) -> Tier:
        """Return how a word was found."""
        return self._tiers[int(self.terms.searchsorted(term))]

    def form(self, term: int) -> str:
        """Return a word as it is written."""
        return self._field.postings.terms.text(term)


def tier_of(pattern: Pattern, form: str) -> Tier:
    """Return how a written word matches that of a pattern, both being of one stem."""
    if form == pattern.form:
        return Tier.EXACT
    folded = fold(form) or form
    if folded == pattern.folded:
        return Tier.FOLDED
    alike = max(0, len(folded) - MAX_ENDING_CHARS, len(pattern.folded) - MAX_ENDING_CHARS)
    return Tier.STEM if folded[:alike] == pattern.folded[:alike] else Tier.DERIVED


class Row:
    """Places at which words stand in a row; `begin` are those of the first, `span` is how many words to the last."""

    def __init__(self, field: TextField, title: bool, keys: Array, pattern: Pattern) -> None:
        self.title = title
        self.span = pattern.offsets[-1] + 1
        self.label = pattern.label
        self.last_stem = pattern.stems[-1]
        self.tier = pattern.tier
        self.field = field
        self.begin = keys

    @cached_property
    def documents(self) -> Array:
        """In which documents they stand, of each once."""
        documents = documents_of(self.begin)
        return documents[firsts_of_equals(documents)]

    def postings(self, wanted: Array) -> "Postings":
        """As that of words, of all rows; each of them for itself."""
        return Postings.of_rows([self])

    def keys(self, documents: Array) -> Array:
        """As that of words, of where the rows begin."""
        return self.begin

    def places(self, documents: Array) -> Places:
        """Return where the rows begin in documents, which are sorted; they have no single word."""
        all_documents = documents_of(self.begin)
        chosen, _ = among(all_documents, documents, len(self.field.lengths))
        positions = self.begin[chosen] & ((1 << POSITION_BITS) - 1)
        return Places(all_documents[chosen], positions, np.full(len(positions), -1, np.int64))


def _end_to_end(numbers: Array, slices: Iterable[tuple[int, int]]) -> Array:
    return joined([numbers[start:end] for start, end in slices])


def keys_of(documents: Array, positions: Array, title: bool, mixed: bool) -> Array:
    """Return places in a field as one number each, sorted; `mixed`: they are not in that order yet."""
    keys = documents << POSITION_BITS + _FIELD_BITS
    keys |= positions
    if title:
        keys |= 1 << POSITION_BITS
    if mixed:
        keys.sort()
    return keys


def documents_of(keys: Array) -> Array:
    """Return the documents of places that are one number each."""
    documents: Array = keys >> POSITION_BITS + _FIELD_BITS
    return documents


def texts_of(keys: Array) -> Array:
    """Return of places that are one number each a number for document and field."""
    texts: Array = keys >> POSITION_BITS
    return texts


def normalised(frequencies: Array, relative: Array, weight: Array, b: Array) -> Array:
    """Return frequencies by the lengths of their fields, relative to the mean, and by how much these fields count."""
    found: Array = weight * frequencies / (1 - b + b * relative)
    return found
