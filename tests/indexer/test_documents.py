from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import LANGUAGES, TOPICS, Article, Span
from indexer import schema
from indexer.documents import Encoded, article_of, keywords, topics_of, unanalysed

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
    topics_assigned=st.booleans(),
)


@given(ARTICLES)
@settings(max_examples=200, deadline=None)
def test_an_article_comes_back_as_it_went_in(article: Article) -> None:
    fields = unanalysed(article)
    assert article_of({schema.STORED: fields[schema.STORED]}) == article
    assert topics_of(fields[f"_stored_{schema.TOPICS}"]) == article.topics


@given(ARTICLES)
@settings(max_examples=200, deadline=None)
def test_an_encoded_article_says_what_the_other_says(article: Article) -> None:
    fields, encoded = unanalysed(article), Encoded.of(article)
    assert (encoded.title.decode("utf-8", "surrogatepass"), str(encoded.body, "utf-8", "surrogatepass")) == (
        article.title,
        article.body,
    )
    assert encoded.whole.decode("utf-8", "surrogatepass") == fields["article"]
    assert encoded.chars == len(fields["article"])
    assert encoded.text_bytes == len(encoded.title) + len(encoded.body)
    assert encoded.content_hash().encode() == fields["hash"]
    assert encoded.article() == article
    assert keywords(encoded) == keywords(article)
    assert keywords(article).items() <= fields.items()


def test_words_are_left_to_analysis() -> None:
    fields = unanalysed(Article("pl/umowa", "pl", "Umowę, praca", "E-mail o umowie.", ("law", "pay")))
    assert {name for name in fields if not name.startswith("_")} == {
        "id", "language", "topics", "work", "published", "hash", "article",
    }  # fmt: skip


def test_what_filters_need_is_kept_as_terms_and_columns() -> None:
    article = Article("a/1", "en", "Title", "Body.", ("law", "pay"), date(2026, 3, 1), work="w")
    fields = unanalysed(article)
    assert (fields["id"], fields["_stored_id"]) == (["a/1"], "a/1")
    assert (fields["language"], fields["_stored_language"]) == (["en"], "en")
    assert (fields["topics"], fields["_stored_topics"]) == (["law", "pay"], "law pay")
    assert (fields["work"], fields["_stored_work"]) == (["w"], "w")
    assert fields["hash"] == article.content_hash().encode()


def test_a_day_is_a_number_that_sorts_as_days_do() -> None:
    days = [date(1, 1, 1), date(2024, 9, 28), date(2026, 3, 1), date(9999, 12, 31)]
    numbers = [unanalysed(Article("a", "en", "Title", "Body.", (), day))["published"] for day in days]
    assert numbers == sorted(numbers)
    # From the first day of the year 1, which is 1; the column has 32 bits.
    assert (numbers[0], numbers[1]) == (1, 739_157)
    assert numbers[-1] < 2**31


def test_an_article_without_topics_and_date_has_empty_columns() -> None:
    fields = unanalysed(Article("a", "en", "Title", "Body."))
    assert (fields["topics"], fields["_stored_topics"], fields["published"]) == ([], "", 0)
    assert topics_of("") == ()
