"""Whoosh's writer side: one document, one posting at a time."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from whoosh import columns, formats
from whoosh.codec import base
from whoosh.fields import FieldType
from whoosh.filedb.filestore import FileStorage

from indexer.codec.bytestrings import ByteStrings
from indexer.codec.container import ContainerWriter
from indexer.codec.documents import DocumentTable
from indexer.codec.fields import FieldPostings, Payload, inverted, payload_of
from indexer.codec.segment import ColumnarSegment
from indexer.codec.values import packed

DOCUMENTS_EXTENSION = ".documents"
TERMS_EXTENSION = ".terms"


class ColumnarDocumentWriter(base.PerDocumentWriter):
    """Collects the documents of a segment; `close` writes them."""

    def __init__(self, storage: FileStorage, segment: ColumnarSegment) -> None:
        self.is_closed = False
        self.table = DocumentTable()
        self._storage = storage
        self._segment = segment
        self._number = 0
        self._values: dict[str, Any] = {}

    def start_doc(self, docnum: int) -> None:
        assert docnum == len(self.table), "documents come in order"
        self._number = docnum
        self._values = {}

    def add_field(self, fieldname: str, fieldobj: FieldType, value: Any, length: int) -> None:
        if value is not None:
            self._values[fieldname] = value
        if length:
            self.table.lengths.setdefault(fieldname, {})[self._number] = length

    def add_column_value(self, fieldname: str, columnobj: columns.Column, value: Any) -> None:
        self.table.columns.setdefault(fieldname, (columnobj, {}))[1][self._number] = value

    def add_vector_items(self, fieldname: str, fieldobj: FieldType, items: Iterable[Any]) -> None:
        raise ValueError(f"field {fieldname} has vectors, which this format does not keep; make it without vector=.")

    def cancel_doc(self) -> None:
        for known in self.table.lengths.values():
            known.pop(self._number, None)
        for _, values in self.table.columns.values():
            values.pop(self._number, None)

    def finish_doc(self) -> None:
        self.table.stored.append(packed(self._values))

    def close(self) -> None:
        write_documents(self.table, self._storage, self._segment)
        self.is_closed = True


class ColumnarFieldWriter(base.FieldWriter):
    """Collects the postings of a segment, sorted by field, term and document as Whoosh gives them; `close` writes."""

    def __init__(self, storage: FileStorage, segment: ColumnarSegment) -> None:
        self.is_closed = False
        self._storage = storage
        self._segment = segment
        self._fields: dict[str, FieldPostings] = {}

    def start_field(self, fieldname: str, fieldobj: FieldType) -> None:
        self._name = fieldname
        assert fieldobj.format is not None, "a field that is indexed has a format"
        self._format: Any = fieldobj.format
        self._payload = payload_of(self._format)
        self._terms: list[bytes] = []
        self._term_of: list[int] = []
        self._numbers: list[int] = []
        self._frequencies: list[int] = []
        self._weights: list[float] = []
        self._payload_counts: list[int] = []
        self._positions: list[int] = []
        self._data: list[bytes] = []

    def start_term(self, text: bytes) -> None:
        self._terms.append(text)

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:
        self._term_of.append(len(self._terms) - 1)
        self._numbers.append(docnum)
        self._weights.append(weight)
        if self._payload is Payload.POSITIONS:
            positions = self._format.decode_positions(vbytes)
            self._positions += positions
            self._frequencies.append(len(positions))
        elif self._payload is Payload.BYTES:
            self._data.append(vbytes)
            self._payload_counts.append(len(vbytes))
            known = self._format.supports("frequency")
            self._frequencies.append(self._format.decode_frequency(vbytes) if known else max(1, round(weight)))
        else:
            known = isinstance(self._format, formats.Frequency)
            self._frequencies.append(self._format.decode_frequency(vbytes) if known else 1)

    def finish_term(self) -> None:
        pass

    def finish_field(self) -> None:
        frequencies = np.array(self._frequencies, dtype=np.int64)
        has_positions = self._payload is Payload.POSITIONS
        counts = frequencies if has_positions else np.array(self._payload_counts, dtype=np.int64)
        self._fields[self._name] = inverted(
            ByteStrings.of(self._terms),
            np.array(self._term_of, dtype=np.int64),
            np.array(self._numbers, dtype=np.int64),
            frequencies,
            self._payload,
            weights=np.array(self._weights, dtype=np.float64),
            payload_counts=None if self._payload is Payload.NOTHING else counts,
            positions=np.array(self._positions, dtype=np.int64) if has_positions else None,
            data=b"".join(self._data) if self._payload is Payload.BYTES else None,
        )

    def close(self) -> None:
        write_terms(self._fields, self._storage, self._segment)
        self.is_closed = True


def write_documents(table: DocumentTable, storage: FileStorage, segment: ColumnarSegment) -> None:
    """Write a segment's file of documents."""
    with segment.create_file(storage, DOCUMENTS_EXTENSION) as file:
        table.write(ContainerWriter(file.raw_file()))


def write_terms(fields: dict[str, FieldPostings], storage: FileStorage, segment: ColumnarSegment) -> None:
    """Write a segment's file of terms and postings; a field without terms is left out."""
    fields = {name: found for name, found in fields.items() if len(found.terms)}
    with segment.create_file(storage, TERMS_EXTENSION) as file:
        writer = ContainerWriter(file.raw_file())
        facts = {name: fields[name].write(writer, str(number)) for number, name in enumerate(sorted(fields))}
        writer.finish({"fields": facts})
