"""Which segments become one, and the merging of all that belongs to them.

As many segments of about the same size as MERGE_FACTOR become one of the next size, so that a thousand small commits
leave a few dozen segments at most, and each document is written again only as often as there are sizes.
"""

from collections.abc import Callable, Sequence
from math import log

import numpy as np
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage

from indexer import lexicon, places
from indexer.codec import ColumnarCodec
from indexer.codec.codec import open_file
from indexer.codec.container import Array
from indexer.codec.merging import merge, new_numbers, united
from indexer.codec.segment import ColumnarSegment
from indexer.lexicon import FieldKeys, Lexicon, language_of, write_lexicon
from indexer.places import PlacesReader, write_places

MERGE_FACTOR = 8
# Segments with fewer documents are all of one size.
SMALLEST_TIER = 64
# A segment with more of its documents deleted is written again.
MAX_DELETED = 0.5


def merge_segments(
    storage: FileStorage, schema: Schema, segments: Sequence[ColumnarSegment], into: ColumnarSegment
) -> None:
    """Write one segment with the documents of several, in their order."""
    merge(storage, schema, segments, into)
    _merge_lexicons(storage, segments, into)
    _merge_places(storage, segments, into)


def tiered(
    storage: FileStorage,
    schema: Schema,
    segments: Sequence[ColumnarSegment],
    new_segment: Callable[[], ColumnarSegment],
) -> list[ColumnarSegment]:
    """Merge what has come together, and return the segments there are then; `new_segment` gives those to be written."""
    kept = [segment for segment in segments if segment.doc_count()]
    while chosen := _to_merge(kept):
        merged = new_segment()
        merge_segments(storage, schema, chosen, merged)
        at = kept.index(chosen[0])
        kept = [segment for segment in kept if segment not in chosen]
        kept.insert(at, merged)
    return kept


def _to_merge(segments: Sequence[ColumnarSegment]) -> list[ColumnarSegment]:
    for segment in segments:
        if segment.deleted_count() > MAX_DELETED * segment.doc_count_all():
            return [segment]
    tiers: dict[int, list[ColumnarSegment]] = {}
    for segment in segments:
        size = max(segment.doc_count(), SMALLEST_TIER) / SMALLEST_TIER
        tiers.setdefault(int(log(size, MERGE_FACTOR)) + (size > 1), []).append(segment)
    return next((tiers[tier] for tier in sorted(tiers) if len(tiers[tier]) >= MERGE_FACTOR), [])


def _merge_lexicons(storage: FileStorage, segments: Sequence[ColumnarSegment], into: ColumnarSegment) -> None:
    codec = ColumnarCodec()
    sources = [
        (codec.terms_reader(storage, segment), Lexicon(open_file(storage, segment, lexicon.EXTENSION)))
        for segment in segments
    ]
    merged: dict[str, FieldKeys] = {}
    for name, field in codec.terms_reader(storage, into).fields.items():
        language = language_of(name)
        if language is None:
            continue
        terms = field.terms.strings()
        having = [(reader.fields[name].terms.strings(), known) for reader, known in sources if name in reader.fields]
        every, (here, *of_parts) = united([terms, *(strings for strings, _ in having)])
        # Terms of deleted documents only are gone.
        number_of = np.full(len(every), -1)
        number_of[here] = np.arange(len(terms))
        parts = []
        for (_, known), numbers in zip(having, of_parts, strict=True):
            keys, with_keys, accented = known.keys_of(name)
            renumbered = number_of[numbers]
            parts.append((keys, renumbered[with_keys], renumbered[accented]))
        keys, with_keys, accented = (np.concatenate(column) for column in zip(*parts, strict=True))
        left = with_keys >= 0
        merged[name] = FieldKeys.of(
            language,
            terms.texts(),
            _distinct(accented[accented >= 0], len(terms)),
            keys[left],
            with_keys[left],
        )
    write_lexicon(merged, storage, into)


def _distinct(numbers: Array, count: int) -> Array:
    """Return numbers below a count, each once, in order."""
    there = np.zeros(count, bool)
    there[numbers] = True
    return np.flatnonzero(there)


def _merge_places(storage: FileStorage, segments: Sequence[ColumnarSegment], into: ColumnarSegment) -> None:
    records: list[bytes] = []
    for segment in segments:
        reader = PlacesReader(open_file(storage, segment, places.EXTENSION))
        kept = np.flatnonzero(new_numbers(segment, 0) >= 0)
        records += (bytes(reader.record(number)) for number in kept.tolist())
    write_places(records, storage, into)
