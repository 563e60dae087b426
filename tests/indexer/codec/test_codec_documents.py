"""What a segment keeps of its documents: stored values and lengths. (Columns have tests of their own.)"""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import columns

from indexer.codec.container import Container, ContainerWriter
from indexer.codec.documents import ColumnarDocumentReader, DocumentTable
from indexer.codec.segment import ColumnarSegment
from indexer.codec.values import packed


def opened(folder: Path, table: DocumentTable, *deleted: int) -> ColumnarDocumentReader:
    with (folder / "documents").open("wb") as file:
        table.write(ContainerWriter(file))
    segment = ColumnarSegment("MAIN")
    segment.set_doc_count(len(table))
    for number in deleted:
        segment.delete_document(number)
    return ColumnarDocumentReader(Container(folder / "documents"), segment)


def table_of(*stored: dict[str, object]) -> DocumentTable:
    table = DocumentTable()
    for values in stored:
        table.stored.append(packed(values))
    return table


def test_each_document_has_its_stored_values(tmp_path: Path) -> None:
    reader = opened(tmp_path, table_of({"title": "Pay"}, {}, {"title": "Night", "size": 2}))
    assert [reader.stored_fields(number) for number in range(3)] == [
        {"title": "Pay"},
        {},
        {"title": "Night", "size": 2},
    ]
    assert list(reader.iter_docs()) == list(enumerate([{"title": "Pay"}, {}, {"title": "Night", "size": 2}]))


def test_deleted_documents_are_there_but_not_counted(tmp_path: Path) -> None:
    reader = opened(tmp_path, table_of({"n": 0}, {"n": 1}, {"n": 2}), 1)
    assert (reader.doc_count_all(), reader.doc_count()) == (3, 2)
    assert reader.has_deletions()
    assert [reader.is_deleted(number) for number in range(3)] == [False, True, False]
    assert list(reader.deleted_docs()) == [1]
    assert list(reader.all_stored_fields()) == [{"n": 0}, {"n": 2}]


def test_lengths_are_exact_whatever_their_size(tmp_path: Path) -> None:
    # Whoosh's own codec rounds each of them to one of 255 steps.
    table = table_of(*[{}] * 4)
    table.lengths = {"body": {0: 13, 1: 1_000_003, 3: 258}}
    reader = opened(tmp_path, table)
    assert [reader.doc_field_length(number, "body") for number in range(4)] == [13, 1_000_003, 0, 258]
    assert reader.field_length("body") == 13 + 1_000_003 + 258
    assert (reader.min_field_length("body"), reader.max_field_length("body")) == (13, 1_000_003)


def test_a_field_in_no_document_has_no_length(tmp_path: Path) -> None:
    reader = opened(tmp_path, table_of({}))
    assert reader.lengths("body") is None
    assert reader.doc_field_length(0, "body") == 0
    assert reader.doc_field_length(0, "body", default=1) == 1
    assert (reader.field_length("body"), reader.min_field_length("body"), reader.max_field_length("body")) == (0, 0, 0)


@given(documents=st.integers(1, 40), data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_field_of_few_documents_reads_like_one_of_all(documents: int, data: st.DataObject) -> None:
    known = data.draw(st.dictionaries(st.integers(0, documents - 1), st.integers(1, 70_000), min_size=1))
    table = table_of(*[{}] * documents)
    table.lengths = {"body": known}
    expected = [known.get(number, 0) for number in range(documents)]
    with TemporaryDirectory() as folder:
        reader = opened(Path(folder), table)
        lengths = reader.lengths("body")
        assert lengths is not None
        assert [lengths.of(number) for number in range(documents)] == expected
        assert lengths.dense(documents).tolist() == expected
        assert lengths.known() == known


def test_a_language_of_few_articles_takes_few_bytes(tmp_path: Path) -> None:
    # 3 of 10,000 documents: two bytes of number and one of length each, not a byte for all.
    table = table_of(*[{}] * 10_000)
    table.lengths = {"body_lt": {5: 10, 500: 20, 9_999: 30}}
    container = opened(tmp_path, table).container
    assert sum(len(container.bytes(f"length0.{part}")) for part in ("documents", "values")) == 9


def test_a_column_is_there_if_a_document_has_a_value(tmp_path: Path) -> None:
    table = table_of({}, {})
    table.columns = {"kind": (columns.RefBytesColumn(), {1: b"news"})}
    reader = opened(tmp_path, table)
    assert reader.supports_columns()
    assert reader.list_columns() == ["kind"]
    assert (reader.has_column("kind"), reader.has_column("other")) == (True, False)
    assert list(reader.column_reader("kind", columns.RefBytesColumn())) == [b"", b"news"]


def test_two_who_read_a_column_do_not_turn_each_others_order(tmp_path: Path) -> None:
    table = table_of({}, {})
    table.columns = {"year": (columns.NumericColumn("i"), {0: 2024, 1: 2026})}
    reader = opened(tmp_path, table)
    one, other = (reader.column_reader("year", columns.NumericColumn("i")) for _ in range(2))
    one.set_reverse()
    assert (one.sort_key(0), other.sort_key(0)) == (-2024, 2024)


def test_a_segment_without_documents_can_be_read(tmp_path: Path) -> None:
    reader = opened(tmp_path, DocumentTable())
    assert (reader.doc_count_all(), list(reader.iter_docs()), reader.list_columns()) == (0, [], [])
    with pytest.raises(IndexError):
        reader.stored_fields(0)
