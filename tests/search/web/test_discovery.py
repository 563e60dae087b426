from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest
from flask.testing import FlaskClient

from corpus import Article, Settings
from search.web import create_app, discovery
from tests.conftest import ARTICLES, MakeEngine

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def xml(client: FlaskClient, address: str, type: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response.content_type == f"{type}; charset=utf-8"
    return fromstring(response.data)


def texts(root: Element, name: str) -> list[str]:
    return [element.text or "" for element in root.iter(name)]


def test_the_sitemap_names_every_article_in_parts(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "SITEMAP_ADDRESSES", 4)
    parts = texts(xml(client, "/sitemap.xml", "application/xml"), f"{MAP}loc")
    assert parts == [f"http://localhost/sitemap-{number}.xml" for number in (1, 2, 3)]
    found: list[str] = []
    for part in parts:
        found += texts(xml(client, part, "application/xml"), f"{MAP}loc")
    assert found == [f"http://localhost/articles/{article.id}" for article in sorted(ARTICLES, key=lambda a: a.id)]
    for number in (0, 4, 10**6):
        assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_robots_are_kept_from_searches_and_led_to_the_sitemap(client: FlaskClient) -> None:
    said = client.get("/robots.txt").text
    assert "Disallow: /*?*q=" in said
    assert "Sitemap: http://localhost/sitemap.xml" in said
    assert "noindex" in client.get("/?q=stres").text
    assert "noindex" not in client.get("/?topic=pay").text


def test_the_feed_has_the_newest_with_a_date(client: FlaskClient) -> None:
    root = xml(client, "/feed.atom", "application/atom+xml")
    assert texts(root, f"{ATOM}title")[1:3] == ["Darbas naktį", "Praca w nocy"]
    assert len(root.findall(f"{ATOM}entry")) == 8  # en/night has none
    assert texts(root, f"{ATOM}updated")[0] == "2026-07-03T00:00:00+00:00"


def test_there_is_a_feed_for_each_language_and_topic(client: FlaskClient) -> None:
    root = xml(client, "/feed.atom?lang=pl&topic=pay&ui=de", "application/atom+xml")
    assert texts(root, f"{ATOM}title") == ["Karjera · Polnisch · Gehalt und Zusatzleistungen", "Rozmowa o podwyżce"]
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == "http://localhost/feed.atom?lang=pl&topic=pay"
    assert "/feed.atom?lang=pl&amp;topic=pay" in client.get("/?lang=pl&topic=pay&q=x").text
    assert client.get("/feed.atom?lang=xx").status_code == 400


def test_an_empty_feed_is_a_feed(client: FlaskClient) -> None:
    root = xml(client, "/feed.atom?lang=de", "application/atom+xml")
    assert root.findall(f"{ATOM}entry") == []
    assert root.find(f"{ATOM}updated") is not None


def test_what_xml_cannot_say_is_replaced(make_engine: MakeEngine, settings: Settings) -> None:
    title = 'A \x00\x0b]]></title><script> & "title"'
    make_engine([replace(ARTICLES[0], title=title, author="\x1f<b>")])
    root = xml(create_app(settings).test_client(), "/feed.atom", "application/atom+xml")
    assert texts(root, f"{ATOM}title")[1] == 'A \ufffd\ufffd]]></title><script> & "title"'


def test_a_browser_is_told_how_to_search_and_suggest(client: FlaskClient) -> None:
    root = xml(client, "/opensearch.xml?ui=lt", "application/opensearchdescription+xml")
    addresses = {url.get("type"): url.get("template", "") for url in root.iter(f"{SEARCH}Url")}
    assert addresses["text/html"] == "http://localhost/?ui=lt&q={searchTerms}"
    suggestions = addresses["application/x-suggestions+json"].replace("{searchTerms}", "stres")
    response = client.get(suggestions)
    assert response.content_type == "application/x-suggestions+json"
    assert response.get_json(force=True) == [
        "stres",
        ["Stresas skambučių centre", "Stres w call center", "Call center stress"],
    ]
    page = client.get("/").text
    assert (
        '<link rel="search" type="application/opensearchdescription+xml" title="Karjera" href="/opensearch.xml">'
        in page
    )


def test_the_public_address_is_that_of_the_settings(make_engine: MakeEngine, settings: Settings) -> None:
    make_engine([Article("a", "en", "Title", "Text.")])
    client = create_app(replace(settings, public_address="https://search.example.org")).test_client()
    for address in ("/", "/articles/a", "/sitemap.xml", "/feed.atom", "/opensearch.xml", "/robots.txt"):
        said = client.get(address, headers={"Host": "evil.example"}).text
        assert "https://search.example.org/" in said
        assert "evil.example" not in said


def test_canonical_addresses_leave_out_what_was_marked(client: FlaskClient) -> None:
    page = client.get("/articles/pl/pay?q=pracownik&ui=de").text
    assert '<link rel="canonical" href="http://localhost/articles/pl/pay">' in page
    for code in ("en", "lt", "pl"):
        assert f'<link rel="alternate" hreflang="{code}" href="http://localhost/articles/{code}/pay">' in page
    assert '<link rel="alternate" hreflang="x-default" href="http://localhost/">' in client.get("/?ui=pl").text
