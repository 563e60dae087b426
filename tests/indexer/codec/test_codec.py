"""The parts put together: an index of Whoosh's that happens to have our segments."""

from pathlib import Path

import pytest
from whoosh import fields
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, open_dir
from whoosh.query.terms import Prefix, Term

from indexer.codec import ColumnarCodec, verify_files
from indexer.errors import IndexDamaged
from tests.indexer.codec.corpora import EXTENSIONS, create_index, open_writer

SCHEMA = fields.Schema(key=fields.ID(stored=True, unique=True, sortable=True), text=fields.TEXT())


def add(index: FileIndex, codec: ColumnarCodec | None, *keys: str) -> None:
    writer = open_writer(index, codec)
    for key in keys:
        writer.add_document(key=key, text=f"{key} common")
    writer.commit(merge=False)


def found(index: FileIndex, word: str) -> list[str]:
    with index.searcher() as searcher:
        return [hit["key"] for hit in searcher.search(Term("text", word), limit=None, sortedby="key")]


def test_whoosh_opens_such_an_index_without_being_told_the_codec(tmp_path: Path) -> None:
    add(create_index(tmp_path, SCHEMA), ColumnarCodec(), "pay", "night")
    index = open_dir(str(tmp_path))
    assert found(index, "common") == ["night", "pay"]
    assert found(index, "pay") == ["pay"]


def test_a_segment_is_two_files(tmp_path: Path) -> None:
    add(create_index(tmp_path, SCHEMA), ColumnarCodec(), "pay")
    assert sorted(file.suffix for file in tmp_path.glob("MAIN_*.*")) == [".documents", ".terms"]


def test_segments_of_both_codecs_answer_together_and_become_one(tmp_path: Path) -> None:
    index = create_index(tmp_path, SCHEMA)
    add(index, None, "stock", "both")
    add(index, ColumnarCodec(), "columnar")
    assert found(index, "common") == ["both", "columnar", "stock"]
    open_writer(index, ColumnarCodec()).commit(optimize=True)
    assert [type(segment).__name__ for segment in index._segments()] == ["ColumnarSegment"]
    assert found(index, "common") == ["both", "columnar", "stock"]
    # And back again: what this format holds, Whoosh's own can take over.
    open_writer(index, None).commit(optimize=True)
    assert [type(segment).__name__ for segment in index._segments()] == ["W3Segment"]
    assert found(index, "common") == ["both", "columnar", "stock"]


def test_a_document_is_replaced_by_its_key(tmp_path: Path) -> None:
    index = create_index(tmp_path, SCHEMA)
    add(index, ColumnarCodec(), "pay", "night")
    writer = open_writer(index, ColumnarCodec())
    writer.update_document(key="pay", text="salary")
    writer.commit(merge=False)
    assert (found(index, "pay"), found(index, "salary"), found(index, "common")) == ([], ["pay"], ["night"])


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_an_altered_file_of_a_segment_is_found_and_named(tmp_path: Path, extension: str) -> None:
    add(create_index(tmp_path, SCHEMA), ColumnarCodec(), "pay")
    (segment,) = open_dir(str(tmp_path))._segments()
    storage = FileStorage(str(tmp_path))
    verify_files(storage, segment)
    file = tmp_path / segment.make_filename(extension)
    content = bytearray(file.read_bytes())
    content[64] ^= 0x01  # the first byte behind the header
    file.write_bytes(content)
    with pytest.raises(IndexDamaged, match=file.name):
        verify_files(storage, segment)


def test_postings_are_no_files_of_their_own() -> None:
    with pytest.raises(TypeError, match="field_writer"):
        ColumnarCodec().postings_writer(None)
    with pytest.raises(TypeError, match="terms_reader"):
        ColumnarCodec().postings_reader(None, None, None)


def test_documents_beyond_two_bytes_are_found(tmp_path: Path) -> None:
    index = create_index(tmp_path, fields.Schema(key=fields.ID(sortable=True)))
    writer = open_writer(index, ColumnarCodec())
    for number in range(70_000):
        writer.add_document(key=str(number))
    writer.commit()
    with index.searcher() as searcher:
        assert list(searcher.docs_for_query(Term("key", "65536"))) == [65_536]
        assert list(searcher.docs_for_query(Term("key", "69999"))) == [69_999]
        # 6999 and 69990 to 69999.
        assert list(searcher.docs_for_query(Prefix("key", "6999"))) == [6_999, *range(69_990, 70_000)]
        column = searcher.reader().column_reader("key")
        assert (column[65_535], column[65_536]) == ("65535", "65536")
