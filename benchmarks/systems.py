"""What is measured: how each system builds an index of articles, opens it, and answers a query of one word.

Karjera and Whoosh's stock codec are here, those of others in `peers`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from benchmarks import peers, stemmed
from corpus import Article, Settings
from indexer.adding import document, with_analyzers
from indexer.generations import IndexFolder
from indexer.schema import schema
from indexer.writer import write_all
from search import Engine, SearchRequest
from search.snapshot import open_snapshot

# Generations kept by a build; there is only ever one.
KEEP = 2
# Of postings that the writer holds before they go to a temporary file.
WRITER_MB = 256


@dataclass(frozen=True, slots=True)
class System:
    """How a system is used.

    `build` takes articles, an empty folder and a number of processes or threads. It returns when all articles are
    committed and can be searched, with what the system would still do in the background. `count` tells how many there
    are then. `open` returns something to keep alive; `answer` opens the index, asks for the best ten articles with a
    word, and returns how many have it.
    """

    name: str
    package: str  # that has to be installed
    keeps: str
    build: Callable[[Iterable[Article], Path, int], Callable[[], None]]
    count: Callable[[Path], int]
    open: Callable[[Path], object]
    answer: Callable[[Path, str], int]


def nothing() -> None:
    """Do nothing: what a system does that has no work left."""


def build_karjera(articles: Iterable[Article], folder: Path, workers: int) -> Callable[[], None]:
    index_folder = IndexFolder(folder)
    with index_folder.lock():
        with index_folder.new_generation() as index:
            write_all(index, articles, workers)
        index_folder.publish(KEEP)
    return nothing


def count_karjera(folder: Path) -> int:
    return sum(Engine(Settings(index=folder)).counts().values())


def open_karjera(folder: Path) -> object:
    return open_snapshot(IndexFolder(folder).live())


def answer_karjera(folder: Path, word: str) -> int:
    return Engine(Settings(index=folder)).search(SearchRequest(word)).total


def build_whoosh(articles: Iterable[Article], folder: Path, workers: int) -> Callable[[], None]:
    """The same schema and the same words as written, by the codec that Whoosh has of its own: no lexicon, no places."""
    folder.mkdir(parents=True)
    index = FileIndex.create(_storage(folder), schema())
    writer = index.writer(limitmb=WRITER_MB)
    # Only while articles are added: our analyzers are no part of what Whoosh pickles.
    plain, writer.schema = writer.schema, with_analyzers(writer.schema)
    for article in articles:
        writer.add_document(**document(article))
    writer.schema = plain
    writer.commit()
    return nothing


def count_whoosh(folder: Path) -> int:
    return int(FileIndex(_storage(folder)).doc_count())


def open_whoosh(folder: Path) -> object:
    return FileIndex(_storage(folder)).searcher()


def answer_whoosh(folder: Path, word: str) -> int:
    from whoosh.query.compound import Or
    from whoosh.query.terms import Term

    searcher = FileIndex(_storage(folder)).searcher()
    fields = [name for name in searcher.reader().indexed_field_names() if name.startswith(("title_", "body_"))]
    return len(searcher.search(Or([Term(name, word) for name in fields]), limit=10))


def _storage(folder: Path) -> FileStorage:
    return FileStorage(str(folder))


KARJERA = System("Karjera", "search", "text, positions", build_karjera, count_karjera, open_karjera, answer_karjera)
WHOOSH = System(
    "Whoosh, stock codec", "whoosh", "text, positions", build_whoosh, count_whoosh, open_whoosh, answer_whoosh
)
TANTIVY = System(
    "tantivy-py",
    "tantivy",
    "text, positions",
    peers.build_tantivy,
    peers.count_tantivy,
    peers.open_tantivy,
    peers.answer_tantivy,
)
STEMMED = System(
    "tantivy-py, stems",
    "tantivy",
    "text, positions",
    stemmed.build_stemmed,
    stemmed.count_stemmed,
    stemmed.open_stemmed,
    stemmed.answer_stemmed,
)
SQLITE = System(
    "SQLite FTS5",
    "sqlite3",
    "text, positions",
    peers.build_sqlite,
    peers.count_sqlite,
    peers.open_sqlite,
    peers.answer_sqlite,
)
BM25S = System("bm25s", "bm25s", "neither", peers.build_bm25s, peers.count_bm25s, peers.open_bm25s, peers.answer_bm25s)
