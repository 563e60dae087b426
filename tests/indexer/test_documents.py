from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import LANGUAGES, TOPICS, Article, Span
from indexer import schema
from indexer.analysis import query_analyzer
from indexer.documents import article_of, document, topics_of

TEXT = st.text(max_size=30)
SPANS = st.builds(
    Span,
    st.integers(0, 1_000),
    st.integers(0, 1_000),
    st.sampled_from(["heading", "link", "code"]),
    TEXT,
)
ARTICLES = st.builds(
    Article,
    id=TEXT,
    language=st.sampled_from(sorted(LANGUAGES)),
    title=TEXT,
    body=TEXT,
    topics=st.lists(st.sampled_from(sorted(TOPICS)), unique=True, max_size=3).map(tuple),
    published=st.none() | st.dates(),
    author=TEXT,
    source=TEXT,
    work=TEXT,
    markup=st.lists(SPANS, max_size=3).map(tuple),
)


@given(ARTICLES)
@settings(max_examples=200, deadline=None)
def test_an_article_comes_back_as_it_went_in(article: Article) -> None:
    fields = document(article, query_analyzer(article.language))
    assert article_of({schema.STORED: fields[schema.STORED]}) == article
    assert topics_of(fields[f"_stored_{schema.TOPICS}"]) == article.topics


def test_words_go_to_the_fields_of_the_article_s_language() -> None:
    article = Article(
        "pl/umowa", "pl", "Umowę, praca", "E-mail o umowie.", ("law", "pay"), date(2026, 3, 1), work="umowa"
    )
    fields = document(article, query_analyzer("pl"))
    assert fields["title_pl"] == ["umow", "prac"]
    # All together, email is a form beside its parts, and takes no position.
    assert fields["body_pl"] == ["e", "mail", "o", "umow"]
    assert set(fields["form_pl"]) >= {"umowę", "~umowe", "praca", "e", "mail", "email", "o", "umowie"}
    assert set(fields["title_form_pl"]) >= {"umowę", "~umowe", "praca"}
    assert not set(fields["title_form_pl"]) & {"email", "umowie"}
    assert not [name for name in fields if name.endswith("_en")]


def test_what_filters_need_is_kept_as_terms_and_columns() -> None:
    article = Article("a/1", "en", "Title", "Body.", ("law", "pay"), date(2026, 3, 1), work="w")
    fields = document(article, query_analyzer("en"))
    assert (fields["id"], fields["_stored_id"]) == (["a/1"], "a/1")
    assert (fields["language"], fields["_stored_language"]) == (["en"], "en")
    assert (fields["topics"], fields["_stored_topics"]) == (["law", "pay"], "law pay")
    assert (fields["work"], fields["_stored_work"]) == (["w"], "w")
    assert fields["published"] == b"2026-03-01"
    assert fields["hash"] == article.content_hash().encode()


def test_an_article_without_topics_and_date_has_empty_columns() -> None:
    fields = document(Article("a", "en", "Title", "Body."), query_analyzer("en"))
    assert (fields["topics"], fields["_stored_topics"], fields["published"]) == ([], "", b"")
    assert topics_of("") == ()
