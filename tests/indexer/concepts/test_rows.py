"""Where terms of several words stand in a segment, beside what the articles' texts say."""

import pytest
from hypothesis import given
from hypothesis import settings as examples

from corpus import Article
from corpus.glossary import Concept
from indexer.concepts import rows
from tests.indexer.concepts.handful import CONCEPTS
from tests.indexer.concepts.plainrows import rows_of
from tests.indexer.concepts.segment import TIME_OFF, Looked, looked_at, some_articles

Places = set[tuple[str, bool, str, int]]

BULLYING = Concept("bullying", "workplace", {"lt": ("patyčios darbe",), "en": ("call it a day",)}, "x.toml")


def places(looked: Looked) -> Places:
    """Return (term, in the title, article, position) of what stands somewhere."""
    return {
        (looked.table.term(term), each.title, looked.ids[document], position)
        for each in looked.standing
        for term, document, position in zip(
            each.rows.terms.tolist(), each.rows.documents.tolist(), each.rows.positions.tolist(), strict=True
        )
    }


def uncompared(looked: Looked) -> set[str]:
    return {looked.table.term(term) for each in looked.standing for term in each.rows.uncompared.tolist()}


@given(some_articles())
@examples(max_examples=30, deadline=None)
def test_rows_stand_where_the_texts_have_their_words_one_after_the_other(articles: list[Article]) -> None:
    looked = looked_at(articles, (*CONCEPTS, TIME_OFF, BULLYING))
    table = looked.table
    terms = [(table.term(at), table.languages[code]) for at, code in enumerate(table.term_languages.tolist())]
    assert not uncompared(looked)
    assert places(looked) == {
        (term, text is article.title, article.id, position)
        for article in articles
        for text in (article.title, article.body)
        for term, code in terms
        if code == article.language
        for position in rows_of(term, code, text)
    }


def test_no_row_reaches_from_one_article_into_another() -> None:
    articles = [Article("a", "en", "Time", "Much time"), Article("b", "en", "Off", "Off we go")]
    assert not places(looked_at(articles, (TIME_OFF,)))


def test_a_row_takes_no_other_word_of_a_short_stem() -> None:
    # Bullying at work; own work.
    articles = [Article("lt", "lt", "Darbas", "Mano pačios darbe, patyčias darbe, pats darbe.")]
    assert places(looked_at(articles, (BULLYING,))) == {("patyčios darbe", False, "lt", 3)}


def test_of_words_in_very_many_places_it_is_not_told_where_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MAX_PLACES", 2)
    articles = [Article("a", "en", "", "Off and off and off. Time. Lieu, pay, in, of. Off, time in lieu of pay.")]
    looked = looked_at(articles, (TIME_OFF,))
    # Of the other one the words that are compared do not stand so.
    assert uncompared(looked) == {"time off"}
    assert not places(looked)


def test_rows_are_compared_in_parts_with_the_same_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [Article("a", "en", "Time off", "Time off in lieu of pay. Work-life balance, out of time.")]
    whole = places(looked_at(articles, (*CONCEPTS, TIME_OFF)))
    assert {term for term, *_ in whole} == {"time off", "time off in lieu of pay", "work-life balance"}
    monkeypatch.setattr(rows, "_BATCH", 1)
    assert places(looked_at(articles, (*CONCEPTS, TIME_OFF))) == whole
