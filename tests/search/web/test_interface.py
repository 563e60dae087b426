import pytest
from flask.testing import FlaskClient

from tests.search.web.test_pages import links


def language_of(client: FlaskClient, address: str = "/", **headers: str) -> str:
    page = client.get(address, headers=headers).text
    return page[page.index('<html lang="') + 12 :][:2]


def test_the_address_comes_before_the_cookie_and_that_before_the_browser(client: FlaskClient) -> None:
    assert language_of(client, **{"Accept-Language": "de-AT, pl;q=0.5"}) == "de"
    assert language_of(client, "/?ui=fr", **{"Accept-Language": "de"}) == "fr"
    assert language_of(client, **{"Accept-Language": "de"}) == "fr"  # remembered
    assert language_of(client, "/?ui=lt") == "lt"


@pytest.mark.parametrize("asked", ["", "xx", "*", "zh-Hant", "de;q=0, xx"])
def test_a_language_there_is_no_translation_for_is_english(client: FlaskClient, asked: str) -> None:
    assert language_of(client, **{"Accept-Language": asked}) == "en"


@pytest.mark.parametrize("said", ["xx", "", "../../etc", "pl,de"])
def test_an_address_that_names_no_language_is_passed_over(client: FlaskClient, said: str) -> None:
    response = client.get("/", query_string={"ui": said})
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers


def test_the_only_cookie_is_that_of_a_choice(client: FlaskClient) -> None:
    for address in ("/", "/?q=stres", "/articles/en/pay", "/about", "/feed.atom?ui=pl", "/api/v1/search?q=stres"):
        assert "Set-Cookie" not in client.get(address).headers
    cookie = client.get("/?ui=pl").headers["Set-Cookie"]
    assert cookie.startswith("ui=pl;")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Set-Cookie" not in client.get("/?ui=pl").headers


def test_what_the_address_says_every_link_carries_on(client: FlaskClient) -> None:
    page = client.get("/?q=stres&ui=pl").text
    assert '<input type="hidden" name="ui" value="pl">' in page
    assert "/articles/pl/calls?q=stres&ui=pl" in links(page)
    assert "/about?ui=pl" in links(page)
    remembered = [link for link in links(client.get("/?q=stres").text) if link.startswith("/articles/")]
    assert remembered
    assert not any("ui=" in link for link in remembered)


def test_the_same_page_is_linked_in_every_language(client: FlaskClient) -> None:
    page = client.get("/articles/en/pay?q=raise").text
    for code in ("ar", "de", "en", "es", "fr", "lt", "pl"):
        assert f"/articles/en/pay?q=raise&ui={code}" in links(page)
    assert 'lang="ar" dir="rtl" rel="alternate nofollow">العربية</a>' in page


def test_arabic_pages_run_from_right_to_left_and_articles_as_they_are(client: FlaskClient) -> None:
    page = client.get("/?q=stres&ui=ar").text
    assert '<html lang="ar" dir="rtl">' in page
    assert '<h2 lang="pl" dir="ltr">' in page
    assert '<h1 lang="pl" dir="ltr">' in client.get("/articles/pl/calls?ui=ar").text


def test_a_page_that_is_not_there_speaks_the_readers_language(client: FlaskClient) -> None:
    assert "Nie ma takiej strony" in client.get("/nowhere?ui=pl").text
    assert "Tego wyszukiwania nie da się wykonać" in client.get("/?page=x&ui=pl").text
