"""Many articles at once into a segment: analysed by looking up, inverted by one sort a field.

An article is the numbers of its spans of text, and everything that follows is arithmetic on arrays. The postings are
those that adding the articles one by one to Whoosh gives; beside them stand the lexicon and the places of words.
"""

from collections.abc import Iterable

import numpy as np
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage

from corpus import Article
from indexer import schema as names
from indexer.analysis import find_sentences, vocabulary
from indexer.analysis.vocabulary import TokenArrays, Vocabulary, batches
from indexer.codec.bytestrings import ByteStrings
from indexer.codec.container import Array, starts_of
from indexer.codec.documents import DocumentTable
from indexer.codec.fields import FieldPostings, Payload
from indexer.codec.segment import ColumnarSegment
from indexer.codec.values import packed
from indexer.codec.writing import write_documents, write_terms
from indexer.documents import unanalysed
from indexer.lexicon import COMPOUNDING, FieldKeys, write_lexicon
from indexer.places import SpanTable, write_places
from indexer.places import packed as packed_places


class SegmentBuilder:
    """Builds segments of articles. Keep it from one segment to the next: it has learnt the words."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._vocabularies: dict[str, Vocabulary] = {}

    def write(self, articles: Iterable[Article], storage: FileStorage, into: ColumnarSegment) -> int:
        """Write a segment of articles, and return how many."""
        table = DocumentTable()
        by_language: dict[str, list[tuple[int, Article]]] = {}
        keywords: dict[str, dict[str, list[int]]] = {}  # field -> term -> documents
        for number, article in enumerate(articles):
            by_language.setdefault(article.language, []).append((number, article))
            self._add_unanalysed(article, number, table, keywords)
        fields = {name: _keyword_field(found) for name, found in keywords.items()}
        lexicon: dict[str, FieldKeys] = {}
        places: list[bytes] = [b""] * len(table)
        for code in sorted(by_language):
            self._add_language(code, by_language[code], table, fields, lexicon, places)
        write_documents(table, storage, into)
        write_terms(fields, storage, into)
        write_lexicon(lexicon, storage, into)
        write_places(places, storage, into)
        into.set_doc_count(len(table))
        if sum(map(len, self._vocabularies.values())) > vocabulary.MAX_SPANS:
            self._vocabularies.clear()
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

    def _add_language(
        self,
        code: str,
        numbered: list[tuple[int, Article]],
        table: DocumentTable,
        fields: dict[str, FieldPostings],
        lexicon: dict[str, FieldKeys],
        places: list[bytes],
    ) -> None:
        """Invert the articles of one language into its fields."""
        learnt = self._vocabularies.get(code)
        if learnt is None:
            learnt = self._vocabularies[code] = Vocabulary(code, backwards=code in COMPOUNDING)
        numbers = np.array([number for number, _ in numbered], np.int32)
        title = learnt.tokens([article.title for _, article in numbered])
        body = learnt.tokens([article.body for _, article in numbered])
        forms = learnt.terms.forms()
        for name, tokens in ((names.title_field(code), title), (names.body_field(code), body)):
            used = np.flatnonzero(np.bincount(tokens.terms, minlength=len(forms)))
            written = forms.take(used)
            order = written.order()
            ordered = used[order]
            rank = np.zeros(len(forms), np.int64)
            rank[ordered] = np.arange(len(ordered))
            written = written.take(order)
            fields[name] = _inverted(written, rank.take(tokens.terms), numbers.take(tokens.texts), tokens.positions)
            if len(written):
                lexicon[name] = _keys(learnt, ordered)
            lengths = np.bincount(tokens.texts, minlength=len(numbers))
            known = np.flatnonzero(lengths)
            if len(known):
                table.lengths[name] = dict(zip(numbers[known].tolist(), lengths[known].tolist(), strict=True))
        sentences = _sentences([article.body for _, article in numbered])
        records = packed_places(_spans(title, len(numbers)), _spans(body, len(numbers)), sentences)
        for number, record in zip(numbers.tolist(), records, strict=True):
            places[number] = record


def _keys(learnt: Vocabulary, terms: Array) -> FieldKeys:
    stems, plains, accented = learnt.terms.keys_of(terms)
    here = np.arange(len(terms))
    other = plains != stems
    with_accents = np.flatnonzero(accented)
    endings = learnt.terms.endings(terms)
    return FieldKeys(
        np.concatenate([stems, plains[other]]),
        np.concatenate([here, here[other]]),
        with_accents[learnt.terms.folded(terms[with_accents]).order()],
        None if endings is None else endings.order(),
    )


def _spans(tokens: TokenArrays, texts: int) -> SpanTable:
    """Return where the words of each text stand; that of several words together stands at the first of them."""
    single = ~tokens.joined
    bounds = starts_of(np.bincount(tokens.texts[single], minlength=texts))
    return SpanTable(tokens.starts[single], tokens.lengths[single], bounds)


def _sentences(texts: list[str]) -> SpanTable:
    """Return where the sentences of each text stand."""
    starts, lengths, counts = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for first, last in batches(texts):
        begins, ends = find_sentences("\n".join(texts[first:last]))
        offsets = starts_of(np.array([len(text) + 1 for text in texts[first:last]], np.int64))
        counts.append(np.diff(np.searchsorted(begins, offsets)))
        starts.append(begins - np.repeat(offsets[:-1], counts[-1]))
        lengths.append(ends - begins)
    return SpanTable(np.concatenate(starts), np.concatenate(lengths), starts_of(np.concatenate(counts)))


def _inverted(forms: ByteStrings, terms: Array, documents: Array, positions: Array) -> FieldPostings:
    """Build a field of terms found in documents at positions, all in the order of the text."""
    count = len(terms)
    if not count:
        nothing = np.zeros(0, np.int64)
        return FieldPostings(forms, starts_of(nothing), nothing, nothing, None, Payload.NOTHING, None, None, None)
    # One sort of keys is faster than a stable one: the term, then where it was found; 64 bits have room for both.
    bits = count.bit_length()
    keys = terms << bits
    keys |= np.arange(count, dtype=np.int64)
    keys.sort()
    order = keys & ((1 << bits) - 1)
    keys >>= bits
    term_of, document_of = keys, documents.take(order)
    first = np.empty(count, bool)
    first[0] = True
    np.not_equal(term_of[1:], term_of[:-1], out=first[1:])
    first[1:] |= document_of[1:] != document_of[:-1]
    at = np.flatnonzero(first)
    return FieldPostings(
        terms=forms,
        term_starts=starts_of(np.bincount(term_of[at], minlength=len(forms))),
        documents=document_of[at],
        frequencies=np.diff(np.append(at, count)),
        weights=None,
        payload=Payload.POSITIONS,
        payload_starts=np.append(at, count),
        positions=positions.take(order),
        data=None,
    )


def _keyword_field(found: dict[str, list[int]]) -> FieldPostings:
    ordered = sorted((term.encode("utf-8"), documents) for term, documents in found.items())
    counts = np.array([len(documents) for _, documents in ordered], dtype=np.int64)
    numbers = np.array([number for _, documents in ordered for number in documents], dtype=np.int64)
    ones = np.ones(len(numbers), np.int64)
    return FieldPostings(
        ByteStrings.of([term for term, _ in ordered]),
        starts_of(counts),
        numbers,
        ones,
        None,
        Payload.NOTHING,
        None,
        None,
        None,
    )
