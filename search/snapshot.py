"""An open index at one moment: what ranking, facets and pages read, and noticing that there is a newer one.

A snapshot is immutable. Its Whoosh reader must not be used by two threads at once (it gives wrong results), so there
is a lock around each evaluation; threads of one process take turns anyway. A request works on one snapshot from
beginning to end, whatever happens to the index meanwhile.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock, RLock

import numpy as np
from whoosh.index import EmptyIndexError, FileIndex
from whoosh.reading import IndexReader, SegmentReader

from corpus import Article, Settings
from indexer import schema
from indexer.codec.container import Array
from indexer.codec.terms import ColumnarTermsReader
from indexer.documents import article_of, topics_of
from indexer.errors import IndexDamaged, IndexerError
from indexer.generations import Generation, IndexFolder
from indexer.storage import UNREADABLE

# A commit can remove files between reading the list of them and opening them; the next list is right.
OPEN_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class LanguageStatistics:
    """Of the articles of one language: how many, and their mean lengths in tokens."""

    articles: int
    mean_title: float
    mean_body: float


@dataclass(frozen=True, slots=True)
class Documents:
    """What is known of each document without reading it; lists are by document number, None where it is deleted."""

    ids: list[str]
    languages: list[str]
    topics: list[tuple[str, ...]]
    published: list[date | None]
    works: list[str]
    live: list[int]  # numbers of documents that are not deleted


@dataclass(frozen=True, slots=True)
class _Segment:
    """A segment's postings; its document numbers begin at `base` in the index."""

    terms: ColumnarTermsReader
    base: int
    deleted: frozenset[int]

    def live(self, documents: Array, frequencies: Array) -> Iterator[tuple[int, int]]:
        """Yield (number in the index, frequency) of documents that are not deleted."""
        pairs = zip(documents.tolist(), frequencies.tolist(), strict=True)
        if self.deleted:
            return ((document + self.base, count) for document, count in pairs if document not in self.deleted)
        return ((document + self.base, count) for document, count in pairs)


def _segment(leaf: IndexReader, base: int) -> _Segment:
    assert isinstance(leaf, SegmentReader), "an index that is not empty is read by segments"
    # Past Whoosh's matchers, which hand out one posting at a time, there is only this way.
    assert isinstance(leaf._terms, ColumnarTermsReader)
    return _Segment(leaf._terms, base, leaf.deleted_docs_set)


