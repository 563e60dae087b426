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
from indexer.codec.merging import merge, new_numbers
from indexer.codec.segment import ColumnarSegment
from indexer.lexicon import FieldKeys, Lexicon, endings_order, folded_order, language_of, write_lexicon
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
    new_terms = merge(storage, schema, segments, into)
    _merge_lexicons(storage, segments, new_terms, into)
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


def _merge_lexicons(
    storage: FileStorage,
    segments: Sequence[ColumnarSegment],
    new_terms: Sequence[dict[str, Array]],
    into: ColumnarSegment,
) -> None:
    lexicons = [Lexicon(open_file(storage, segment, lexicon.EXTENSION)) for segment in segments]
    merged: dict[str, FieldKeys] = {}
    for name, field in ColumnarCodec().terms_reader(storage, into).fields.items():
        language = language_of(name)
        if language is None:
            continue
        keys, terms, accented = [], [], np.zeros(len(field.terms), bool)
        for known, numbers in zip(lexicons, new_terms, strict=True):
            if name not in numbers:
                continue
            found, having, with_accents = known.keys_of(name)
            new = numbers[name][having]
            keys.append(found[new >= 0])
            terms.append(new[new >= 0])
            new = numbers[name][with_accents]
            accented[new[new >= 0]] = True
        forms = field.terms.strings()
        merged[name] = FieldKeys(
            np.concatenate(keys),
            np.concatenate(terms),
            folded_order(forms, np.flatnonzero(accented)),
            endings_order(language, forms),
        )
    write_lexicon(merged, storage, into)


def _merge_places(storage: FileStorage, segments: Sequence[ColumnarSegment], into: ColumnarSegment) -> None:
    records: list[bytes] = []
    for segment in segments:
        reader = PlacesReader(open_file(storage, segment, places.EXTENSION))
        kept = np.flatnonzero(new_numbers(segment, 0) >= 0)
        records += (bytes(reader.record(number)) for number in kept.tolist())
    write_places(records, storage, into)
