import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from corpus import Article, Settings, Span
from search.web import create_app
from tests.conftest import MakeEngine


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def links(html: str) -> list[str]:
    return [unescape(address) for address in re.findall(r'href="([^"]+)"', html)]


def test_the_start_page_offers_a_form_examples_topics_and_the_newest(client: FlaskClient) -> None:
    page = client.get("/").text
    assert '<input type="search" id="q" name="q"' in page
    assert "/?q=call+center+stress" in links(page)
    assert "/?topic=pay" in links(page)
    assert "/?lang=pl" in links(page)
    assert "Darbas naktį" in page
    assert "9 articles in 3 languages" in text_of(page)


def test_results_show_titles_snippets_and_facets(client: FlaskClient) -> None:
    page = client.get("/?q=pracownik").text
    assert "<mark>Pracownik</mark> pyta o płacę." in page
    assert "/articles/pl/pay?q=pracownik" in links(page)
    assert "<strong>2</strong> articles" in page
    assert 'lang="pl" dir="ltr"' in page


def test_what_some_results_lack_is_said(client: FlaskClient) -> None:
    page = text_of(client.get("/?q=call+center+sleep").text)
    assert "none with every word" in page
    assert "some of these do without" in page
    assert "Without: sleep" in page


def test_a_word_that_no_article_has_is_named(client: FlaskClient) -> None:
    assert "No article has qqq ." in text_of(client.get("/?q=stress+qqq").text)


def test_a_facet_is_a_link_that_chooses_and_a_chosen_one_a_link_that_takes_away(client: FlaskClient) -> None:
    page = client.get("/?q=stres&lang=pl").text
    assert "/?q=stres&lang=pl&lang=lt" in links(page)
    assert page.count('href="/?q=stres"') >= 2  # the chosen value, and its chip
    assert 'aria-label="Remove the filter Polish"' in page


def test_filters_stay_when_the_form_is_sent_again(client: FlaskClient) -> None:
    page = client.get("/?q=stres&lang=pl&topic=wellbeing&from=2026-01-01&sort=newest&size=5").text
    for name, value in (
        ("size", "5"),
        ("lang", "pl"),
        ("topic", "wellbeing"),
        ("from", "2026-01-01"),
        ("sort", "newest"),
    ):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


def test_pages_are_linked(client: FlaskClient) -> None:
    page = client.get("/?size=2&page=2&sort=newest").text
    assert {"/?sort=newest&size=2", "/?sort=newest&size=2&page=3", "/?sort=newest&size=2&page=5"} <= set(links(page))
    assert 'aria-current="page"' in page


def test_a_page_beyond_the_last_leads_back(client: FlaskClient) -> None:
    page = client.get("/?q=stres&page=9").text
    assert "There is only 1 page of results" in text_of(page)
    assert "/?q=stres" in links(page)


def test_nothing_found_is_no_dead_end(client: FlaskClient) -> None:
    page = client.get("/?q=qqq&lang=pl").text
    assert "Nothing was found under these filters" in text_of(page)
    assert "/?q=qqq" in links(page)


def test_an_article_shows_its_text_with_the_words_marked(client: FlaskClient) -> None:
    page = client.get("/articles/en/calls?q=stress").text
    assert '<h1 lang="en" dir="ltr">Call center <mark>stress</mark></h1>' in page
    assert "<p>Calls never stop. <mark>Stress</mark> grows in a call center.</p>" in page
    assert {"/articles/pl/calls", "/articles/lt/calls", "/?q=stress"} <= set(links(page))


def test_markup_becomes_tags(make_engine: MakeEngine, settings: Settings) -> None:
    body = "Intro\nSay hello to them\none\ntwo\nfirst\nquoted\nx = 1"
    markup = (
        Span(0, 5, "heading", "2"),
        Span(4 + 2, 6 + 9, "strong"),
        Span(10, 23, "link", "https://example.org/a?b=1&c=2"),
        Span(24, 27, "item", "1"),
        Span(28, 31, "item", "2"),
        Span(32, 37, "step", "3"),
        Span(38, 44, "quote"),
        Span(45, 50, "code"),
    )
    make_engine([Article("a", "en", "Title", body, markup=markup)])
    page = create_app(settings).test_client().get("/articles/a?q=hello").text
    assert "<h2>Intro</h2>" in page
    link = '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow noopener">'
    assert f"<strong>Say </strong>{link}<strong><mark>hello</mark></strong></a>{link} to them</a>" in page
    assert '<ul>\n<li class="depth-1">one</li>\n<li class="depth-2">two</li>\n</ul>' in page
    assert '<ol start="3">\n<li>first</li>\n</ol>' in page
    assert "<blockquote><p>quoted</p></blockquote>" in page
    assert "<pre>\nx = 1\n</pre>" in page


