"""The codec that Whoosh brings as the oracle: over the same commits, both say the same and find the same."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.codec.base import Codec
from whoosh.fields import Schema
from whoosh.index import FileIndex
from whoosh.query.compound import And, Or
from whoosh.query.positional import Phrase
from whoosh.query.qcore import Every, Query
from whoosh.query.ranges import DateRange, NumericRange, TermRange
from whoosh.query.terms import FuzzyTerm, Prefix, Term, Wildcard
from whoosh.query.wrappers import Not
from whoosh.reading import IndexReader
from whoosh.scoring import BM25F
from whoosh.searching import Searcher
from whoosh.sorting import FieldFacet

from corpus import Article
from indexer import schema as names
from indexer.analysis import query_analyzer
from indexer.codec import ColumnarCodec
from indexer.writer import write_all, write_changes
from tests.indexer.codec.corpora import (
    DATES,
    FIELDS,
    LETTERS,
    NUMBERS,
    RECORDS,
    VALUES,
    add_articles,
    add_records,
    article_lists,
    contents_by_id,
    contents_of,
    create_index,
    open_writer,
    schema_for,
)


@dataclass(frozen=True)
class Commit:
    """Documents to add, numbers of documents to delete (of those there, counted around), and how to end."""

    documents: list[Any]
    deleted: list[int]
    optimize: bool


@st.composite
def commits(draw: st.DrawFn, documents: st.SearchStrategy[list[Any]], max_size: int = 3) -> list[Commit]:
    made = []
    for _ in range(draw(st.integers(1, max_size))):
        deleted = draw(st.lists(st.integers(0, 20), max_size=3))
        made.append(Commit(draw(documents), deleted, draw(st.sampled_from([False, False, True]))))
    return made


def renamed(made: list[Commit]) -> list[Commit]:
    """The same commits, with ids that are different over all of them."""
    return [
        Commit(
            [Article(f"{at}/{a.id}", a.language, a.title, a.body, a.topics, a.published, work=a.work)
             for a in commit.documents],
            commit.deleted,
            commit.optimize,
        )
        for at, commit in enumerate(made)
    ]  # fmt: skip


def built(
    folder: Path, schema: Schema, codec: Codec | None, made: list[Commit], add: Callable[[Any, list[Any]], None]
) -> FileIndex:
    index = create_index(folder, schema)
    for commit in made:
        writer = open_writer(index, codec)
        there = index.reader().doc_count_all()
        for number in commit.deleted:
            if there:
                writer.delete_document(number % there)
        add(writer, commit.documents)
        writer.commit(merge=False, optimize=commit.optimize)
    return index


def in_both(
    folder: str, schema: Schema, made: list[Commit], add: Callable[[Any, list[Any]], None]
) -> tuple[FileIndex, FileIndex]:
    return (
        built(Path(folder, "stock"), schema, None, made, add),
        built(Path(folder, "columnar"), schema, ColumnarCodec(), made, add),
    )


def frequencies_of(reader: IndexReader) -> dict[tuple[str, bytes], tuple[Any, ...]]:
    """What the dictionary says of each term; deleted documents count in it until they are merged away."""
    found = {}
    for name, term in reader.all_terms():
        info = reader.term_info(name, term)
        found[name, term] = (
            reader.doc_frequency(name, term),
            reader.frequency(name, term),
            info.doc_frequency(),
            info.weight(),
            info.max_weight(),
            info.min_id(),
            info.max_id(),
        )
    return found


@given(made=commits(article_lists()).map(renamed))
@settings(max_examples=50, deadline=None)
def test_articles_read_the_same(made: list[Commit]) -> None:
    schema = schema_for({article.language for commit in made for article in commit.documents})
    with TemporaryDirectory() as folder:
        stock, columnar = in_both(folder, schema, made, add_articles)
        with stock.reader() as expected, columnar.reader() as reader:
            assert contents_of(reader) == contents_of(expected)
            assert frequencies_of(reader) == frequencies_of(expected)
            assert list(reader.all_terms()) == sorted(expected.all_terms())
            assert set(reader.indexed_field_names()) == set(expected.indexed_field_names())
            assert [reader.is_deleted(number) for number in range(reader.doc_count_all())] == [
                expected.is_deleted(number) for number in range(expected.doc_count_all())
            ]
            assert (reader.doc_count(), reader.doc_count_all()) == (expected.doc_count(), expected.doc_count_all())


@given(made=commits(article_lists()).map(renamed))
@settings(max_examples=30, deadline=None)
def test_lengths_are_exactly_the_number_of_words(made: list[Commit]) -> None:
    articles = {article.id: article for commit in made for article in commit.documents}
    schema = schema_for({article.language for article in articles.values()})
    with TemporaryDirectory() as folder:
        index = built(Path(folder), schema, ColumnarCodec(), made, add_articles)
        with index.reader() as reader:
            ids = reader.column_reader(names.ID) if reader.doc_count_all() else ()
            totals: dict[str, int] = {}
            for number in range(reader.doc_count_all()):
                article = articles[ids[number]]
                tokens = query_analyzer(article.language).tokens
                # Of joined words, both the parts and all together count.
                expected = {
                    names.title_field(article.language): len(tokens(article.title)),
                    names.body_field(article.language): len(tokens(article.body)),
                }
                for name in schema.names():
                    length = expected.get(name, 0)
                    assert reader.doc_field_length(number, name) == length
                    totals[name] = totals.get(name, 0) + length
            for name, total in totals.items():
                assert reader.field_length(name) == total


@given(
    made=st.lists(
        st.tuples(article_lists(3, ("pl", "en")), st.lists(st.integers(0, 20), max_size=2)), min_size=8, max_size=11
    )
)
@settings(max_examples=10, deadline=None)
def test_syncs_merged_by_tiers_lose_and_invent_nothing(made: list[tuple[list[Article], list[int]]]) -> None:
    numbered = renamed([Commit(articles, deleted, False) for articles, deleted in made])
    alive: list[Article] = []
    with TemporaryDirectory() as folder:
        schema = schema_for(("pl", "en"))
        stock = create_index(Path(folder, "stock"), schema)
        columnar = create_index(Path(folder, "columnar"), schema, durable=True)
        for commit in numbered:
            gone = {alive[number % len(alive)].id for number in commit.deleted if alive}
            left = [article for article in alive if article.id not in gone]
            # Each commit writes one language after the other.
            wanted = left + sorted(commit.documents, key=lambda article: article.language)
            if not wanted:
                continue  # a sync with nothing at all is refused
            writer = open_writer(stock, None)
            for name in gone:
                writer.delete_by_term(names.ID, name)
            add_articles(writer, wanted[len(left) :])
            writer.commit(merge=False)
            if alive:
                write_changes(columnar, wanted, allow_shrink=True)
            else:
                write_all(columnar, wanted)  # only what was built is synced
            alive = wanted
        with stock.reader() as expected, columnar.reader() as reader:
            assert contents_by_id(reader) == contents_by_id(expected)
            # Documents keep their order, merged or not.
            ids = reader.column_reader(names.ID) if alive else ()
            assert [ids[number] for number in reader.all_doc_ids()] == [article.id for article in alive]


def keys_found(searcher: Searcher, asked: Query) -> list[int]:
    return list(searcher.docs_for_query(asked))


TEXT_FIELDS = st.sampled_from(["text", "spans", "boosted"])
ANY_FIELDS = st.sampled_from(["text", "spans", "boosted", "bare"])
LEAVES = st.one_of(
    st.builds(Term, ANY_FIELDS, st.sampled_from([*LETTERS, "absent"])),
    st.builds(Term, st.just("tags"), st.sampled_from(["pay", "night", "first job"])),
    st.builds(Term, st.just("done"), st.booleans()),
    st.builds(Prefix, ANY_FIELDS, st.sampled_from(["", "a", "ab", "ż", "z"])),
    st.builds(Wildcard, ANY_FIELDS, st.sampled_from(["a*", "*c", "?b*", "b?", "*", "ż*"])),
    st.builds(FuzzyTerm, ANY_FIELDS, st.sampled_from(LETTERS), maxdist=st.sampled_from([1, 2])),
    st.builds(
        Phrase,
        TEXT_FIELDS,
        st.lists(st.sampled_from(LETTERS[:6]), min_size=1, max_size=3),
        slop=st.integers(1, 3),
    ),
    st.builds(
        TermRange,
        ANY_FIELDS,
        st.sampled_from(["a", "ab", "b", ""]),
        st.sampled_from(["abc", "b", "ż"]),
        st.booleans(),
        st.booleans(),
    ),
    st.builds(
        NumericRange,
        st.sampled_from(["signed", "long"]),
        st.sampled_from([*NUMBERS, None]),
        st.sampled_from([*NUMBERS, None]),
        st.booleans(),
        st.booleans(),
    ),
    st.builds(
        NumericRange,
        st.just("price"),
        st.sampled_from([-1.5, 0.0, 0.1, None]),
        st.sampled_from([0.25, 1e9, None]),
    ),
    st.builds(DateRange, st.just("when"), st.sampled_from(DATES), st.sampled_from(DATES)),
    st.builds(Every, st.sampled_from([None, "text", "tags"])),
)
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, min_size=1, max_size=3)),
        st.builds(Or, st.lists(inner, min_size=1, max_size=3)),
        inner.map(lambda excluded: And([Every(), Not(excluded)])),
    ),
    max_leaves=6,
)


@given(made=commits(RECORDS))
@settings(max_examples=40, deadline=None)
def test_fields_of_every_kind_read_the_same(made: list[Commit]) -> None:
    with TemporaryDirectory() as folder:
        stock, columnar = in_both(folder, FIELDS, made, add_records)
        with stock.reader() as expected, columnar.reader() as reader:
            assert contents_of(reader) == contents_of(expected)
            assert frequencies_of(reader) == frequencies_of(expected)
            for name, term in expected.all_terms():
                if name == "spans":
                    assert all_as(reader, name, term, "characters") == all_as(expected, name, term, "characters")


def all_as(reader: IndexReader, name: str, term: bytes, kind: str) -> list[Any]:
    matcher = reader.postings(name, term)
    found = []
    while matcher.is_active():
        found.append((matcher.id(), matcher.value_as(kind)))
        matcher.next()
    return found


@given(made=commits(RECORDS), asked=st.lists(QUERIES, min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_every_query_finds_the_same_documents(made: list[Commit], asked: list[Query]) -> None:
    with TemporaryDirectory() as folder:
        stock, columnar = in_both(folder, FIELDS, made, add_records)
        with stock.searcher() as expected, columnar.searcher() as searcher:
            for one in asked:
                assert keys_found(searcher, one) == keys_found(expected, one), one


@given(made=commits(RECORDS), asked=st.lists(QUERIES, min_size=1, max_size=8))
@settings(max_examples=40, deadline=None)
def test_scores_are_the_same_while_the_stock_codec_keeps_lengths_exact(made: list[Commit], asked: list[Query]) -> None:
    with TemporaryDirectory() as folder:
        stock, columnar = in_both(folder, FIELDS, made, add_records)
        with stock.searcher(weighting=BM25F()) as expected, columnar.searcher(weighting=BM25F()) as searcher:
            for one in asked:
                assert scores(searcher, one) == scores(expected, one), one


def scores(searcher: Searcher, asked: Query) -> list[tuple[int, float | None]]:
    found = searcher.search(asked, limit=None)
    return [(found.docnum(at), found.score(at)) for at in range(found.scored_length())]


@st.composite
def sortable(draw: st.DrawFn) -> tuple[str, list[Commit]]:
    """A column, and commits of documents that all have a value there: Whoosh can make no group of a missing date."""
    by = draw(st.sampled_from(sorted(name for name in VALUES if FIELDS[name].column_type)))
    others = {name: values for name, values in VALUES.items() if name != by}
    return by, draw(commits(st.lists(st.fixed_dictionaries({by: VALUES[by]}, optional=others), min_size=1, max_size=6)))


@given(drawn=sortable(), reverse=st.booleans())
@settings(max_examples=60, deadline=None)
def test_sorting_and_grouping_by_a_column_are_the_same(drawn: tuple[str, list[Commit]], reverse: bool) -> None:
    by, made = drawn
    with TemporaryDirectory() as folder:
        stock, columnar = in_both(folder, FIELDS, made, add_records)
        with stock.searcher() as expected, columnar.searcher() as searcher:
            facet = FieldFacet(by, reverse=reverse)
            found, known = (
                one.search(Every(), limit=None, sortedby=facet, groupedby=by) for one in (searcher, expected)
            )
            assert [hit.docnum for hit in found] == [hit.docnum for hit in known]
            assert found.groups(by) == known.groups(by)


def test_long_lists_of_postings_and_long_documents_read_the_same() -> None:
    # The stock codec keeps 128 postings in a block; a position over 65,535 is wider than two bytes.
    records = [{"text": "ab " * (number % 3) + "abc" * (number % 7 == 0), "kind": b"x"} for number in range(400)]
    records.append({"text": "b " * 66_000 + "ba", "spans": "a " * 300})
    made = [Commit(records, [], False), Commit(records[:200], [0, 5, 399], False)]
    asked = [
        And([Term("text", "ab"), Term("text", "abc")]),
        And([Term("text", "abc"), Not(Term("text", "ab"))]),
        Or([Term("text", "ba"), Term("text", "abc")]),
        Phrase("text", ["b", "ba"]),
    ]
    with TemporaryDirectory() as folder:
        stock, columnar = in_both(folder, FIELDS, made, add_records)
        with stock.searcher() as expected, columnar.searcher() as searcher:
            assert contents_of(searcher.reader()) == contents_of(expected.reader())
            for one in asked:
                assert keys_found(searcher, one) == keys_found(expected, one), one
            assert keys_found(searcher, asked[3]) == [400]
            assert searcher.reader().doc_field_length(400, "text") == 66_001
            matcher = searcher.reader().postings("text", b"ba")
            assert matcher.value_as("positions") == [66_000]
