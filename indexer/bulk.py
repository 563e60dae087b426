"""Many articles at once into a segment: analysed by looking up, inverted by one sort a field.

An article is the numbers of its spans of text, and everything that follows is arithmetic on arrays. The postings are
those that adding the articles one by one to Whoosh gives; beside them stand the lexicon and the places of words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage

from indexer import schema as names
from indexer.analysis import find_sentences, vocabulary
from indexer.analysis.encoded import EncodedTexts
from indexer.analysis.vocabulary import TokenArrays, Vocabulary, WordPlaces, batches
from indexer.codec.bytestrings import ByteStrings
from indexer.codec.container import Array, starts_of
from indexer.codec.documents import DocumentTable
from indexer.codec.fields import FieldPostings, Payload
from indexer.codec.segment import ColumnarSegment
from indexer.codec.values import packed_text
from indexer.codec.writing import write_documents, write_terms
from indexer.documents import Encoded
from indexer.documents import keywords as keywords_of
from indexer.lexicon import COMPOUNDING, FieldKeys, write_lexicon
from indexer.places import SpanTable, write_places
from indexer.places import packed as packed_places

# Batches of texts of which all new spans are analysed together. Measured on 2026-11-23 with the 23,030 chapters in one
# process: 4 to 100 together take 8 % less time than each by itself; what is kept meanwhile is their spans.
_BATCHES_TOGETHER = 8


@dataclass(slots=True)
class _Texts:
    """The texts of one language, in UTF-8, and the numbers of their documents."""

    numbers: list[int]
    titles: list[bytes]
    bodies: list[memoryview]


class SegmentBuilder:
    """Builds segments of articles. Keep it from one segment to the next: it has learnt the words."""

    def __init__(self, schema: Schema) -> None:
        # Of each keyword whether its values are terms too, and its column.
        self._kept = {name: (schema[name].indexed, schema[name].column_type) for name in names.KEYWORDS}
        self._hashes = schema[names.HASH].column_type
        self._vocabularies: dict[str, Vocabulary] = {}

    def write(self, articles: Iterable[Encoded], storage: FileStorage, into: ColumnarSegment) -> int:
        """Write a segment of articles, and return how many."""
        table = DocumentTable()
        by_language: dict[str, _Texts] = {}
        keywords: list[dict[str, Any]] = []
        hashes: dict[int, bytes] = {}
        for number, article in enumerate(articles):
            texts = by_language.setdefault(article.language, _Texts([], [], []))
            texts.numbers.append(number)
            texts.titles.append(article.title)
            texts.bodies.append(article.body)
            keywords.append(keywords_of(article))
            hashes[number] = article.content_hash().encode()
            table.stored.append(packed_text(names.STORED, article.whole, article.chars))
        fields: dict[str, FieldPostings] = {}
        if keywords:
            fields = self._unanalysed(keywords, table)
            if self._hashes:
                table.columns[names.HASH] = self._hashes, hashes
        lexicon: dict[str, FieldKeys] = {}
        places: list[bytes] = [b""] * len(table)
        for code in sorted(by_language):
            self._add_language(code, by_language.pop(code), table, fields, lexicon, places)
        write_documents(table, storage, into)
        write_terms(fields, storage, into)
        write_lexicon(lexicon, storage, into)
        write_places(places, storage, into)
        into.set_doc_count(len(table))
        if sum(map(len, self._vocabularies.values())) > vocabulary.MAX_SPANS:
            self._vocabularies.clear()
        return len(table)

    def _unanalysed(self, keywords: Sequence[dict[str, Any]], table: DocumentTable) -> dict[str, FieldPostings]:
        """Fill the columns of keywords, and return the fields of those that are terms too."""
        fields: dict[str, FieldPostings] = {}
        for name, (indexed, column) in self._kept.items():
            values = [of_article[f"_stored_{name}" if indexed else name] for of_article in keywords]
            if indexed:
                fields[name] = _keyword_field(of_article[name] for of_article in keywords)
                # As Whoosh does it, which first asks of each value what it is.
                values = [value.encode("utf-8") for value in values]
            if column:
                table.columns[name] = column, dict(enumerate(values))
        return fields

    def _add_language(
        self,
        code: str,
        texts: _Texts,
        table: DocumentTable,
        fields: dict[str, FieldPostings],
        lexicon: dict[str, FieldKeys],
        places: list[bytes],
    ) -> None:
        """Invert the articles of one language into its fields."""
        learnt = self._vocabularies.get(code)
        if learnt is None:
            learnt = self._vocabularies[code] = Vocabulary(code, backwards=code in COMPOUNDING)
        numbers = np.array(texts.numbers, np.int64)
        titles, title_words = _analysed_titles(learnt, texts.titles)
        bodies, records = _analysed_bodies(learnt, texts.bodies, title_words)
        for number, record in zip(texts.numbers, records, strict=True):
            places[number] = record
        forms = learnt.terms.forms()
        for name, parts in ((names.title_field(code), titles), (names.body_field(code), bodies)):
            used = np.zeros(len(forms), bool)
            for part in parts:
                used[part.words] = used[part.joined] = True
            terms = np.flatnonzero(used)
            terms = terms[forms.order(terms)]
            rank = np.zeros(len(forms), np.int64)
            rank[terms] = np.arange(len(terms))
            fields[name] = _inverted(forms.take(terms), rank, numbers, parts)
            if len(terms):
                lexicon[name] = _keys(learnt, terms)
            lengths = np.concatenate([part.lengths() for part in parts])
            known = np.flatnonzero(lengths)
            if len(known):
                table.lengths[name] = dict(zip(numbers[known].tolist(), lengths[known].tolist(), strict=True))


def _keys(learnt: Vocabulary, terms: Array) -> FieldKeys:
    stems, plains, accented = learnt.terms.keys_of(terms)
    here = np.arange(len(terms))
    other = plains != stems
    endings = learnt.terms.endings()
    with_accents = np.flatnonzero(accented)
    return FieldKeys(
        np.concatenate([stems, plains[other]]),
        np.concatenate([here, here[other]]),
        with_accents[learnt.terms.folded().order(terms[with_accents])],
        None if endings is None else endings.order(terms),
    )


def _analysed_titles(learnt: Vocabulary, titles: Sequence[bytes]) -> tuple[list[TokenArrays], SpanTable]:
    tokens, words = zip(*map(learnt.tokens, [*map(learnt.spans, batches(titles))]), strict=True)
    return list(tokens), SpanTable.joined(map(_span_table, tokens, words))


def _analysed_bodies(
    learnt: Vocabulary, bodies: Sequence[memoryview], title_words: SpanTable
) -> tuple[list[TokenArrays], list[bytes]]:
    """Return the tokens of bodies, and the records of where words and sentences stand, made while these are at hand."""
    found: list[TokenArrays] = []
    records: list[bytes] = []
    left = batches(bodies)
    while several := [(learnt.spans(batch), _sentences(batch)) for batch in islice(left, _BATCHES_TOGETHER)]:
        for spans, sentences in several:
            tokens, words = learnt.tokens(spans)
            titles = title_words.of_texts(slice(len(records), len(records) + len(tokens.counts)))
            found.append(tokens)
            records += packed_places(titles, _span_table(tokens, words), sentences)
    return found, records


def _span_table(tokens: TokenArrays, words: WordPlaces) -> SpanTable:
    return SpanTable(words.starts, words.lengths, starts_of(tokens.counts))


def _sentences(batch: EncodedTexts) -> SpanTable:
    """Return where the sentences of each text stand."""
    starts, ends = find_sentences(batch)
    counts = np.diff(np.searchsorted(starts, batch.starts))
    starts, ends = batch.chars(starts), batch.chars(ends)
    return SpanTable(starts - np.repeat(batch.chars(batch.starts[:-1]), counts), ends - starts, starts_of(counts))


def _inverted(forms: ByteStrings, rank: Array, numbers: Array, parts: Sequence[TokenArrays]) -> FieldPostings:
    """Build a field of tokens. `rank` is the place of each term in `forms`, `numbers` are the texts' documents."""
    count = sum(len(part.words) + len(part.joined) for part in parts)
    if not count:
        nothing = np.zeros(0, np.int64)
        return FieldPostings(forms, starts_of(nothing), nothing, nothing, None, Payload.NOTHING, None, None, None)
    # One number says all of a token: term, document and position. Sorted, they are the postings.
    position_bits = max(int(part.counts.max()) for part in parts).bit_length()
    document_bits = int(numbers.max()).bit_length()
    # More would take two million words in two million documents, of which one has two million, in 16 M characters.
    assert len(forms).bit_length() + document_bits + position_bits < 64 and count.bit_length() < 32
    rank <<= document_bits + position_bits
    keys = np.empty(count, np.int64)
    at = text = 0
    for part in parts:
        documents = numbers[text : text + len(part.counts)] << position_bits
        words, joined = np.split(keys[at : at + len(part.words) + len(part.joined)], [len(part.words)])
        firsts = starts_of(part.counts)[:-1]
        np.add(np.repeat(documents - firsts, part.counts), np.arange(len(words)), out=words)
        words |= rank.take(part.words)
        np.bitwise_or(documents[part.joined_texts], part.joined_positions, out=joined)
        joined |= rank.take(part.joined)
        at, text = at + len(words) + len(joined), text + len(part.counts)
    keys.sort()
    # Half as wide from here on: what is so long does not stay in the processor's caches.
    positions = keys.astype(np.uint32)
    positions &= (1 << position_bits) - 1
    keys >>= position_bits
    payload_starts = _changes(keys)
    keys = keys[payload_starts[:-1]]
    documents = keys.astype(np.uint32)
    documents &= (1 << document_bits) - 1
    keys >>= document_bits
    return FieldPostings(
        terms=forms,
        term_starts=_changes(keys),
        documents=documents,
        frequencies=np.diff(payload_starts),
        weights=None,
        payload=Payload.POSITIONS,
        payload_starts=payload_starts,
        positions=positions,
        data=None,
    )


def _changes(ordered: Array) -> Array:
    """Return where each run of equal numbers begins, and where the last one ends."""
    begins = np.ones(len(ordered) + 1, bool)
    np.not_equal(ordered[1:], ordered[:-1], out=begins[1:-1])
    return np.flatnonzero(begins).astype(np.int32)


def _keyword_field(terms_of: Iterable[Iterable[str]]) -> FieldPostings:
    found: dict[str, list[int]] = {}  # term -> documents
    for number, terms in enumerate(terms_of):
        for term in dict.fromkeys(terms):
            found.setdefault(term, []).append(number)
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