class Snapshot:
    """An index at one moment. Hold `lock` while calling what reads postings or articles."""

    def __init__(self, generation: Generation, index: FileIndex, reader: IndexReader) -> None:
        self.generation = generation
        self.commit = reader.generation()
        self.lock = RLock()
        self._index = index
        self._reader = reader
        self._statistics: dict[str, LanguageStatistics] = {}
        self._segments = [_segment(leaf, base) for leaf, base in reader.leaf_readers()]

    @cached_property
    def documents(self) -> Documents:
        """The columns of all documents."""
        reader = self._reader
        count = reader.doc_count_all()
        documents = Documents(
            [""] * count, [""] * count, [()] * count, [None] * count, [""] * count, list(reader.all_doc_ids())
        )
        ids, languages = reader.column_reader(schema.ID), reader.column_reader(schema.LANGUAGE)
        topics, works = reader.column_reader(schema.TOPICS), reader.column_reader(schema.WORK)
        published = reader.column_reader(schema.PUBLISHED)
        for number in documents.live:
            documents.ids[number] = ids[number]
            documents.languages[number] = languages[number]
            documents.topics[number] = topics_of(topics[number])
            documents.works[number] = works[number]
            day = published[number].decode("ascii")
            documents.published[number] = date.fromisoformat(day) if day else None
        return documents

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Article id -> document number."""
        return {self.documents.ids[number]: number for number in self.documents.live}

    @cached_property
    def by_language(self) -> dict[str, list[int]]:
        """Language -> its document numbers; the language with most articles first."""
        found: dict[str, list[int]] = {}
        for number in self.documents.live:
            found.setdefault(self.documents.languages[number], []).append(number)
        return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))

    @cached_property
    def by_work(self) -> dict[str, list[int]]:
        """Work -> the document numbers of its translations."""
        found: dict[str, list[int]] = {}
        for number in self.documents.live:
            found.setdefault(self.documents.works[number], []).append(number)
        return found

    def statistics(self, language: str) -> LanguageStatistics:
        """Return the statistics of a language of the index."""
        if language not in self._statistics:
            numbers = self.by_language[language]
            titles = sum(self.length(number, schema.title_field(language)) for number in numbers)
            bodies = sum(self.length(number, schema.body_field(language)) for number in numbers)
            count = len(numbers)
            self._statistics[language] = LanguageStatistics(count, max(1.0, titles / count), max(1.0, bodies / count))
        return self._statistics[language]

    def length(self, number: int, field: str) -> int:
        """Return the number of tokens a document has in a field."""
        return int(self._reader.doc_field_length(number, field))

    def frequencies(self, field: str, term: str) -> dict[int, int]:
        """Return document number -> how often the term stands in the field."""
        found: dict[int, int] = {}
        for segment in self._segments:
            postings = segment.terms.postings(field, term.encode("utf-8"))
            if postings is not None:
                found.update(segment.live(postings.documents, postings.frequencies))
        return found

    def prefix_frequencies(self, field: str, prefix: str) -> dict[int, int]:
        """Return document number -> how often any term that begins so stands in the field."""
        found: dict[int, int] = {}
        for segment in self._segments:
            postings = segment.terms.prefix_postings(field, prefix.encode("utf-8"))
            if postings is not None:
                documents, inverse = np.unique(postings.documents, return_inverse=True)
                totals = np.bincount(inverse, weights=postings.frequencies).astype(np.int64)
                found.update(segment.live(documents, totals))
        return found

    def positions(self, field: str, term: str, numbers: set[int] | None = None) -> dict[int, list[int]]:
        """Return document number -> positions of the term in the field, in these documents or in all."""
        found: dict[int, list[int]] = {}
        for segment in self._segments:
            postings = segment.terms.postings(field, term.encode("utf-8"))
            if postings is None or postings.positions is None:
                continue
            ends = np.cumsum(postings.frequencies, dtype=np.int64).tolist()
            start = 0
            for document, end in zip(postings.documents.tolist(), ends, strict=True):
                number = document + segment.base
                if (numbers is None or number in numbers) and document not in segment.deleted:
                    found[number] = postings.positions[start:end].tolist()
                start = end
        return found

    def article(self, number: int) -> Article:
        """Read an article."""
        return article_of(self._reader.stored_fields(number))

    def newest_commit(self) -> int:
        """Return the number of the newest commit to this generation, which may be newer than this snapshot."""
        try:
            return int(self._index.latest_generation())
        except (EmptyIndexError, OSError):
            return -1


class LiveIndex:
    """The snapshot of what is live now. Safe to share between threads."""

    def __init__(self, folder: IndexFolder, settings: Settings) -> None:
        self._folder = folder
        self._refresh_seconds = settings.refresh_ms / 1000
        self._lock = Lock()
        self._snapshot: Snapshot | None = None
        self._seen: tuple[object, ...] = ()
        self._looked = 0.0

    def snapshot(self) -> Snapshot:
        """Return the newest snapshot, looking for a newer one at most every `refresh_ms`.

        Raises IndexMissing, IndexMismatch or IndexDamaged if nothing live can be opened; but while an index that was
        opened before can still be read, a newer one that cannot is passed over.
        """
        snapshot = self._snapshot
        now = time.monotonic()
        if snapshot is not None and now - self._looked < self._refresh_seconds:
            return snapshot
        # One thread looks; the others go on with what there is, unless there is nothing yet.
        if not self._lock.acquire(blocking=snapshot is None):
            assert snapshot is not None
            return snapshot
        try:
            return self._renewed()
        finally:
            self._lock.release()

    def _renewed(self) -> Snapshot:
        stamp, known = self._folder.stamp(), self._snapshot
        if known is not None and (stamp, known.generation.path, known.newest_commit()) == self._seen:
            self._looked = time.monotonic()
            return known
        try:
            generation = self._folder.live()
            snapshot = open_snapshot(generation)
        except IndexerError:
            if known is None:
                raise
            snapshot = known
        else:
            self._seen = (stamp, generation.path, snapshot.commit)
        self._snapshot = snapshot
        self._looked = time.monotonic()
        return snapshot


def open_snapshot(generation: Generation) -> Snapshot:
    """Open a generation as it is now; raises IndexMismatch or IndexDamaged if it cannot be."""
    for attempt in range(OPEN_ATTEMPTS):
        index = generation.open()
        try:
            snapshot = Snapshot(generation, index, generation.reader())
            assert snapshot.documents
        except IndexDamaged:
            # Files may have gone since the list of them was read; the next list is right.
            if attempt == OPEN_ATTEMPTS - 1:
                raise
        except UNREADABLE as error:
            raise generation.damaged(error) from None
        else:
            return snapshot
    raise AssertionError("the last attempt returns or raises")
