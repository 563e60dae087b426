"""Articles into segments of the columnar format, on all cores.

Articles are cut into chunks, as far as can be of one language, in the order in which they come, and each chunk becomes
a segment, here or in another process. So the segments depend on the articles alone, not on how many processes there
are; no process holds more than a chunk and the words of the languages it has seen; and a query looks for a language's
words only where there are articles in it.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import Article
from indexer import lexicon, places
from indexer.bulk import SegmentBuilder
from indexer.codec.segment import ColumnarSegment
from indexer.concepts import ConceptTable, TopicAssigner
from indexer.documents import Encoded
from indexer.schema import schema
from indexer.sharing import shared
from indexer.storage import DurableStorage

# What stands beside the codec's own files of each segment.
BESIDE = (lexicon.EXTENSION, places.EXTENSION)

# Of text in UTF-8 in one segment; see ARCHITECTURE.md for what a process takes for it.
CHUNK_BYTES = 16_000_000
# Of text that waits for its language to fill a chunk.
WAITING_BYTES = 48_000_000


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Articles, and the segment they will be."""

    segment: ColumnarSegment
    articles: list[Encoded]

    def bytes(self) -> int:
        return sum(article.text_bytes for article in self.articles)


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
    segments: list[ColumnarSegment] = []

    def chunks() -> Iterator[_Chunk | None]:
        for ready in _chunks(articles):
            if not ready:
                yield None
            numbered = [_Chunk(new_segment(), chunk) for chunk in ready]
            segments.extend(chunk.segment for chunk in numbered)
            # The largest first, so that all processes end at about the same time.
            yield from sorted(numbered, key=_Chunk.bytes, reverse=True)

    # One for this once: a process that lives on is not to keep what it has learnt.
    writer = _Writer(Path(storage.folder), concepts)
    counts = dict(shared(writer.write, chunks(), processes or os.cpu_count() or 1))
    # The segments of this process, not what others make of them: what is pickled must not tell who wrote which.
    for segment in segments:
        segment.set_doc_count(counts[segment.segid])
    return segments


def _chunks(articles: Iterable[Article]) -> Iterator[list[list[Encoded]]]:
    """Yield the chunks that are complete at the same moment, in an order that depends on the articles alone.

    None of them, as soon as it is known that there will be several, long before a language fills one.
    """
    waiting: dict[str, list[Encoded]] = {}
    sizes: Counter[str] = Counter()
    read, announced = 0, False
    for article in map(Encoded.of, articles):
        code = article.language
        waiting.setdefault(code, []).append(article)
        sizes[code] += article.text_bytes
        read += article.text_bytes
        while sizes[code] >= CHUNK_BYTES or sizes.total() >= WAITING_BYTES:
            fullest = max(sizes, key=lambda language: (sizes[language], language))
            del sizes[fullest]
            yield [waiting.pop(fullest)]
        if waiting and read > CHUNK_BYTES and not announced:
            announced = True
            yield []
    # What is left of each language is little: several share a segment.
    left: list[list[Encoded]] = []
    size = 0
    for code in sorted(waiting):
        if not left or size + sizes[code] > CHUNK_BYTES:
            left.append([])
            size = 0
        left[-1] += waiting[code]
        size += sizes[code]
    if left:
        yield left


class _Writer:
    """Writes segments of a folder. Kept from one to the next: it has learnt the words."""

    def __init__(self, folder: Path, concepts: Path | None) -> None:
        self._given = folder, concepts
        self._storage = DurableStorage(folder)
        self._builder = SegmentBuilder(schema())
        self._topics = None if concepts is None else TopicAssigner(ConceptTable(concepts))

    def write(self, chunk: _Chunk) -> tuple[str, int]:
        """Write the segment of a chunk, and return its name and how many articles it has."""
        articles: Iterable[Encoded] = chunk.articles
        if self._topics:
            articles = (self._completed(article, self._topics) for article in articles)
        return chunk.segment.segid, self._builder.write(articles, self._storage, chunk.segment)

    @staticmethod
    def _completed(article: Encoded, topics: TopicAssigner) -> Encoded:
        # Those that state their topics stay as they are, and need not be decoded for that.
        states_topics = article.topics and not article.topics_assigned
        return article if states_topics else Encoded.of(topics.completed(article.article()))

    def __reduce__(self) -> tuple[Any, ...]:
        # Each process has one of its own.
        return _Writer, self._given
