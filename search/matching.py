"""Which articles have the words of a query, how often, and where: read from the arrays of a segment.

The words of a pattern are terms of a field, each with a weight by how it was found; their postings, end to end, are
what everything else is computed from. Nothing here loops over postings.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import numpy as np

from indexer.analysis.normalization import fold
from indexer.analysis.vocabulary import key_hash
from indexer.codec.container import Array
from indexer.codec.fields import ranges
from indexer.concepts.inflection import is_inflected
from indexer.lexicon import language_of
from indexer.schema import body_field, title_field
from search.planning import LanguagePlan, Pattern, PlannedGroup, Tier
from search.snapshot import LanguageStatistics, Segment, TextField

# BM25 as in Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009); k1 and b are its usual values.
B_BODY = 0.75
B_TITLE = 0.5
TITLE_WEIGHT = 3.0
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

# Document and position in one number, for sets of places.
_POSITION_BITS = 24

hash_of = lru_cache(maxsize=100_000)(key_hash)

_NOTHING: Array = np.zeros(0, np.int64)


class Words:
    """The postings of some words of a field, end to end; those of one word come in the order of documents.

    `terms` are sorted; `tiers` say how each was found.
    """

    def __init__(self, field: TextField, title: bool, terms: Array, tiers: Sequence[Tier]) -> None:
        self.title = title
        self.terms = terms
        self._field = field
        self._tiers = tiers

    @cached_property
    def _extents(self) -> tuple[Array, Array]:
        return self._field.postings.extents(self.terms)

    @property
    def size(self) -> int:
        """How many postings there are."""
        return int(self._extents[1].sum())

    @cached_property
    def _places(self) -> Array:
        starts, counts = self._extents
        return ranges(starts, counts)

    @cached_property
    def documents(self) -> Array:
        if len(self.terms) == 1:
            return self._field.postings.postings(int(self.terms[0])).documents
        return self._field.postings.documents[self._places]

    @cached_property
    def frequencies(self) -> Array:
        if len(self.terms) == 1:
            return self._field.postings.postings(int(self.terms[0])).frequencies
        return self._field.postings.frequencies[self._places]

    @cached_property
    def weights(self) -> Array:
        """The weight of each posting."""
        return np.repeat([TIER_WEIGHTS[tier] for tier in self._tiers], self._extents[1])

    def normalised(self, mean: float) -> Array:
        """Return how much each posting counts: its frequency by the length of its document, as BM25F has it."""
        relative = self._field.lengths[self.documents] / mean
        if self.title:
            return TITLE_WEIGHT * self.frequencies * self.weights / (1 - B_TITLE + B_TITLE * relative)
        return self.frequencies * self.weights / (1 - B_BODY + B_BODY * relative)

    def places(self, documents: Array | None = None) -> "Places":
        """Return where the words stand, in all documents or in these, which are sorted."""
        chosen = _among(self.documents, documents)
        _, counts = self._extents
        frequencies = self.frequencies.astype(np.int64)
        # Positions of a term lie end to end: those of a posting begin behind those of the ones before it.
        before = np.cumsum(frequencies) - frequencies
        first = np.cumsum(counts) - counts
        some = counts > 0
        base = np.zeros(len(counts), np.int64)
        base[some] = self._field.postings.position_starts(self.terms[some]) - before[first[some]]
        owner = np.repeat(np.arange(len(counts)), counts)[chosen]
        found = frequencies[chosen]
        positions = self._field.postings.positions[ranges((base[owner] + before[chosen]), found)]
        return Places(
            np.repeat(self.documents[chosen].astype(np.int64), found),
            positions.astype(np.int64),
            np.repeat(self.terms[owner].astype(np.int64), found),
        )

    def tier(self, term: int) -> Tier:
        """Return how a word was found."""
        return self._tiers[int(np.searchsorted(self.terms, term))]

    def form(self, term: int) -> str:
        """Return a word as it is written."""
        return self._field.postings.terms[term].decode("utf-8")


@dataclass(frozen=True, slots=True)
class Places:
    """Where words stand: documents, positions and the numbers of the words, parallel."""

    documents: Array
    positions: Array
    terms: Array


class Row:
    """Places at which words stand in a row; `span` is how many words from the first to the last."""

    def __init__(self, field: TextField, title: bool, keys: Array, pattern: Pattern) -> None:
        self.title = title
        self.span = pattern.offsets[-1] + 1
        self.label = pattern.label
        self.last_stem = pattern.stems[-1]
        self.tier = pattern.tier
        self._field = field
        self._keys = keys  # document and position of the first word
        found, counts = np.unique(keys >> _POSITION_BITS, return_counts=True)
        self.documents: Array = found
        self.frequencies: Array = counts

    @property
    def weights(self) -> Array:
        return np.full(len(self.documents), TIER_WEIGHTS[self.tier])

    def normalised(self, mean: float) -> Array:
        """As that of words."""
        relative = self._field.lengths[self.documents] / mean
        weight, b = (TITLE_WEIGHT, B_TITLE) if self.title else (1.0, B_BODY)
        return weight * self.frequencies * TIER_WEIGHTS[self.tier] / (1 - b + b * relative)

    def places(self, documents: Array | None = None) -> Places:
        """Return where the rows begin; they have no single word."""
        all_documents = self._keys >> _POSITION_BITS
        chosen = _among(all_documents, documents)
        positions = self._keys[chosen] & ((1 << _POSITION_BITS) - 1)
        return Places(all_documents[chosen], positions, np.full(len(positions), -1, np.int64))


@dataclass(frozen=True, slots=True)
class Found:
    """The documents of a segment that have a group of the query, sorted, and by document how.

    `frequencies` are normalised by field and length and weighted by tier, `weights` that of the best way in which it
    was found. `written`: somewhere it stands as it was typed.
    """

    documents: Array
    frequencies: Array
    weights: Array
    sources: tuple[Words | Row, ...]
    written: bool


NOT_FOUND = Found(_NOTHING, _NOTHING.astype(float), _NOTHING.astype(float), (), False)


@dataclass(frozen=True, slots=True)
class Keys:
    """All stems that a plan asks for in its language, and their hashes; `others`: it asks for more than stems."""

    language: str
    stems: tuple[str, ...]
    hashes: Array
    others: bool

    @classmethod
    def of(cls, plan: LanguagePlan) -> "Keys":
        patterns = [pattern for group in plan.groups for pattern in group.patterns] + list(plan.excluded)
        stems = tuple(dict.fromkeys(stem for pattern in patterns for stem in pattern.stems))
        hashes = np.array([hash_of(stem) for stem in stems], np.uint64)
        return cls(plan.language, stems, hashes, any(pattern.prefix or pattern.forms for pattern in patterns))


class SegmentMatcher:
    """Finds the groups of a query in one language of one segment."""

    def __init__(self, keys: "Keys", segment: Segment, statistics: LanguageStatistics) -> None:
        self._segment = segment
        self._statistics = statistics
        self._known: dict[Pattern, list[Words | Row]] = {}
        code = keys.language
        self._title, self._body = segment.field(title_field(code)), segment.field(body_field(code))
        self._terms = dict(zip(keys.stems, segment.lexicon.lookup(code, keys.hashes), strict=True))

    @property
    def is_empty(self) -> bool:
        """Tell whether no word that is looked for by its stem is here."""
        return not any(self._terms.values())

    def find(self, group: PlannedGroup) -> Found:
        """Return the documents that have any pattern of a group."""
        return self._combined([self._sources(pattern) for pattern in group.patterns])

    def excluded(self, patterns: Iterable[Pattern]) -> Array:
        """Return the documents that have any of the patterns, sorted."""
        return self._combined([self._sources(pattern) for pattern in patterns]).documents

    def _sources(self, pattern: Pattern) -> list[Words | Row]:
        # A term of several words stands under each group that it answers.
        if pattern not in self._known:
            self._known[pattern] = self._read(pattern)
        return self._known[pattern]

    def _read(self, pattern: Pattern) -> list[Words | Row]:
        sources: list[Words | Row] = []
        for field, title in ((self._title, True), (self._body, False)):
            if field is None or (pattern.title and not title):
                continue
            source: Words | Row | None
            if pattern.is_row and pattern.tier is Tier.GLOSSARY:
                # There are not many of them, and they come again and again.
                source = self._segment.once((field.name, pattern), partial(self._row, pattern, field, title))
            elif pattern.is_row:
                source = self._row(pattern, field, title)
            else:
                source = self._words(pattern, field, title)
            if source is not None:
                sources.append(source)
        return sources

    def _words(self, pattern: Pattern, field: TextField, title: bool) -> Words | None:
        if pattern.prefix or pattern.forms:
            terms = self._beginning(pattern.prefix, field) if pattern.prefix else self._written(pattern.forms, field)
        else:
            terms = self._with_stems(pattern.stems, title)
        if not len(terms):
            return None
        if not pattern.form:
            return Words(field, title, terms, [pattern.tier] * len(terms))
        forms = field.postings.terms
        if pattern.tier is Tier.GLOSSARY:
            language = language_of(field.name) or ""
            inflected = [is_inflected(fold(forms[term].decode("utf-8")), pattern.folded, language) for term in terms]
            terms = terms[np.array(inflected, bool)]
            return Words(field, title, terms, [pattern.tier] * len(terms)) if len(terms) else None
        return Words(field, title, terms, [tier_of(pattern, forms[term].decode("utf-8")) for term in terms.tolist()])

    def _with_stems(self, stems: Sequence[str], title: bool) -> Array:
        found = [terms.title if title else terms.body for stem in stems if (terms := self._terms[stem])]
        if len(found) > 1:
            return np.unique(np.concatenate(found))
        return found[0] if found else _NOTHING

    def _written(self, forms: Sequence[str], field: TextField) -> Array:
        numbers = (field.postings.terms.number(form.encode("utf-8")) for form in forms)
        return np.array(sorted(number for number in numbers if number >= 0), np.int64)

    def _beginning(self, prefix: str, field: TextField) -> Array:
        terms = field.postings.terms
        encoded = prefix.encode("utf-8")
        # No term of UTF-8 has a byte of 255.
        first, last = terms.position(encoded), terms.position(encoded + b"\xff")
        accented = self._segment.lexicon.folded_from(field.name, terms, prefix)
        return np.unique(np.concatenate([np.arange(first, last), accented.astype(np.int64)]))

    def _row(self, pattern: Pattern, field: TextField, title: bool) -> Row | None:
        terms = [self._with_stems((stem,), title) for stem in pattern.stems]
        if not all(len(found) for found in terms):
            return None
        words = [Words(field, title, found, [Tier.STEM] * len(found)) for found in terms]
        # The rarest word first: the others are looked for in its documents only, and mostly there are none with all.
        order = sorted(range(len(words)), key=lambda at: words[at].size)
        documents = np.unique(words[order[0]].documents)
        for at in order[1:]:
            found = words[at].documents
            documents = np.unique(found[_among(found, documents)])
            if not len(documents):
                return None
        keys: Array | None = None
        for at in order:
            if keys is not None:  # of frequent words, which stand in all the same documents, those that may still do
                documents = np.unique(keys >> _POSITION_BITS)
            places = words[at].places(documents)
            positions = places.positions - pattern.offsets[at]
            inside = positions >= 0
            here = np.unique((places.documents[inside] << _POSITION_BITS) | positions[inside])
            keys = here if keys is None else keys[_among(keys, here)]
            if not len(keys):
                return None
        assert keys is not None
        return Row(field, title, keys, pattern)

    def _combined(self, found: Sequence[Sequence[Words | Row]]) -> Found:
        """Add up the fields of each pattern, and take of several patterns the most: they often find the same words."""
        summed = [self._summed(sources) for sources in found if sources]
        if not summed:
            return NOT_FOUND
        documents, frequencies, weights = summed[0]
        if len(summed) > 1:
            documents, frequencies, weights = (np.concatenate(column) for column in zip(*summed, strict=True))
            documents, (frequencies, weights) = _grouped(documents, ((frequencies, np.maximum), (weights, np.maximum)))
        if self._segment.live is not None:
            live = self._segment.live[documents]
            documents, frequencies, weights = documents[live], frequencies[live], weights[live]
        # As narrow as they lie in the file, they would overflow when a base is added.
        documents = documents.astype(np.int64)
        sources = tuple(source for sources in found for source in sources)
        written = bool(len(weights)) and float(weights.max()) >= TIER_WEIGHTS[Tier.EXACT]
        return Found(documents, frequencies, weights, sources, written)

    def _summed(self, sources: Sequence[Words | Row]) -> tuple[Array, Array, Array]:
        means = {True: self._statistics.mean_title, False: self._statistics.mean_body}
        documents = [source.documents for source in sources]
        frequencies = [source.normalised(means[source.title]) for source in sources]
        weights = [source.weights for source in sources]
        if len(sources) == 1 and (isinstance(sources[0], Row) or len(sources[0].terms) == 1):
            return documents[0], frequencies[0], weights[0]
        found, (total, best) = _grouped(
            np.concatenate(documents),
            ((np.concatenate(frequencies), np.add), (np.concatenate(weights), np.maximum)),
        )
        return found, total, best


def tier_of(pattern: Pattern, form: str) -> Tier:
    """Return how a written word matches that of a pattern, both being of one stem."""
    if form == pattern.form:
        return Tier.EXACT
    folded = fold(form) or form
    if folded == pattern.folded:
        return Tier.FOLDED
    common = 0
    for left, right in zip(folded, pattern.folded, strict=False):
        if left != right:
            break
        common += 1
    return Tier.STEM if max(len(folded), len(pattern.folded)) - common <= MAX_ENDING_CHARS else Tier.DERIVED


def _grouped(documents: Array, columns: Sequence[tuple[Array, np.ufunc]]) -> tuple[Array, list[Array]]:
    """Return the distinct documents, sorted, and of each column its values reduced by document."""
    order = np.argsort(documents, kind="stable")
    ordered = documents[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(ordered) else ordered
    return ordered[starts], [reduce.reduceat(values[order], starts) for values, reduce in columns]


def _among(documents: Array, chosen: Array | None) -> Array:
    """Return the places of `documents` at which one of the chosen, which are sorted, stands."""
    if chosen is None:
        return np.arange(len(documents))
    if not len(chosen):
        return np.zeros(0, np.int64)
    at = np.searchsorted(chosen, documents)
    at[at == len(chosen)] = 0
    return np.flatnonzero(chosen[at] == documents)
