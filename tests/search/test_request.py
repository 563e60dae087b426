from datetime import date

import pytest

from corpus import Settings
from search.errors import BadRequest
from search.request import SearchRequest, forgiving


def request(**parameters: str) -> SearchRequest:
    return SearchRequest.from_parameters({name: (value,) for name, value in parameters.items()}, Settings())


def test_no_parameters_ask_for_everything() -> None:
    assert SearchRequest.from_parameters({}, Settings()) == SearchRequest()


def test_every_parameter_is_read() -> None:
    asked = SearchRequest.from_parameters(
        {
            "q": (" praca ",),
            "lang": ("pl,lt", "en"),
            "topic": ("pay",),
            "year": ("2025", "2026, 2025"),
            "from": ("2026-01-31",),
            "to": ("2026-02-01",),
            "sort": ("newest",),
            "page": ("2",),
            "size": ("20",),
        },
        Settings(),
    )
    assert asked == SearchRequest(
        "praca", ("pl", "lt", "en"), ("pay",), date(2026, 1, 31), date(2026, 2, 1), "newest", 2, 20, (2025, 2026)
    )


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("lang", "xx", "lt"),
        ("topic", "gardening", "pay"),
        ("sort", "oldest", "relevance and newest"),
        ("page", "0", "from 1 to 100"),
        ("page", "101", "from 1 to 100"),
        ("page", "two", "from 1 to 100"),
        ("page", "9" * 5000, "from 1 to 100"),
        ("page", "²", "from 1 to 100"),
        ("size", "51", "from 1 to 50"),
        ("from", "2026-02-30", "2026-11-22"),
        ("from", "yesterday", "2026-11-22"),
        ("to", "20260101", "2026-11-22"),
        ("year", "10000", "from 1 to 9999"),
        ("year", "last", "from 1 to 9999"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_what_is_allowed(name: str, value: str, allowed: str) -> None:
    with pytest.raises(BadRequest, match=allowed) as error:
        request(**{name: value})
    assert [fault.parameter for fault in error.value.faults] == [name]
    assert len(str(error.value)) < 400


@pytest.mark.parametrize(("given", "meant"), [("PL", "pl"), ("pt-BR", "pt"), ("nb", "no"), ("zh_Hant", "zh")])
def test_a_language_may_be_any_tag_that_names_it(given: str, meant: str) -> None:
    assert request(lang=given).languages == (meant,)


def test_paging_reaches_the_last_hit_of_the_bound() -> None:
    settings = Settings(max_results=10)
    assert SearchRequest.from_parameters({"page": ("4",), "size": ("3",)}, settings).page == 4


def test_dates_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(BadRequest, match="exchange them"):
        request(**{"from": "2026-05-01", "to": "2026-04-01"})


def test_paging_goes_no_further_than_the_bound() -> None:
    settings = Settings(max_results=100)
    assert SearchRequest.from_parameters({"page": ("5",), "size": ("20",)}, settings).page == 5
    with pytest.raises(BadRequest, match="from 1 to 5"):
        SearchRequest.from_parameters({"page": ("6",), "size": ("20",)}, settings)


def test_languages_a_reader_reads_keep_their_order() -> None:
    request = SearchRequest.from_parameters({"prefer": ["pl-PL,en", "PL", "nb"]}, Settings())
    assert request.prefer == ("pl", "en", "no")
    with pytest.raises(BadRequest, match="prefer is 'xx'; allowed are"):
        SearchRequest.from_parameters({"prefer": ["pl,xx"]}, Settings())


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(BadRequest) as error:
        SearchRequest.from_parameters({"size": ["0"], "lang": ["xx"], "sorted": ["up"]}, Settings())
    assert [fault.parameter for fault in error.value.faults] == ["lang", "size", "sorted"]


def test_a_page_of_hits_is_forgiven_what_a_service_is_told_of() -> None:
    given = {"q": ["", "pay", "stress"], "lang": ["pl,,", ""], "to": [""], "utm_source": ["mail"]}
    assert forgiving(given) == {"q": ["stress"], "lang": ["pl"]}
    with pytest.raises(BadRequest, match="There is no parameter 'utm_source'"):
        SearchRequest.from_parameters(given, Settings())


def test_what_tells_searches_apart_is_what_their_hits_depend_on() -> None:
    asked = SearchRequest("pay", languages=("pl", "lt"))
    assert asked.identity() == SearchRequest("pay", languages=("lt", "pl"), page=3, size=50, explain=True).identity()
    others = [SearchRequest("pay"), SearchRequest("pay", languages=("pl", "lt"), prefer=("pl",)), SearchRequest("play")]
    assert len({request.identity() for request in (asked, *others)}) == 4


def test_works_are_collapsed_unless_the_request_says_not() -> None:
    assert SearchRequest.from_parameters({}, Settings()).collapse is True
    for said, collapse in (("true", True), ("False", False)):
        assert SearchRequest.from_parameters({"collapse": [said]}, Settings()).collapse is collapse
    with pytest.raises(BadRequest, match="collapse is 'no'; allowed are true and false"):
        SearchRequest.from_parameters({"collapse": ["no"]}, Settings())
