"""Where each word and each sentence of an article stands in its text, so that nobody has to look for them again.

A compressed record a document: of the words of the title, of the words of the body and of the sentences of the body,
how far each begins behind the end of the one before, mostly one character, and how long it is.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from threading import local

import numpy as np
import zstandard
from whoosh.filedb.filestore import FileStorage

from indexer.codec.container import Array, Container, ContainerWriter, narrowest, starts_of
from indexer.codec.segment import ColumnarSegment

EXTENSION = ".places"

_LEVEL = 1
_ARRAY = struct.Struct("<BI")  # bytes a number takes, how many there are
_TYPES = {size: np.dtype(f"<u{size}") for size in (1, 2, 4, 8)}


@dataclass(frozen=True, slots=True)
class Spans:
    """text[starts[i] : starts[i] + lengths[i]], in order; a word's number is its position in the postings."""

    starts: Array
    lengths: Array

    @property
    def ends(self) -> Array:
        return self.starts + self.lengths


def packed(title: Spans, body: Spans, sentences: Spans) -> bytes:
    """Return the record of an article that `Places` reads."""
    parts = []
    for spans in (title, body, sentences):
        for numbers in (_without_sign(spans.starts - np.append(0, spans.ends[:-1])), spans.lengths):
            narrow = narrowest(numbers)
            parts += [_ARRAY.pack(narrow.dtype.itemsize, len(narrow)), narrow.tobytes()]
    return bytes(_tools().compressor.compress(b"".join(parts)))


class Places:
    """The words and sentences of one article; each kind is decoded when it is first asked for."""

    def __init__(self, record: bytes | memoryview) -> None:
        data = _tools().decompressor.decompress(record)
        self._arrays: list[Array] = []
        at = 0
        for _ in range(6):
            size, count = _ARRAY.unpack_from(data, at)
            at += _ARRAY.size
            self._arrays.append(np.frombuffer(data, _TYPES[size], count, at))
            at += size * count

    @cached_property
    def title(self) -> Spans:
        return self._spans(0)

    @cached_property
    def body(self) -> Spans:
        return self._spans(2)

    @cached_property
    def sentences(self) -> Spans:
        return self._spans(4)

    def _spans(self, at: int) -> Spans:
        lengths = self._arrays[at + 1].astype(np.int64)
        steps = _with_sign(self._arrays[at].astype(np.int64))
        steps[1:] += lengths[:-1]
        return Spans(np.cumsum(steps), lengths)


def _without_sign(numbers: Array) -> Array:
    # Bigrams overlap: their gaps are negative. 0, -1, 1, -2 become 0, 1, 2, 3.
    return np.where(numbers < 0, -2 * numbers - 1, 2 * numbers)


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
