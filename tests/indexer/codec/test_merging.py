"""The codec's two files of segments into one. (When that is, and what stands beside them, is elsewhere.)"""

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
from whoosh.writing import OPTIMIZE, SegmentWriter

from indexer.codec import ColumnarCodec
from indexer.codec.bytestrings import ByteStrings
from indexer.codec.documents import DocumentTable
from indexer.codec.fields import Payload, inverted
from indexer.codec.merging import merge, new_numbers
from indexer.codec.segment import ColumnarSegment
from indexer.codec.values import packed
from indexer.codec.writing import write_documents, write_terms
from tests.indexer.codec.corpora import (
    FIELDS,
    RECORDS,
    add_records,
    contents_of,
    create_index,
    open_writer,
)

SMALL = fields.Schema(key=fields.ID(stored=True, unique=True, sortable=True), text=fields.TEXT())


def sizes(index: FileIndex) -> list[tuple[int, int]]:
    """Documents, and how many of them are deleted, of each segment."""
    return [(segment.doc_count_all(), segment.deleted_count()) for segment in index._segments()]


def merge_all(writer: SegmentWriter, segments: list[Segment]) -> list[Segment]:
    into = ColumnarSegment(writer.indexname)
    merge(writer.storage, writer.schema, [one for one in segments if isinstance(one, ColumnarSegment)], into)
    return [into]


@pytest.fixture
def index(tmp_path: Path) -> FileIndex:
    return create_index(tmp_path, SMALL)


def test_documents_are_numbered_without_the_deleted() -> None:
    segment = ColumnarSegment("MAIN")
    segment.set_doc_count(5)
    assert new_numbers(segment, 0).tolist() == [0, 1, 2, 3, 4]
    for number in (0, 3):
        segment.delete_document(number)
    assert new_numbers(segment, 10).tolist() == [-1, 10, 11, -1, 12]
    assert new_numbers(ColumnarSegment("MAIN"), 10).tolist() == []


def test_what_only_the_deleted_had_is_gone(index: FileIndex) -> None:
    with open_writer(index, ColumnarCodec()) as writer:
        for key in ("a", "b", "c"):
            writer.add_document(key=key, text=f"{key} common")
    writer = open_writer(index, ColumnarCodec())
    for key in ("a", "b"):
        writer.delete_by_term("key", key)
    writer.commit(mergetype=merge_all)
    with index.reader() as reader:
        assert list(reader.lexicon("text")) == [b"common"]
        # Nor do they make the common word common.
        assert reader.doc_frequency("text", b"common") == 1


def test_a_field_taken_from_the_schema_goes_with_the_next_merge(index: FileIndex, tmp_path: Path) -> None:
    with open_writer(index, ColumnarCodec()) as writer:
        for key in ("a", "b", "c"):
            writer.add_document(key=key, text=f"{key} common")
    index.remove_field("text")
    writer = open_writer(index, ColumnarCodec())
    for key in ("a", "b"):
        writer.delete_by_term("key", key)
    writer.commit(mergetype=merge_all)
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
        ByteStrings.of([b"all", b"odd"]),
        term_of=np.concatenate([np.zeros(count, np.int64), np.ones(count // 2, np.int64)]),
        documents=np.concatenate([numbers, numbers[1::2]]),
        frequencies=np.ones(count + count // 2, np.int64),
        payload=Payload.NOTHING,
    )
    table = DocumentTable()
    for _ in range(count):
        table.stored.append(packed({}))
    segments = [ColumnarSegment("MAIN"), ColumnarSegment("MAIN")]
    for segment in segments:
        write_documents(table, storage, segment)
        write_terms({"key": everywhere}, storage, segment)
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
