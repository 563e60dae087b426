"""An open index at one moment: the arrays of its segments, and the columns that facets and sorting read.

A snapshot is immutable and safe to share between threads: everything in it is mapped and only read. A request works on
one snapshot from beginning to end, whatever happens to the index meanwhile.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.ma  # np.unique does when it is first called, which would be 10 ms of somebody's request
from whoosh.index import EmptyIndexError, FileIndex
from whoosh.reading import IndexReader, SegmentReader

from corpus import Article
from indexer import schema
from indexer.codec.container import Array
from indexer.codec.segment import ColumnarSegment
from indexer.concepts import ConceptFinders
from indexer.concepts.attested import open_attested
from indexer.documents import topics_of
from indexer.errors import IndexDamaged
from indexer.generations import Generation
from indexer.places import Places, unpacked
from indexer.storage import UNREADABLE, DurableStorage
from indexer.suggestions import open_suggestions
from search.memory import Memory
from search.planning import Pattern
from search.segment import Segment
from search.wordings import TermPatterns

_DAYS_BEFORE_1970 = date(1970, 1, 1).toordinal()
# A commit can remove files between reading the list of them and opening them; the next list is right.
OPEN_ATTEMPTS = 5
# Most of it are plans of queries. With 10,000 answers a worker took 55 MiB more over the library, and was no quicker.
MAX_REMEMBERED = 2_500


@dataclass(frozen=True, slots=True)
class LanguageStatistics:
    """Of the articles of one language: how many, and their mean lengths in tokens."""

    articles: int
    mean_title: float
    mean_body: float


@dataclass(frozen=True, slots=True)
class Columns:
    """What is known of each document without reading it, in arrays by document number.

    `languages` and `topics` are the distinct values that the codes stand for; days count from the year 1, 0 is none.
    """

    languages: tuple[str, ...]
    language_codes: Array
    topics: tuple[tuple[str, ...], ...]
    topic_codes: Array
    days: Array
    years: Array  # 0 is none
    live: Array | None  # which are not deleted; None if none is
    topic_names: tuple[str, ...]  # sorted
    topic_table: Array  # [code of topics, number of the name] -> 1 if it is one of these

    def published(self, number: int) -> date | None:
        """Return the day on which a document's article was published, None if nobody knows."""
        day = int(self.days[number])
        return date.fromordinal(day) if day else None


