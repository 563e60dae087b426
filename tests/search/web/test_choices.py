from datetime import date

import pytest
from flask import Flask

from search import Engine, SearchRequest
from search.web.choices import chips, expanding, explaining, facets, pager, sorts, without_filters


def test_a_value_leads_to_what_it_adds_or_takes_away(app: Flask, engine: Engine) -> None:
    with app.test_request_context("/"):
        found = {facet.name: facet for facet in facets(engine.search(SearchRequest("stres", ("pl",), page=3)))}
    assert [facet.label for facet in found.values()] == ["Languages", "Topics", "Years"]
    languages = {choice.key: choice for choice in found["lang"].first}
    assert (languages["lang-pl"].address, languages["lang-pl"].selected) == ("/?q=stres", True)
    assert languages["lang-lt"].address == "/?q=stres&lang=pl&lang=lt"
    assert (languages["lang-lt"].label, languages["lang-lt"].aside) == ("Lithuanian", "Lietuvių")
    assert [choice.address for choice in found["year"].first] == ["/?q=stres&lang=pl&year=2026"]


def test_a_facet_without_values_is_left_out(app: Flask, engine: Engine) -> None:
    with app.test_request_context("/"):
        assert facets(engine.search(SearchRequest("qqq"))) == []


def test_a_chip_takes_one_filter_away(app: Flask) -> None:
    asked = SearchRequest("x", ("pl",), ("pay",), date(2026, 1, 2), date(2026, 2, 3), "newest", page=2, years=(2026,))
    rest = "lang=pl&topic=pay&year=2026&from=2026-01-02&to=2026-02-03"
    with app.test_request_context("/"):
        found = {chip.label: chip.address for chip in chips(asked)}
        assert without_filters(asked) == "/?q=x&sort=newest"
    assert found == {
        "Polish": f"/?q=x&{rest.replace('lang=pl&', '')}&sort=newest",
        "Pay and benefits": f"/?q=x&{rest.replace('topic=pay&', '')}&sort=newest",
        "2026": f"/?q=x&{rest.replace('year=2026&', '')}&sort=newest",
        "since 2 January 2026": f"/?q=x&{rest.replace('from=2026-01-02&', '')}&sort=newest",
        "until 3 February 2026": f"/?q=x&{rest.replace('&to=2026-02-03', '')}&sort=newest",
    }


def test_orders_are_links_and_the_present_one_is_known(app: Flask) -> None:
    with app.test_request_context("/"):
        found = [(choice.label, choice.address, choice.selected) for choice in sorts(SearchRequest("x", page=2))]
    assert found == [("Best match", "/?q=x", True), ("Newest", "/?q=x&sort=newest", False)]


@pytest.mark.parametrize(
    ("page", "pages", "labels", "before", "after"),
    [
        (1, 1, ["1"], "", ""),
        (1, 9, ["1", "2", "3", "9"], "", "/?page=2"),
        (5, 9, ["1", "3", "4", "5", "6", "7", "9"], "/?page=4", "/?page=6"),
        (9, 9, ["1", "7", "8", "9"], "/?page=8", ""),
        (12, 9, ["1", "9"], "", ""),
        (1, 0, [], "", ""),
    ],
)
def test_the_pager_shows_the_ends_and_what_is_around(
    app: Flask, page: int, pages: int, labels: list[str], before: str, after: str
) -> None:
    with app.test_request_context("/"):
        found = pager(SearchRequest(page=page), pages)
    assert [choice.label for choice in found.numbers] == labels
    assert (found.before, found.after) == (before, after)


def test_words_as_typed_and_reasons_stay_chosen_in_every_link(app: Flask, engine: Engine) -> None:
    asked = SearchRequest("stres", ("pl",), size=1, expand=False, explain=True)
    with app.test_request_context("/"):
        links = [choice.address for facet in facets(engine.search(asked)) for choice in facet.first]
        links += [choice.address for choice in (*chips(asked), *sorts(asked), *pager(asked, 3).numbers)]
        links += [without_filters(asked)]
    assert len(links) > 8
    assert all("&expand=false&explain=true" in link for link in links)


def test_each_is_turned_off_and_on_by_a_link(app: Flask) -> None:
    with app.test_request_context("/"):
        assert expanding(SearchRequest("x", page=2)) == "/?q=x&expand=false"
        assert expanding(SearchRequest("x", expand=False)) == "/?q=x"
        assert explaining(SearchRequest("x", page=2)) == "/?q=x&explain=true&page=2"
        assert explaining(SearchRequest("x", explain=True)) == "/?q=x"
