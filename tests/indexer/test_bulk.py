"""Many articles at once. That the files are those of other ways of writing is in test_ways; here is what they say."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from whoosh.columns import NumericColumn, RefBytesColumn
from whoosh.filedb.filestore import FileStorage

from corpus import Article
from indexer import schema as names
from indexer.analysis import query_analyzer
from indexer.analysis.tokenizer import MAX_WORD_CHARS
from indexer.bulk import SegmentBuilder
from indexer.codec import ColumnarCodec
from indexer.codec.documents import ColumnarDocumentReader
from indexer.codec.segment import ColumnarSegment
from indexer.codec.terms import ColumnarTermsReader
from indexer.documents import Encoded, article_of
from indexer.segments import BESIDE
from tests.conftest import ARTICLES
from tests.indexer.codec.corpora import EXTENSIONS, article_lists, schema_for

Readers = tuple[ColumnarTermsReader, ColumnarDocumentReader]
# Term -> (document, positions) of each posting
Places = dict[str, list[tuple[int, list[int]]]]


def built(folder: Path, *articles: Article) -> Readers:
    storage, segment = FileStorage(str(folder)), ColumnarSegment("MAIN")
    builder = SegmentBuilder(schema_for({article.language for article in articles} or {"en"}))
    assert builder.write(map(Encoded.of, articles), storage, segment) == len(articles) == segment.doc_count_all()
    codec = ColumnarCodec()
    return codec.terms_reader(storage, segment), codec.per_document_reader(storage, segment)


def places(readers: Readers, field: str) -> Places:
    found = {}
    for _, term in readers[0].terms_from(field, b""):
        postings = readers[0].postings(field, term)
        assert postings is not None and postings.positions is not None
        cuts = np.cumsum(postings.frequencies)[:-1]
        parts = np.split(postings.positions, cuts)
        pairs = zip(postings.documents.tolist(), parts, strict=True)
        found[term.decode()] = [(document, part.tolist()) for document, part in pairs]
    return found


def test_words_are_kept_as_written_with_their_positions(tmp_path: Path) -> None:
    readers = built(
        tmp_path,
        Article("one", "en", "Calls", "Calls, calls: a call-center calls."),
        Article("two", "en", "Pay", "The centers call."),
    )
    assert places(readers, "title_en") == {"calls": [(0, [0])], "pay": [(1, [0])]}
    # Joined, call-center stands at the place of its first part.
    assert places(readers, "body_en") == {
        "a": [(0, [2])],
        "call": [(0, [3]), (1, [2])],
        "callcenter": [(0, [3])],
        "calls": [(0, [0, 1, 5])],
        "center": [(0, [4])],
        "centers": [(1, [1])],
        "the": [(1, [0])],
    }


def test_the_length_of_a_field_counts_joined_words_too(tmp_path: Path) -> None:
    _, documents = built(
        tmp_path,
        Article("one", "en", "Calls", "Calls, calls: a call-center calls."),
        Article("two", "en", "Pay", "The centers call."),
    )
    assert [documents.doc_field_length(number, "body_en") for number in (0, 1)] == [7, 3]
    assert [documents.doc_field_length(number, "title_en") for number in (0, 1)] == [1, 1]


@given(articles=article_lists(max_size=4))
@settings(max_examples=60, deadline=None)
def test_postings_and_lengths_are_those_of_the_analyzer(articles: list[Article]) -> None:
    expected: dict[str, Places] = {}
    lengths: dict[tuple[str, int], int] = {}
    for number, article in enumerate(articles):
        code = article.language
        for name, text in ((names.title_field(code), article.title), (names.body_field(code), article.body)):
            tokens = query_analyzer(code).tokens(text)
            lengths[name, number] = len(tokens)
            for token in tokens:
                of_term = expected.setdefault(name, {}).setdefault(token.form, [])
                if not of_term or of_term[-1][0] != number:
                    of_term.append((number, []))
                of_term[-1][1].append(token.position)
    with TemporaryDirectory() as folder:
        readers = built(Path(folder), *articles)
        found = {name: places(readers, name) for name in readers[0].indexed_field_names() if "_" in name}
        assert found == expected
        for (name, number), length in lengths.items():
            assert readers[1].doc_field_length(number, name) == length


def test_a_segment_is_the_codecs_two_files_and_two_beside_them(tmp_path: Path) -> None:
    built(tmp_path, *ARTICLES)
    assert sorted(file.suffix for file in tmp_path.iterdir()) == sorted([*EXTENSIONS, *BESIDE])
    assert sorted(BESIDE) == [".lexicon", ".places"]


def test_turkish_capitals_have_a_dot_or_none_like_their_small_letters(tmp_path: Path) -> None:
    # In English, capital I is small i; the two languages share no memory of words.
    readers = built(tmp_path, Article("tr", "tr", "IŞIK ışık", "İŞ iş"), Article("en", "en", "IN in", ""))
    assert places(readers, "title_tr") == {"ışık": [(0, [0, 1])]}
    assert places(readers, "body_tr") == {"iş": [(0, [0, 1])]}
    assert places(readers, "title_en") == {"in": [(1, [0, 1])]}


@pytest.mark.parametrize("apostrophe", "'’ʼ")
def test_an_article_before_an_apostrophe_is_left_out(tmp_path: Path, apostrophe: str) -> None:
    readers = built(tmp_path, Article("fr", "fr", "", f"l{apostrophe}emploi emploi"))
    assert places(readers, "body_fr") == {"emploi": [(0, [0, 1])]}


def test_an_endless_word_becomes_its_beginning(tmp_path: Path) -> None:
    readers = built(tmp_path, Article("en", "en", "", "x" * 300))
    assert places(readers, "body_en") == {"x" * MAX_WORD_CHARS: [(0, [0])]}


def test_keywords_are_found_and_counted_by_column(tmp_path: Path) -> None:
    terms, documents = built(
        tmp_path,
        Article("one", "en", "Pay", "", ("pay", "wellbeing", "pay"), work="same"),
        Article("two", "pl", "Płaca", "", ("pay",), date(2026, 3, 1), work="same"),
        Article("three", "pl", "Sen", ""),
    )

    def found(field: str, term: str) -> list[int]:
        postings = terms.postings(field, term.encode())
        return [] if postings is None else postings.documents.tolist()

    assert (found(names.TOPICS, "pay"), found(names.TOPICS, "wellbeing")) == ([0, 1], [0])
    assert (found(names.LANGUAGE, "pl"), found(names.WORK, "same"), found(names.ID, "two")) == ([1, 2], [0, 1], [1])
    assert list(documents.column_reader(names.TOPICS, RefBytesColumn())) == [b"pay wellbeing pay", b"pay", b""]
    published = documents.column_reader(names.PUBLISHED, NumericColumn("i"))
    assert list(published) == [0, date(2026, 3, 1).toordinal(), 0]


def test_every_article_is_kept_whole(tmp_path: Path) -> None:
    _, documents = built(tmp_path, *ARTICLES)
    assert [article_of(documents.stored_fields(number)) for number in range(len(ARTICLES))] == list(ARTICLES)


def test_articles_without_a_word_and_no_articles_at_all_are_no_trouble(tmp_path: Path) -> None:
    terms, documents = built(tmp_path, Article("dots", "en", "…", "—"))
    assert set(terms.indexed_field_names()) == {names.ID, names.LANGUAGE, names.WORK}
    assert documents.doc_field_length(0, "body_en") == 0
    terms, documents = built(tmp_path)
    assert (list(terms.terms()), documents.doc_count_all()) == ([], 0)


def test_a_long_article_has_positions_wider_than_two_bytes(tmp_path: Path) -> None:
    readers = built(tmp_path, Article("short", "en", "", "Pay."), Article("long", "en", "", "night " * 66_000 + "pay"))
    assert places(readers, "body_en")["pay"] == [(0, [0]), (1, [66_000])]
    assert readers[1].doc_field_length(1, "body_en") == 66_001
