"""Segments into one: arrays are concatenated with new document numbers, deleted documents left out.

The result is the same as writing all the documents at once, but for how large batches of stored values are compressed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage

from indexer.codec.bytestrings import ByteStrings
from indexer.codec.codec import ColumnarCodec
from indexer.codec.container import Array, starts_of
from indexer.codec.documents import ColumnarDocumentReader, DocumentTable
from indexer.codec.fields import FieldPostings, Payload, ranges
from indexer.codec.interning import Interner
from indexer.codec.segment import ColumnarSegment
from indexer.codec.terms import ColumnarTermsReader, Field
from indexer.codec.writing import write_documents, write_terms


@dataclass(frozen=True, slots=True)
class _Source:
    """A segment being merged; `numbers` maps its document numbers to the new ones, -1 for what is deleted."""

    terms: ColumnarTermsReader
    documents: ColumnarDocumentReader
    numbers: Array


def merge(
    storage: FileStorage, schema: Schema, segments: Sequence[ColumnarSegment], into: ColumnarSegment
) -> list[dict[str, Array]]:
    """Write one segment with the documents of several, in their order.

    Return of each segment the new numbers of its terms by field, -1 for those that only deleted documents had.
    """
    codec = ColumnarCodec()
    sources: list[_Source] = []
    total = 0
    for segment in segments:
        numbers = new_numbers(segment, total)
        total += segment.doc_count()
        sources.append(
            _Source(codec.terms_reader(storage, segment), codec.per_document_reader(storage, segment), numbers)
        )
    table = DocumentTable()
    for source in sources:
        _add_stored(table, source, total)
        _add_documents(table, source, schema)
    write_documents(table, storage, into)
    names = sorted({name for source in sources for name in source.terms.fields if name in schema})
    new_terms: list[dict[str, Array]] = [{} for _ in sources]
    write_terms({name: _merged_field(name, sources, new_terms) for name in names}, storage, into)
    into.set_doc_count(total)
    return new_terms


def new_numbers(segment: ColumnarSegment, first: int) -> Array:
    """Return the numbers that a segment's documents get after `first` others, -1 for those that are deleted."""
    live = np.ones(segment.doc_count_all(), bool)
    live[list(segment.deleted_docs())] = False
    return np.where(live, np.cumsum(live) - 1 + first, -1)


def _add_stored(table: DocumentTable, source: _Source, total: int) -> None:
    first = 0
    for batch in source.documents.stored.batches():
        live = source.numbers[first : first + len(batch.compressed)] >= 0
        if live.all() and batch.is_large(total):
            table.stored.take_over(batch)
        else:
            for number in np.flatnonzero(live).tolist():
                table.stored.append(source.documents.stored[first + number])
        first += len(live)


def _add_documents(table: DocumentTable, source: _Source, schema: Schema) -> None:
    reader, numbers = source.documents, source.numbers
    live = np.flatnonzero(numbers >= 0)
    if not len(live):
        return
    new = numbers.tolist()
    for field in schema.names():
        lengths = reader.lengths(field)
        if lengths:
            known = {new[number]: length for number, length in lengths.known().items() if new[number] >= 0}
            if known:
                table.lengths.setdefault(field, {}).update(known)
        column = schema[field].column_type
        if column and reader.has_column(field):
            values = reader.column_reader(field, column).load()
            merged = table.columns.setdefault(field, (column, {}))[1]
            merged.update((new[number], values[number]) for number in live.tolist())


