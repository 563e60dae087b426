"""By what a segment's words are found: stems, and letters without their accents.

Postings are kept by words as written; a query looks for a stem. The lexicon says which terms of a language's title and
body a key (the hash of a stem or plain stem) stands for, and in what order terms come when accents are left out or,
where a language writes words together, when read from the end. Its sections:

    <language>.keys, .starts, .entries      entries[starts[i] : starts[i + 1]] have keys[i], which are sorted; an entry
                                            is the number of a term, doubled, and one more if it is of the title
    <field>.folded                          the accented terms in the order of their folded forms
    <field>.endings                         the terms in the order of their stems read backwards
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from whoosh.filedb.filestore import FileStorage

from corpus import LANGUAGES
from indexer.analysis import query_analyzer
from indexer.analysis.normalization import fold, fold_lines
from indexer.analysis.termtable import backwards
from indexer.codec.bytestrings import ByteStrings
from indexer.codec.container import Array, Container, ContainerWriter, narrowest, starts_of
from indexer.codec.fields import ranges
from indexer.codec.segment import ColumnarSegment
from indexer.codec.terms import LADDER_STEP, TermDictionary

EXTENSION = ".lexicon"

# Languages that write words together: their compounds are found by their parts.
COMPOUNDING = frozenset("de nl sv da no fi et hu".split())

_TITLE = "title_"
_ENTRY_BITS = 32
_FEW = 16
_NONE: Array = np.zeros(0, np.int64)
_LAST_CODE_POINT = chr(0x10FFFF)


def language_of(field: str) -> str | None:
    """Return the language of a field of words, None for a field of something else."""
    kind, _, language = field.rpartition("_")
    return language if kind in ("title", "body") and language in LANGUAGES else None


@dataclass(frozen=True, slots=True)
class FieldKeys:
    """The lexicon of one field: keys[i] is one of terms[i], in any order and perhaps twice; and the two orders."""

    keys: Array
    terms: Array
    folded: Array
    endings: Array | None


def folded_order(forms: ByteStrings, accented: Array) -> Array:
    """Return accented terms of a field in the order of their folded forms."""
    folded = ByteStrings.of_lines(fold_lines(forms.take(accented).lines()))
    order: Array = accented[folded.order()]
    return order


def endings_order(language: str, forms: ByteStrings) -> Array | None:
    """Return all terms of a field in the order of their stems' endings, None where no words are written together."""
    if language not in COMPOUNDING:
        return None
    return backwards(query_analyzer(language).stem_lines(forms.lines())).order()


def write_lexicon(fields: dict[str, FieldKeys], storage: FileStorage, segment: ColumnarSegment) -> None:
    """Write a segment's lexicon; `fields` by name."""
    with segment.create_file(storage, EXTENSION) as file:
        writer = ContainerWriter(file.raw_file())
        by_language: dict[str, list[tuple[Array, Array]]] = {}
        for name in sorted(fields):
            field = fields[name]
            entries = field.terms * 2 + name.startswith(_TITLE)
            by_language.setdefault(language_of(name) or "", []).append((field.keys, entries))
            writer.add(f"{name}.folded", narrowest(field.folded))
            if field.endings is not None:
                writer.add(f"{name}.endings", narrowest(field.endings))
        for language, parts in by_language.items():
            hashes, entries = (np.concatenate(column) for column in zip(*parts, strict=True))
            keys, starts, entries = _by_key(hashes, entries)
            writer.add(f"{language}.keys", keys)
            writer.add(f"{language}.starts", narrowest(starts))
            writer.add(f"{language}.entries", narrowest(entries))
        writer.finish({})


def _by_key(hashes: Array, entries: Array) -> tuple[Array, Array, Array]:
    """Return the distinct keys, sorted, and the entries of each, sorted and each once: where they begin, and they."""
    order = np.argsort(hashes)
    hashes = hashes[order]
    first = np.ones(len(hashes), bool)
    np.not_equal(hashes[1:], hashes[:-1], out=first[1:])
    # One sort of numbers is faster than one by two columns: which key, then the entry.
    pairs = (np.cumsum(first) - 1) << _ENTRY_BITS
    pairs |= entries[order]
    pairs.sort()
    kept = np.ones(len(pairs), bool)
    np.not_equal(pairs[1:], pairs[:-1], out=kept[1:])
    pairs = pairs[kept]
    starts = starts_of(np.bincount(pairs >> _ENTRY_BITS))
    return hashes[first], starts, pairs & ((1 << _ENTRY_BITS) - 1)


@dataclass(frozen=True, slots=True)
class Terms:
    """The numbers of the terms that have a key, in the two fields of a language."""

    title: Array
    body: Array


