"""What Whoosh pickles into its table of contents for each segment.

Whoosh opens a segment with the codec that its segment object names, whatever the configuration. Therefore this class
has to stay importable under this name, with these attributes, for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from whoosh.codec.base import Segment

if TYPE_CHECKING:
    from indexer.codec.codec import ColumnarCodec


class ColumnarSegment(Segment):
    """A segment of the columnar format: its name, how many documents it has, and which are deleted."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self._count = 0
        self._deleted: set[int] = set()

    def codec(self) -> ColumnarCodec:
        from indexer.codec.codec import ColumnarCodec

        return ColumnarCodec()

    def should_assemble(self) -> bool:
        return False

    def set_doc_count(self, count: int) -> None:
        self._count = count

    def doc_count_all(self) -> int:
        return self._count

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        return iter(sorted(self._deleted))

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        if delete:
            self._deleted.add(docnum)
        else:
            self._deleted.discard(docnum)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted
