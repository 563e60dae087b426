"""How a term is looked for in texts: as its words in a row, or as one word.

A query asks for it so, term by term, and finds it in a compiled glossary as lines of text: to analyse a term would take
three times as long. It is also there in arrays, so that a segment can be asked for all terms at once (`attested`). The
sections, in which languages and terms are numbers:

    wordings            term -> its wording
    key_languages       language -> [start, end) of its keys
    keys                hashes of the stems of its terms' words, sorted
    row_languages       language -> [start, end) of its rows
    row_terms           row -> the term whose words it is
    rows                row -> [start, end) of its words
    row_keys            word of a row -> the key of its stem, counted from the first of its language
    row_offsets         word of a row -> how many words behind the first one
    single_languages    language -> [start, end) of its single words
    single_terms        single word -> the term that it is
    single_keys         single word -> the keys of its stem and of its plain stem, counted so, two a word
    single_forms        single word -> how it is written, folded
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

import numpy as np

from indexer.analysis import Token, written_runs
from indexer.analysis.lines import as_lines
from indexer.analysis.termtable import key_hashes
from indexer.codec.container import Array, Container, ContainerWriter, narrowest, starts_of
from indexer.codec.fields import ranges
from indexer.concepts.texts import Texts, write_texts


class Wording(NamedTuple):
    """Of a term of several words, they; and each word that says all of it, a term of one word being one."""

    row: tuple[Token, ...]
    singles: tuple[Token, ...]

    @property
    def runs(self) -> tuple[Token, ...]:
        """The words as they stand."""
        return self.row or self.singles


def wording(tokens: Sequence[Token]) -> Wording:
    """Return how the term is looked for that has these tokens."""
    runs = written_runs(tokens)
    if len(runs) < 2:
        return Wording((), tuple(runs))
    together = (token for token in tokens if token.joined)
    whole = tuple(token for token in together if token.start == runs[0].start and token.end == runs[-1].end)
    return Wording(tuple(runs), whole)


# Between the words of a row, or single words; between these; and between what is said of one. Analysis gives none.
_LINES, _SINGLES, _SAID = "\n", "\t", " "


def _text(found: Wording) -> str:
    return _SINGLES.join(_LINES.join(map(_said, tokens)) for tokens in found)


def _said(token: Token) -> str:
    # Most words are the same in several ways: what is empty is as what stands before it.
    ways = token.form, token.folded, token.stem, token.plain
    shorter = (way if at == 0 or way != ways[at - 1] else "" for at, way in enumerate(ways))
    return _SAID.join([str(token.position), *shorter])


def _of_text(text: str) -> Wording:
    row, singles = text.split(_SINGLES)
    return Wording(_tokens(row), _tokens(singles))


def _tokens(lines: str) -> tuple[Token, ...]:
    return tuple(map(_token, lines.split(_LINES))) if lines else ()


def _token(said: str) -> Token:
    position, form, folded, stem, plain = said.split(_SAID)
    folded = folded or form
    stem = stem or folded
    return Token(0, 0, int(position), form, folded, stem, plain or stem)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a language: of each its term, and where its words begin; and the words of all of them."""

    terms: Array
    starts: Array
    keys: Array
    offsets: Array

    def among(self, numbers: Array) -> "Rows":
        """Return those of these numbers, in their order."""
        counts = self.starts[numbers + 1] - self.starts[numbers]
        words = ranges(self.starts[numbers], counts)
        return Rows(self.terms[numbers], starts_of(counts), self.keys[words], self.offsets[words])


@dataclass(frozen=True, slots=True)
class Singles:
    """The single words of a language: of each its term and two keys; `first` is the number of the first one's form."""

    terms: Array
    keys: Array
    first: int


