"""The stored values of a segment's documents: a compressed record each, by a dictionary that those of a batch share.

Alone, a text of some pages says little of how its language goes; with the beginnings of others to refer to it takes a
sixth less, and is still read by itself. Records that are written together are one batch. A merge takes over large
batches as they are, and makes new ones of what is between them, so that a segment has few. A batch of which anything
is deleted is large no more: its dictionary may hold how that began.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from threading import local

import numpy as np
import zstandard

from indexer.codec.container import Array, Container, ContainerWriter, narrowest, starts_of

# Measured on 2026-11-22 with 7,999 chapters of 6,900 bytes, in four languages: by dictionaries their 56 MB take 26.2 MB
# at level 1, 24.7 at level 2 and 23.6 at level 3, in 0.34, 0.42 and 0.46 s. As below they take 24.5 MB, in 0.33 s: with
# a dictionary there is so much to refer to that what is short need not be looked for, and more is to be remembered.
_REMEMBERED_LOG, _SHORTEST_MATCH, _WINDOW_LOG = 16, 7, 21
_DICTIONARY_BYTES = 112_000
_SAMPLES = 100
# Of the records' bytes the dictionary is at most this part; it is not compressed itself.
_RECORDS_PER_DICTIONARY = 64

# A batch is taken over if its dictionary is at least so long, and its records are such a part of all. Measured on
# 2026-11-22 with 1,920 chapters of one language: batches with dictionaries of 97,000 bytes take 1 % more than all of
# them by one dictionary, with 48,000 3 %, with 24,000 6 %. A reader takes some 200 kB for a batch that it reads of.
_LARGE_DICTIONARY_BYTES = _DICTIONARY_BYTES // 2
_MOST_LARGE = 32


@dataclass(frozen=True, slots=True)
class Batch:
    """Compressed records in a row, and their dictionary, empty where it would say nothing."""

    dictionary: bytes
    compressed: Sequence[bytes | memoryview]

    @classmethod
    def of(cls, records: Sequence[bytes]) -> "Batch":
        """Compress records, by a dictionary made of them alone."""
        dictionary = _dictionary(records)
        shared, parameters = _shared(dictionary), _parameters()
        if shared:
            shared.precompute_compress(compression_params=parameters)
        compressor = zstandard.ZstdCompressor(dict_data=shared, compression_params=parameters)
        return cls(dictionary, [compressor.compress(record) for record in records])

    def is_large(self, records: int) -> bool:
        """Tell whether to take it over as it is into a segment of so many records."""
        return len(self.dictionary) >= _LARGE_DICTIONARY_BYTES and len(self.compressed) * _MOST_LARGE >= records


class StoredTable:
    """Records on their way to disk: those that come one by one, and between them batches that are taken over."""

    def __init__(self) -> None:
        self._parts: list[list[bytes] | Batch] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, record: bytes) -> None:
        """Add a record."""
        last = self._parts[-1] if self._parts else None
        if isinstance(last, list):
            last.append(record)
        else:
            self._parts.append([record])
        self._count += 1

    def take_over(self, batch: Batch) -> None:
        """Add the records of a batch."""
        self._parts.append(batch)
        self._count += len(batch.compressed)

    def write(self, file: ContainerWriter) -> None:
        """Write the records as the sections that the reader expects."""
        batches = [Batch.of(part) if isinstance(part, list) else part for part in self._parts]
        counts = np.array([len(batch.compressed) for batch in batches], np.int64)
        records = [record for batch in batches for record in batch.compressed]
        _write_strings(file, "dictionaries", [batch.dictionary for batch in batches])
        file.add("batches", narrowest(starts_of(counts)))
        _write_strings(file, "stored", records)


def _write_strings(file: ContainerWriter, name: str, strings: Sequence[bytes | memoryview]) -> None:
    file.add_bytes(name, b"".join(strings))
    file.add(f"{name}_starts", narrowest(starts_of(np.fromiter(map(len, strings), np.int64, len(strings)))))


def _dictionary(records: Sequence[bytes]) -> bytes:
    """Return the beginnings of some records, spread evenly."""
    step = max(1, len(records) // _SAMPLES)
    samples = [records[at] for at in range(0, len(records), step)]
    about = sum(map(len, samples)) * step
    bytes_each = min(_DICTIONARY_BYTES, about // _RECORDS_PER_DICTIONARY) // max(1, len(samples))
    return b"".join(sample[:bytes_each] for sample in samples)


def _parameters() -> zstandard.ZstdCompressionParameters:
    return zstandard.ZstdCompressionParameters.from_level(
        1, hash_log=_REMEMBERED_LOG, min_match=_SHORTEST_MATCH, window_log=_WINDOW_LOG, write_dict_id=False
    )


def _shared(dictionary: bytes) -> zstandard.ZstdCompressionDict | None:
    return zstandard.ZstdCompressionDict(dictionary, zstandard.DICT_TYPE_RAWCONTENT) if dictionary else None


class StoredReader:
    """The records of a segment. Safe to share between threads."""

    def __init__(self, container: Container) -> None:
        self._records = container.bytes("stored")
        self._starts: Array = container.array("stored_starts")
        self._bounds: Array = container.array("batches")  # where each begins, and all end
        self._dictionaries = container.bytes("dictionaries")
        self._dictionary_starts: Array = container.array("dictionaries_starts")
        # zstandard's objects keep working memory, and must not be used by two threads at once.
        self._local = local()

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> bytes:
        record = self._compressed(number)
        batch = int(self._bounds.searchsorted(number, "right")) - 1
        try:
            decompressors = self._local.decompressors
        except AttributeError:
            decompressors = self._local.decompressors = {}
        if batch not in decompressors:
            decompressors[batch] = zstandard.ZstdDecompressor(_shared(self._dictionary(batch)))
        return bytes(decompressors[batch].decompress(record))

    def batches(self) -> Iterator[Batch]:
        """Yield the records as they are compressed."""
        bounds = self._bounds.tolist()
        for number, (first, last) in enumerate(pairwise(bounds)):
            yield Batch(self._dictionary(number), [self._compressed(at) for at in range(first, last)])

    def _compressed(self, number: int) -> memoryview:
        return self._records[int(self._starts[number]) : int(self._starts[number + 1])]

    def _dictionary(self, batch: int) -> bytes:
        starts = self._dictionary_starts
        return bytes(self._dictionaries[int(starts[batch]) : int(starts[batch + 1])])
