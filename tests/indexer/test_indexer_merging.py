"""Which segments become one, and when. That a merged segment is one built at once is in test_ways."""

from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from whoosh.columns import VarBytesColumn
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.query.terms import Term

from corpus import Article
from indexer import schema as names
from indexer.analysis.termtable import key_hash
from indexer.bulk import SegmentBuilder
from indexer.codec import ColumnarCodec, verify_files
from indexer.codec.codec import open_file
from indexer.codec.container import Array
from indexer.codec.segment import ColumnarSegment
from indexer.documents import Encoded
from indexer.lexicon import EXTENSION as LEXICON
from indexer.lexicon import Lexicon
from indexer.merging import SMALLEST_TIER, tiered
from indexer.places import EXTENSION as PLACES
from indexer.places import PlacesReader
from indexer.segments import BESIDE
from indexer.writer import write_all, write_changes
from tests.indexer.codec.corpora import create_index, schema_for

SCHEMA = schema_for(["en"])
FILES = 4  # of a segment


def article(number: int) -> Article:
    return Article(f"{number:04}", "en", "Common", f"Words number{number}.")


class Segments:
    """Segments in a folder, merged by tiers whenever some are added."""

    def __init__(self, folder: Path) -> None:
        self.storage = FileStorage(str(folder))
        self.builder = SegmentBuilder(SCHEMA)
        self.all: list[ColumnarSegment] = []
        self.numbers = count()
        self.documents = 0

    def new_segment(self) -> ColumnarSegment:
        segment = ColumnarSegment("MAIN")
        segment.segid = f"{next(self.numbers):08}"
        return segment

    def add(self, *sizes: int) -> None:
        """Add segments of so many articles."""
        for size in sizes:
            articles = [article(self.documents + at) for at in range(size)]
            self.documents += size
            self.all.append(self.new_segment())
            self.builder.write(map(Encoded.of, articles), self.storage, self.all[-1])

    def delete(self, segment: int, documents: Iterable[int]) -> None:
        for number in documents:
            self.all[segment].delete_document(number)

    def merge(self) -> list[tuple[int, int]]:
        """Return documents, and how many of them are deleted, of each segment there is then."""
        self.all = tiered(self.storage, SCHEMA, self.all, self.new_segment)
        return [(segment.doc_count_all(), segment.deleted_count()) for segment in self.all]

    def ids(self) -> list[str]:
        """Of all articles, in their order."""
        found = []
        for segment in self.all:
            reader = ColumnarCodec().per_document_reader(self.storage, segment)
            column = reader.column_reader(names.ID, VarBytesColumn())
            found += [column[number].decode() for number in range(len(column)) if not segment.is_deleted(number)]
        return found


@pytest.fixture
def segments(tmp_path: Path) -> Segments:
    return Segments(tmp_path)


def test_eight_small_segments_become_one(segments: Segments) -> None:
    segments.add(*[1] * 7)
    assert segments.merge() == [(1, 0)] * 7
    segments.add(1)
    assert segments.merge() == [(8, 0)]
    assert segments.ids() == [f"{number:04}" for number in range(8)]


def test_no_segments_stay_none(segments: Segments) -> None:
    assert segments.merge() == []


def test_a_large_segment_is_not_written_again_for_small_ones(segments: Segments) -> None:
    segments.add(600, *[1] * 8)
    (large, *_) = segments.all
    assert segments.merge() == [(600, 0), (8, 0)]
    assert segments.all[0] is large


def test_only_segments_of_about_the_same_size_become_one(segments: Segments) -> None:
    # Up to 64 documents, up to 512, and beyond.
    segments.add(1, SMALLEST_TIER, *[SMALLEST_TIER + 1] * 7, 8 * SMALLEST_TIER + 1, *[10] * 5)
    before = segments.all
    segments.merge()
    assert segments.all == before
    segments.add(SMALLEST_TIER)
    # The eight small ones make one of the next size, of which there are eight then.
    total = 1 + 2 * 64 + 7 * 65 + 5 * 10
    assert sorted(segments.merge()) == [(513, 0), (total, 0)]


def test_half_of_a_segment_may_be_deleted_and_no_more(segments: Segments) -> None:
    segments.add(4)
    segments.delete(0, [0, 1])
    assert segments.merge() == [(4, 2)]
    segments.delete(0, [2])
    assert segments.merge() == [(1, 0)]
    assert segments.ids() == ["0003"]


