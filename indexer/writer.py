"""Articles into a Whoosh index: a whole one in bulk, or what differs from it. Each is one commit, all or nothing.

After an error Whoosh's writer holds half a document, which the next one would inherit: on any error the writer is
cancelled, and nothing of it is ever seen.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from whoosh.index import TOC, FileIndex, clean_files
from whoosh.writing import SegmentWriter

from corpus import LANGUAGES, Article
from indexer import schema
from indexer.analysis import Analyzer
from indexer.analysis.analyzer import BUILD_CACHE_WORDS
from indexer.codec import ColumnarCodec
from indexer.codec.merging import tiered
from indexer.codec.segment import ColumnarSegment
from indexer.documents import document
from indexer.errors import AnotherWriter, VerificationFailed
from indexer.segments import write_segments
from indexer.storage import DurableStorage
from indexer.verification import check_not_shrunk, count_articles

# Memory for postings before they are written aside, as Whoosh estimates it.
WRITER_MB = 256


@dataclass(frozen=True, slots=True)
class Changes:
    """What a sync did, in articles."""

    added: int
    changed: int
    removed: int
    unchanged: int


def write_all(index: FileIndex, articles: Iterable[Article], processes: int = 0) -> Counter[str]:
    """Add articles whose ids are not in the index yet, in bulk, and return how many there are in each language.

    `processes` 0 means as many as there are processors; the result is the same for any number.
    """
    counts: Counter[str] = Counter()

    def counted() -> Iterator[Article]:
        for article in articles:
            counts[article.language] += 1
            yield article

    storage, name = index.storage, index.indexname
    assert isinstance(storage, DurableStorage)
    with _lock(index):
        table = TOC.read(storage, name)
        number = table.generation + 1
        segments = (_numbered_segment(name, number, at) for at in itertools.count())
        try:
            written = write_segments(storage, segments, counted(), processes)
            segments_now = [*table.segments, *written]
            TOC(table.schema, segments_now, number).write(storage, name)
        except BaseException:
            for file in Path(storage.folder).glob(f"{name}_{number:08}*"):
                file.unlink()
            raise
        clean_files(storage, name, number, segments_now)
    return counts


def write_changes(index: FileIndex, articles: Iterable[Article], allow_shrink: bool = False) -> Changes:
    """Make an index hold exactly these articles, writing only those whose content hash differs.

    Raises VerificationFailed, and changes nothing, if over half of the articles would be gone.
    """
    with index.reader() as reader:
        ids = reader.column_reader(schema.ID)
        hashes = reader.column_reader(schema.HASH)
        # id -> document number, content hash
        stored = {ids[number]: (number, hashes[number].decode()) for number in reader.all_doc_ids()}
        counts_before = count_articles(reader)
    before = len(stored)
    added = changed = 0
    counts: Counter[str] = Counter()
    with _committing(index) as writer:
        add = _adder(writer)
        for article in articles:
            counts[article.language] += 1
            number, content_hash = stored.pop(article.id, (None, ""))
            if content_hash == article.content_hash():
                continue
            if number is None:
                added += 1
            else:
                writer.delete_document(number)
                changed += 1
            add(article)
        if not counts:
            raise VerificationFailed("there is not one article in the input. Nothing was changed.")
        if not allow_shrink:
            check_not_shrunk(counts, counts_before)
        for number, _ in stored.values():
            writer.delete_document(number)
        if not (added or changed or stored):
            raise _NothingToWrite
    return Changes(added, changed, len(stored), before - changed - len(stored))


class _NothingToWrite(Exception):
    """Leaves the block of _committing without a commit."""


@contextmanager
def _committing(index: FileIndex) -> Iterator[SegmentWriter]:
    # Whoosh takes any codec by its base class, which it does not annotate.
    writer = index.writer(limitmb=WRITER_MB, codec=ColumnarCodec())
    assert isinstance(writer, SegmentWriter)
    try:
        yield writer
    except _NothingToWrite:
        _cancel(writer)
    except BaseException:
        _cancel(writer)
        raise
    else:
        writer.commit(mergetype=tiered)


def _cancel(writer: SegmentWriter) -> None:
    writer.cancel()
    # Whoosh writes the files of a segment even so.
    for name in writer.newsegment.list_files(writer.storage):
        writer.storage.delete_file(name)


@contextmanager
def _lock(index: FileIndex) -> Iterator[None]:
    # The lock of Whoosh's own writers: these write past them.
    lock = index.lock("WRITELOCK")
    if not lock.acquire(blocking=False):
        raise AnotherWriter("another writer is at work on this index; nothing was changed.")
    try:
        yield
    finally:
        lock.release()


def _numbered_segment(name: str, generation: int, number: int) -> ColumnarSegment:
    # Whoosh names segments at random; these are numbered, so that the same build gives the same files.
    segment = ColumnarSegment(name)
    segment.segid = f"{generation:08}{number:08}"
    return segment


def _adder(writer: SegmentWriter) -> Callable[[Article], None]:
    analyzers: dict[str, Analyzer] = {}

    def add(article: Article) -> None:
        code = article.language
        if code not in analyzers:
            analyzers[code] = Analyzer(LANGUAGES[code], BUILD_CACHE_WORDS)
        writer.add_document(**document(article, analyzers[code]))

    return add
