"""One hit for each work: by example; against the articles' own texts, in test_page."""

from dataclasses import replace

import numpy as np
import pytest

from corpus import Article
from search import Engine, SearchRequest
from search.ordering import PREFERRED_WEIGHT
from search.page import OtherLanguage, RankedAs, SearchPage
from tests.conftest import MakeEngine

# "stress" is in the English and the Polish article; the word beside it in the English one alone.
TWO = (
    Article("en/a", "en", "Call center stress", "Calls.", work="a"),
    Article("pl/a", "pl", "Stress", "Telefony.", work="a"),
    Article("en/b", "en", "Notes", "Stress in a call center.", work="b"),
)


def ids(page: SearchPage) -> list[str]:
    return [hit.id for hit in page.hits]


def counts(page: SearchPage) -> dict[str, int]:
    return {value.value: value.count for value in page.languages}


def test_translations_are_one_hit_with_links_to_the_others(engine: Engine) -> None:
    page = engine.search(SearchRequest("stres"))
    # The Polish and the Lithuanian article match, the Polish one as written.
    assert ids(page) == ["pl/calls"]
    assert page.hits[0].translations == (OtherLanguage("en/calls", "en"), OtherLanguage("lt/calls", "lt"))
    assert (page.total, page.articles) == (1, 2)


def test_a_work_is_shown_in_the_first_preferred_language_that_matches(engine: Engine) -> None:
    for prefer, shown in (
        (("lt", "pl"), "lt/calls"),
        (("en", "lt"), "lt/calls"),  # the English article has no such word
        (("en",), "pl/calls"),
        (("de",), "pl/calls"),
    ):
        assert ids(engine.search(SearchRequest("stres", prefer=prefer))) == [shown]


def test_every_translation_is_a_hit_without_collapsing(engine: Engine) -> None:
    page = engine.search(SearchRequest("stres", collapse=False))
    assert set(ids(page)) == {"pl/calls", "lt/calls"}
    assert page.total == page.articles == 2


def test_what_excludes_an_article_excludes_its_translations(make_engine: MakeEngine) -> None:
    engine = make_engine(TWO)
    request = SearchRequest("stress -calls", prefer=("pl",))
    assert ids(engine.search(request)) == []  # "call" is an inflection
    assert ids(engine.search(replace(request, collapse=False))) == ["pl/a"]
    assert engine.explain(request, "pl/a").absence == "excluded"
    page = engine.search(SearchRequest("stress -notes"))
    assert (ids(page), counts(page)) == (["pl/a"], {"en": 1, "pl": 1})
    assert len(ids(engine.search(SearchRequest("-notes")))) == 1


def test_a_preferred_translation_does_not_cost_a_work_its_place(make_engine: MakeEngine) -> None:
    page = make_engine(TWO).search(SearchRequest("call center stress", prefer=("pl", "en")))
    assert ids(page) == ["pl/a", "en/b"]
    assert page.hits[0].missing == ("call", "center")
    assert page.hits[0].score > page.hits[1].score
    # Both works have an article with every word.
    assert (page.total, page.complete) == (2, 2)


def test_a_hit_names_the_translation_as_which_it_ranks(make_engine: MakeEngine) -> None:
    engine = make_engine(TWO)
    request = SearchRequest("call center stress", prefer=("pl", "en"))
    first, second = engine.search(request).hits
    assert first.ranked_as == RankedAs("en/a", "en", first.score, ())
    assert second.ranked_as is None
    # By date, in the language of the reader alone, or with every translation a hit it ranks as itself.
    for other in (
        replace(request, sort="newest"),
        replace(request, languages=("pl",)),
        replace(request, collapse=False),
        replace(request, prefer=()),
    ):
        assert {hit.ranked_as for hit in engine.search(other).hits} == {None}


def test_preference_decides_between_answers_about_as_good(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [Article("en/x", "en", "Zebra", "Notes here."), Article("pl/y", "pl", "Zebra", "Notatki tutaj.")]
    )
    assert ids(engine.search(SearchRequest("zebra", prefer=("pl",)))) == ["pl/y", "en/x"]
    assert ids(engine.search(SearchRequest("zebra", prefer=("en",)))) == ["en/x", "pl/y"]
    assert ids(engine.search(SearchRequest("zebra", prefer=("pl",), collapse=False))) == ["pl/y", "en/x"]


