"""How each system answers a query: the best ten articles, how many there are, two facets, and ten snippets.

Each is a function that opens an index and returns one that answers; what it opens it keeps.

- Karjera is asked through `Engine.search`, as a page is: words in all inflections in every language of the index, by
  closeness too, three facets, whole sentences as snippets, marked titles, other languages of each hit.
- tantivy-py looks for the letters in title and body with its query parser: for any of the words, which is what it does
  by itself and always fills the page, as Karjera does; or for every word, which reads fewer postings and often has
  fewer than ten articles to make snippets of. Its facets are a second pass over the
  matches, since its Python interface gives hits and aggregations in two calls; its snippets are of bodies alone.
- With stems, tantivy-py looks in each language's fields for any of the words, as that language's stemmer has them; of
  each hit the snippet is made by its language.
- Whoosh has the plain schema of its documentation: words of title and body in lower case, no stems. It looks for every
  word, which is what it does by itself, or for any, as Karjera and tantivy-py do.

Without snippets, what is left out is also the reading of the articles: ten ids or numbers from columns, total, facets.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import stemmed
from benchmarks.articles import Corpus
from corpus import Settings
from indexer.codec.container import Array
from indexer.generations import IndexFolder
from search import Engine, SearchRequest
from search.answering import extended
from search.correction import corrected
from search.facets import allowed, language_facet, passing, topic_facet, year_facet
from search.live import LiveIndex
from search.ordering import best_first
from search.parsing import parse
from search.planning import plan
from search.ranking import match

PAGE = 10
WRITER_MB = 256


class Answer(NamedTuple):
    """What came back, to see that it is no less than was asked for; `snippets` counts those with a mark."""

    total: int
    ids: tuple[str, ...]
    languages: int
    topics: int
    snippets: int


Asked = Callable[[str], Answer]


def karjera(folder: Path) -> Asked:
    engine = Engine(Settings(index=folder))

    def ask(query: str) -> Answer:
        page = engine.search(SearchRequest(query, size=PAGE))
        marked = sum(any(piece.hit for piece in hit.snippet) for hit in page.hits)
        ids = tuple(hit.id for hit in page.hits)
        return Answer(page.total, ids, len(page.languages), len(page.topics), marked)

    return ask


def karjera_without_snippets(folder: Path) -> Asked:
    """Do what `Engine.search` does before it makes hits."""
    settings = Settings(index=folder)
    live = LiveIndex(IndexFolder(folder), settings)

    def ask(query: str) -> Answer:
        request, snapshot, parsed = SearchRequest(query, size=PAGE), live.snapshot(), parse(query, settings)
        columns = snapshot.columns

        def passes(numbers: Array) -> Array:
            return passing(allowed(numbers, parsed, columns), request, columns)

        planned = extended(plan(parsed, snapshot.counts), snapshot)
        matches = match(planned, snapshot, settings, passes, wanted=PAGE)
        if matches.unknown:
            planned, corrections = corrected(planned, matches.unknown, snapshot)
            if corrections:
                matches = match(planned, snapshot, settings, passes, wanted=PAGE)
        answering = allowed(matches.numbers, parsed, columns)
        kept = passing(answering, request, columns)
        ordered, _ = best_first(kept, matches, snapshot, PAGE)
        languages, topics = language_facet(answering, request, columns), topic_facet(answering, request, columns)
        year_facet(answering, request, columns)
        ids = tuple(snapshot.id(number) for number in ordered.tolist())
        return Answer(len(kept), ids, len(languages), len(topics), 0)

    return ask


def tantivy(folder: Path) -> Asked:
    return _tantivy(folder, every_word=False, snippets=True)


def tantivy_without_snippets(folder: Path) -> Asked:
    return _tantivy(folder, every_word=False, snippets=False)


def tantivy_every_word(folder: Path) -> Asked:
    return _tantivy(folder, every_word=True, snippets=True)


def tantivy_every_word_without_snippets(folder: Path) -> Asked:
    return _tantivy(folder, every_word=True, snippets=False)


_FACETS = {name: {"terms": {"field": name, "size": 100}} for name in ("language", "topic")}


def _tantivy(folder: Path, *, every_word: bool, snippets: bool) -> Asked:
    module = import_module("tantivy")
    index = module.Index.open(str(folder))
    searcher = index.searcher()

    def ask(query: str) -> Answer:
        parsed = index.parse_query(query, ["title", "body"], conjunction_by_default=every_word)
        found = searcher.search(parsed, limit=PAGE)
        facets = searcher.aggregate(parsed, _FACETS)
        marked = 0
        if snippets:
            ids = []
            generator = module.SnippetGenerator.create(searcher, parsed, index.schema, "body")
            for _, address in found.hits:
                document = searcher.doc(address)
                ids.append(document.get_first("id"))
                marked += "<b>" in generator.snippet_from_doc(document).to_html()
        else:
            ids = searcher.fast_field_values("number", [address for _, address in found.hits])
        languages, topics = (len(facets[name]["buckets"]) for name in _FACETS)
        return Answer(found.count, tuple(map(str, ids)), languages, topics, marked)

    return ask


def tantivy_stems(folder: Path) -> Asked:
    return _tantivy_stems(folder, snippets=True)


def tantivy_stems_without_snippets(folder: Path) -> Asked:
    return _tantivy_stems(folder, snippets=False)


def _tantivy_stems(folder: Path, *, snippets: bool) -> Asked:
    module = import_module("tantivy")
    index = stemmed.open_index(folder)
    searcher = index.searcher()
    fields = stemmed.fields_of(searcher)

    def ask(query: str) -> Answer:
        parsed = index.parse_query(query, fields)
        found = searcher.search(parsed, limit=PAGE)
        facets = searcher.aggregate(parsed, _FACETS)
        marked = 0
        if snippets:
            ids = []
            generators: dict[str, Any] = {}
            for _, address in found.hits:
                document = searcher.doc(address)
                ids.append(document.get_first("id"))
                field = f"body_{stemmed.field_of(document.get_first('language'))}"
                if field not in generators:
                    generators[field] = module.SnippetGenerator.create(searcher, parsed, index.schema, field)
                marked += "<b>" in generators[field].snippet_from_doc(document).to_html()
        else:
            ids = searcher.fast_field_values("number", [address for _, address in found.hits])
        languages, topics = (len(facets[name]["buckets"]) for name in _FACETS)
        return Answer(found.count, tuple(map(str, ids)), languages, topics, marked)

    return ask


def build_whoosh(corpus: Corpus, folder: Path, articles: int) -> None:
    """Build what `whoosh` answers from, so many articles, evenly spread, in the codec that it has of its own."""
    from whoosh.analysis import StandardAnalyzer
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import FileIndex

    def words() -> TEXT:
        return TEXT(analyzer=StandardAnalyzer(stoplist=None, minsize=1), stored=True)

    schema = Schema(
        id=ID(stored=True), language=ID(sortable=True), topic=ID(sortable=True), title=words(), body=words()
    )
    folder.mkdir(parents=True)
    writer = FileIndex.create(FileStorage(str(folder)), schema).writer(limitmb=WRITER_MB)
    for article in corpus.sample(articles):
        writer.add_document(
            id=article.id,
            language=article.language,
            topic=article.topics[0],
            title=article.title,
            body=article.body,
        )
    writer.commit()


def whoosh(folder: Path) -> Asked:
    return _whoosh(folder, every_word=False)


def whoosh_every_word(folder: Path) -> Asked:
    return _whoosh(folder, every_word=True)


def _whoosh(folder: Path, *, every_word: bool) -> Asked:
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import FileIndex
    from whoosh.qparser import AndGroup, MultifieldParser, OrGroup

    searcher = FileIndex(FileStorage(str(folder))).searcher()
    parser = MultifieldParser(["title", "body"], searcher.schema, group=AndGroup if every_word else OrGroup)

    def ask(query: str) -> Answer:
        results = searcher.search(parser.parse(query), limit=PAGE, groupedby=["language", "topic"])
        page = results[:PAGE]  # where results are grouped, there are all of them whatever the limit
        marked = sum("<b" in hit.highlights("body") for hit in page)
        ids = tuple(str(hit["id"]) for hit in page)
        return Answer(len(results), ids, len(results.groups("language")), len(results.groups("topic")), marked)

    return ask