def _terms(entries: Array) -> Terms:
    # Mostly a handful, which lists are quicker to part.
    if len(entries) <= _FEW:
        numbers = entries.tolist()
        titles = [entry >> 1 for entry in numbers if entry & 1]
        bodies = [entry >> 1 for entry in numbers if not entry & 1]
        return Terms(np.array(titles, np.int64) if titles else _NONE, np.array(bodies, np.int64) if bodies else _NONE)
    in_title = (entries & 1).astype(bool)
    numbers = entries.astype(np.int64) >> 1
    return Terms(numbers[in_title], numbers[~in_title])


class Lexicon:
    """A segment's lexicon, read."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._tables: dict[str, tuple[Array, Array, Array] | None] = {}
        self._ladders: dict[str, list[str]] = {}

    def has(self, language: str, hashes: Array) -> Array:
        """Return of each key whether any term has it."""
        table = self._table(language)
        if table is None:
            return np.zeros(len(hashes), bool)
        keys = table[0]
        at = keys.searchsorted(hashes)
        at[at == len(keys)] = 0
        found: Array = keys[at] == hashes
        return found

    def lookup(self, language: str, hashes: Iterable[int]) -> list[Terms | None]:
        """Return the terms that have each of a few keys, None where there is none."""
        table = self._table(language)
        if table is None:
            return [None for _ in hashes]
        keys, starts, entries = table
        # Of a memoryview a single number is read in less time than NumPy takes to begin.
        numbers, firsts = keys.data, starts.data
        found: list[Terms | None] = []
        for key in hashes:
            place = bisect_left(numbers, key)
            there = place < len(numbers) and numbers[place] == key
            found.append(_terms(entries[firsts[place] : firsts[place + 1]]) if there else None)
        return found

    def having(self, language: str, hashes: Array) -> tuple[Array, Array, Array]:
        """Return (keys, terms, which are of the title): each key that is here by its number among these, its terms."""
        table = self._table(language)
        if table is None:
            return _NONE, _NONE, np.zeros(0, bool)
        keys, starts, entries = table
        at = keys.searchsorted(hashes)
        at[at == len(keys)] = 0
        known = (keys[at] == hashes).nonzero()[0]
        firsts = starts[at[known]].astype(np.int64)
        counts = starts[at[known] + 1].astype(np.int64) - firsts
        found = entries[ranges(firsts, counts)].astype(np.int64)
        return known.repeat(counts), found >> 1, (found & 1).astype(bool)

    def _table(self, language: str) -> tuple[Array, Array, Array] | None:
        if language not in self._tables:
            names = [f"{language}.{section}" for section in ("keys", "starts", "entries")]
            known = names[0] in self._container and len(self._container.array(names[0]))
            keys, starts, entries = (self._container.array(name) if known else None for name in names)
            self._tables[language] = (
                (keys, starts, entries) if keys is not None and starts is not None and entries is not None else None
            )
        return self._tables[language]

    def folded_from(self, field: str, terms: TermDictionary, prefix: str) -> Array:
        """Return the accented terms of a field whose folded forms begin so."""
        return self._range(f"{field}.folded", prefix, lambda term: fold(_form(terms, term)))

    def ending_in(self, field: str, terms: TermDictionary, ending: str) -> Array:
        """Return the terms of a field whose stems end so; none where the language writes no words together."""
        stem = query_analyzer(language_of(field) or "").stem
        return self._range(f"{field}.endings", ending[::-1], lambda term: stem(_form(terms, term))[::-1])

    def keys_of(self, field: str) -> tuple[Array, Array, Array]:
        """Return (keys, terms, accented terms) of a field: pairs in order, each once, and terms in order."""
        table = self._table(language_of(field) or "")
        if table is None or f"{field}.folded" not in self._container:
            return np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(0, np.int64)
        keys, starts, entries = table
        counts: Array = np.diff(starts.astype(np.int64))
        every, numbers = np.repeat(keys, counts), entries.astype(np.int64)
        here = numbers & 1 == field.startswith(_TITLE)
        accented = np.sort(self._container.array(f"{field}.folded").astype(np.int64))
        return every[here], numbers[here] >> 1, accented

    def _range(self, name: str, prefix: str, text_of: Callable[[int], str]) -> Array:
        if name not in self._container:
            return np.zeros(0, np.int64)
        order = self._container.array(name)
        if name not in self._ladders:
            self._ladders[name] = [text_of(term) for term in order[::LADDER_STEP].tolist()]
        ladder = self._ladders[name]

        def first_from(text: str) -> int:
            step = bisect_left(ladder, text) * LADDER_STEP
            below = max(0, step - LADDER_STEP)
            return below + bisect_left(order[below:step].tolist(), text, key=text_of)

        return order[first_from(prefix) : first_from(prefix + _LAST_CODE_POINT)].astype(np.int64)


def _form(terms: TermDictionary, number: int) -> str:
    return terms[number].decode("utf-8")
