"""tantivy-py as whoever has many languages sets it up: a field for the texts of each, and a stemmer of its own for it.

It has stemmers for some languages; the texts of others share a field in which letters count alone. Nothing but stemming
is added to what it does by itself, so accents and inflected forms are not looked at, as they are by Karjera.
"""

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.peers import TANTIVY_HEAP_BYTES
from corpus import LANGUAGES, Article

# Those of tantivy's stemmers that Karjera has too, by the names of Snowball, which both use.
STEMMERS = frozenset(
    "arabic danish dutch english finnish french german greek hungarian italian norwegian portuguese romanian russian "
    "spanish swedish tamil turkish".split()
)
# Of the languages without a stemmer.
OTHERS = "others"
# As tantivy has it by itself: longer words are not indexed.
_MAX_WORD_BYTES = 40


def field_of(language: str) -> str:
    """Return what the fields of a language's texts end with."""
    return language if LANGUAGES[language].stemmer in STEMMERS else OTHERS


def build_stemmed(articles: Iterable[Article], folder: Path, workers: int) -> Callable[[], None]:
    """Build an index; returns what waits for the merges in the background."""
    tantivy = import_module("tantivy")
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("language", "topic"):
        builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("number", fast=True)
    for field in (*_stemmed(), OTHERS):
        for part in ("title", "body"):
            builder.add_text_field(f"{part}_{field}", stored=True, tokenizer_name=_tokenizer(field))
    folder.mkdir(parents=True)
    index = tantivy.Index(builder.build(), path=str(folder))
    _register(index)
    writer = index.writer(TANTIVY_HEAP_BYTES, workers)
    for number, article in enumerate(articles):
        field = field_of(article.language)
        texts = {f"title_{field}": article.title, f"body_{field}": article.body}
        facets = {"language": article.language, "topic": article.topics[0]}
        writer.add_document(tantivy.Document(id=article.id, number=number, **facets, **texts))
    writer.commit()

    def merge() -> None:
        writer.wait_merging_threads()

    return merge


def open_index(folder: Path) -> Any:
    """Open an index, with the stemmers that its fields want."""
    index = import_module("tantivy").Index.open(str(folder))
    _register(index)
    return index


def fields_of(searcher: Any) -> list[str]:
    """Return the fields that have any texts."""
    every = import_module("tantivy").Query.all_query()
    found = searcher.aggregate(every, {"language": {"terms": {"field": "language", "size": len(LANGUAGES)}}})
    present = dict.fromkeys(field_of(bucket["key"]) for bucket in found["language"]["buckets"])
    return [f"{part}_{field}" for field in present for part in ("title", "body")]


def count_stemmed(folder: Path) -> int:
    return int(open_index(folder).searcher().num_docs)


def open_stemmed(folder: Path) -> object:
    return open_index(folder).searcher()


def answer_stemmed(folder: Path, word: str) -> int:
    index = open_index(folder)
    searcher = index.searcher()
    found = searcher.search(index.parse_query(word, fields_of(searcher)), limit=10)
    for _, address in found.hits:
        searcher.doc(address)
    return int(found.count)


def _stemmed() -> list[str]:
    return [code for code in LANGUAGES if field_of(code) == code]


def _tokenizer(field: str) -> str:
    return "default" if field == OTHERS else f"stems_{field}"


def _register(index: Any) -> None:
    tantivy = import_module("tantivy")
    for code in _stemmed():
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        for step in (
            tantivy.Filter.remove_long(_MAX_WORD_BYTES),
            tantivy.Filter.lowercase(),
            tantivy.Filter.stemmer(LANGUAGES[code].stemmer),
        ):
            analyzer = analyzer.filter(step)
        index.register_tokenizer(_tokenizer(code), analyzer.build())