def test_what_answers_much_better_comes_first_in_whatever_language(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [
            Article("pl/told", "pl", "Stres w pracy", "Stres rośnie. Jak zmniejszyć stres?"),
            Article("en/quotes", "en", "Words", "The Polish say stres, and there is much more to say beside it here."),
        ]
    )
    plain = engine.search(SearchRequest("stres"))
    assert plain.hits[0].score > PREFERRED_WEIGHT * plain.hits[1].score
    assert ids(engine.search(SearchRequest("stres", prefer=("en",)))) == ["pl/told", "en/quotes"]


def test_filters_come_before_the_choice_of_a_translation(engine: Engine) -> None:
    page = engine.search(SearchRequest("stres", languages=("pl",), prefer=("lt",)))
    assert ids(page) == ["pl/calls"]


def test_the_newest_first_are_those_that_are_shown(engine: Engine) -> None:
    # By date: calls in March, pay in May, night in July; in English night has no date.
    assert ids(engine.search(SearchRequest(prefer=("en",)))) == ["en/pay", "en/calls", "en/night"]
    assert ids(engine.search(SearchRequest())) == ["lt/night", "lt/pay", "lt/calls"]
    page = engine.search(SearchRequest("stress OR sleep OR pay", sort="newest", prefer=("en",)))
    assert ids(page) == ["en/pay", "en/calls", "en/night"]


def test_by_date_a_full_page_of_works_may_show_articles_that_lack_words(make_engine: MakeEngine) -> None:
    # Each work has both words in English; of the Polish articles, which lack one, the longest says most of the other.
    works = [
        article
        for at in range(3)
        for article in (
            Article(f"en/{at}", "en", "Notes", "Salary and mentor.", work=f"w{at}"),
            Article(f"pl/{at}", "pl", "Notatki", "Mentor. " * (at + 1), work=f"w{at}"),
        )
    ]
    engine = make_engine(works)
    every = engine.search(SearchRequest("salary mentor", sort="newest", prefer=("pl",)))
    assert ids(every) == ["pl/2", "pl/1", "pl/0"]
    page = engine.search(SearchRequest("salary mentor", sort="newest", prefer=("pl",), size=2))
    assert [(hit.id, hit.score) for hit in page.hits] == [(hit.id, hit.score) for hit in every.hits[:2]]
    assert all(hit.score > 0 for hit in page.hits)


def test_facets_count_works_and_the_language_facet_those_in_each(engine: Engine) -> None:
    page = engine.search(SearchRequest("stres OR sen"))
    assert counts(page) == {"pl": 2, "lt": 1}
    # calls and night: both on wellbeing, in two languages or one.
    assert {value.value: value.count for value in page.topics} == {"wellbeing": 2, "customer-service": 1}
    assert {value.value: value.count for value in page.years} == {"2026": 2}


def test_pages_of_works_follow_each_other(engine: Engine) -> None:
    pages = [engine.search(SearchRequest(size=2, page=number)) for number in (1, 2)]
    assert [hit.work for page in pages for hit in page.hits] == ["night", "pay", "calls"]
    assert {(page.total, page.pages, page.articles) for page in pages} == {(3, 2, 9)}


def test_articles_without_a_work_are_works_of_their_own(make_engine: MakeEngine) -> None:
    engine = make_engine([Article(f"{at}", "en", "Zebra", "Zebra.") for at in range(3)])
    page = engine.search(SearchRequest("zebra"))
    assert page.total == 3
    assert [hit.translations for hit in page.hits] == [()] * 3


def test_why_a_translation_is_no_hit_is_said(engine: Engine) -> None:
    request = SearchRequest("stres", prefer=("lt",))
    assert engine.explain(request, "pl/calls").absence == "translation"
    assert engine.explain(request, "lt/calls").absence == ""
    assert engine.explain(replace(request, collapse=False), "pl/calls").absence == ""


@pytest.mark.parametrize("collapse", [True, False])
def test_scores_of_hits_fall(make_engine: MakeEngine, collapse: bool) -> None:
    page = make_engine(TWO).search(SearchRequest("call center stress", prefer=("pl",), collapse=collapse))
    complete = [hit.score for hit in page.hits[: page.complete]]
    assert complete == sorted(complete, reverse=True)
    assert np.all(np.array(complete) > 0)
