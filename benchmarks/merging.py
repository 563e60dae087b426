"""One segment out of many, against building those many; both in one process, and from articles in memory."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from benchmarks.articles import Corpus
from benchmarks.processes import cpu_seconds, peak_resident_bytes
from indexer.bulk import SegmentBuilder
from indexer.codec.segment import ColumnarSegment
from indexer.documents import Encoded
from indexer.merging import merge_segments
from indexer.schema import schema
from indexer.storage import DurableStorage

SEGMENTS = 20
INDEX_NAME = "MAIN"


@dataclass(frozen=True, slots=True)
class Merged:
    """Seconds and peak resident memory of one process."""

    documents: int
    seconds: float
    cpu_seconds: float
    peak_bytes: int


def build_parts(corpus: Corpus, folder: Path) -> Merged:
    """Build SEGMENTS segments of equally many articles, one after the other."""
    articles = list(corpus)
    folder.mkdir(parents=True)
    storage, builder = DurableStorage(folder), SegmentBuilder(schema())
    segments = []
    started, cpu = time.perf_counter(), cpu_seconds()
    for number in range(SEGMENTS):
        part = articles[number * len(articles) // SEGMENTS : (number + 1) * len(articles) // SEGMENTS]
        segment = _segment(number)
        builder.write(map(Encoded.of, part), storage, segment)
        segments.append(segment)
    seconds, spent = time.perf_counter() - started, cpu_seconds() - cpu
    TOC(schema(), segments, 0).write(storage, INDEX_NAME)
    return _measured(segments, seconds, spent)


def merge_parts(folder: Path) -> Merged:
    """Merge the segments of a folder into one; raises ValueError if documents are lost."""
    storage: FileStorage = DurableStorage(folder)
    parts: Sequence[ColumnarSegment] = TOC.read(storage, INDEX_NAME).segments
    into = _segment(len(parts))
    started, cpu = time.perf_counter(), cpu_seconds()
    merge_segments(storage, schema(), parts, into)
    seconds, spent = time.perf_counter() - started, cpu_seconds() - cpu
    if into.doc_count_all() != sum(part.doc_count_all() for part in parts):
        raise ValueError(f"{into.doc_count_all()} documents came out of {sum(part.doc_count_all() for part in parts)}.")
    return _measured([into], seconds, spent)


def _segment(number: int) -> ColumnarSegment:
    segment = ColumnarSegment(INDEX_NAME)
    segment.segid = f"{number:016}"
    return segment


def _measured(segments: Sequence[ColumnarSegment], seconds: float, spent: float) -> Merged:
    return Merged(sum(segment.doc_count_all() for segment in segments), seconds, spent, peak_resident_bytes())
