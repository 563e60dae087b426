"""Many articles at once. That the files are those of writing one by one is in test_ways; here is what they say."""

from pathlib import Path

import numpy as np
import pytest
from whoosh.columns import RefBytesColumn, VarBytesColumn
from whoosh.filedb.filestore import FileStorage

from corpus import Article
from indexer import schema as names
from indexer.analysis.tokenizer import MAX_WORD_CHARS
from indexer.codec import ColumnarCodec
from indexer.codec.bulk import Expansion, SegmentBuilder, Vocabulary
from indexer.codec.documents import ColumnarDocumentReader
from indexer.codec.segment import ColumnarSegment
from indexer.codec.terms import ColumnarTermsReader
from indexer.documents import article_of
from tests.conftest import ARTICLES
from tests.indexer.codec.corpora import schema_for

Readers = tuple[ColumnarTermsReader, ColumnarDocumentReader]


def built(folder: Path, *articles: Article) -> Readers:
    storage, segment = FileStorage(str(folder)), ColumnarSegment("MAIN")
    builder = SegmentBuilder(schema_for({article.language for article in articles} or {"en"}))
    assert builder.write(articles, storage, segment) == len(articles) == segment.doc_count_all()
    codec = ColumnarCodec()
    return codec.terms_reader(storage, segment), codec.per_document_reader(storage, segment)


def places(readers: Readers, field: str) -> dict[str, list[tuple[int, list[int]]]]:
    """Term -> (document, positions) of each posting."""
    found = {}
    for _, term in readers[0].terms_from(field, b""):
        postings = readers[0].postings(field, term)
        assert postings is not None and postings.positions is not None
        cuts = np.cumsum(postings.frequencies)[:-1]
        parts = np.split(postings.positions, cuts)
        pairs = zip(postings.documents.tolist(), parts, strict=True)
        found[term.decode()] = [(document, part.tolist()) for document, part in pairs]
    return found


def counts(readers: Readers, field: str) -> dict[str, list[tuple[int, int]]]:
    """Term -> (document, frequency) of each posting."""
    found = {}
    for _, term in readers[0].terms_from(field, b""):
        postings = readers[0].postings(field, term)
        assert postings is not None
        found[term.decode()] = list(zip(postings.documents.tolist(), postings.frequencies.tolist(), strict=True))
    return found


def test_stems_have_the_positions_of_their_words(tmp_path: Path) -> None:
    readers = built(
        tmp_path,
        Article("one", "en", "Calls", "Calls, calls: a call-center calls."),
        Article("two", "en", "Pay", "The centers call."),
    )
    assert places(readers, "title_en") == {"call": [(0, [0])], "pay": [(1, [0])]}
    # Joined, call-center is a word as written only: phrases count its two parts.
    assert places(readers, "body_en") == {
        "a": [(0, [2])],
        "call": [(0, [0, 1, 3, 5]), (1, [2])],
        "center": [(0, [4]), (1, [1])],
        "the": [(1, [0])],
    }
    assert [readers[1].doc_field_length(number, "body_en") for number in (0, 1)] == [6, 3]
    assert [readers[1].doc_field_length(number, "title_en") for number in (0, 1)] == [1, 1]


def test_words_as_written_are_counted_over_title_and_body(tmp_path: Path) -> None:
    readers = built(tmp_path, Article("one", "en", "Calls", "CALLS a call"), Article("two", "en", "Night calls", ""))
    assert counts(readers, "form_en") == {
        "a": [(0, 1)],
        "call": [(0, 1)],
        "calls": [(0, 2), (1, 1)],
        "night": [(1, 1)],
    }
    assert counts(readers, "title_form_en") == {"calls": [(0, 1), (1, 1)], "night": [(1, 1)]}


def test_turkish_capitals_have_a_dot_or_none_like_their_small_letters(tmp_path: Path) -> None:
    # In English, capital I is small i; the two languages share no memory of words.
    readers = built(tmp_path, Article("tr", "tr", "IŞIK ışık", "İŞ iş"), Article("en", "en", "IN in", ""))
    forms = counts(readers, "form_tr")
    assert forms["ışık"] == [(0, 2)]
    assert forms["iş"] == [(0, 2)]
    assert "işik" not in forms and "isik" not in forms
    assert counts(readers, "form_en") == {"in": [(1, 2)]}


@pytest.mark.parametrize("apostrophe", "'’ʼ")
def test_an_article_before_an_apostrophe_is_left_out(tmp_path: Path, apostrophe: str) -> None:
    readers = built(tmp_path, Article("fr", "fr", "", f"l{apostrophe}emploi emploi"))
    assert counts(readers, "form_fr") == {"emploi": [(0, 2)]}


def test_an_endless_word_becomes_its_beginning(tmp_path: Path) -> None:
    readers = built(tmp_path, Article("en", "en", "", "x" * 300))
    assert counts(readers, "form_en") == {"x" * MAX_WORD_CHARS: [(0, 1)]}


def test_keywords_are_found_and_counted_by_column(tmp_path: Path) -> None:
    terms, documents = built(
        tmp_path,
        Article("one", "en", "Pay", "", ("pay", "wellbeing", "pay"), work="same"),
        Article("two", "pl", "Płaca", "", ("pay",), work="same"),
        Article("three", "pl", "Sen", ""),
    )

    def found(field: str, term: str) -> list[int]:
        postings = terms.postings(field, term.encode())
        return [] if postings is None else postings.documents.tolist()

    assert (found(names.TOPICS, "pay"), found(names.TOPICS, "wellbeing")) == ([0, 1], [0])
    assert (found(names.LANGUAGE, "pl"), found(names.WORK, "same"), found(names.ID, "two")) == ([1, 2], [0, 1], [1])
    assert list(documents.column_reader(names.TOPICS, RefBytesColumn())) == [b"pay wellbeing pay", b"pay", b""]
    assert list(documents.column_reader(names.PUBLISHED, VarBytesColumn())) == [b"", b"", b""]


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


def test_a_piece_seen_again_has_the_same_number() -> None:
    vocabulary = Vocabulary("en")
    first = vocabulary.numbers("Pay for pay")
    assert len(set(first)) == 3  # Pay and pay are two pieces, and one term
    assert vocabulary.numbers("pay Pay for") == [first[2], first[0], first[1]]
    assert sorted(vocabulary.terms()) == ["for", "pay"]


def test_pieces_expand_to_their_terms_in_order() -> None:
    # Piece 0 stands for terms 7 and 8, piece 1 for none, piece 2 for 9.
    expansion = Expansion.of([7, 8, 9], [2, 0, 1])
    terms, documents = expansion.expand(np.array([2, 0, 1, 0]), np.array([0, 0, 1, 2]))
    assert terms.tolist() == [9, 7, 8, 7, 8]
    assert documents.tolist() == [0, 0, 0, 2, 2]