@pytest.mark.parametrize(
    "address", ["/articles/nope", "/articles/../../etc/passwd", "/articles/%2e%2e/x", "/articles/%00", "/nothing"]
)
def test_what_is_not_there_is_a_page_with_a_way_on(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response.content_type == "text/html; charset=utf-8"
    assert "/" in links(response.text)


def test_a_parameter_that_cannot_be_used_is_explained(client: FlaskClient) -> None:
    response = client.get("/?page=two")
    assert response.status_code == 400
    assert "page is 'two'; allowed is a whole number from 1 to 100." in text_of(response.text)


def test_the_query_stays_in_the_form_when_something_else_was_wrong(client: FlaskClient) -> None:
    assert 'value="stress"' in client.get("/?q=stress&from=2026-05-02&to=2026-05-01").text


def test_without_an_index_readers_are_told_to_come_back(settings: Settings) -> None:
    response = create_app(settings).test_client().get("/?q=stress")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert str(settings.index) not in response.text


def test_right_to_left_text_has_its_direction(make_engine: MakeEngine, settings: Settings) -> None:
    make_engine([Article("ar", "ar", "مقابلة العمل", "استعد لمقابلة العمل."), Article("u", "und", "Xyz", "Xyz.")])
    client = create_app(settings).test_client()
    assert '<h2 lang="ar" dir="rtl">' in client.get("/?q=العمل").text
    assert '<h1 lang="ar" dir="rtl">' in client.get("/articles/ar").text
    assert 'dir="auto"' in client.get("/articles/u").text


def test_pages_ask_nothing_of_other_hosts_and_run_nothing(client: FlaskClient) -> None:
    for address in ("/", "/?q=stres", "/articles/en/calls", "/nothing"):
        response = client.get(address)
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert "<script" not in response.text
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', response.text)


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>{{ 7*7 }}\u202e'


def test_hostile_articles_show_as_text(make_engine: MakeEngine, settings: Settings) -> None:
    body = f"stress {HOSTILE}\njavascript link"
    markup = (
        Span(0, 6, "link", "javascript:alert(1)"),
        Span(0, 6, "heading", '2 onclick="x"'),
        Span(len(f"stress {HOSTILE}") + 1, len(body), "step", '1" onclick="x'),
    )
    make_engine([Article("a<b>", "en", HOSTILE, body, author=HOSTILE, source=f"javascript:{HOSTILE}", markup=markup)])
    client = create_app(settings).test_client()
    for address in ("/?q=stress", "/articles/a%3Cb%3E?q=stress", "/"):
        page = client.get(address).text
        assert "<script" not in page
        assert "<img src=x" not in page
        assert "onclick" not in page
        assert 'href="javascript' not in page
        assert "{{ 7*7 }}" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in client.get("/articles/a%3Cb%3E").text


@pytest.mark.parametrize(
    "query",
    [
        HOSTILE,
        "%00\x00\x01",
        "a" * 100_000,
        '"' * 1000,
        "( ) [ ] { } \\ / ^ ~ ? ! & | : ; + - *",
        "\ud83d\ude00 \U0001f600",
        "lang: topic: title: -",
        "title:* lang:* -*",
        "\u202e\u2066 rtl",
    ],
)
def test_hostile_queries_are_only_words(client: FlaskClient, query: str) -> None:
    for address in ("/", "/articles/en/calls"):
        response = client.get(address, query_string={"q": query.encode("utf-8", "replace").decode()})
        assert response.status_code == 200
        assert "<script" not in response.text
        assert "<img src=x" not in response.text
