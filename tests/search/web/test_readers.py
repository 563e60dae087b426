from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.search.web.test_pages import links


def shown(client: FlaskClient, address: str = "/?q=stres", **headers: str) -> list[str]:
    """The addresses of the articles on a page of hits, without their parameters, those of titles before others."""
    page = client.get(address, headers=headers).text
    return [link.partition("?")[0] for link in links(page) if link.startswith("/articles/")]


def api(client: FlaskClient, address: str, **headers: str) -> dict[str, Any]:
    said: dict[str, Any] = client.get(address, headers=headers).get_json()
    return said


def test_the_address_comes_before_the_cookie_and_that_before_the_browser(client: FlaskClient) -> None:
    browser = {"Accept-Language": "en-GB, lt;q=0.9, pl;q=0.5"}
    assert shown(client, **browser)[0] == "/articles/lt/calls"
    assert shown(client, "/?q=stres&prefer=pl,lt", **browser)[0] == "/articles/pl/calls"
    assert shown(client, **browser)[0] == "/articles/pl/calls"  # remembered
    assert shown(client, "/?q=stres&prefer=lt", **browser)[0] == "/articles/lt/calls"


def test_an_empty_preference_forgets_the_cookie(client: FlaskClient) -> None:
    client.get("/?q=stres&prefer=lt")
    assert shown(client)[0] == "/articles/lt/calls"
    client.get("/?q=stres&prefer=")
    assert shown(client)[0] == "/articles/pl/calls"


@pytest.mark.parametrize("cookie", ["xx", ",,,", "pl;", "<script>", "x" * 3000])
def test_a_cookie_that_names_no_language_is_passed_over(client: FlaskClient, cookie: str) -> None:
    client.set_cookie("prefer", cookie)
    assert shown(client)[0] == "/articles/pl/calls"


@pytest.mark.parametrize("accepted", ["", "*", "xx", "und", "lt;q=0", "a" * 5000])
def test_what_the_browser_says_in_vain_is_passed_over(client: FlaskClient, accepted: str) -> None:
    assert shown(client, **{"Accept-Language": accepted})[0] == "/articles/pl/calls"


def test_an_address_that_names_no_language_is_explained(client: FlaskClient) -> None:
    response = client.get("/?q=stres&prefer=xx")
    assert response.status_code == 400
    assert "Set-Cookie" not in response.headers
    assert "/?q=stres" in links(response.text)


def test_what_the_address_says_every_link_and_form_carries_on(client: FlaskClient) -> None:
    page = client.get("/?q=stres&prefer=lt,pl").text
    assert '<input type="hidden" name="prefer" value="lt,pl">' in page
    assert "/articles/lt/calls?q=stres&prefer=lt,pl" in links(page)
    assert not any("prefer=" in link for link in links(client.get("/?q=stres").text) if link.startswith("/articles/"))
    assert '<link rel="canonical" href="http://localhost/?q=stres">' in page


def test_languages_are_added_and_taken_away_by_links(client: FlaskClient) -> None:
    page = client.get("/?q=stres&prefer=lt,pl").text
    assert {"/?q=stres&prefer=pl", "/?q=stres&prefer=lt", "/?q=stres&prefer=lt,pl,en"} <= set(links(page))
    alone = client.get("/?q=stres&prefer=lt").text
    assert 'aria-label="Take away' not in alone


def test_the_page_offers_every_translation_and_the_way_back(client: FlaskClient) -> None:
    page = client.get("/?q=stres&lang=lt&lang=pl").text
    assert "/?q=stres&lang=lt&lang=pl&collapse=false" in links(page)
    every = client.get("/?q=stres&lang=lt&lang=pl&collapse=false").text
    assert "/?q=stres&lang=lt&lang=pl" in links(every)
    assert '<input type="hidden" name="collapse" value="false">' in every
    assert "Show every translation" not in client.get("/?q=stres&lang=pl").text


def test_the_api_takes_the_parameter_or_what_the_client_accepts_and_no_cookie(client: FlaskClient) -> None:
    client.set_cookie("prefer", "lt")
    said = api(client, "/api/v1/search?q=stres")
    assert (said["prefer"], said["collapse"], [hit["id"] for hit in said["hits"]]) == ([], True, ["pl/calls"])
    said = api(client, "/api/v1/search?q=stres", **{"Accept-Language": "lt-LT"})
    assert (said["prefer"], said["hits"][0]["id"]) == (["lt"], "lt/calls")
    said = api(client, "/api/v1/search?q=stres&prefer=pl", **{"Accept-Language": "lt-LT"})
    assert (said["prefer"], said["hits"][0]["id"], said["articles"]) == (["pl"], "pl/calls", 2)
    assert "Accept-Language" in client.get("/api/v1/search?q=stres").headers["Vary"]


def test_start_page_and_article_are_for_the_reader_too(client: FlaskClient) -> None:
    assert shown(client, "/?prefer=en")[0] == "/articles/en/pay"
    assert '<body class="start">' in client.get("/?prefer=en").text
    assert client.get("/articles/en/pay?prefer=pl").status_code == 200
