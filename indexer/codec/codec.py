"""The columnar format as a codec of Whoosh's: `index.writer(codec=ColumnarCodec())`.

Every writer of an index has to be given it: a merge by a writer without would write the stock format. Readers find it
by the segments.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from whoosh.codec import base
from whoosh.filedb.filestore import FileStorage

from indexer.codec.container import Container
from indexer.codec.documents import ColumnarDocumentReader
from indexer.codec.segment import ColumnarSegment
from indexer.codec.terms import ColumnarTermsReader
from indexer.codec.writing import (
    DOCUMENTS_EXTENSION,
    TERMS_EXTENSION,
    ColumnarDocumentWriter,
    ColumnarFieldWriter,
)


class ColumnarCodec(base.Codec):
    """Whoosh's factory of the parts."""

    # The writers hand lengths to each other without Whoosh reading them back.
    length_stats = False

    def per_document_writer(self, storage: FileStorage, segment: ColumnarSegment) -> ColumnarDocumentWriter:
        return ColumnarDocumentWriter(storage, segment)

    def field_writer(self, storage: FileStorage, segment: ColumnarSegment) -> ColumnarFieldWriter:
        return ColumnarFieldWriter(storage, segment)

    def postings_writer(self, dbfile: object, byteids: bool = False) -> NoReturn:
        """Postings of this format are no file of their own."""
        raise TypeError("the columnar format writes postings with their terms; use field_writer.")

    def postings_reader(
        self, dbfile: object, terminfo: object, format_: object, term: object = None, scorer: object = None
    ) -> NoReturn:
        """Postings of this format are no file of their own."""
        raise TypeError("the columnar format reads postings with their terms; use terms_reader.")

    def terms_reader(self, storage: FileStorage, segment: ColumnarSegment) -> ColumnarTermsReader:
        return ColumnarTermsReader(open_file(storage, segment, TERMS_EXTENSION))

    def per_document_reader(self, storage: FileStorage, segment: ColumnarSegment) -> ColumnarDocumentReader:
        return ColumnarDocumentReader(open_file(storage, segment, DOCUMENTS_EXTENSION), segment)

    def new_segment(self, storage: FileStorage, indexname: str) -> ColumnarSegment:
        return ColumnarSegment(indexname)


def verify_files(storage: FileStorage, segment: ColumnarSegment, more: Iterable[str] = ()) -> None:
    """Read a segment's files through, `more` naming the extensions of what stands beside the codec's own.

    Raises IndexDamaged naming the file that is not what was written.
    """
    for extension in (DOCUMENTS_EXTENSION, TERMS_EXTENSION, *more):
        open_file(storage, segment, extension).verify()


def open_file(storage: FileStorage, segment: ColumnarSegment, extension: str) -> Container:
    """Map one of a segment's files."""
    return Container(Path(storage.folder, segment.make_filename(extension)))
