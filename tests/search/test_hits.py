"""What a hit says of its article."""

from dataclasses import replace
from datetime import date

import pytest

from search import Engine, SearchRequest
from search.page import OtherLanguage


def test_a_hit_says_all_that_a_page_shows(engine: Engine) -> None:
    hit = engine.search(SearchRequest("pracownik")).hits[0]
    assert (hit.language, hit.topics, hit.published, hit.work) == ("pl", ("pay",), date(2026, 5, 2), "pay")
    assert "".join(segment.text for segment in hit.title) == "Rozmowa o podwyżce"
    assert [segment.text for segment in hit.snippet if segment.hit] == ["Pracownik"]


def test_a_hit_names_its_article_in_other_languages(engine: Engine) -> None:
    hit = engine.search(SearchRequest("pracownik")).hits[0]
    assert hit.translations == (OtherLanguage("en/pay", "en"), OtherLanguage("lt/pay", "lt"))


@pytest.mark.parametrize(
    ("asked", "languages"),
    [
        (SearchRequest("pay"), ["lt", "pl"]),
        (SearchRequest("pay", prefer=("en", "pl")), ["pl", "lt"]),
        (SearchRequest("pay OR pracownik", ("pl", "en"), prefer=("en",)), ["pl", "lt"]),
        (SearchRequest("pay OR pracownik lang:pl,en", prefer=("en",)), ["pl", "lt"]),
        (SearchRequest("pay OR pracownik", ("pl", "en"), prefer=("en", "lt")), ["lt", "pl"]),
    ],
)
def test_the_languages_that_a_reader_prefers_and_then_those_chosen_come_first(
    engine: Engine, asked: SearchRequest, languages: list[str]
) -> None:
    [hit] = [hit for hit in engine.search(asked).hits if hit.id == "en/pay"]
    assert [other.language for other in hit.translations] == languages


def test_a_hit_says_which_words_it_lacks_and_its_score_is_told_only_on_demand(engine: Engine) -> None:
    request = SearchRequest("stress sleep", languages=("en",))
    hits = engine.search(request).hits
    assert {hit.id: hit.missing for hit in hits} == {"en/calls": ("sleep",), "en/night": ("stress",)}
    assert all(hit.explanation is None for hit in hits)
    explained = engine.search(replace(request, explain=True)).hits
    assert [hit.explanation.id for hit in explained if hit.explanation] == [hit.id for hit in hits]
