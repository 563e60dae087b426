"""Articles into a Whoosh index: a whole one in bulk, or what differs from it. Each is one commit, all or nothing.

A commit writes segments, then the table of contents that names them. Until that is there nobody sees them, and after
an error they are removed.
"""

import itertools
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from whoosh.fields import Schema
from whoosh.index import TOC, FileIndex, clean_files
from whoosh.reading import IndexReader

from corpus import Article
from indexer import schema
from indexer.codec.segment import ColumnarSegment
from indexer.concepts import ConceptTable, TopicAssigner
from indexer.concepts.attested import Attesting, attested_file
from indexer.documents import topics_of
from indexer.errors import AnotherWriter, VerificationFailed
from indexer.merging import tiered
from indexer.segments import write_segments
from indexer.storage import DurableStorage
from indexer.suggestions import suggestions_file, write_suggestions
from indexer.verification import check_not_shrunk, count_articles


@dataclass(frozen=True, slots=True)
class Changes:
    """What a sync did, in articles; `kept` are those that it has not come upon and did not remove."""

    added: int
    changed: int
    removed: int
    unchanged: int
    kept: int = 0


def write_all(
    index: FileIndex, articles: Iterable[Article], processes: int = 0, concepts: Path | None = None
) -> Counter[str]:
    """Add articles whose ids are not in the index yet, in bulk, and return how many there are in each language.

    `processes` 0 means as many as there are processors; the result is the same for any number. Articles without topics
    get those that follow from `concepts`, a compiled glossary, whose terms are looked for in all of them.
    """
    counts: Counter[str] = Counter()

    def counted() -> Iterator[Article]:
        for article in articles:
            counts[article.language] += 1
            yield article

    with _committing(index, ConceptTable(concepts) if concepts else None) as commit:
        commit.add(write_segments(commit.storage, commit.new_segment, counted(), processes, concepts))
    return counts


def write_changes(
    index: FileIndex,
    articles: Iterable[Article],
    allow_shrink: bool = False,
    topics: TopicAssigner | None = None,
    reassign: bool = False,
    may_miss: Callable[[str], bool] = lambda id: False,
) -> Changes:
    """Make an index hold exactly these articles, writing only those whose content hash differs.

    What did not come is removed, unless `may_miss`, which is asked when there are no more articles, says of its id that
    it may be missing for a passing failure; then it is kept as it is.
    Articles without topics get those that `topics` assigns. With `reassign`, because the index was written by another
    glossary, so do those that are as before; of them those are written whose topics have changed.
    Raises VerificationFailed, and changes nothing, if over half of the articles would be gone.
    """
    with index.reader() as reader:
        stored = _stored(reader)
        counts_before = count_articles(reader) if stored else {}
    count_before = len(stored)
    added = changed = 0
    counts: Counter[str] = Counter()
    outdated: list[int] = []

    def differing() -> Iterator[Article]:
        nonlocal added, changed
        for article in articles:
            counts[article.language] += 1
            before = stored.pop(article.id, None)
            same = before is not None and before.content_hash == article.content_hash()
            if same and not reassign:
                continue
            if topics is not None:
                article = topics.completed(article)
            if before is None:
                added += 1
            elif same and article.topics == before.topics:
                continue
            else:
                outdated.append(before.number)
                changed += 1
            yield article

    with _committing(index, topics.table if topics else None) as commit:
        written = write_segments(commit.storage, commit.new_segment, differing())
        if not counts:
            raise VerificationFailed("there is not one article in the input. Nothing was changed.")
        kept: list[_Stored] = []
        removed: list[_Stored] = []
        for id, before in stored.items():
            (kept if may_miss(id) else removed).append(before)
        counts.update(before.language for before in kept)
        if not allow_shrink:
            check_not_shrunk(counts, counts_before)
        commit.delete([*outdated, *(before.number for before in removed)])
        looked = commit.add(written)
        if not (added or changed or removed):
            if looked:  # all is as it was, but for the glossary
                commit.write_attested(commit.number - 1)
            raise _NothingToWrite
        commit.segments = tiered(commit.storage, commit.schema, commit.segments, commit.new_segment)
    unchanged = count_before - changed - len(removed) - len(kept)
    return Changes(added, changed, len(removed), unchanged, len(kept))


