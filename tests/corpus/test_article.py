from dataclasses import replace
from datetime import date

import pytest

from corpus import Article, Span

ARTICLE = Article(
    "pl/noc", "pl", "Praca w nocy", "Sen jest ważny.", ("wellbeing",), date(2026, 7, 2), "Ona",
    "https://example.org/", "noc", (Span(0, 3, "strong"),),
)  # fmt: skip


def test_the_same_article_has_the_same_hash() -> None:
    assert replace(ARTICLE).content_hash() == ARTICLE.content_hash()


@pytest.mark.parametrize(
    "changed",
    [
        replace(ARTICLE, id="pl/dzien"),
        replace(ARTICLE, language="cs"),
        replace(ARTICLE, title="Praca w nocy?"),
        replace(ARTICLE, body="Sen jest wazny."),
        replace(ARTICLE, topics=("wellbeing", "pay")),
        replace(ARTICLE, topics=()),
        replace(ARTICLE, published=date(2026, 7, 3)),
        replace(ARTICLE, published=None),
        replace(ARTICLE, author="Jan"),
        replace(ARTICLE, source=""),
        replace(ARTICLE, work="pl/noc"),
        replace(ARTICLE, markup=(Span(0, 3, "em"),)),
        replace(ARTICLE, markup=()),
    ],
)
def test_every_change_changes_the_hash(changed: Article) -> None:
    assert changed.content_hash() != ARTICLE.content_hash()


def test_topics_that_were_assigned_are_not_what_the_article_says() -> None:
    silent = replace(ARTICLE, topics=())
    assert replace(silent, topics=("pay",), topics_assigned=True).content_hash() == silent.content_hash()


def test_what_one_field_loses_and_the_next_gains_changes_the_hash() -> None:
    assert (
        replace(ARTICLE, title="Praca", body="w nocy").content_hash()
        != replace(ARTICLE, title="Praca w", body="nocy").content_hash()
    )


def test_half_a_surrogate_pair_has_a_hash_too() -> None:
    assert replace(ARTICLE, body="\ud83d").content_hash() != replace(ARTICLE, body="?").content_hash()


def test_all_that_an_article_is_makes_the_article_again() -> None:
    for article in (ARTICLE, replace(ARTICLE, title="", body="{\n}\n", published=None, markup=(), topics=())):
        assert Article.of_whole(article.whole()) == article