class Wordings:
    """The wordings of a compiled glossary, opened."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._wordings, self._forms = Texts(container, "wordings"), Texts(container, "single_forms")

    def of(self, term: int) -> Wording:
        """Return the wording of a term; its tokens do not say where they stood in it."""
        return _of_text(self._wordings[term])

    def keys(self, language: int) -> Array:
        """Return the hashes that the terms of a language are made of."""
        return self._container.array("keys")[slice(*self._of("key_languages", language))]

    def rows(self, language: int) -> Rows:
        """Return the terms of a language that are several words."""
        first, last = self._of("row_languages", language)
        starts = self._container.array("rows")[first : last + 1].astype(np.int64)
        words = slice(int(starts[0]), int(starts[-1]))
        return Rows(
            self._container.array("row_terms")[first:last],
            starts - starts[0],
            self._container.array("row_keys")[words].astype(np.int64),
            self._container.array("row_offsets")[words].astype(np.int64),
        )

    def singles(self, language: int) -> Singles:
        """Return the words that are terms of a language."""
        first, last = self._of("single_languages", language)
        keys = self._container.array("single_keys")[2 * first : 2 * last].astype(np.int64).reshape(-1, 2)
        return Singles(self._container.array("single_terms")[first:last], keys, first)

    def form(self, number: int) -> str:
        """Return the folded form of a single word, counted in all languages."""
        return self._forms[number]

    def single_forms(self, language: int) -> list[str]:
        """Return the folded forms of the single words of a language."""
        return self._forms.slice(*self._of("single_languages", language))

    def _of(self, section: str, language: int) -> tuple[int, int]:
        first, last = self._container.array(section)[language : language + 2].tolist()
        return first, last


@dataclass(slots=True)
class _Spoken:
    """The wordings of one language while they are collected: flat lists, without the tokens."""

    row_terms: list[int] = field(default_factory=list)
    row_words: list[int] = field(default_factory=list)
    row_stems: list[str] = field(default_factory=list)
    row_offsets: list[int] = field(default_factory=list)
    single_terms: list[int] = field(default_factory=list)
    single_stems: list[str] = field(default_factory=list)
    single_forms: list[str] = field(default_factory=list)

    def add(self, term: int, found: Wording) -> None:
        if found.row:
            first = found.row[0].position
            self.row_terms.append(term)
            self.row_words.append(len(found.row))
            self.row_stems += [token.stem for token in found.row]
            self.row_offsets += [token.position - first for token in found.row]
        for token in found.singles:
            self.single_terms.append(term)
            self.single_stems += (token.stem, token.plain)
            self.single_forms.append(token.folded)


class WordingsWriter:
    """Collects the wordings of terms, and writes the sections that Wordings reads."""

    def __init__(self, languages: int) -> None:
        self._spoken = [_Spoken() for _ in range(languages)]
        self._texts: list[str] = []

    def add(self, term: int, language: int, found: Wording) -> None:
        """Add the wording of a term; both by number, each term, in order."""
        assert term == len(self._texts), "terms come in order"
        self._texts.append(_text(found))
        self._spoken[language].add(term, found)

    def write(self, writer: ContainerWriter) -> None:
        """Write the sections."""
        spoken = self._spoken
        row_hashes = [key_hashes(as_lines(each.row_stems)) for each in spoken]
        single_hashes = [key_hashes(as_lines(each.single_stems)) for each in spoken]
        keys = [np.unique(np.concatenate(both)) for both in zip(row_hashes, single_hashes, strict=True)]
        writer.add("key_languages", _starts(map(len, keys)))
        writer.add("keys", np.concatenate([np.zeros(0, np.uint64), *keys]))
        writer.add("row_languages", _starts(len(each.row_terms) for each in spoken))
        writer.add("row_terms", _numbers(chain.from_iterable(each.row_terms for each in spoken)))
        writer.add("rows", _starts(chain.from_iterable(each.row_words for each in spoken)))
        writer.add("row_keys", _numbered(keys, row_hashes))
        writer.add("row_offsets", _numbers(chain.from_iterable(each.row_offsets for each in spoken)))
        writer.add("single_languages", _starts(len(each.single_terms) for each in spoken))
        writer.add("single_terms", _numbers(chain.from_iterable(each.single_terms for each in spoken)))
        writer.add("single_keys", _numbered(keys, single_hashes))
        write_texts(writer, "wordings", self._texts)
        write_texts(writer, "single_forms", chain.from_iterable(each.single_forms for each in spoken))


def _numbers(numbers: Iterable[int]) -> Array:
    return narrowest(np.fromiter(numbers, np.int64))


def _starts(counts: Iterable[int]) -> Array:
    return narrowest(starts_of(np.fromiter(counts, np.int64)))


def _numbered(keys: Sequence[Array], hashes: Sequence[Array]) -> Array:
    numbers = [known.searchsorted(some) for known, some in zip(keys, hashes, strict=True)]
    return narrowest(np.concatenate([np.zeros(0, np.int64), *numbers]))
