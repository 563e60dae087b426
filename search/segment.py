"""A part of an open index: the arrays that one segment consists of, mapped."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from whoosh.reading import SegmentReader

from corpus import Article
from indexer import lexicon, places, schema
from indexer.analysis import query_analyzer
from indexer.codec.codec import open_file
from indexer.codec.columns import CodesReader
from indexer.codec.container import Array
from indexer.codec.documents import ColumnarDocumentReader
from indexer.codec.segment import ColumnarSegment
from indexer.codec.terms import ColumnarTermsReader, Field
from indexer.concepts.rowplaces import RowPlaces
from indexer.documents import article_of
from indexer.lexicon import Lexicon
from indexer.places import PlacesReader
from indexer.storage import DurableStorage
from search.memory import Memory

# What a concept's words find, the most of it, comes again and again: mostly a few numbers, of 1,000 articles at most.
MAX_REMEMBERED = 5_000


@dataclass(frozen=True, slots=True)
class TextField:
    """The words of titles or bodies in one language in one segment; `lengths` are of all its documents."""

    name: str
    postings: Field
    lengths: Array


class Segment:
    """A part of the index; its document numbers begin at `base` in the whole."""

    def __init__(self, segment: ColumnarSegment, storage: DurableStorage, leaf: SegmentReader, base: int) -> None:
        self.base = base
        self.name: str = segment.segid
        self._leaf = leaf
        # Past Whoosh's matchers, which hand out one posting at a time, there is only this way.
        terms, documents = leaf._terms, leaf._perdoc
        assert isinstance(terms, ColumnarTermsReader) and isinstance(documents, ColumnarDocumentReader)
        self.terms, self.documents = terms, documents
        self.count = documents.doc_count_all()
        self.lexicon = Lexicon(open_file(storage, segment, lexicon.EXTENSION))
        self._places = PlacesReader(open_file(storage, segment, places.EXTENSION))
        self._fields: dict[str, TextField | None] = {}
        self.memory = Memory(MAX_REMEMBERED)
        # Where terms of the glossary stand that the index is asked with, if that is known.
        self.rows: RowPlaces | None = None
        # Of each document whether it is there; None if all are.
        self.live: Array | None = None
        if segment.has_deletions():
            self.live = np.ones(self.count, bool)
            self.live[list(segment.deleted_docs())] = False

    def places_of_rows(self, term: int) -> RowPlaces | None:
        """Return what knows where a term of several words stands here; None if nobody does."""
        return self.rows if self.rows is not None and self.rows.tells_of(term) else None

    def field(self, name: str) -> TextField | None:
        """Return a field of words, None if no document of this segment has it."""
        if name not in self._fields:
            postings, lengths = self.terms.fields.get(name), self.documents.lengths(name)
            self._fields[name] = TextField(name, postings, lengths.dense(self.count)) if postings and lengths else None
        return self._fields[name]

    def document_frequency(self, field: TextField, term: int) -> int:
        """Return how many documents that are not deleted have a term."""
        if self.live is None:
            return field.postings.document_frequency(term)
        return int(self.live[field.postings.postings(term).documents].sum())

    def terms_with(self, language: str, hashes: Sequence[int]) -> list[list[str]]:
        """Return the words as written that have each of some keys, of titles and bodies that are not deleted."""
        found = []
        for terms in self.lexicon.lookup(language, hashes):
            words: list[str] = []
            for name, numbers in (
                (schema.title_field(language), terms.title if terms else ()),
                (schema.body_field(language), terms.body if terms else ()),
            ):
                field = self.field(name)
                for number in map(int, numbers) if field else ():
                    assert field is not None
                    if self.live is None or self.document_frequency(field, number):
                        words.append(field.postings.terms[number].decode("utf-8"))
            found.append(words)
        return found

    def has_terms_with(self, language: str, hashes: Array) -> Array:
        """Return of each of some keys whether a word of a title or body that is not deleted has it."""
        if self.live is None:
            return self.lexicon.has(language, hashes)
        return np.array([bool(words) for words in self.terms_with(language, hashes.tolist())], bool)

    def written(self, field: TextField, forms: tuple[str, ...], numbers: Array | None = None) -> Array:
        """Return the numbers, sorted, of the terms that are these words as written: those said, or looked up, once."""
        find = field.postings.terms.numbers
        return self.memory.once(("written", field.name, forms), lambda: find(forms) if numbers is None else numbers)

    def stop_words(self, field: TextField, language: str) -> dict[int, str]:
        """Return the stop words of a language that are among the words of its field, by their numbers."""

        def find() -> dict[int, str]:
            terms = field.postings.terms
            return {number: terms.text(number) for number in terms.numbers(query_analyzer(language).stops).tolist()}

        return self.memory.once(("stop words", field.name), find)

    def body_frequencies(self, language: str, hashes: Array) -> Array:
        """Return how many documents have a word with each of some keys in their bodies, once for every such word."""
        field = self.field(schema.body_field(language))
        found = np.zeros(len(hashes), np.int64)
        if field is not None:
            for at, terms in enumerate(self.lexicon.lookup(language, hashes.tolist())):
                found[at] = field.postings.extents(terms.body)[1].sum() if terms is not None else 0
        return found

    def codes(self, column: str) -> CodesReader:
        """Return a column of few distinct values."""
        reader: CodesReader = self._column(column)
        return reader

    def by_language(self, numbers: Array) -> dict[str, Array]:
        """Return language -> those of some documents of the index, sorted, that are here, by their numbers here."""
        first, last = numbers.searchsorted([self.base, self.base + self.count]).tolist()
        if first == last:
            return {}
        documents, languages = numbers[first:last] - self.base, self.codes(schema.LANGUAGE)
        codes = languages.codes[documents]
        return {languages.values[code].decode(): documents[codes == code] for code in set(codes.tolist())}

    def numbers(self, column: str) -> Array:
        """Return a column of numbers."""
        numbers: Array = self._column(column).numbers
        return numbers

    def value(self, column: str, number: int) -> str:
        """Return what a column of texts has for a document, by its number in this segment."""
        value: bytes = self._column(column)[number]
        return value.decode("utf-8")

    def _column(self, name: str) -> Any:
        column = self._leaf.schema[name].column_type
        assert column is not None
        return self.documents.column_reader(name, column)

    def documents_of(self, field: str, term: str) -> list[int]:
        """Return the documents that have a term and are not deleted, by their numbers in this segment."""
        postings = self.terms.postings(field, term.encode("utf-8", "surrogatepass"))
        if postings is None:
            return []
        found: Array = postings.documents if self.live is None else postings.documents[self.live[postings.documents]]
        numbers: list[int] = found.tolist()
        return numbers

    def article(self, number: int) -> Article:
        return article_of(self.documents.stored_fields(number))

    def places_record(self, number: int) -> memoryview:
        """Return where the words and sentences of an article stand, as it lies in the file."""
        return self._places.record(number)
