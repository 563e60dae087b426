"""One document at a time, as Whoosh gives them."""

from datetime import date, datetime
from pathlib import Path

import pytest
from whoosh import fields
from whoosh.index import FileIndex

from indexer.codec import ColumnarCodec
from tests.indexer.codec.corpora import create_index, open_writer

SCHEMA = fields.Schema(
    any=fields.STORED(),
    key=fields.ID(stored=True, sortable=True),
    text=fields.TEXT(stored=True),
    vectors=fields.TEXT(vector=True),
)
ODD = {
    "nothing": None,
    "bytes": b"\x00\xff",
    "day": date(2024, 9, 28),
    "moment": datetime(2024, 9, 28, 12, 30),
    "deep": [[1, [2.5, None]], {"in": [b"side"]}],
}


@pytest.fixture
def index(tmp_path: Path) -> FileIndex:
    return create_index(tmp_path, SCHEMA)


def test_values_of_odd_types_are_stored(index: FileIndex) -> None:
    writer = open_writer(index, ColumnarCodec())
    for value in (ODD, [ODD], 2**70, "", False):
        writer.add_document(any=value)
    writer.commit()
    with index.reader() as reader:
        assert list(reader.all_stored_fields()) == [{"any": value} for value in (ODD, [ODD], 2**70, "", False)]


def test_a_field_without_a_value_is_not_stored(index: FileIndex) -> None:
    writer = open_writer(index, ColumnarCodec())
    writer.add_document(key="a", text=None)
    writer.add_document(text="Pay.", _stored_text="shown instead")
    writer.commit()
    with index.reader() as reader:
        assert list(reader.all_stored_fields()) == [{"key": "a"}, {"text": "shown instead"}]
        assert reader.doc_field_length(1, "text") == 1
        assert list(reader.column_reader("key")) == ["a", ""]


def test_a_value_that_cannot_be_stored_is_refused_and_nothing_of_the_batch_is_seen(index: FileIndex) -> None:
    writer = open_writer(index, ColumnarCodec())
    writer.add_document(key="good")
    with pytest.raises(TypeError, match="a set cannot be stored"):
        writer.add_document(key="bad", any={1, 2})
    writer.cancel()
    assert index.is_empty()
    # The writer is free again, and has forgotten the batch.
    writer = open_writer(index, ColumnarCodec())
    writer.add_document(key="next")
    writer.commit()
    with index.reader() as reader:
        assert list(reader.all_terms()) == [("key", b"next")]


def test_vectors_are_refused_with_what_to_do(index: FileIndex) -> None:
    writer = open_writer(index, ColumnarCodec())
    with pytest.raises(ValueError, match="field vectors has vectors, which this format does not keep; make it without"):
        writer.add_document(vectors="some words")
    writer.cancel()


def test_a_commit_of_nothing_writes_no_segment(index: FileIndex) -> None:
    open_writer(index, ColumnarCodec()).commit()
    assert index.is_empty()
    with index.reader() as reader:
        assert reader.doc_count_all() == 0


def test_documents_without_any_field_are_still_documents(index: FileIndex) -> None:
    writer = open_writer(index, ColumnarCodec())
    for _ in range(3):
        writer.add_document()
    writer.commit()
    with index.reader() as reader:
        assert reader.doc_count() == 3
        assert list(reader.all_terms()) == []
        assert list(reader.all_stored_fields()) == [{}, {}, {}]


def test_the_same_document_twice_is_two_documents(index: FileIndex) -> None:
    writer = open_writer(index, ColumnarCodec())
    for _ in range(2):
        writer.add_document(key="a", text="pay")
    writer.commit()
    with index.reader() as reader:
        assert list(reader.postings("text", b"pay").all_ids()) == [0, 1]
