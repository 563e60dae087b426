"""Articles through Whoosh's own writer."""

import pickle
from pathlib import Path

import pytest
from whoosh.query.compound import And
from whoosh.query.positional import Phrase
from whoosh.query.terms import Term

from corpus import Article
from indexer import schema as names
from indexer.adding import TermAnalyzer, document, with_analyzers
from indexer.analysis import query_analyzer
from indexer.codec import ColumnarCodec
from indexer.documents import article_of, unanalysed
from indexer.schema import schema
from tests.indexer.codec.corpora import WORDS, add_articles, create_index, open_writer, schema_for

EMAIL = Article("pl/email", "pl", "Umowę, praca", "E-mail o umowie.", ("law",), work="umowa")
CALLS = Article("en/calls", "en", "Call center", "E-mail or call.", ("law", "pay"))


def test_a_document_is_the_article_with_its_texts_to_be_analysed() -> None:
    values = document(EMAIL)
    assert (values["title_pl"], values["body_pl"]) == ("Umowę, praca", "E-mail o umowie.")
    assert unanalysed(EMAIL).items() <= values.items()
    assert not [name for name in values if name.endswith("_en")]


@pytest.mark.parametrize("code", WORDS)
def test_terms_are_the_words_as_written_at_their_positions(code: str) -> None:
    text = f"{WORDS[code]} e-mail C++"
    found = [(token.text, token.pos) for token in TermAnalyzer(code)(text)]
    assert found == [(token.form, token.position) for token in query_analyzer(code).tokens(text)]


def test_only_a_copy_of_the_schema_is_given_analyzers() -> None:
    plain = schema()
    analysing = with_analyzers(plain)
    assert isinstance(analysing["body_pl"].analyzer, TermAnalyzer)
    assert isinstance(analysing["title_pl"].analyzer, TermAnalyzer)
    assert plain["body_pl"].analyzer is None
    assert analysing.names() == plain.names()
    assert analysing[names.TOPICS] == plain[names.TOPICS]
    # Which is why: the plain one is what an index can hold.
    assert pickle.loads(pickle.dumps(plain)).names() == plain.names()
    with pytest.raises(TypeError):
        pickle.dumps(analysing)


def test_a_schema_of_some_languages_is_given_theirs() -> None:
    assert with_analyzers(schema_for(["pl"])).names() == schema_for(["pl"]).names()


@pytest.mark.parametrize("codec", [None, ColumnarCodec()], ids=["stock", "columnar"])
def test_an_article_added_so_is_found_by_whooshs_queries(tmp_path: Path, codec: ColumnarCodec | None) -> None:
    index = create_index(tmp_path, schema_for(["pl", "en"]))
    writer = open_writer(index, codec)
    add_articles(writer, [EMAIL, CALLS])
    writer.commit()
    with index.searcher() as searcher:
        assert article_of(searcher.reader().stored_fields(0)) == EMAIL
        for query, expected in (
            (Term("title_pl", "umowę"), [0]),
            (Term("title_pl", "umow"), []),
            (Term("body_pl", "email"), [0]),
            (Term("body_en", "email"), [1]),
            (Phrase("body_pl", ["e", "mail", "o"]), [0]),
            (Phrase("body_pl", ["email", "mail"]), [0]),  # all together stands at the first of its parts
            (Phrase("body_pl", ["email", "o"]), []),
            (Term(names.TOPICS, "law"), [0, 1]),
            (And([Term(names.LANGUAGE, "en"), Term(names.TOPICS, "pay")]), [1]),
        ):
            assert list(searcher.docs_for_query(query)) == expected, query
        assert searcher.reader().doc_field_length(0, "body_pl") == 5
