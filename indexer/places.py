"""Where each word and each sentence of an article stands in its text, so that nobody has to look for them again.

A compressed record a document: of the words of the title, of the words of the body and of the sentences of the body,
how far each begins behind the end of the one before, mostly one character, and how long it is. Where both are small, as
of nearly all words, they are one byte; what is not stands behind the bytes.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from threading import local

import numpy as np
import zstandard
from whoosh.filedb.filestore import FileStorage

from indexer.codec.container import Array, Container, ContainerWriter, narrowest, starts_of
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


@dataclass(frozen=True, slots=True)
class _Encoded:
    """One kind of spans of several texts: a byte each, and steps and lengths of those that are no byte."""

    codes: bytes
    bounds: list[int]
    steps: Array
    lengths: Array
    behind: list[int]  # where those of each text begin that are no byte

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
        return cls(codes.tobytes(), table.bounds.tolist(), steps[at], lengths[at], behind.tolist())

    def of_text(self, number: int) -> tuple[bytes, Array, Array]:
        first, last = self.behind[number], self.behind[number + 1]
        codes = self.codes[self.bounds[number] : self.bounds[number + 1]]
        return codes, self.steps[first:last], self.lengths[first:last]


def packed(titles: SpanTable, bodies: SpanTable, sentences: SpanTable) -> list[bytes]:
    """Return the records of articles that `Places` reads."""
    kinds = [_Encoded.of(table) for table in (titles, bodies, sentences)]
    highest = max(int(numbers.max(initial=0)) for kind in kinds for numbers in (kind.steps, kind.lengths))
    compress = _tools().compressor.compress
    records = []
    for number in range(len(titles.bounds) - 1):
        parts = [kind.of_text(number) for kind in kinds]
        behind = np.concatenate([numbers for _, steps, lengths in parts for numbers in (steps, lengths)])
        size = 2 if highest < 1 << 16 else _bytes_for(int(behind.max(initial=0)))
        head = _HEAD.pack(size, *(len(codes) for codes, _, _ in parts))
        codes = [codes for codes, _, _ in parts]
        records.append(bytes(compress(b"".join([head, *codes, behind.astype(_TYPES[size]).tobytes()]))))
    return records


def _bytes_for(highest: int) -> int:
    return next(size for size in _TYPES if highest < 1 << 8 * size)


class Places:
    """The words and sentences of one article; each kind is decoded when it is first asked for."""

    def __init__(self, record: bytes | memoryview) -> None:
        data = _tools().decompressor.decompress(record)
        size, *counts = _HEAD.unpack_from(data)
        bounds = starts_of(np.array(counts, np.int64))
        codes = np.frombuffer(data, np.uint8, int(bounds[-1]), _HEAD.size)
        behind = np.frombuffer(data, _TYPES[size], offset=_HEAD.size + len(codes))
        self._codes = [codes[first:last] for first, last in pairwise(bounds.tolist())]
        self._behind: list[Array] = []
        at = 0
        for kind in self._codes:
            count = 2 * int(np.count_nonzero(kind >= _BEHIND))
            self._behind.append(behind[at : at + count])
            at += count

    @cached_property
    def title(self) -> Spans:
        return self._spans(0)

    @cached_property
    def body(self) -> Spans:
        return self._spans(1)

    @cached_property
    def sentences(self) -> Spans:
        return self._spans(2)

    def _spans(self, kind: int) -> Spans:
        codes = self._codes[kind]
        steps = (codes >> _LENGTH_BITS).astype(np.int64)
        lengths = (codes & ((1 << _LENGTH_BITS) - 1)).astype(np.int64)
        large = np.flatnonzero(codes >= _BEHIND)
        if len(large):
            steps[large], lengths[large] = self._behind[kind].reshape(2, -1)
        steps = _with_sign(steps)
        steps[1:] += lengths[:-1]
        return Spans(np.cumsum(steps), lengths)


def _without_sign(numbers: Array) -> Array:
    # Bigrams overlap: their gaps are negative. 0, -1, 1, -2 become 0, 1, 2, 3.
    signs = numbers >> 8 * numbers.dtype.itemsize - 1
    signs ^= numbers << 1
    return signs


def _with_sign(numbers: Array) -> Array:
    return (numbers >> 1) ^ -(numbers & 1)


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
        return Places(self.record(number))

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