class _Stored(NamedTuple):
    """What a sync has to know of an article in the index; `number` is that of its document."""

    number: int
    content_hash: str
    topics: tuple[str, ...]
    language: str


def _stored(reader: IndexReader) -> dict[str, _Stored]:
    """Return article id -> what is stored of it."""
    if not reader.doc_count():  # without a document there is not even a column
        return {}
    names = schema.ID, schema.HASH, schema.TOPICS, schema.LANGUAGE
    ids, hashes, topics, languages = map(reader.column_reader, names)
    return {
        ids[number]: _Stored(number, hashes[number].decode(), topics_of(topics[number]), languages[number])
        for number in reader.all_doc_ids()
    }


class _NothingToWrite(Exception):
    """Leaves the block of _committing without a commit."""


@dataclass(slots=True)
class _Commit:
    """The segments that an index will have, those it has at first."""

    storage: DurableStorage
    schema: Schema
    segments: list[ColumnarSegment]
    new_segment: Callable[[], ColumnarSegment]
    number: int
    attesting: Attesting | None  # None without a glossary

    def add(self, written: Sequence[ColumnarSegment]) -> bool:
        """Add segments, and tell whether terms of the glossary had to be looked for, in these or in others."""
        self.segments += written
        return self.attesting is not None and self.attesting.look_at(self.segments)

    def write_attested(self, number: int) -> None:
        """Write which terms of the glossary stand in the segments there are, as those of a commit."""
        if self.attesting is not None:
            self.attesting.write(self.segments, number)

    def delete(self, numbers: Iterable[int]) -> None:
        """Delete documents, by their numbers in the whole index."""
        starts = list(itertools.accumulate((segment.doc_count_all() for segment in self.segments), initial=0))
        for number in numbers:
            at = bisect_right(starts, number) - 1
            self.segments[at].delete_document(number - starts[at])


@contextmanager
def _committing(index: FileIndex, concepts: ConceptTable | None) -> Iterator[_Commit]:
    storage, name = index.storage, index.indexname
    assert isinstance(storage, DurableStorage)
    with _lock(index):
        table = TOC.read(storage, name)
        number = table.generation + 1
        numbers = itertools.count()
        commit = _Commit(
            storage,
            table.schema,
            list(table.segments),
            lambda: _numbered_segment(name, number, next(numbers)),
            number,
            Attesting(storage, concepts, table.segments, table.generation) if concepts else None,
        )
        try:
            yield commit
            write_suggestions(storage, commit.segments, number)
            commit.write_attested(number)
            TOC(table.schema, commit.segments, number).write(storage, name)
        except BaseException as error:  # whatever it is, a keyboard interrupt too, nothing is left of the commit
            # But where it came when the table was already there, its segments are what readers see.
            if index.latest_generation() < number:
                for file in Path(storage.folder).glob(f"{name}_{number:08}*"):
                    file.unlink()
                for file in _beside(storage, number):
                    file.unlink(missing_ok=True)
            if not isinstance(error, _NothingToWrite):
                raise
        else:
            clean_files(storage, name, number, commit.segments)
            for file in _beside(storage, number):
                for earlier in file.parent.glob(f"{file.stem}.*"):
                    if earlier != file:
                        earlier.unlink()


def _beside(storage: DurableStorage, commit: int) -> tuple[Path, ...]:
    """Return the files of a commit that stand beside its segments."""
    folder = Path(storage.folder)
    return suggestions_file(folder, commit), attested_file(folder, commit)


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


def _numbered_segment(name: str, commit: int, number: int) -> ColumnarSegment:
    # Whoosh names segments at random; these are numbered, so that the same build gives the same files.
    segment = ColumnarSegment(name)
    segment.segid = f"{commit:08}{number:08}"
    return segment
