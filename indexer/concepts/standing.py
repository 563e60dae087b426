"""Which terms of a compiled glossary may stand in a segment: all terms of a language at once, from its arrays.

A term stands there if an inflection of the word that it is does, or its words in a row, by the same rules by which a
query finds it. What is told may be more, and is never less: words in very many places are not compared place by place.
"""

from collections.abc import Mapping

import numpy as np

from indexer.analysis.normalization import fold
from indexer.codec.container import Array, starts_of
from indexer.codec.fields import ranges
from indexer.codec.terms import Field
from indexer.concepts.inflection import is_inflected
from indexer.concepts.table import ConceptTable
from indexer.concepts.wording import Rows, Wordings
from indexer.lexicon import Lexicon
from indexer.schema import body_field, title_field

# Words in more places of a field are taken to stand wherever a row has them.
MAX_PLACES = 20_000
# Places that are compared at once.
_BATCH = 1_000_000

_NOTHING: Array = np.zeros(0, np.int64)


def standing_in(language: str, table: ConceptTable, lexicon: Lexicon, fields: Mapping[str, Field]) -> Array:
    """Return the terms of a language, by number, that may stand in a segment; some perhaps twice."""
    names = [name for name in (title_field(language), body_field(language)) if name in fields]
    if not names:
        return _NOTHING
    number, wordings = table.languages.index(language), table.wordings
    hashes, rows = wordings.keys(number), wordings.rows(number)
    keys, terms, titles = lexicon.having(language, hashes)
    found = [_NOTHING]
    for name in names:
        here = titles if name == title_field(language) else ~titles
        spoken = _Spoken(fields[name], keys[here], terms[here], len(hashes))
        found += (_singles_in(spoken, wordings, number, language), rows.terms[_rows_in(spoken, rows)])
    return np.concatenate(found).astype(np.int64)


class _Spoken:
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


def _singles_in(spoken: _Spoken, wordings: Wordings, language: int, code: str) -> Array:
    """Return the terms that are one word of which the field has an inflection."""
    singles = wordings.singles(language)
    forms: dict[int, str] = {}

    def folded(term: int) -> str:
        if term not in forms:
            forms[term] = fold(spoken.field.terms[term].decode("utf-8"))
        return forms[term]

    starts, terms = spoken.starts.tolist(), spoken.terms.tolist()
    may = np.flatnonzero(spoken.has(singles.keys).any(axis=1))
    found = []
    for at, pair in zip(may.tolist(), singles.keys[may].tolist(), strict=True):
        form = wordings.form(singles.first + at)
        if any(is_inflected(folded(term), form, code) for key in pair for term in terms[starts[key] : starts[key + 1]]):
            found.append(at)
    stand: Array = singles.terms[found]
    return stand


def _rows_in(spoken: _Spoken, rows: Rows) -> Array:
    """Return the rows, by number, that the field may have."""
    if not len(rows.terms):
        return _NOTHING
    chosen = np.flatnonzero(np.logical_and.reduceat(spoken.has(rows.keys), rows.starts[:-1]))
    counts = rows.starts[chosen + 1] - rows.starts[chosen]
    words, row_of = ranges(rows.starts[chosen], counts), np.arange(len(chosen)).repeat(counts)
    few = spoken.places[rows.keys[words]] <= MAX_PLACES
    words, row_of = words[few], row_of[few]
    # Of each row the rarest word first.
    words = words[np.lexsort((spoken.places[rows.keys[words]], row_of))]
    counts = np.bincount(row_of, minlength=len(chosen))
    firsts = starts_of(counts)[:-1]
    compared = counts > 1
    places = _Places(spoken, np.unique(rows.keys[words]), int(rows.offsets.max()))
    found = [chosen[~compared]]
    for some in _batches(compared.nonzero()[0], spoken.places[rows.keys[words[firsts[compared]]]]):
        at, begin = places.of(rows.keys[words[firsts[some]]])
        row, begin = some[at], begin - rows.offsets[words[firsts[some]]][at]
        for nth in range(1, int(counts[some].max())):
            more = counts[row] > nth
            word = words[firsts[row] + np.where(more, nth, 0)]
            kept = ~more | places.have(rows.keys[word], begin + rows.offsets[word])
            row, begin = row[kept], begin[kept]
        found.append(chosen[np.unique(row)])
    return np.concatenate(found)


def _batches(rows: Array, sizes: Array) -> list[Array]:
    """Return rows in parts that have about as many places as are compared at once, at least one part."""
    return np.split(rows, np.flatnonzero(np.diff(np.cumsum(sizes) // _BATCH)) + 1) if len(rows) else []


class _Places:
    """Where the words of some keys stand in a field; document and position are one number."""

    def __init__(self, spoken: _Spoken, keys: Array, reach: int) -> None:
        """`reach` is how far words of a row are apart; no row reaches from one document into another."""
        asked = np.zeros(len(spoken.places), bool)
        asked[keys] = True
        here = asked[spoken.keys]
        terms, field = spoken.terms[here], spoken.field
        firsts = field.position_starts(terms)
        counts = field.position_starts(terms + 1) - firsts
        postings = ranges(*field.extents(terms))
        documents = field.documents[postings].astype(np.int64).repeat(field.frequencies[postings])
        positions = field.positions[ranges(firsts, counts)]
        width = int(positions.max(initial=0)) + reach + 1
        self._span = (int(documents.max(initial=0)) + 2) * width
        # Key by key, and each one's in order: those of several words of one stem are mixed.
        self._places = spoken.keys[here].repeat(counts) * self._span + (documents + 1) * width + positions
        self._places.sort()
        self._counts = spoken.places
        self._starts = self._places.searchsorted(np.arange(len(spoken.places)) * self._span)

    def of(self, keys: Array) -> tuple[Array, Array]:
        """Return (at, places): all places of keys[0], then of keys[1] and so on, each with which key it is of."""
        counts = self._counts[keys]
        at = np.arange(len(keys)).repeat(counts)
        return at, self._places[ranges(self._starts[keys], counts)] - keys[at] * self._span

    def have(self, keys: Array, places: Array) -> Array:
        """Tell whether each key stands at its place."""
        wanted = keys * self._span + places
        at = self._places.searchsorted(wanted)
        at[at == len(self._places)] = 0
        found: Array = self._places[at] == wanted
        return found