def test_a_segment_whose_documents_are_all_deleted_disappears(segments: Segments) -> None:
    segments.add(2, 1)
    segments.delete(0, [0, 1])
    assert segments.merge() == [(1, 0)]
    assert segments.ids() == ["0002"]


def test_a_merged_segment_stands_where_the_first_of_it_stood(segments: Segments) -> None:
    segments.add(2, 4, 2)
    segments.delete(1, [0, 2, 3])
    assert segments.merge() == [(2, 0), (1, 0), (2, 0)]
    assert segments.ids() == ["0000", "0001", "0003", "0006", "0007"]


def lexicon_of(segments: Segments, segment: ColumnarSegment) -> Lexicon:
    return Lexicon(open_file(segments.storage, segment, LEXICON))


def hashes(*keys: str) -> Array:
    return np.array([key_hash(key) for key in keys], np.uint64)


def test_the_lexicon_and_the_places_go_with_the_documents(segments: Segments) -> None:
    segments.add(*[1] * 3, 2, *[1] * 4)
    segments.delete(3, [0])
    assert segments.merge() == [(8, 0)]
    (segment,) = segments.all
    common, word, gone, kept = lexicon_of(segments, segment).lookup(
        "en", hashes("common", "word", "number3", "number4")
    )
    assert common is not None and word is not None and kept is not None
    assert gone is None
    terms = ColumnarCodec().terms_reader(segments.storage, segment).fields["body_en"].terms
    assert [terms[number] for number in (*word.body.tolist(), *kept.body.tolist())] == [b"words", b"number4"]
    reader = PlacesReader(open_file(segments.storage, segment, PLACES))
    assert [reader[number].body.starts.tolist() for number in range(8)] == [[0, 6]] * 8


def sizes(index: FileIndex) -> list[tuple[int, int]]:
    return [(segment.doc_count_all(), segment.deleted_count()) for segment in index._segments()]


def found(index: FileIndex, word: str) -> list[str]:
    with index.searcher() as searcher:
        ids = searcher.reader().column_reader(names.ID)
        return sorted(ids[number] for number in searcher.docs_for_query(Term("body_en", word)))


def segment_files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.name.startswith("MAIN_") and file.suffix)


@pytest.fixture
def index(tmp_path: Path) -> FileIndex:
    return create_index(tmp_path, SCHEMA, durable=True)


@pytest.fixture
def fast_folder() -> Iterator[Path]:
    """A folder in memory where there is one: to ask a disk for some thousand files takes a minute."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def test_a_thousand_small_syncs_leave_few_segments_and_every_article(fast_folder: Path) -> None:
    index = create_index(fast_folder, SCHEMA, durable=True)
    # Each adds one; once there are more than 100, the oldest goes.
    articles: list[Article] = [article(0)]
    write_all(index, articles)
    most = 0
    for number in range(1, 1_000):
        articles = [*articles, article(number)][-100:]
        write_changes(index, articles)
        most = max(most, len(index._segments()))
    assert most <= 16
    # Nothing but the files of these segments is left in the folder.
    assert len(segment_files(fast_folder)) == FILES * len(index._segments())
    assert found(index, "words") == [one.id for one in articles]
    assert found(index, "number999") == ["0999"]
    assert found(index, "number899") == []
    for segment in index._segments():
        assert isinstance(segment, ColumnarSegment)
        verify_files(FileStorage(str(fast_folder)), segment, BESIDE)


def test_who_reads_goes_on_reading_what_a_merge_replaced(index: FileIndex, tmp_path: Path) -> None:
    write_all(index, [article(number) for number in range(3)])
    before = set(segment_files(tmp_path))
    with index.searcher() as searcher:
        write_changes(index, [article(2)], allow_shrink=True)
        assert sizes(index) == [(1, 0)]
        assert not before & set(segment_files(tmp_path))
        assert len(list(searcher.docs_for_query(Term("body_en", "words")))) == 3
        assert list(searcher.reader().column_reader(names.ID)) == ["0000", "0001", "0002"]
    assert found(index, "words") == ["0002"]


def test_a_sync_that_deletes_all_of_a_segment_leaves_none_of_its_files(index: FileIndex, tmp_path: Path) -> None:
    write_all(index, [article(0), article(1)])
    write_changes(index, [article(2)], allow_shrink=True)
    assert sizes(index) == [(1, 0)]
    assert found(index, "words") == ["0002"]
    assert len(segment_files(tmp_path)) == FILES
