"""The collections that are written while kills happen: some articles come, go and change from each to the next.

Each is a file of JSON lines, read as any operator's would be; and what an index of it has to hold is known from reading
the file alone.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from benchmarks.synthetic import generated
from corpus import Collection, Settings
from indexer.generations import Generation
from indexer.schema import HASH, ID

VERSIONS = 24
ARTICLES = 150
# In each version one article of so many is left out, and one of so many is another text than in the version before.
LEFT_OUT, CHANGED = 11, 7

# article id -> content hash
Contents = dict[str, str]


@dataclass(frozen=True, slots=True)
class Versions:
    """The files of all versions, by number."""

    folder: Path

    def __getitem__(self, version: int) -> Path:
        return self.folder / f"{version:02}.jsonl"

    def write(self) -> None:
        """Write all the files."""
        base = list(generated(ARTICLES))
        for version in range(VERSIONS):
            with self[version].open("w", encoding="utf-8") as lines:
                for at, article in enumerate(base):
                    if (at + version) % LEFT_OUT == 0:
                        continue
                    text = f"{article.body}\nRevision {(at + version) // CHANGED}."
                    row = {"id": article.id, "lang": article.language, "title": article.title, "text": text}
                    lines.write(json.dumps(row, ensure_ascii=False) + "\n")

    def contents(self, version: int) -> Contents:
        """Return what an index of a version has to hold."""
        return {article.id: article.content_hash() for article in Collection([self[version]], Settings())}


def contents_of(generation: Generation) -> Contents:
    """Return what a generation holds, by its columns; that they are true of the articles is verified elsewhere."""
    with generation.reader() as reader:
        ids, hashes = reader.column_reader(ID), reader.column_reader(HASH)
        return {ids[number]: hashes[number].decode() for number in reader.all_doc_ids()}
