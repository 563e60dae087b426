"""The systems of others, as their own documentation uses them.

tantivy and bm25s are optional (`pip install --group benchmarks`), and imported when they run. All three split at what
is no letter or digit and lower the case, and do nothing else: no stems, no forms besides, where Karjera has both.
"""

import sqlite3
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from corpus import Article

# Of memory for all threads of tantivy together: its default. It decides the figure. Measured on 2026-11-22 with the
# 23,030 chapters: one thread with 15 MB wrote about 1,050 of them a second of processor time, with 128 MB 2,900; two
# threads with 256 MB were no faster than with 128.
TANTIVY_HEAP_BYTES = 128_000_000


def is_installed(package: str) -> bool:
    """Tell whether a package can be imported."""
    return find_spec(package) is not None


def build_tantivy(articles: Iterable[Article], folder: Path, workers: int) -> Callable[[], None]:
    tantivy = import_module("tantivy")
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("language", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("topic", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("number", fast=True)
    builder.add_text_field("title", stored=True)
    builder.add_text_field("body", stored=True)
    folder.mkdir(parents=True)
    writer = tantivy.Index(builder.build(), path=str(folder)).writer(TANTIVY_HEAP_BYTES, workers)
    for number, article in enumerate(articles):
        writer.add_document(
            tantivy.Document(
                id=article.id,
                language=article.language,
                topic=article.topics[0],
                number=number,
                title=article.title,
                body=article.body,
            )
        )
    writer.commit()

    def merge() -> None:
        writer.wait_merging_threads()

    return merge


def count_tantivy(folder: Path) -> int:
    return int(import_module("tantivy").Index.open(str(folder)).searcher().num_docs)


def open_tantivy(folder: Path) -> object:
    return import_module("tantivy").Index.open(str(folder)).searcher()


def answer_tantivy(folder: Path, word: str) -> int:
    index = import_module("tantivy").Index.open(str(folder))
    searcher = index.searcher()
    found = searcher.search(index.parse_query(word, ["title", "body"]), limit=10)
    for _, address in found.hits:
        searcher.doc(address)
    return int(found.count)


def build_sqlite(articles: Iterable[Article], folder: Path, workers: int) -> Callable[[], None]:
    folder.mkdir(parents=True)
    database = sqlite3.connect(folder / "articles.db")
    database.execute("CREATE VIRTUAL TABLE articles USING fts5(id UNINDEXED, language UNINDEXED, title, body)")
    rows = ((article.id, article.language, article.title, article.body) for article in articles)
    with database:
        database.executemany("INSERT INTO articles VALUES (?, ?, ?, ?)", rows)
    database.close()
    return lambda: None


def count_sqlite(folder: Path) -> int:
    (count,) = sqlite3.connect(folder / "articles.db").execute("SELECT count(*) FROM articles").fetchone()
    return int(count)


def open_sqlite(folder: Path) -> object:
    database = sqlite3.connect(folder / "articles.db")
    database.execute("SELECT rowid FROM articles LIMIT 1").fetchone()
    return database


def answer_sqlite(folder: Path, word: str) -> int:
    database = sqlite3.connect(folder / "articles.db")
    database.execute("SELECT * FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT 10", (word,)).fetchall()
    (count,) = database.execute("SELECT count(*) FROM articles WHERE articles MATCH ?", (word,)).fetchone()
    return int(count)


def build_bm25s(articles: Iterable[Article], folder: Path, workers: int) -> Callable[[], None]:
    bm25s = import_module("bm25s")
    texts = [f"{article.title}\n{article.body}" for article in articles]
    tokens = bm25s.tokenize(texts, stopwords=[], show_progress=False)
    index = bm25s.BM25()
    index.index(tokens, show_progress=False)
    index.save(folder, show_progress=False)
    return lambda: None


def count_bm25s(folder: Path) -> int:
    return int(import_module("bm25s").BM25.load(folder).scores["num_docs"])


def open_bm25s(folder: Path) -> object:
    index: object = import_module("bm25s").BM25.load(folder)
    return index


def answer_bm25s(folder: Path, word: str) -> int:
    bm25s = import_module("bm25s")
    index = bm25s.BM25.load(folder)
    tokens = bm25s.tokenize([word], stopwords=[], show_progress=False)
    index.retrieve(tokens, k=10, show_progress=False)
    return int((index.get_scores([word]) > 0).sum())
