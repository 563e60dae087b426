"""Articles into segments of the columnar format, on all cores.

Articles are cut into chunks, as far as can be of one language, in the order in which they come, and each chunk becomes
a segment, here or in another process. So the segments depend on the articles alone, not on how many processes there
are; no process holds more than a chunk and the words of the languages it has seen; and a query looks for a language's
words only where there are articles in it.
"""

import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import fields
from functools import cache
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any

from corpus import Article
from indexer import lexicon, places
from indexer.bulk import SegmentBuilder
from indexer.codec.segment import ColumnarSegment
from indexer.concepts import ConceptTable, TopicAssigner
from indexer.processes import process_pool
from indexer.schema import schema
from indexer.storage import DurableStorage

# What stands beside the codec's own files of each segment.
BESIDE = (lexicon.EXTENSION, places.EXTENSION)

# Of text in one segment; see ARCHITECTURE.md for what a process takes for it.
CHUNK_CHARS = 16_000_000
# Of text that waits for its language to fill a chunk.
WAITING_CHARS = 48_000_000

Chunk = list[Article]

# An article as the values of its fields, which take half as long to another process as the article itself.
_row = attrgetter(*(field.name for field in fields(Article)))


def write_segments(
    storage: DurableStorage,
    new_segment: Callable[[], ColumnarSegment],
    articles: Iterable[Article],
    processes: int = 0,
    concepts: Path | None = None,
) -> list[ColumnarSegment]:
    """Write articles as segments, named one after the other by `new_segment`, and return those in that order.

    `processes` 0 means as many as there are processors. What fits into one chunk is written right here. Until a table
    of contents names the segments, nobody sees them. Articles that state no topics get those that follow from the
    compiled glossary `concepts`.
    """
    chunks = _chunks(articles)
    ahead = [chunk for chunk in (next(chunks, None), next(chunks, None)) if chunk]
    folder = Path(storage.folder)
    processes = processes or os.cpu_count() or 1
    if len(ahead) < 2 or processes == 1:
        return [_written(folder, new_segment(), chunk, concepts) for chunk in chain(ahead, chunks)]
    return _written_by_pool(folder, new_segment, chain(ahead, chunks), processes, concepts)


def _chunks(articles: Iterable[Article]) -> Iterator[Chunk]:
    waiting: dict[str, Chunk] = {}
    chars: Counter[str] = Counter()
    for article in articles:
        code = article.language
        waiting.setdefault(code, []).append(article)
        chars[code] += len(article.title) + len(article.body)
        while chars[code] >= CHUNK_CHARS or chars.total() >= WAITING_CHARS:
            fullest = max(chars, key=lambda language: (chars[language], language))
            del chars[fullest]
            yield waiting.pop(fullest)
    # What is left of each language is little: several share a segment.
    chunk: Chunk = []
    size = 0
    for code in sorted(waiting):
        if chunk and size + chars[code] > CHUNK_CHARS:
            yield chunk
            chunk, size = [], 0
        chunk += waiting[code]
        size += chars[code]
    if chunk:
        yield chunk


def _written_by_pool(
    folder: Path,
    new_segment: Callable[[], ColumnarSegment],
    chunks: Iterable[Chunk],
    processes: int,
    concepts: Path | None,
) -> list[ColumnarSegment]:
    written: list[ColumnarSegment] = []
    waiting: deque[Future[ColumnarSegment]] = deque()
    with process_pool(processes) as pool:
        for chunk in chunks:
            waiting.append(pool.submit(_written_by_rows, folder, new_segment(), list(map(_row, chunk)), concepts))
            # One chunk may wait besides those being written; more would only fill memory.
            if len(waiting) > processes:
                written.append(waiting.popleft().result())
        written += (future.result() for future in waiting)
    return written


def _written_by_rows(
    folder: Path, segment: ColumnarSegment, rows: list[tuple[Any, ...]], concepts: Path | None
) -> ColumnarSegment:
    return _written(folder, segment, [Article(*row) for row in rows], concepts)


def _written(folder: Path, segment: ColumnarSegment, chunk: Chunk, concepts: Path | None) -> ColumnarSegment:
    if concepts is not None:
        chunk = [_topics(concepts).completed(article) for article in chunk]
    _builder().write(chunk, DurableStorage(folder), segment)
    return segment


@cache
def _builder() -> SegmentBuilder:
    # One a process, for what it has learnt.
    return SegmentBuilder(schema())


@cache
def _topics(concepts: Path) -> TopicAssigner:
    return TopicAssigner(ConceptTable(concepts))
