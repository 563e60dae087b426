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
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from whoosh.filedb.filestore import FileStorage

from corpus import LANGUAGES
from indexer.analysis import query_analyzer
from indexer.analysis.normalization import fold, fold_all
from indexer.codec.bytestrings import ByteStrings
from indexer.codec.container import Array, Container, ContainerWriter, narrowest
from indexer.codec.segment import ColumnarSegment
from indexer.codec.terms import LADDER_STEP, TermDictionary

EXTENSION = ".lexicon"

# Languages that write words together: their compounds are found by their parts.
COMPOUNDING = frozenset("de nl sv da no fi et hu".split())

_TITLE = "title_"
_FEW = 16
_NONE: Array = np.zeros(0, np.int64)
_LAST_CODE_POINT = chr(0x10FFFF)


def language_of(field: str) -> str | None:
    """Return the language of a field of words, None for a field of something else."""
    kind, _, language = field.rpartition("_")
    return language if kind in ("title", "body") and language in LANGUAGES else None


@dataclass(frozen=True, slots=True)
class FieldKeys:
    """The lexicon of one field: pairs of key and term number, each once, and the two orders."""

    keys: Array
    terms: Array
    folded: Array
    endings: Array | None

    @classmethod
    def of(cls, language: str, forms: Sequence[str], accented: Array, keys: Array, terms: Array) -> "FieldKeys":
        """Build it of a field's terms, sorted; `accented` are numbers of them, keys[i] a key of terms[i]."""
        folded = _strings(fold_all([forms[number] for number in accented.tolist()]))
        endings = None
        if language in COMPOUNDING:
            endings = _strings([stem[::-1] for stem in query_analyzer(language).stems(forms)])
        return cls.sorted(accented, folded, endings, keys, terms)

    @classmethod
    def sorted(
        cls, accented: Array, folded: ByteStrings, endings: ByteStrings | None, keys: Array, terms: Array
    ) -> "FieldKeys":
        """Build it, given the folded forms of the accented terms, and the stems of all terms read backwards."""
        order = np.lexsort((terms, keys))
        keys, terms = keys[order], terms[order]
        if len(keys):
            first = np.append(True, (keys[1:] != keys[:-1]) | (terms[1:] != terms[:-1]))
            keys, terms = keys[first], terms[first]
        return cls(keys, terms, accented[folded.order()], None if endings is None else endings.order())


def _strings(texts: Sequence[str]) -> ByteStrings:
    return ByteStrings.of([text.encode("utf-8", "surrogatepass") for text in texts])


def write_lexicon(fields: dict[str, FieldKeys], storage: FileStorage, segment: ColumnarSegment) -> None:
    """Write a segment's lexicon; `fields` by name."""
    with segment.create_file(storage, EXTENSION) as file:
        writer = ContainerWriter(file.raw_file())
        by_language: dict[str, list[tuple[Array, Array]]] = {}
        for name in sorted(fields):
            keys = fields[name]
            entries = keys.terms * 2 + name.startswith(_TITLE)
            by_language.setdefault(language_of(name) or "", []).append((keys.keys, entries))
            writer.add(f"{name}.folded", narrowest(keys.folded))
            if keys.endings is not None:
                writer.add(f"{name}.endings", narrowest(keys.endings))
        for language, parts in by_language.items():
            hashes, entries = (np.concatenate(column) for column in zip(*parts, strict=True))
            order = np.lexsort((entries, hashes))
            hashes = hashes[order]
            first = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1]))
            writer.add(f"{language}.keys", hashes[first])
            writer.add(f"{language}.starts", narrowest(np.append(first, len(hashes))))
            writer.add(f"{language}.entries", narrowest(entries[order]))
        writer.finish({})


@dataclass(frozen=True, slots=True)
class Terms:
    """The numbers of the terms that have a key, in the two fields of a language."""

    title: Array
    body: Array


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

    def lookup(self, language: str, hashes: Array) -> list[Terms | None]:
        """Return the terms that have each key, None where there is none."""
        table = self._table(language)
        if table is None:
            return [None] * len(hashes)
        keys, starts, entries = table
        at = keys.searchsorted(hashes)
        at[at == len(keys)] = 0
        found: list[Terms | None] = [None] * len(hashes)
        known = (keys[at] == hashes).nonzero()[0].tolist()
        places = at.tolist() if known else ()
        for number in known:
            place = places[number]
            of_key = entries[starts[place] : starts[place + 1]]
            # Mostly a handful, which lists are quicker to part.
            if len(of_key) <= _FEW:
                numbers = of_key.tolist()
                titles = [entry >> 1 for entry in numbers if entry & 1]
                bodies = [entry >> 1 for entry in numbers if not entry & 1]
                found[number] = Terms(np.array(titles, np.int64) if titles else _NONE, np.array(bodies, np.int64))
            else:
                in_title = (of_key & 1).astype(bool)
                of_key = of_key.astype(np.int64) >> 1
                found[number] = Terms(of_key[in_title], of_key[~in_title])
        return found

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
        """Return (keys, terms, accented terms) of a field, as they were given to `FieldKeys.of`."""
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
