"""Where each word and each sentence of an article stands in its text, so that nobody has to look for them again.

A compressed record a document: of the words of the title, of the words of the body and of the sentences of the body,
how far each begins behind the end of the one before, mostly one character, and how long it is. Where both are small, as
of nearly all words, they are one byte; what is not stands behind the bytes.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from threading import local

import numpy as np
import zstandard
from whoosh.filedb.filestore import FileStorage

from indexer.codec.container import Array, Container, ContainerWriter, narrowest, starts_of
from indexer.codec.fields import ranges
from indexer.codec.segment import ColumnarSegment

EXTENSION = ".places"

_LEVEL = 1
_HEAD = struct.Struct("<B3I")  # bytes a number takes that is no byte with others; how many spans of each kind there are
_TYPES = {size: np.dtype(f"<u{size}") for size in (2, 4, 8)}
# A byte is the step to a span, without sign, and its length in the lower bits; the highest step says: see behind.
_LENGTH_BITS = 5
_BEHIND = 0b111 << _LENGTH_BITS


@dataclass(frozen=True, slots=True)
class Spans:
    """text[starts[i] : starts[i] + lengths[i]], in order; a word's number is its position in the postings."""

    starts: Array
    lengths: Array

    @property
    def ends(self) -> Array:
        return self.starts + self.lengths


@dataclass(frozen=True, slots=True)
class SpanTable:
    """The spans of several texts, those of text i from bounds[i] to bounds[i + 1]."""

    starts: Array
    lengths: Array
    bounds: Array

    @classmethod
    def of(cls, spans: Sequence[Spans]) -> "SpanTable":
        """Put the spans of texts end to end."""
        nothing = [np.zeros(0, np.int64)]
        return cls(
            np.concatenate([*nothing, *(each.starts for each in spans)]),
            np.concatenate([*nothing, *(each.lengths for each in spans)]),
            starts_of(np.array([len(each.starts) for each in spans], np.int64)),
        )

    @classmethod
    def joined(cls, parts: Iterable["SpanTable"]) -> "SpanTable":
        """Put the texts of several tables one after the other."""
        parts = list(parts)
        return cls(
            np.concatenate([part.starts for part in parts]),
            np.concatenate([part.lengths for part in parts]),
            starts_of(np.concatenate([np.diff(part.bounds) for part in parts])),
        )

    def of_texts(self, which: slice) -> "SpanTable":
        """Return the spans of some texts in a row."""
        bounds = self.bounds[which.start : which.stop + 1]
        within = slice(bounds[0], bounds[-1])
        return SpanTable(self.starts[within], self.lengths[within], bounds - bounds[0])


@dataclass(frozen=True, slots=True)
class _Encoded:
    """One kind of spans of several texts: a byte each, and steps and lengths of those that are no byte."""

    codes: bytes
    bounds: list[int]
    steps: Array
    lengths: Array
    behind: Array  # where those of each text begin that are no byte, and where they all end

    @classmethod
    def of(cls, table: SpanTable) -> "_Encoded":
        starts, lengths = table.starts, table.lengths
        steps = starts.copy()
        steps[1:] -= starts[:-1]
        steps[1:] -= lengths[:-1]
        firsts = table.bounds[:-1][table.bounds[1:] > table.bounds[:-1]]
        steps[firsts] = starts[firsts]
        steps = _without_sign(steps)
        large = steps >= _BEHIND >> _LENGTH_BITS
        large |= lengths >> _LENGTH_BITS > 0
        codes = (steps << _LENGTH_BITS).astype(np.uint8)
        codes |= lengths.astype(np.uint8)
        codes[large] = _BEHIND
        at = np.flatnonzero(large)
        behind = np.searchsorted(at, table.bounds)
        return cls(codes.tobytes(), table.bounds.tolist(), steps[at], lengths[at], behind)

    def of_text(self, number: int) -> bytes:
        return self.codes[self.bounds[number] : self.bounds[number + 1]]


def packed(titles: SpanTable, bodies: SpanTable, sentences: SpanTable) -> list[bytes]:
    """Return the records of articles that `unpacked` reads."""
    kinds = [_Encoded.of(table) for table in (titles, bodies, sentences)]
    behind, bounds = _behind(kinds)
    small = int(behind.max(initial=0)) < 1 << 16
    compress = _tools().compressor.compress
    records = []
    for number, (first, last) in enumerate(pairwise(bounds)):
        codes = [kind.of_text(number) for kind in kinds]
        numbers = behind[first:last]
        size = 2 if small else _bytes_for(int(numbers.max(initial=0)))
        head = _HEAD.pack(size, *map(len, codes))
        records.append(bytes(compress(b"".join([head, *codes, numbers.astype(_TYPES[size]).tobytes()]))))
    return records


