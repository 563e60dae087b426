"""Articles into segments of the columnar format, on all cores.

Articles are cut into chunks of CHUNK_CHARS in the order in which they come, and each chunk becomes a segment, here or
in another process. So the segments depend on the articles alone, not on how many processes there are; and no process
holds more than a chunk and the words of the languages it has seen.
"""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import chain
from pathlib import Path

from corpus import Article
from indexer.codec.bulk import SegmentBuilder
from indexer.codec.segment import ColumnarSegment
from indexer.schema import schema
from indexer.storage import DurableStorage

# Of text in one segment; see ARCHITECTURE.md for what a process takes for it.
CHUNK_CHARS = 8_000_000

Chunk = list[Article]


def write_segments(
    storage: DurableStorage, segments: Iterator[ColumnarSegment], articles: Iterable[Article], processes: int = 0
) -> list[ColumnarSegment]:
    """Write articles as segments, given one after the other by `segments`, and return those in the articles' order.

    `processes` 0 means as many as there are processors. What fits into one chunk is written right here. Until a table
    of contents names the segments, nobody sees them.
    """
    chunks = _chunks(articles)
    ahead = [chunk for chunk in (next(chunks, None), next(chunks, None)) if chunk]
    folder = Path(storage.folder)
    processes = processes or os.cpu_count() or 1
    if len(ahead) < 2 or processes == 1:
        return [_written(folder, next(segments), chunk) for chunk in chain(ahead, chunks)]
    return _written_by_pool(folder, segments, chain(ahead, chunks), processes)


def _chunks(articles: Iterable[Article]) -> Iterator[Chunk]:
    chunk: Chunk = []
    chars = 0
    for article in articles:
        chunk.append(article)
        chars += len(article.body)
        if chars >= CHUNK_CHARS:
            yield chunk
            chunk, chars = [], 0
    if chunk:
        yield chunk


def _written_by_pool(
    folder: Path, segments: Iterator[ColumnarSegment], chunks: Iterable[Chunk], processes: int
) -> list[ColumnarSegment]:
    written: list[ColumnarSegment] = []
    waiting: deque[Future[ColumnarSegment]] = deque()
    # A fresh process has none of this one's threads and locks, as a forked one would.
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        try:
            for chunk in chunks:
                waiting.append(pool.submit(_written, folder, next(segments), chunk))
                # One chunk may wait besides those being written; more would only fill memory.
                if len(waiting) > processes:
                    written.append(waiting.popleft().result())
            written += (future.result() for future in waiting)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return written


def _written(folder: Path, segment: ColumnarSegment, chunk: Chunk) -> ColumnarSegment:
    _builder().write(chunk, DurableStorage(folder), segment)
    return segment


@cache
def _builder() -> SegmentBuilder:
    # One a process, for what it has learnt.
    return SegmentBuilder(schema())
