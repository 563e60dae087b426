"""Where the terms of several words stand in a field: their words in a row, all terms of a language at once.

A row stands where each of its words has one of the same stem at its place. What is found for all rows at once is
narrowed down, for stems so short that many words have them, to words that may be inflections of those of the term.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from corpus import LANGUAGES
from indexer.analysis import Token, stop_words
from indexer.analysis.normalization import fold
from indexer.arrays import are_among
from indexer.codec.container import Array, starts_of
from indexer.codec.fields import ranges
from indexer.codec.terms import Field
from indexer.concepts.inflection import MAX_SHORT_STEM_CHARS, may_be_inflected
from indexer.concepts.wording import Rows

# Words in more places of a field are taken to stand wherever a row has them.
MAX_PLACES = 20_000
# Places that are compared at once.
_BATCH = 1_000_000

_NOTHING: Array = np.zeros(0, np.int64)


class Spoken:
    """Which terms of a field have each of so many keys: those of a key are terms[starts[key] : starts[key + 1]]."""

    def __init__(self, field: Field, keys: Array, terms: Array, count: int) -> None:
        self.field, self.keys, self.terms = field, keys, terms
        self.starts = keys.searchsorted(np.arange(count + 1))
        firsts = field.position_starts(terms)
        self.places = np.bincount(keys, field.position_starts(terms + 1) - firsts, count).astype(np.int64)

    def has(self, keys: Array) -> Array:
        """Tell of each key whether any term has it."""
        found: Array = self.starts[keys] < self.starts[keys + 1]
        return found

    def terms_of(self, key: int) -> Array:
        """Return the terms that have a key."""
        found: Array = self.terms[self.starts[key] : self.starts[key + 1]]
        return found


@dataclass(frozen=True, slots=True)
class FoundRows:
    """Where terms of several words begin in a field: `terms`, `documents` and `positions` are parallel, in that order.

    Of the terms `uncompared`, which have words in very many places, nothing is known but that they may stand there.
    """

    terms: Array
    documents: Array
    positions: Array
    uncompared: Array


def rows_in(spoken: Spoken, rows: Rows, tokens_of: Callable[[int], tuple[Token, ...]], code: str) -> FoundRows:
    """Return where the rows of a language stand in a field; `tokens_of` gives the words of the term of a number."""
    if not len(rows.terms):
        return FoundRows(_NOTHING, _NOTHING, _NOTHING, _NOTHING)
    some = rows.among(np.flatnonzero(np.logical_and.reduceat(spoken.has(rows.keys), rows.starts[:-1])))
    counts = np.diff(some.starts)
    row_of = np.arange(len(counts)).repeat(counts)
    few = spoken.places[some.keys] <= MAX_PLACES
    few_of = np.bincount(row_of[few], minlength=len(counts))
    # Of each row the rarest word first.
    words = np.flatnonzero(few)
    words = words[np.lexsort((spoken.places[some.keys[words]], row_of[words]))]
    places = _Places(spoken, np.unique(some.keys[words]), int(rows.offsets.max()))
    row, begin = _in_a_row(places, some, words, few_of)
    told = few_of == counts
    uncompared = np.union1d(np.flatnonzero(few_of < 2), np.unique(row[~told[row]]))
    # Two words of one stem may stand at one place: those of a hyphen, and what they are together.
    row, begin = np.unique(np.stack([row[told[row]], begin[told[row]]]), axis=1)
    kept = _are_inflected(row, begin, some, tokens_of, _Narrowing(spoken, places, code))
    row, begin = row[kept], begin[kept]
    return FoundRows(some.terms[row], *places.apart(begin), some.terms[uncompared])


def _in_a_row(places: "_Places", rows: Rows, words: Array, counts: Array) -> tuple[Array, Array]:
    """Return (rows, places): where rows begin that have so many of these words, row by row, of those with two or more.

    `words` are numbers in the arrays of rows.
    """
    firsts = starts_of(counts)[:-1]
    compared = np.flatnonzero(counts > 1)
    found: list[tuple[Array, Array]] = [(_NOTHING, _NOTHING)]
    for some in _batches(compared, places.count(rows.keys[words[firsts[compared]]])):
        rarest = words[firsts[some]]
        at, begin = places.of(rows.keys[rarest])
        row, begin = some[at], begin - rows.offsets[rarest][at]
        for nth in range(1, int(counts[some].max())):
            more = counts[row] > nth
            word = words[firsts[row] + np.where(more, nth, 0)]
            kept = ~more | places.have(rows.keys[word], begin + rows.offsets[word])
            row, begin = row[kept], begin[kept]
        found.append((row, begin))
    row, begin = map(np.concatenate, zip(*found, strict=True))
    return row, begin


def _are_inflected(
    row: Array, begin: Array, rows: Rows, tokens_of: Callable[[int], tuple[Token, ...]], narrowing: "_Narrowing"
) -> Array:
    """Return of each place at which a row begins, row by row, whether its words of short stems may be those there."""
    kept = np.ones(len(row), bool)
    bounds = row.searchsorted(np.arange(len(rows.terms) + 1)).tolist()
    for number in np.unique(row).tolist():
        here = slice(bounds[number], bounds[number + 1])
        for word, token in enumerate(tokens_of(int(rows.terms[number])), int(rows.starts[number])):
            if len(token.stem) <= MAX_SHORT_STEM_CHARS:
                kept[here] &= narrowing.have(int(rows.keys[word]), token.form, begin[here] + rows.offsets[word])
    return kept


def _batches(rows: Array, sizes: Array) -> list[Array]:
    """Return rows in parts that have about as many places as are compared at once, at least one part."""
    return np.split(rows, np.flatnonzero(np.diff(np.cumsum(sizes) // _BATCH)) + 1) if len(rows) else []


class _Places:
    """Where the words of some keys stand in a field; document and position are one number."""

    def __init__(self, spoken: Spoken, keys: Array, reach: int) -> None:
        """`reach` is how far words of a row are apart; no row reaches from one document into another."""
        asked = np.zeros(len(spoken.places), bool)
        asked[keys] = True
        here = asked[spoken.keys]
        terms = spoken.terms[here]
        documents, positions, counts = _places_of(spoken.field, terms)
        self._width = int(positions.max(initial=0)) + reach + 1
        self._span = (int(documents.max(initial=0)) + 2) * self._width
        # Key by key, and each one's in order: those of several words of one stem are mixed.
        self._places = spoken.keys[here].repeat(counts) * self._span + self.together(documents, positions)
        self._places.sort()
        self._counts = spoken.places
        self._starts = self._places.searchsorted(np.arange(len(spoken.places)) * self._span)

    def together(self, documents: Array, positions: Array) -> Array:
        """Return documents and positions as one number each."""
        return (documents + 1) * self._width + positions

    def apart(self, places: Array) -> tuple[Array, Array]:
        """Return (documents, positions) of such numbers."""
        documents, positions = np.divmod(places, self._width)
        return documents - 1, positions

    def count(self, keys: Array) -> Array:
        """Return in how many places each key stands."""
        counts: Array = self._counts[keys]
        return counts

    def of(self, keys: Array) -> tuple[Array, Array]:
        """Return (at, places): all places of keys[0], then of keys[1] and so on, each with which key it is of."""
        counts = self._counts[keys]
        at = np.arange(len(keys)).repeat(counts)
        return at, self._places[ranges(self._starts[keys], counts)] - keys[at] * self._span

    def have(self, keys: Array, places: Array) -> Array:
        """Tell whether each key stands at its place."""
        return are_among(keys * self._span + places, self._places)


class _Narrowing:
    """Which words of a short stem may be inflections of a word."""

    def __init__(self, spoken: Spoken, places: _Places, code: str) -> None:
        self._spoken, self._places, self._code, self._stops = spoken, places, code, stop_words(LANGUAGES[code])
        self._known: dict[tuple[int, str], Array | None] = {}  # key, word -> where such words stand; None: everywhere

    def have(self, key: int, form: str, places: Array) -> Array:
        """Tell whether at places where a word of a key stands it may be an inflection of a word as written."""
        if (key, form) not in self._known:
            self._known[key, form] = self._found(key, form)
        known = self._known[key, form]
        return np.ones(len(places), bool) if known is None else are_among(places, known)

    def _found(self, key: int, form: str) -> Array | None:
        terms, texts, folded = self._spoken.terms_of(key), self._spoken.field.terms, fold(form)
        may = [
            (text == form or text not in self._stops) and may_be_inflected(fold(text), folded, self._code)
            for text in map(texts.text, terms.tolist())
        ]
        if all(may):
            return None
        documents, positions, _ = _places_of(self._spoken.field, terms[may])
        return np.sort(self._places.together(documents, positions))


def _places_of(field: Field, terms: Array) -> tuple[Array, Array, Array]:
    """Return (documents, positions, counts): where terms stand, one after the other, and in how many places each."""
    firsts = field.position_starts(terms)
    counts = field.position_starts(terms + 1) - firsts
    postings = ranges(*field.extents(terms))
    documents = field.documents[postings].astype(np.int64).repeat(field.frequencies[postings])
    return documents, field.positions[ranges(firsts, counts)].astype(np.int64), counts