def _behind(kinds: Sequence[_Encoded]) -> tuple[Array, list[int]]:
    """Return the numbers that are no byte, of each text those of each kind, and where those of each text begin."""
    numbers = np.concatenate([column for kind in kinds for column in (kind.steps, kind.lengths)])
    # text, kind, steps or lengths -> how many they are, and where they begin
    counts = np.stack([np.diff(kind.behind) for kind in kinds for _ in range(2)], axis=-1)
    begins = np.stack([kind.behind[:-1] for kind in kinds for _ in range(2)], axis=-1)
    begins = begins + starts_of(np.repeat([len(kind.steps) for kind in kinds], 2))[:-1]
    return numbers[ranges(begins.ravel(), counts.ravel())], starts_of(counts.sum(axis=1)).tolist()


def _bytes_for(highest: int) -> int:
    return next(size for size in _TYPES if highest < 1 << 8 * size)


@dataclass(frozen=True, slots=True)
class Places:
    """The words and sentences of one article."""

    title: Spans
    body: Spans
    sentences: Spans


def unpacked(records: Iterable[bytes | memoryview]) -> list[Places]:
    """Return what `packed` was given, of several articles at once: to begin with arrays is most of the work."""
    decompress = _tools().decompressor.decompress
    decompressed = [decompress(record) for record in records]
    codes, behind, counts = [_NO_CODES], [_NO_NUMBERS], []
    for data in decompressed:
        size, *of_record = _HEAD.unpack_from(data)
        codes.append(np.frombuffer(data, np.uint8, sum(of_record), _HEAD.size))
        behind.append(np.frombuffer(data, _TYPES[size], offset=_HEAD.size + len(codes[-1])))
        counts += of_record
    bounds = [0, *accumulate(counts)]
    lengths, ends = _steps(np.concatenate(codes), np.concatenate(behind).astype(np.int64), bounds)
    ends = ends.cumsum()
    starts = ends - lengths
    # Each text is counted from its own beginning.
    starts -= np.append(0, ends)[bounds[:-1]].repeat(counts)
    spans = [Spans(starts[first:last], lengths[first:last]) for first, last in pairwise(bounds)]
    return list(map(Places, spans[::3], spans[1::3], spans[2::3]))


def _steps(codes: Array, behind: Array, bounds: Sequence[int]) -> tuple[Array, Array]:
    """Return of each span how long it is, and how far its end is behind that of the one before."""
    # Not by `[codes]`, which takes twice the time.
    lengths, steps = _LENGTHS.take(codes), _STEPS.take(codes)
    large = (codes == _BEHIND).nonzero()[0]
    if len(large):
        # Of each text first all steps, then all lengths.
        texts = list(pairwise(large.searchsorted(bounds).tolist()))
        lengths[large] = np.concatenate([behind[first + last : 2 * last] for first, last in texts])
        steps[large] = _with_sign(np.concatenate([behind[2 * first : first + last] for first, last in texts]))
    return lengths, steps + lengths


def _without_sign(numbers: Array) -> Array:
    # Bigrams overlap: their gaps are negative. 0, -1, 1, -2 become 0, 1, 2, 3.
    signs = numbers >> 8 * numbers.dtype.itemsize - 1
    signs ^= numbers << 1
    return signs


def _with_sign(numbers: Array) -> Array:
    return (numbers >> 1) ^ -(numbers & 1)


# What each byte says: how long its span is, and how far it begins behind the one before.
_LENGTHS = np.arange(256) & ((1 << _LENGTH_BITS) - 1)
_STEPS = _with_sign(np.arange(256) >> _LENGTH_BITS)
_NO_CODES = np.zeros(0, np.uint8)
_NO_NUMBERS = np.zeros(0, _TYPES[2])


def write_places(records: Sequence[bytes], storage: FileStorage, segment: ColumnarSegment) -> None:
    """Write the packed places of a segment's documents, in their order."""
    with segment.create_file(storage, EXTENSION) as file:
        writer = ContainerWriter(file.raw_file())
        writer.add_bytes("records", b"".join(records))
        writer.add("starts", narrowest(starts_of(np.array([len(record) for record in records], np.int64))))
        writer.finish({})


class PlacesReader:
    """The places of a segment's documents."""

    def __init__(self, container: Container) -> None:
        self._records = container.bytes("records")
        self._starts = container.array("starts")

    def __getitem__(self, number: int) -> Places:
        return unpacked([self.record(number)])[0]

    def record(self, number: int) -> memoryview:
        """Return a document's record as it lies in the file."""
        return self._records[int(self._starts[number]) : int(self._starts[number + 1])]


class _Tools(local):
    # zstandard's objects keep working memory, and must not be used by two threads at once.
    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=_LEVEL)
        self.decompressor = zstandard.ZstdDecompressor()


@cache
def _tools() -> _Tools:
    return _Tools()