class Snapshot:
    """An index at one moment."""

    def __init__(self, generation: Generation, index: FileIndex, reader: IndexReader) -> None:
        self.generation = generation
        self.commit = reader.generation()
        # What tells this state of the index from every other one, also from those of an index that was deleted.
        self.version = f"{generation.number}.{self.commit}.{generation.manifest().built}"
        self._index = index
        self._statistics: dict[str, LanguageStatistics] = {}
        # What others have found out about this index, and would have to again.
        self.memory = Memory(MAX_REMEMBERED)
        self._segments_with: dict[str, list[Segment]] = {}
        # Opened now, since a later commit removes them.
        self.typed = open_suggestions(generation.path, self.commit or 0)
        self._attested = open_attested(generation.path, self.commit or 0)
        storage = DurableStorage(generation.path)
        leaves = list(reader.leaf_readers())
        self.segments: list[Segment] = []
        for leaf, base in leaves:
            assert isinstance(leaf, SegmentReader), "an index that is not empty is read by segments"
            assert isinstance(leaf._segment, ColumnarSegment)
            self.segments.append(Segment(leaf._segment, storage, leaf, base))
        self._bases = [segment.base for segment in self.segments]

    @cached_property
    def columns(self) -> Columns:
        """The columns of all documents."""
        languages, language_codes = self._codes(schema.LANGUAGE)
        topics, topic_codes = self._codes(schema.TOPICS)
        masks = [np.ones(segment.count, bool) if segment.live is None else segment.live for segment in self.segments]
        some_deleted = any(segment.live is not None for segment in self.segments)
        days = _joined([segment.numbers(schema.PUBLISHED) for segment in self.segments], np.int32)
        named = tuple(topics_of(value) for value in topics)
        names = sorted({name for each in named for name in each})
        return Columns(
            languages,
            language_codes,
            named,
            topic_codes,
            days,
            _years(days),
            np.concatenate(masks) if some_deleted else None,
            tuple(names),
            np.array([[name in each for name in names] for each in named], np.int64).reshape(len(named), len(names)),
        )

    def _codes(self, column: str) -> tuple[tuple[str, ...], Array]:
        """Return the distinct values of a column in the whole index, sorted, and the code of each document."""
        readers = [segment.codes(column) for segment in self.segments]
        values = sorted({value for reader in readers for value in reader.values})
        numbers = {value: number for number, value in enumerate(values)}
        remapped = [np.array([numbers[value] for value in reader.values], np.int32)[reader.codes] for reader in readers]
        return tuple(value.decode("utf-8") for value in values), _joined(remapped, np.int32)

    @cached_property
    def live(self) -> Array:
        """The numbers of all documents that are not deleted."""
        live = self.columns.live
        return np.arange(len(self.columns.days)) if live is None else np.flatnonzero(live)

    @cached_property
    def by_date(self) -> Array:
        """The numbers of all documents that are not deleted, the newest first, without a date last."""
        return self.in_order([-self.columns.days[self.live].astype(np.int64)], self.live)

    @cached_property
    def by_id(self) -> Array:
        """The numbers of all documents that are not deleted, in the order of their ids."""
        return np.array(sorted(self.live.tolist(), key=self.id), np.int64)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many articles there are in each language, most first."""
        columns = self.columns
        counts = np.bincount(columns.language_codes[self.live], minlength=len(columns.languages)).tolist()
        found = [(code, count) for code, count in zip(columns.languages, counts, strict=True) if count]
        return dict(sorted(found, key=lambda item: (-item[1], item[0])))

    def in_order(self, keys: Iterable[Array], numbers: Array) -> Array:
        """Return document numbers sorted by keys, the first one first, and those that share all of them by their ids.

        So the order does not depend on how the index is cut into segments.
        """
        keys = list(keys)
        order = np.lexsort(list(reversed(keys)))
        same = np.ones(max(0, len(order) - 1), bool)
        for key in keys:
            sorted_key = key[order]
            same &= sorted_key[1:] == sorted_key[:-1]
        ordered = numbers[order]
        if same.any():
            edges = np.flatnonzero(np.diff(np.concatenate([[False], same, [False]]).astype(np.int8)))
            for first, last in zip(edges[::2].tolist(), (edges[1::2] + 1).tolist(), strict=True):
                ordered[first:last] = sorted(ordered[first:last].tolist(), key=self.id)
        return ordered

    def segments_with(self, language: str) -> list[Segment]:
        """Return the segments that hold articles in a language."""
        if language not in self._segments_with:
            names = schema.title_field(language), schema.body_field(language)
            self._segments_with[language] = [
                segment for segment in self.segments if any(segment.field(name) for name in names)
            ]
        return self._segments_with[language]

    def is_written_in(self, language: str, form: str) -> bool:
        """Tell whether an article in a language has a word as it is written."""
        encoded = form.encode("utf-8")
        return any(
            number >= 0 and segment.document_frequency(field, number)
            for segment in self.segments_with(language)
            for name in (schema.title_field(language), schema.body_field(language))
            if (field := segment.field(name))
            for number in [field.postings.terms.number(encoded)]
        )

    def is_written_beside(self, language: str, form: str) -> bool:
        """Tell whether an article in another language has a word as it is written."""

        def find() -> bool:
            return any(self.is_written_in(other, form) for other in self.counts if other != language)

        return self.memory.once(("written beside", language, form), find)

    def segment_of(self, number: int) -> tuple[Segment, int]:
        """Return the segment of a document, and its number there."""
        segment = self.segments[bisect_right(self._bases, number) - 1]
        return segment, number - segment.base

    def id(self, number: int) -> str:
        """Return the id of a document's article."""
        segment, local = self.segment_of(number)
        return segment.value(schema.ID, local)

    def number(self, id: str) -> int | None:
        """Return the document number of an article, None if there is none with this id."""
        return next(iter(self._documents_of(schema.ID, id)), None)

    def works(self, work: str) -> list[int]:
        """Return the document numbers of the articles of a work; none of what is no work's name."""
        return self._documents_of(schema.WORK, work) if work else []

    @cached_property
    def work_codes(self) -> Array:
        """The work of each document as a number, which the articles of one work share; an article without has its own.

        Read from the postings of works, whose terms are looked at once and never decoded.
        """
        codes_of: dict[bytes, int] = {}
        parts = []
        for segment in self.segments:
            codes = np.full(segment.count, -1, np.int64)
            field = segment.terms.fields.get(schema.WORK)
            if field is not None:
                terms = field.terms.load()
                numbers = np.array([codes_of.setdefault(term, len(codes_of)) for term in terms], np.int64)
                codes[field.documents] = np.repeat(numbers, field.extents(np.arange(len(terms)))[1])
            parts.append(codes)
        joined = _joined(parts, np.int64)
        alone = (joined < 0) | (joined == codes_of.get(b"", -1))
        joined[alone] = len(codes_of) + np.arange(np.count_nonzero(alone))
        return joined

    @cached_property
    def work_count(self) -> int:
        """How many works there are."""
        return len(np.unique(self.work_codes[self.live]))

    def is_translated(self, number: int) -> bool:
        """Tell whether the work of a document has other articles."""
        return bool(self._work_sizes[self.work_codes[number]] > 1)

    @cached_property
    def _work_sizes(self) -> Array:
        return np.bincount(self.work_codes[self.live], minlength=int(self.work_codes.max(initial=-1)) + 1)

    @property
    def has_translations(self) -> bool:
        """Tell whether any work has more than one article."""
        return self.work_count < len(self.live)

    def _documents_of(self, field: str, term: str) -> list[int]:
        return [number + segment.base for segment in self.segments for number in segment.documents_of(field, term)]

    def article(self, number: int) -> Article:
        """Read an article."""
        segment, local = self.segment_of(number)
        return segment.article(local)

    def places(self, numbers: Iterable[int]) -> list[Places]:
        """Read where the words and sentences of articles stand."""
        return unpacked(segment.places_record(local) for segment, local in map(self.segment_of, numbers))

    def statistics(self, language: str) -> LanguageStatistics:
        """Return the statistics of a language of the index."""
        if language not in self._statistics:
            count = self.counts[language]
            titles = self._length(schema.title_field(language))
            bodies = self._length(schema.body_field(language))
            self._statistics[language] = LanguageStatistics(count, max(1.0, titles / count), max(1.0, bodies / count))
        return self._statistics[language]

    def _length(self, name: str) -> int:
        """Return the number of words in a field of all documents that are not deleted."""
        total = 0
        for segment in self.segments:
            lengths = segment.documents.lengths(name)
            if lengths:
                total += lengths.total
                if segment.live is not None:
                    total -= int(lengths.dense(segment.count)[~segment.live].sum())
        return total

    @cached_property
    def concepts(self) -> ConceptFinders | None:
        """What finds the concepts of the glossary that the generation was built with, None if it has none."""
        table = self.generation.concepts()
        return ConceptFinders(table) if table is not None else None

    @cached_property
    def term_patterns(self) -> TermPatterns | None:
        """How the terms of that glossary are looked for, None if there is none.

        With them come the places of those that are several words: a segment's `rows`.
        """
        if self.concepts is None:
            return None
        if self._attested is not None and self._attested.are_of(self.concepts.table):
            for segment in self.segments:
                segment.rows = self._attested.rows(segment.name)
        return TermPatterns(self.concepts.table)

    def patterns_of(self, concept: int, language: str) -> list[Pattern]:
        """Return how the terms of a concept are looked for in a language, but for its everyday words."""
        finders, patterns, attested = self.concepts, self.term_patterns, self.attested
        if finders is None or patterns is None:
            return []
        terms = (term for term in finders.table.terms_by_language(concept).get(language, ()) if not term.everyday)
        return patterns.of(term for term in terms if attested is None or attested[term.number])

    @cached_property
    def attested(self) -> Array | None:
        """Of each term of the glossary whether it may stand in the index; None if nobody has looked.

        A term that does not is found in no article, deleted ones included.
        """
        if self.concepts is None or self._attested is None or not self._attested.are_of(self.concepts.table):
            return None
        attested = np.zeros(len(self.concepts.table.term_concepts), bool)
        for segment in self.segments:
            terms = self._attested.terms(segment.name)
            if terms is None:
                return None
            attested[terms] = True
        return attested

    def newest_commit(self) -> int:
        """Return the number of the newest commit to this generation, which may be newer than this snapshot."""
        try:
            return int(self._index.latest_generation())
        except (EmptyIndexError, OSError):
            return -1


def open_snapshot(generation: Generation) -> Snapshot:
    """Open a generation as it is now; raises IndexMismatch or IndexDamaged if it cannot be."""
    for attempt in range(OPEN_ATTEMPTS):
        index = generation.open()
        try:
            return Snapshot(generation, index, generation.reader())
        except (IndexDamaged, FileNotFoundError) as error:
            # Files may have gone since the list of them was read; the next list is right.
            if attempt == OPEN_ATTEMPTS - 1:
                raise error if isinstance(error, IndexDamaged) else generation.damaged(error) from None
        except UNREADABLE as error:
            raise generation.damaged(error) from None
    raise AssertionError("the last attempt returns or raises")


def _years(days: Array) -> Array:
    """Return the year of each day, 0 where there is none."""
    since_1970 = (days.astype(np.int64) - _DAYS_BEFORE_1970).astype("datetime64[D]")
    return np.where(days > 0, since_1970.astype("datetime64[Y]").astype(np.int64) + 1970, 0).astype(np.int16)


def _joined(parts: list[Array], kind: type) -> Array:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, kind)
