"""Column values as arrays.

codes       a number a document into a dictionary of distinct values: what facets count
bytes       values end to end, with where each begins
numbers     one a document
foreign     any other column of Whoosh's, as its own writer has it
"""

import io
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import numpy as np
from whoosh import columns
from whoosh.filedb.structfile import BufferFile, StructFile

from indexer.codec.container import Array, Container, ContainerWriter, narrowest, starts_of


class Kind(StrEnum):
    CODES = "codes"
    BYTES = "bytes"
    NUMBERS = "numbers"
    FOREIGN = "foreign"


def kind_of(column: columns.Column) -> Kind:
    """Return how values of a column are kept; subclasses of Whoosh's columns may mean anything by them."""
    if type(column) is columns.RefBytesColumn:
        return Kind.CODES
    if type(column) is columns.VarBytesColumn:
        return Kind.BYTES
    if type(column) is columns.NumericColumn and column._typecode in "bBhHiIq":
        return Kind.NUMBERS
    return Kind.FOREIGN


def write_column(
    file: ContainerWriter, name: str, column: columns.Column, values: dict[int, Any], documents: int
) -> dict[str, Any]:
    """Write the values of a column (document number -> value) as `<name>.…`, and return its facts."""
    kind = kind_of(column)
    default = column.default_value()
    if kind is Kind.FOREIGN:
        file.add_bytes(f"{name}.column", _written_by_whoosh(column, values, documents))
    elif kind is Kind.NUMBERS:
        numbers = np.array([values.get(number, default) for number in range(documents)], dtype=np.int64)
        file.add(f"{name}.column", numbers)
    elif kind is Kind.CODES:
        all_values = [values.get(number, default) for number in range(documents)]
        distinct = sorted(set(all_values))
        codes = {value: code for code, value in enumerate(distinct)}
        file.add(f"{name}.column", narrowest(np.array([codes[value] for value in all_values], dtype=np.int64)))
        _write_values(file, name, distinct)
    else:
        _write_values(file, name, [values.get(number, default) for number in range(documents)])
    return {"kind": str(kind)}


def column_reader(container: Container, name: str, kind: Kind, column: columns.Column, documents: int) -> Any:
    """Return a Whoosh column reader over the sections of a column."""
    match kind:
        case Kind.CODES:
            return CodesReader(container, name)
        case Kind.BYTES:
            return BytesReader(container, name)
        case Kind.NUMBERS:
            return NumbersReader(container.array(f"{name}.column"))
    data = container.bytes(f"{name}.column")
    return column.reader(BufferFile(data), 0, len(data), documents)


class BytesReader(columns.ColumnReader):
    """A value of bytes a document."""

    def __init__(self, container: Container, name: str) -> None:
        self._data = container.bytes(f"{name}.values")
        self._starts = container.array(f"{name}.value_starts")

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, docnum: int) -> bytes:
        return bytes(self._data[int(self._starts[docnum]) : int(self._starts[docnum + 1])])

    def __iter__(self) -> Iterator[bytes]:
        return (self[number] for number in range(len(self)))


class CodesReader(columns.ColumnReader):
    """A code a document, and the values that codes stand for, sorted."""

    def __init__(self, container: Container, name: str) -> None:
        self.codes: Array = container.array(f"{name}.column")
        self.values: list[bytes] = list(BytesReader(container, name))

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, docnum: int) -> bytes:
        return self.values[int(self.codes[docnum])]

    def __iter__(self) -> Iterator[bytes]:
        return (self.values[code] for code in self.codes.tolist())


class NumbersReader(columns.ColumnReader):
    """A whole number a document."""

    def __init__(self, numbers: Array) -> None:
        self.numbers = numbers
        self._reverse = False

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, docnum: int) -> int:
        return int(self.numbers[docnum])

    def __iter__(self) -> Iterator[int]:
        return iter(self.numbers.tolist())

    def sort_key(self, docnum: int) -> Any:
        return -self[docnum] if self._reverse else self[docnum]

    def set_reverse(self) -> None:
        self._reverse = True


def _write_values(file: ContainerWriter, name: str, values: list[bytes]) -> None:
    file.add_bytes(f"{name}.values", b"".join(values))
    file.add(f"{name}.value_starts", narrowest(starts_of(np.array([len(value) for value in values], dtype=np.int64))))


def _written_by_whoosh(column: columns.Column, values: dict[int, Any], documents: int) -> bytes:
    buffer = io.BytesIO()
    writer = column.writer(StructFile(buffer))
    for number in sorted(values):
        writer.add(number, values[number])
    writer.finish(documents)
    return buffer.getvalue()
