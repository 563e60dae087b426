"""Many articles at once into a segment: analysed by looking up, inverted by one sort a field.

A piece of text (what stands between blanks and punctuation) is analysed when it is first seen; after that it is a
number, and what it stands for (its stems, its forms) is a slice of an array. An article is then the numbers of its
pieces, and everything that follows is arithmetic on arrays. The result is what adding the articles one by one gives.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage

from corpus import LANGUAGES, Article
from indexer import schema as names
from indexer.analysis import Analyzer
from indexer.analysis.characters import is_unspaced
from indexer.analysis.tokenizer import MAX_WORD_CHARS, find_pieces
from indexer.codec.container import Array, starts_of
from indexer.codec.documents import DocumentTable
from indexer.codec.fields import FieldPostings, Payload, ranges
from indexer.codec.segment import ColumnarSegment
from indexer.codec.values import packed
from indexer.codec.writing import write_documents, write_terms
from indexer.documents import forms, marked_forms, unanalysed

# Distinct pieces of one language kept; when there are more, all are forgotten. Some 300 bytes each.
MAX_PIECES = 1_000_000


class Vocabulary:
    """The pieces of one language seen so far, by number, and the terms they stand for."""

    def __init__(self, language: str) -> None:
        self._analyzer = Analyzer(LANGUAGES[language], 1)
        self._turkish = language == "tr"
        self._terms: dict[str, int] = {}  # stems and forms share numbers
        self._clear()

    def _clear(self) -> None:
        self.pieces: dict[str, int] = {}
        self._words: dict[str, tuple[list[int], list[int]]] = {}  # lower case -> numbers of its stem, of its forms
        self._stems: list[int] = []
        self._forms: list[int] = []
        self._stem_counts: list[int] = []
        self._form_counts: list[int] = []

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces; those never seen are analysed now."""
        known = self.pieces
        found = find_pieces(text)
        try:
            return [known[piece] for piece in found]
        except KeyError:
            return [known[piece] if piece in known else self._learn(piece) for piece in found]

    def _learn(self, piece: str) -> int:
        # Most are a plain word. (ʼ and ŉ count as letters, but hold an apostrophe: l and d may stand before it.)
        plain = piece.isalnum() and "ʼ" not in piece and "ŉ" not in piece
        if plain and len(piece) <= MAX_WORD_CHARS and not is_unspaced(piece):
            stems, all_forms = self._word(piece)
        else:
            tokens = self._analyzer.tokens(piece)
            stems = [self._term(token.stem) for token in tokens if not token.joined]
            all_forms = [self._term(form) for form in forms(tokens)]
        self._stems += stems
        self._forms += all_forms
        self._stem_counts.append(len(stems))
        self._form_counts.append(len(all_forms))
        number = self.pieces[piece] = len(self.pieces)
        return number

    def _word(self, word: str) -> tuple[list[int], list[int]]:
        # Praca, praca and PRACA are one; what a lower-case word stands for is not asked again. (In Turkish, lower()
        # is not how capitals become small.)
        known = None if self._turkish else self._words.get(word.lower())
        if known is None:
            form, folded, stem, plain = self._analyzer.word(word)
            found = [form, *marked_forms(form, folded, stem, plain)]
            known = [self._term(stem)], [self._term(form) for form in found]
            if form == word.lower():
                self._words[form] = known
        return known

    def _term(self, term: str) -> int:
        return self._terms.setdefault(term, len(self._terms))

    def terms(self) -> list[str]:
        """Return the terms by number."""
        return list(self._terms)

    def stems(self) -> "Expansion":
        return Expansion.of(self._stems, self._stem_counts)

    def forms(self) -> "Expansion":
        return Expansion.of(self._forms, self._form_counts)

    def forget(self) -> None:
        """Forget everything if there is too much of it; numbers given before are void."""
        if len(self.pieces) > MAX_PIECES:
            self._clear()
            self._terms = {}


@dataclass(frozen=True, slots=True)
class Expansion:
    """What each piece stands for: terms[starts[piece] : starts[piece] + counts[piece]]."""

    terms: Array
    starts: Array
    counts: Array

    @classmethod
    def of(cls, terms: Sequence[int], counts: Sequence[int]) -> "Expansion":
        numbers = np.array(counts, dtype=np.int64)
        return cls(np.array(terms, dtype=np.int64), starts_of(numbers)[:-1], numbers)

    def expand(self, pieces: Array, documents: Array) -> tuple[Array, Array]:
        """Return (terms, documents) of pieces in documents, in order."""
        counts = self.counts[pieces]
        return self.terms[ranges(self.starts[pieces], counts)], np.repeat(documents, counts)


@dataclass(slots=True)
class _Texts:
    """Titles or bodies in one language: the numbers of all their pieces end to end, and how many each has."""

    documents: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    pieces: list[int] = field(default_factory=list)

    def add(self, document: int, pieces: list[int]) -> None:
        self.documents.append(document)
        self.counts.append(len(pieces))
        self.pieces += pieces

    def arrays(self) -> tuple[Array, Array]:
        """Return (pieces, document of each)."""
        counts = np.array(self.counts, dtype=np.int64)
        return np.array(self.pieces, dtype=np.int64), np.repeat(np.array(self.documents, dtype=np.int64), counts)


