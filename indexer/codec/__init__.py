"""A columnar index format behind Whoosh's codec interface.

    container   a file of named arrays, mapped and read without decoding
    terms       a sorted term dictionary, and the postings of each term as slices of flat arrays
    postings    a Whoosh matcher over such slices
    documents   what is kept per document: stored values, field lengths, columns
    columns     column values as arrays
    values      stored values as bytes, without pickle
    segment     what Whoosh pickles into its table of contents: which codec, how many documents, which are deleted
    fields      the postings of one field in memory, on their way to disk
    writing     Whoosh's writer side: one document at a time
    merging     segments into one, by concatenating arrays
    codec       the parts put together

Whoosh finds the codec of a segment by the class of the segment object: `segment.ColumnarSegment` has to stay
importable under that name for ever.
"""

from indexer.codec.codec import ColumnarCodec, verify_files
from indexer.codec.segment import ColumnarSegment

__all__ = ["ColumnarCodec", "ColumnarSegment", "verify_files"]
