"""What Whoosh pickles for each segment, for ever under this name."""

import pickle

from indexer.codec import ColumnarCodec
from indexer.codec.segment import ColumnarSegment


def test_a_pickled_segment_names_its_class_and_says_everything_it_said() -> None:
    segment = ColumnarSegment("MAIN")
    segment.set_doc_count(5)
    segment.delete_document(3)
    data = pickle.dumps(segment)
    # An index that was written before has this name in it.
    assert b"indexer.codec.segment" in data
    assert b"ColumnarSegment" in data
    again = pickle.loads(data)
    assert again == segment
    assert again.make_filename(".terms") == segment.make_filename(".terms")
    assert (again.doc_count_all(), again.doc_count(), list(again.deleted_docs())) == (5, 4, [3])


def test_a_segment_knows_its_codec_and_keeps_its_files_apart() -> None:
    segment = ColumnarSegment("MAIN")
    assert isinstance(segment.codec(), ColumnarCodec)
    # Files that Whoosh packs into one are copied into memory when they are read.
    assert not segment.should_assemble()


def test_documents_are_deleted_and_brought_back_by_number() -> None:
    segment = ColumnarSegment("MAIN")
    segment.set_doc_count(20)
    for number in (17, 8, 1, 17):
        segment.delete_document(number)
    assert (segment.deleted_count(), segment.doc_count()) == (3, 17)
    assert list(segment.deleted_docs()) == [1, 8, 17]
    assert [number for number in range(20) if segment.is_deleted(number)] == [1, 8, 17]
    segment.delete_document(8, delete=False)
    segment.delete_document(2, delete=False)
    assert list(segment.deleted_docs()) == [1, 17]
    assert segment.doc_count() == 18
