"""What is kept per document: stored values, field lengths, columns.

`DocumentTable` is it in memory, on its way to disk; `ColumnarDocumentReader` is Whoosh's view of it on disk.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh import columns
from whoosh.codec import base

from indexer.codec.columns import Kind, column_reader, write_column
from indexer.codec.container import Array, Container, ContainerWriter, narrowest
from indexer.codec.segment import ColumnarSegment
from indexer.codec.stored import StoredReader, StoredTable
from indexer.codec.values import unpacked


class DocumentTable:
    """The documents of a segment being written. Everything is by document number, from 0."""

    def __init__(self) -> None:
        self.stored = StoredTable()  # packed
        self.lengths: dict[str, dict[int, int]] = {}  # field -> document number -> length, where it is not 0
        self.columns: dict[str, tuple[columns.Column, dict[int, Any]]] = {}  # field -> column, its values

    def __len__(self) -> int:
        return len(self.stored)

    def write(self, file: ContainerWriter) -> None:
        """Write the table as the sections and facts that the reader expects."""
        self.stored.write(file)
        lengths: dict[str, Any] = {}
        for number, (field, known) in enumerate(sorted(self.lengths.items())):
            lengths[field] = self._write_lengths(file, f"length{number}", known)
        written = {
            field: {"name": f"column{number}", **write_column(file, f"column{number}", column, values, len(self))}
            for number, (field, (column, values)) in enumerate(sorted(self.columns.items()))
        }
        file.finish({"documents": len(self), "lengths": lengths, "columns": written})

    def _write_lengths(self, file: ContainerWriter, name: str, known: dict[int, int]) -> dict[str, Any]:
        values = np.fromiter(known.values(), np.int64, len(known))
        facts = {"name": name, "total": int(values.sum()), "shortest": int(values.min()), "longest": int(values.max())}
        # A field of one language is in few of the documents: then pairs take less than one number each for all.
        facts["sparse"] = len(known) * 3 < len(self)
        if facts["sparse"]:
            numbers = np.fromiter(known, np.int64, len(known))
            order = np.argsort(numbers)
            file.add(f"{name}.documents", narrowest(numbers[order]))
            file.add(f"{name}.values", narrowest(values[order]))
        else:
            dense = np.zeros(len(self), np.int64)
            dense[list(known)] = values
            file.add(f"{name}.values", narrowest(dense))
        return facts


class FieldLengths:
    """The lengths of one field, exact."""

    def __init__(self, container: Container, facts: dict[str, Any]) -> None:
        name = facts["name"]
        self._values = container.array(f"{name}.values")
        self._documents = container.array(f"{name}.documents") if facts["sparse"] else None
        self.total, self.shortest, self.longest = facts["total"], facts["shortest"], facts["longest"]

    def of(self, number: int) -> int:
        """Return the length in one document, 0 if it has none."""
        if self._documents is None:
            return int(self._values[number]) if number < len(self._values) else 0
        at = int(np.searchsorted(self._documents, number))
        return int(self._values[at]) if at < len(self._documents) and self._documents[at] == number else 0

    def dense(self, documents: int) -> Array:
        """Return the lengths in all documents."""
        if self._documents is None:
            return self._values
        found = np.zeros(documents, self._values.dtype)
        found[self._documents] = self._values
        return found

    def known(self) -> dict[int, int]:
        """Return document number -> length, where it is not 0."""
        numbers = np.flatnonzero(self._values) if self._documents is None else self._documents
        values = self._values[numbers] if self._documents is None else self._values
        return dict(zip(numbers.tolist(), values.tolist(), strict=True))


class ColumnarDocumentReader(base.PerDocumentReader):
    """Whoosh's view of the documents of a segment."""

    def __init__(self, container: Container, segment: ColumnarSegment) -> None:
        self.container = container
        self._segment = segment
        self._facts = container.facts
        self._count: int = container.facts["documents"]
        self.stored = StoredReader(container)
        self._lengths = {name: FieldLengths(container, facts) for name, facts in self._facts["lengths"].items()}
        # By hand: a cache of a method would keep the map of what is closed until somebody looks for cycles.
        self._columns: dict[tuple[str, columns.Column], Any] = {}

    def close(self) -> None:
        # The map goes when the last slice of it does.
        self._lengths = {}

    def doc_count(self) -> int:
        return self._count - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        return self._count

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._segment.deleted_docs()

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return unpacked(self.stored[docnum])

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in self._facts["columns"]

    def list_columns(self) -> list[str]:
        return list(self._facts["columns"])

    def column_reader(self, fieldname: str, column: columns.Column) -> Any:
        # A reader that can be reversed is not to be shared; those of bytes read their dictionary once.
        kind = Kind(self._facts["columns"][fieldname]["kind"])
        if kind not in (Kind.CODES, Kind.BYTES):
            return self._open_column(fieldname, column)
        key = fieldname, column
        if key not in self._columns:
            self._columns[key] = self._open_column(fieldname, column)
        return self._columns[key]

    def _open_column(self, fieldname: str, column: columns.Column) -> Any:
        facts = self._facts["columns"][fieldname]
        return column_reader(self.container, facts["name"], Kind(facts["kind"]), column, self._count)

    def lengths(self, fieldname: str) -> FieldLengths | None:
        """Return the lengths of a field as arrays; None if no document has it."""
        return self._lengths.get(fieldname)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        lengths = self._lengths.get(fieldname)
        return lengths.of(docnum) if lengths else default

    def field_length(self, fieldname: str) -> int:
        lengths = self._lengths.get(fieldname)
        return lengths.total if lengths else 0

    def min_field_length(self, fieldname: str) -> int:
        lengths = self._lengths.get(fieldname)
        return lengths.shortest if lengths else 0

    def max_field_length(self, fieldname: str) -> int:
        lengths = self._lengths.get(fieldname)
        return lengths.longest if lengths else 0