def _merged_field(name: str, sources: Sequence[_Source], new_terms: Sequence[dict[str, Array]]) -> FieldPostings:
    """Merge one field, and note the new numbers of each source's terms."""
    having = [number for number, source in enumerate(sources) if name in source.terms.fields]
    parts = [(sources[number], sources[number].terms.fields[name]) for number in having]
    terms, numbers = united([field.terms.strings() for _, field in parts])
    pieces = [
        _remapped(field, of_terms, source.numbers) for (source, field), of_terms in zip(parts, numbers, strict=True)
    ]
    # All postings of a term in one segment move together, and so does what they hold.
    block_terms = np.concatenate([piece.terms for piece in pieces])
    block_counts = np.concatenate([piece.term_counts for piece in pieces])
    order = np.argsort(block_terms, kind="stable")
    postings = _blocks(block_counts, order)
    counts = np.bincount(block_terms, block_counts, len(terms)).astype(np.int64)
    used = np.flatnonzero(counts)
    left = np.where(counts > 0, np.cumsum(counts > 0) - 1, -1)
    for number, of_terms in zip(having, numbers, strict=True):
        new_terms[number][name] = left[of_terms]
    frequencies = np.concatenate([piece.frequencies for piece in pieces])[postings]
    weights = None
    if any(piece.weights is not None for piece in pieces):
        weights = np.concatenate([piece.weighted() for piece in pieces])[postings]
    kind = parts[0][1].payload
    payload: Array | None = None
    payload_counts = frequencies
    if kind is not Payload.NOTHING:
        if kind is Payload.BYTES:
            payload_counts = np.concatenate([piece.payload_counts for piece in pieces])[postings]
        sizes = np.concatenate([piece.payload_sizes() for piece in pieces])
        payload = np.concatenate([piece.payload for piece in pieces])[_blocks(sizes, order)]
    return FieldPostings(
        terms=terms if len(used) == len(terms) else terms.take(used),
        term_starts=starts_of(counts[used]),
        documents=np.concatenate([piece.documents for piece in pieces])[postings],
        frequencies=frequencies,
        weights=None if weights is None or np.array_equal(weights, frequencies) else weights,
        payload=kind,
        payload_starts=None if payload is None else starts_of(payload_counts),
        positions=payload if kind is Payload.POSITIONS else None,
        data=payload.tobytes() if payload is not None and kind is Payload.BYTES else None,
    )


def _blocks(sizes: Array, order: Array) -> Array:
    """Return where what lies in blocks of these sizes comes from when the blocks are put in another order."""
    return ranges(starts_of(sizes)[:-1][order], sizes[order])


def united(vocabularies: Sequence[ByteStrings]) -> tuple[ByteStrings, list[Array]]:
    """Return the distinct terms of several vocabularies, sorted, and of each vocabulary the numbers of its terms."""
    if len(vocabularies) == 1:
        return vocabularies[0], [np.arange(len(vocabularies[0]))]
    known = Interner()
    distinct, numbers = [], []
    for vocabulary in vocabularies:
        found, new = known.numbers(vocabulary.data, vocabulary.starts[:-1], vocabulary.starts[1:])
        distinct.append(vocabulary.take(new))
        numbers.append(found)
    terms = ByteStrings.joined(distinct)
    order = terms.order()
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return terms.take(order), [rank[found] for found in numbers]


@dataclass(frozen=True, slots=True)
class _Piece:
    """The postings that one segment brings to a field, terms and documents by their new numbers."""

    terms: Array
    term_counts: Array  # postings of each of them
    documents: Array
    frequencies: Array
    weights: Array | None
    payload_counts: Array
    payload: Array

    def weighted(self) -> Array:
        return np.asarray(self.frequencies, np.float64) if self.weights is None else self.weights

    def payload_sizes(self) -> Array:
        """Return how much of the payload is of each term."""
        starts = starts_of(self.payload_counts)
        sizes: Array = np.diff(starts[starts_of(self.term_counts)])
        return sizes


def _remapped(field: Field, new_terms: Array, new_documents: Array) -> _Piece:
    whole = field.whole()
    numbers = new_documents[whole.documents]
    kept = numbers >= 0
    if kept.all():
        return _Piece(
            new_terms,
            whole.term_counts,
            numbers,
            whole.frequencies,
            whole.weights,
            whole.payload_counts,
            whole.payload,
        )
    payload = whole.payload
    if field.payload is not Payload.NOTHING:
        starts = starts_of(whole.payload_counts)[:-1]
        payload = payload[ranges(starts[kept], whole.payload_counts[kept])]
    return _Piece(
        new_terms,
        np.diff(starts_of(kept)[starts_of(whole.term_counts)]),
        numbers[kept],
        whole.frequencies[kept],
        whole.weights[kept] if whole.weights is not None else None,
        whole.payload_counts[kept],
        payload,
    )
