"""Segments into one: arrays are concatenated with new document numbers, deleted documents left out.

The result is the same as writing all the documents at once.
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
from indexer.codec.fields import FieldPostings, Payload, inverted, ranges
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


def merge(storage: FileStorage, schema: Schema, segments: Sequence[ColumnarSegment], into: ColumnarSegment) -> None:
    """Write one segment with the documents of several, in their order."""
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
        _add_documents(table, source, schema)
    write_documents(table, storage, into)
    names = sorted({name for source in sources for name in source.terms.fields if name in schema})
    write_terms({name: _merged_field(name, sources) for name in names}, storage, into)
    into.set_doc_count(total)


def new_numbers(segment: ColumnarSegment, first: int) -> Array:
    """Return the numbers that a segment's documents get after `first` others, -1 for those that are deleted."""
    live = np.ones(segment.doc_count_all(), bool)
    live[list(segment.deleted_docs())] = False
    return np.where(live, np.cumsum(live) - 1 + first, -1)


def _add_documents(table: DocumentTable, source: _Source, schema: Schema) -> None:
    reader, numbers = source.documents, source.numbers
    live = np.flatnonzero(numbers >= 0)
    if not len(live):
        return
    new = numbers.tolist()
    table.stored += (reader.stored[number] for number in live.tolist())
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


def _merged_field(name: str, sources: Sequence[_Source]) -> FieldPostings:
    parts = [(source, source.terms.fields[name]) for source in sources if name in source.terms.fields]
    terms, numbers = united([field.terms.strings() for _, field in parts])
    pieces = [
        _remapped(field, new_terms, source.numbers) for (source, field), new_terms in zip(parts, numbers, strict=True)
    ]
    payload = parts[0][1].payload
    weighted = any(piece.weights is not None for piece in pieces)
    frequencies = np.concatenate([piece.frequencies for piece in pieces])
    counts = np.concatenate([piece.payload_counts for piece in pieces]) if payload is Payload.BYTES else None
    return inverted(
        terms,
        np.concatenate([piece.term_of for piece in pieces]),
        np.concatenate([piece.documents for piece in pieces]),
        frequencies,
        payload,
        weights=np.concatenate([piece.weighted() for piece in pieces]) if weighted else None,
        payload_counts=frequencies if payload is Payload.POSITIONS else counts,
        positions=np.concatenate([piece.payload for piece in pieces]) if payload is Payload.POSITIONS else None,
        data=np.concatenate([piece.payload for piece in pieces]).tobytes() if payload is Payload.BYTES else None,
    )


def united(vocabularies: Sequence[ByteStrings]) -> tuple[ByteStrings, list[Array]]:
    """Return the distinct terms of several vocabularies, sorted, and of each vocabulary the numbers of its terms."""
    known = Interner()
    distinct, numbers = [], []
    for vocabulary in vocabularies:
        found, new = known.numbers(vocabulary.data.astype(np.uint32), vocabulary.starts[:-1], vocabulary.starts[1:])
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

    term_of: Array
    documents: Array
    frequencies: Array
    weights: Array | None
    payload_counts: Array
    payload: Array

    def weighted(self) -> Array:
        return np.asarray(self.frequencies, np.float64) if self.weights is None else self.weights


def _remapped(field: Field, new_terms: Array, new_documents: Array) -> _Piece:
    whole = field.whole()
    numbers = new_documents[whole.documents]
    piece = _Piece(
        np.repeat(new_terms, whole.term_counts),
        numbers,
        whole.frequencies,
        whole.weights,
        whole.payload_counts,
        whole.payload,
    )
    kept = numbers >= 0
    if kept.all():
        return piece
    payload = piece.payload
    if field.payload is not Payload.NOTHING:
        starts = starts_of(piece.payload_counts)[:-1]
        payload = payload[ranges(starts[kept], piece.payload_counts[kept])]
    return _Piece(
        piece.term_of[kept],
        numbers[kept],
        piece.frequencies[kept],
        piece.weights[kept] if piece.weights is not None else None,
        piece.payload_counts[kept],
        payload,
    )