class SegmentBuilder:
    """Builds segments of articles. Keep it from one segment to the next: it has learnt the words."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._vocabularies: dict[str, Vocabulary] = {}

    def write(self, articles: Iterable[Article], storage: FileStorage, into: ColumnarSegment) -> int:
        """Write a segment of articles, and return how many."""
        table = DocumentTable()
        titles: dict[str, _Texts] = {}
        bodies: dict[str, _Texts] = {}
        keywords: dict[str, dict[str, list[int]]] = {}  # field -> term -> documents
        for number, article in enumerate(articles):
            code = article.language
            vocabulary = self._vocabularies.get(code)
            if vocabulary is None:
                vocabulary = self._vocabularies[code] = Vocabulary(code)
            titles.setdefault(code, _Texts()).add(number, vocabulary.numbers(article.title))
            bodies.setdefault(code, _Texts()).add(number, vocabulary.numbers(article.body))
            self._add_unanalysed(article, number, table, keywords)
        fields = {name: _keyword_field(found) for name, found in keywords.items()}
        for code in titles:
            fields |= self._language_fields(code, titles[code], bodies[code], table)
        write_documents(table, storage, into)
        write_terms(fields, table, storage, into)
        into.set_doc_count(len(table))
        for vocabulary in self._vocabularies.values():
            vocabulary.forget()
        return len(table)

    def _add_unanalysed(
        self, article: Article, number: int, table: DocumentTable, keywords: dict[str, dict[str, list[int]]]
    ) -> None:
        values = unanalysed(article)
        stored = {}
        for name, value in values.items():
            if name.startswith("_"):
                continue
            spec = self._schema[name]
            if spec.indexed:
                for term in dict.fromkeys(value):
                    keywords.setdefault(name, {}).setdefault(term, []).append(number)
            custom = values.get(f"_stored_{name}", value)
            if spec.stored:
                stored[name] = custom
            if spec.column_type:
                column = table.columns.setdefault(name, (spec.column_type, {}))
                column[1][number] = spec.to_column_value(custom)
        table.stored.append(packed(stored))

    def _language_fields(
        self, code: str, title_texts: _Texts, body_texts: _Texts, table: DocumentTable
    ) -> dict[str, FieldPostings]:
        vocabulary = self._vocabularies[code]
        terms = [term.encode("utf-8") for term in vocabulary.terms()]
        order = sorted(range(len(terms)), key=terms.__getitem__)
        rank = np.empty(len(terms), np.int64)
        rank[order] = np.arange(len(terms))
        ordered = [terms[number] for number in order]
        stems, all_forms = vocabulary.stems(), vocabulary.forms()
        title, body = title_texts.arrays(), body_texts.arrays()
        fields = {}
        for name, texts in ((names.title_field(code), title), (names.body_field(code), body)):
            found, documents = stems.expand(*texts)
            fields[name] = _counted(ordered, rank[found], documents, with_positions=True)
            lengths = np.bincount(documents, minlength=len(table))
            known = np.flatnonzero(lengths)
            if len(known):
                table.lengths[name] = dict(zip(known.tolist(), lengths[known].tolist(), strict=True))
        title_forms, title_documents = all_forms.expand(*title)
        fields[names.title_form_field(code)] = _counted(ordered, rank[title_forms], title_documents)
        body_forms, body_documents = all_forms.expand(*body)
        fields[names.form_field(code)] = _counted(
            ordered,
            rank[np.concatenate([title_forms, body_forms])],
            np.concatenate([title_documents, body_documents]),
        )
        return fields


def _counted(terms: list[bytes], found: Array, documents: Array, with_positions: bool = False) -> FieldPostings:
    """Build a field of terms (by rank) found in documents; within each document they have to come in order."""
    count = len(found)
    if not count:
        return FieldPostings([], starts_of(found), found, found, None, Payload.NOTHING, None, None, None)
    # One sort of keys is faster than a stable one: the term, then where it was found, or only in which document, as a
    # form that stands in title and body comes from two passes over the documents. 64 bits have room for both.
    behind = np.arange(count, dtype=np.int64) if with_positions else documents
    bits = int(behind.max()).bit_length()
    keys = found << bits
    keys |= behind
    keys.sort()
    order = keys & ((1 << bits) - 1)
    term_of, document_of = keys >> bits, documents[order] if with_positions else order
    first = np.empty(count, bool)
    first[0] = True
    np.not_equal(term_of[1:], term_of[:-1], out=first[1:])
    first[1:] |= document_of[1:] != document_of[:-1]
    at = np.flatnonzero(first)
    frequencies = np.diff(np.append(at, count))
    counts = np.bincount(term_of[at], minlength=len(terms))
    used = np.flatnonzero(counts)
    positions = None
    if with_positions:
        # A position is how far into its own document a term was found.
        begins = np.flatnonzero(np.diff(documents, prepend=-1))
        start_of = np.zeros(int(documents.max()) + 1, np.int64)
        start_of[documents[begins]] = begins
        positions = order - start_of[document_of]
    return FieldPostings(
        terms=[terms[number] for number in used.tolist()],
        term_starts=starts_of(counts[used]),
        documents=document_of[at],
        frequencies=frequencies,
        weights=None,
        payload=Payload.POSITIONS if with_positions else Payload.NOTHING,
        payload_starts=np.append(at, count) if with_positions else None,
        positions=positions,
        data=None,
    )


def _keyword_field(found: dict[str, list[int]]) -> FieldPostings:
    ordered = sorted((term.encode("utf-8"), documents) for term, documents in found.items())
    counts = np.array([len(documents) for _, documents in ordered], dtype=np.int64)
    numbers = np.array([number for _, documents in ordered for number in documents], dtype=np.int64)
    ones = np.ones(len(numbers), np.int64)
    return FieldPostings(
        [term for term, _ in ordered], starts_of(counts), numbers, ones, None, Payload.NOTHING, None, None, None
    )
