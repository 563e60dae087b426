"""Columns of Whoosh's kinds, kept as arrays."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import columns

from indexer.codec.columns import CodesReader, Kind, column_reader, kind_of, write_column
from indexer.codec.container import Container, ContainerWriter


def kept(folder: Path, column: columns.Column, values: dict[int, Any], documents: int) -> tuple[Container, Any]:
    """Write a column (document number -> value), and open it again: the file, and a reader over it."""
    with (folder / "column").open("wb") as file:
        writer = ContainerWriter(file)
        writer.finish(write_column(writer, "c", column, values, documents))
    container = Container(folder / "column")
    return container, column_reader(container, "c", Kind(container.facts["kind"]), column, documents)


class Words(columns.VarBytesColumn):
    """A column of somebody's own."""


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        (columns.RefBytesColumn(), Kind.CODES),
        (columns.VarBytesColumn(), Kind.BYTES),
        *((columns.NumericColumn(code), Kind.NUMBERS) for code in "bBhHiIq"),
        (columns.NumericColumn("Q"), Kind.FOREIGN),
        (columns.NumericColumn("f"), Kind.FOREIGN),
        (columns.BitColumn(), Kind.FOREIGN),
        (columns.CompressedBytesColumn(), Kind.FOREIGN),
        (Words(), Kind.FOREIGN),
    ],
)
def test_only_what_is_understood_is_kept_as_an_array(column: columns.Column, kind: Kind) -> None:
    assert kind_of(column) is kind


BYTES = st.sampled_from([b"", b"a", b"ab", b"\0", "płaca".encode()])
COLUMNS: list[tuple[columns.Column, st.SearchStrategy[Any]]] = [
    (columns.RefBytesColumn(), BYTES),
    (columns.RefBytesColumn(2), st.sampled_from([b"pl", b"en", b"\0\0"])),
    (columns.RefBytesColumn(default=b"none"), BYTES),
    (columns.VarBytesColumn(), BYTES),
    (columns.NumericColumn("b", default=-1), st.integers(-128, 127)),
    (columns.NumericColumn("H"), st.integers(0, 65_535)),
    (columns.NumericColumn("I", default=2**32 - 1), st.integers(0, 2**32 - 1)),
    (columns.NumericColumn("q"), st.integers(-(2**63), 2**63 - 1)),
    (columns.NumericColumn("Q"), st.integers(0, 2**64 - 1)),
    (columns.NumericColumn("d"), st.floats(allow_nan=False)),
    (columns.BitColumn(), st.booleans()),
    (Words(), BYTES),
]


@given(chosen=st.sampled_from(COLUMNS), documents=st.integers(1, 9), data=st.data())
@settings(max_examples=200, deadline=None)
def test_every_document_has_its_value_or_the_default(
    chosen: tuple[columns.Column, st.SearchStrategy[Any]], documents: int, data: st.DataObject
) -> None:
    column, of_column = chosen
    values = data.draw(st.dictionaries(st.integers(0, documents - 1), of_column))
    expected = [values.get(number, column.default_value()) for number in range(documents)]
    with TemporaryDirectory() as folder:
        _, reader = kept(Path(folder), column, values, documents)
        assert len(reader) == documents
        assert [reader[number] for number in range(documents)] == expected
        assert list(reader) == expected
        loaded = reader.load()
        assert [loaded[number] for number in range(documents)] == expected


def test_codes_count_the_sorted_values(tmp_path: Path) -> None:
    # What facets count: pl is 2 of "", en, pl; document 2 has none.
    _, reader = kept(tmp_path, columns.RefBytesColumn(), {0: b"pl", 1: b"en", 3: b"pl"}, 4)
    assert isinstance(reader, CodesReader)
    assert reader.values == [b"", b"en", b"pl"]
    assert reader.codes.tolist() == [2, 1, 0, 2]
    assert reader.codes.dtype.itemsize == 1


def test_a_column_of_codes_loses_none_of_very_many_values(tmp_path: Path) -> None:
    # Whoosh's own drops all after the 65,535th.
    values = {number: str(number).encode() for number in range(66_000)}
    _, reader = kept(tmp_path, columns.RefBytesColumn(), values, 66_000)
    assert [reader[number] for number in (0, 65_535, 65_999)] == [b"0", b"65535", b"65999"]
    assert len(reader.values) == 66_000


def test_numbers_sort_in_both_directions(tmp_path: Path) -> None:
    _, reader = kept(tmp_path, columns.NumericColumn("i"), {0: 5, 1: -3, 2: 0}, 3)
    assert sorted(range(3), key=reader.sort_key) == [1, 2, 0]
    reader.set_reverse()
    assert sorted(range(3), key=reader.sort_key) == [0, 2, 1]


def test_bytes_sort_by_value_and_have_no_reverse(tmp_path: Path) -> None:
    for column in (columns.VarBytesColumn(), columns.RefBytesColumn()):
        _, reader = kept(tmp_path, column, {0: b"b", 1: b"a"}, 3)
        assert sorted(range(3), key=reader.sort_key) == [2, 1, 0]
        with pytest.raises(NotImplementedError):
            reader.set_reverse()


def test_a_column_of_no_documents_is_empty(tmp_path: Path) -> None:
    for column in (columns.VarBytesColumn(), columns.RefBytesColumn(), columns.NumericColumn("i")):
        _, reader = kept(tmp_path, column, {}, 0)
        assert len(reader) == 0
        assert list(reader) == []
