"""Which terms of the glossary stand in a segment, and where, so that a query asks only for those.

A concept has some seventy terms, of which an index has a handful; the others cost a query as much, term by term, as
these do. So they are looked for once, all of them at once, when a segment is written. What is told is no more than a
bound: a term that is not told stands in no article of the segment, one that is told may stand there (its words are in
too many places to be compared, or the article is deleted). Of most terms of several words it is also kept where.

It stands in one file beside the segments, named by the number of the commit: a section of terms for each segment, and
those of `rowplaces`. It is of use only to who has the same glossary and the same rules.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from indexer.codec import ColumnarCodec
from indexer.codec.codec import open_file
from indexer.codec.container import Array, Container, ContainerWriter, narrowest
from indexer.codec.segment import ColumnarSegment
from indexer.concepts.compiling import RULES
from indexer.concepts.rowplaces import RowPlaces
from indexer.concepts.standing import standing_in
from indexer.concepts.table import ConceptTable
from indexer.lexicon import EXTENSION, Lexicon
from indexer.storage import DurableStorage


def attested_file(folder: Path, commit: int) -> Path:
    """Return where the attested terms of a commit stand."""
    return folder / f"attested.{commit:08}"


class AttestedTerms:
    """The attested terms of one commit, opened. Safe to share between threads."""

    def __init__(self, file: Path) -> None:
        """Raises FileNotFoundError if there are none, and IndexDamaged if the file is not whole."""
        self._container = container = Container(file)
        self._of = container.facts.get("glossary"), container.facts.get("rules")

    def are_of(self, table: ConceptTable) -> bool:
        """Tell whether they are terms of this compiled glossary, looked for as they would be now."""
        return self._of == (table.digest, RULES)

    def terms(self, segment: str) -> Array | None:
        """Return the numbers of the terms of a segment, sorted; None if it was not looked at."""
        return self._container.array(segment) if segment in self._container else None

    def rows(self, segment: str) -> RowPlaces | None:
        """Return where the terms of several words stand in a segment; None if that is not known."""
        return RowPlaces.opened(self._container, segment)

    def verify(self) -> None:
        """Read everything; raises IndexDamaged if a byte is not what was written."""
        self._container.verify()


def open_attested(folder: Path, commit: int) -> AttestedTerms | None:
    """Open the attested terms of a commit; None if they are not there."""
    try:
        return AttestedTerms(attested_file(folder, commit))
    except FileNotFoundError:
        return None


class Attesting:
    """The attested terms of a commit while it is made: known of segments that were there, found out of others."""

    def __init__(self, storage: DurableStorage, table: ConceptTable, segments: Sequence[ColumnarSegment], commit: int):
        """`segments` are those that `commit` made the index consist of."""
        self._storage, self._table = storage, table
        self._known: dict[str, tuple[Array, RowPlaces | None]] = {}
        earlier = open_attested(Path(storage.folder), commit)
        if earlier is not None and earlier.are_of(table):
            for segid in (segment.segid for segment in segments):
                if (terms := earlier.terms(segid)) is not None:
                    self._known[segid] = terms, earlier.rows(segid)

    def look_at(self, segments: Iterable[ColumnarSegment]) -> bool:
        """Find out which terms stand in segments, and tell whether that was not known of any."""
        unknown = [segment for segment in segments if segment.segid not in self._known]
        for segment in unknown:
            self._known[segment.segid] = _attested(self._storage, segment, self._table)
        return bool(unknown)

    def write(self, segments: Sequence[ColumnarSegment], commit: int) -> None:
        """Write the file of a commit that will consist of these segments; those unknown were merged of those gone.

        Where a merged one has its rows is not told.
        """
        there = {segment.segid for segment in segments}
        gone = [terms for segid, (terms, _) in self._known.items() if segid not in there]
        merged = np.unique(np.concatenate([np.zeros(0, np.int64), *gone]))
        name = attested_file(Path(), commit).name
        with self._storage.create_file(f"{name}.new") as file:
            writer = ContainerWriter(file.raw_file())
            for segid in (segment.segid for segment in segments):
                terms, rows = self._known.get(segid, (merged, None))
                writer.add(segid, narrowest(terms))
                if rows is not None:
                    rows.write(writer, segid)
            writer.finish({"glossary": self._table.digest, "rules": RULES})
        # Readers of this very commit may have the file open, if only the glossary is another.
        self._storage.rename_file(f"{name}.new", name)


def _attested(storage: DurableStorage, segment: ColumnarSegment, table: ConceptTable) -> tuple[Array, RowPlaces]:
    fields = ColumnarCodec().terms_reader(storage, segment).fields
    lexicon = Lexicon(open_file(storage, segment, EXTENSION))
    found = [each for language in table.languages for each in standing_in(language, table, lexicon, fields)]
    terms = np.unique(np.concatenate([np.zeros(0, np.int64), *(each.terms for each in found)]))
    return terms, RowPlaces.of(found)
