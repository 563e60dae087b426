"""Segments into one, and when."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import fields, formats
from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.query.terms import Term
from whoosh.writing import OPTIMIZE, SegmentWriter

from indexer.codec import ColumnarCodec
from indexer.codec.documents import DocumentTable
from indexer.codec.fields import Payload, inverted
from indexer.codec.merging import merge, tiered
from indexer.codec.segment import ColumnarSegment
from indexer.codec.values import packed
from indexer.codec.writing import write_documents, write_terms
from tests.indexer.codec.corpora import (
    FIELDS,
    RECORDS,
    add_records,
    contents_of,
    create_index,
    files_of,
    open_writer,
)

SMALL = fields.Schema(key=fields.ID(stored=True, unique=True, sortable=True), text=fields.TEXT())


def commit(index: FileIndex, *keys: str, without: tuple[str, ...] = ()) -> None:
    """Add a document for each key, as a sync does."""
    writer = open_writer(index, ColumnarCodec())
    for key in without:
        writer.delete_by_term("key", key)
    for key in keys:
        writer.add_document(key=key, text=f"{key} common")
    writer.commit(mergetype=tiered)


def sizes(index: FileIndex) -> list[tuple[int, int]]:
    """Documents, and how many of them are deleted, of each segment."""
    return [(segment.doc_count_all(), segment.deleted_count()) for segment in index._segments()]


def keys_with(index: FileIndex, word: str) -> list[str]:
    with index.searcher() as searcher:
        return [searcher.stored_fields(number)["key"] for number in searcher.docs_for_query(Term("text", word))]


@pytest.fixture
def index(tmp_path: Path) -> FileIndex:
    return create_index(tmp_path, SMALL)


def test_eight_small_segments_become_one_with_the_next_commit(index: FileIndex) -> None:
    for number in range(8):
        commit(index, str(number))
    assert sizes(index) == [(1, 0)] * 8
    commit(index, "8")
    assert sizes(index) == [(8, 0), (1, 0)]
    assert keys_with(index, "common") == [str(number) for number in range(9)]


def test_a_large_segment_is_not_written_again_for_small_ones(index: FileIndex) -> None:
    commit(index, *(f"large{number}" for number in range(600)))
    for number in range(9):
        commit(index, str(number))
    assert sizes(index) == [(600, 0), (8, 0), (1, 0)]


def test_a_thousand_commits_leave_few_segments_and_every_document(index: FileIndex, tmp_path: Path) -> None:
    # Each tenth takes back the one before it.
    most = 0
    for number in range(1_000):
        commit(index, str(number), without=(str(number - 1),) if number % 10 == 0 else ())
        most = max(most, len(index._segments()))
    assert most < 40
    # Nothing but the files of these segments is left in the folder.
    assert len(files_of(tmp_path)) == 2 * len(index._segments())
    left = [str(number) for number in range(1_000) if (number + 1) % 10 or number == 999]
    assert keys_with(index, "common") == left
    assert keys_with(index, "500") == ["500"]
    assert keys_with(index, "499") == []


def test_a_segment_is_written_again_once_over_half_of_it_is_deleted(index: FileIndex) -> None:
    commit(index, "a", "b", "c", "d")
    commit(index, without=("a", "b"))
    assert sizes(index) == [(4, 2)]
    commit(index, without=("c",))
    assert sizes(index) == [(1, 0)]
    assert keys_with(index, "common") == ["d"]
    with index.reader() as reader:
        # What only the deleted had is gone, and no longer makes the common word common.
        assert list(reader.lexicon("text")) == [b"common"]
        assert reader.doc_frequency("text", b"common") == 1


def test_a_segment_whose_documents_are_all_deleted_disappears(index: FileIndex, tmp_path: Path) -> None:
    commit(index, "a", "b")
    commit(index, "c", without=("a", "b"))
    assert sizes(index) == [(1, 0)]
    assert keys_with(index, "common") == ["c"]
    assert len(files_of(tmp_path)) == 2


def test_who_reads_goes_on_reading_what_a_merge_replaced(index: FileIndex, tmp_path: Path) -> None:
    commit(index, "a", "b", "c")
    before = set(files_of(tmp_path))
    with index.searcher() as searcher:
        commit(index, without=("a", "b"))
        assert not before & set(files_of(tmp_path))
        assert len(list(searcher.docs_for_query(Term("text", "common")))) == 3
        assert searcher.stored_fields(0) == {"key": "a"}
        assert list(searcher.reader().column_reader("key")) == ["a", "b", "c"]


def test_segments_of_the_stock_codec_are_left_as_they_are(index: FileIndex) -> None:
    with index.writer(codec=None) as writer:
        writer.add_document(key="stock", text="stock common")
    for number in range(9):
        commit(index, str(number))
    assert [type(segment).__name__ for segment in index._segments()] == ["W3Segment"] + ["ColumnarSegment"] * 2
    assert keys_with(index, "common") == ["stock", *(str(number) for number in range(9))]


def test_a_field_taken_from_the_schema_goes_with_the_next_merge(index: FileIndex, tmp_path: Path) -> None:
    commit(index, "a", "b", "c")
    index.remove_field("text")
    writer = open_writer(index, ColumnarCodec())
    for key in ("a", "b"):
        writer.delete_by_term("key", key)
    writer.commit(mergetype=tiered)
    (segment,) = index._segments()
    assert list(ColumnarCodec().terms_reader(FileStorage(str(tmp_path)), segment).indexed_field_names()) == ["key"]
    with index.reader() as reader:
        assert list(reader.all_stored_fields()) == [{"key": "c"}]


def test_a_field_that_lost_its_last_term_can_be_merged_again(index: FileIndex) -> None:
    # A language whose only article goes: its fields are in no segment after that.
    writer = open_writer(index, ColumnarCodec())
    writer.add_document(key="a", text="word")
    writer.add_document(key="b")
    writer.add_document(key="c")
    writer.commit()
    for gone in (("a",), ("b",)):
        writer = open_writer(index, ColumnarCodec())
        for key in gone:
            writer.delete_by_term("key", key)
        writer.commit(mergetype=merge_all)
        with index.reader() as reader:
            assert set(reader.indexed_field_names()) == {"key"}
            assert list(reader.lexicon("text")) == []
    assert sizes(index) == [(1, 0)]


def merge_all(writer: SegmentWriter, segments: list[Segment]) -> list[Segment]:
    into = ColumnarSegment(writer.indexname)
    merge(writer.storage, writer.schema, [one for one in segments if isinstance(one, ColumnarSegment)], into)
    return [into]


@given(parts=st.lists(RECORDS.filter(bool), min_size=1, max_size=3), deleted=st.lists(st.integers(0, 20), max_size=4))
@settings(max_examples=40, deadline=None)
def test_fields_of_every_kind_merge_as_by_whooshs_generic_merge(
    parts: list[list[dict[str, Any]]], deleted: list[int]
) -> None:
    contents = []
    for policy in (merge_all, OPTIMIZE):
        with TemporaryDirectory() as folder:
            index = create_index(Path(folder), FIELDS)
            for records in parts:
                writer = open_writer(index, ColumnarCodec())
                add_records(writer, records)
                writer.commit(merge=False)
            there = index.doc_count_all()
            writer = open_writer(index, ColumnarCodec())
            for number in deleted:
                writer.delete_document(number % there)
            writer.commit(mergetype=policy)
            assert len(index._segments()) == 1
            with index.reader() as reader:
                lengths = {
                    (name, number): reader.doc_field_length(number, name)
                    for name in FIELDS.names()
                    for number in range(reader.doc_count_all())
                }
                contents.append((contents_of(reader), lengths))
    assert contents[0] == contents[1]


def test_merging_nothing_gives_a_segment_of_nothing(tmp_path: Path) -> None:
    into = ColumnarSegment("MAIN")
    merge(FileStorage(str(tmp_path)), SMALL, [], into)
    assert into.doc_count_all() == 0
    terms = ColumnarCodec().terms_reader(FileStorage(str(tmp_path)), into)
    assert (list(terms.terms()), list(terms.items()), list(terms.indexed_field_names())) == ([], [], [])


def test_documents_beyond_two_bytes_keep_their_numbers(tmp_path: Path) -> None:
    # 40,000 documents of a keyword twice: numbers up to 79,999, of which the odd ones have "odd" too.
    count = 40_000
    storage, numbers = FileStorage(str(tmp_path)), np.arange(count)
    everywhere = inverted(
        [b"all", b"odd"],
        term_of=np.concatenate([np.zeros(count, np.int64), np.ones(count // 2, np.int64)]),
        documents=np.concatenate([numbers, numbers[1::2]]),
        frequencies=np.ones(count + count // 2, np.int64),
        payload=Payload.NOTHING,
    )
    table = DocumentTable()
    table.stored = [packed({})] * count
    segments = [ColumnarSegment("MAIN"), ColumnarSegment("MAIN")]
    for segment in segments:
        write_documents(table, storage, segment)
        write_terms({"key": everywhere}, table, storage, segment)
        segment.set_doc_count(count)
    segments[0].delete_document(1)
    into = ColumnarSegment("MAIN")
    merge(storage, SMALL, segments, into)
    assert into.doc_count_all() == 79_999
    matcher = ColumnarCodec().terms_reader(storage, into).matcher("key", b"odd", formats.Existence())
    # Document 1 is gone: the 19,999 left in the first segment moved up by one, to even numbers.
    assert list(matcher.all_ids()) == [*range(2, 39_999, 2), *range(40_000, 79_999, 2)]
    matcher.skip_to(65_537)
    assert matcher.id() == 65_538
