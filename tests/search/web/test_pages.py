import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml.html import document_fromstring

from corpus import Article, Settings, Span
from corpus.errors import SettingsError
from corpus.glossary import Glossary, read_shipped
from search.web import create_app
from tests.conftest import ARTICLES, SLIPS, MakeEngine, make_knowing


def text_of(html: str) -> str:
    html = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
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
    assert "9 articles · 3 languages." in text_of(page)
    assert "/about" in links(page)


def test_results_show_titles_snippets_and_facets(client: FlaskClient) -> None:
    page = client.get("/?q=pracownik").text
    assert "<mark>Pracownik</mark> pyta o płacę." in page
    assert "/articles/pl/pay?q=pracownik" in links(page)
    assert "3 articles : pracownik" in text_of(page)
    assert "/articles/en/pay?q=pracownik" in links(page)  # the same in another language
    assert 'lang="pl" dir="ltr"' in page


def test_what_some_results_lack_is_said(client: FlaskClient) -> None:
    page = text_of(client.get("/?q=call+center+sleep").text)
    assert "none with every word" in page
    assert "Some of these do without:" in page
    assert "Without: sleep" in page


def test_a_word_that_no_article_has_is_named(client: FlaskClient) -> None:
    assert "No article has: qqq" in text_of(client.get("/?q=stress+qqq").text)


def test_other_words_are_named_and_one_link_turns_them_off(knowing_client: FlaskClient) -> None:
    page = knowing_client.get("/?q=call+center&lang=lt").text
    assert "Also looked for: call centre · infolinia · skambučių centras 1 more hotline Only my words" in text_of(page)
    assert '<bdi lang="lt">skambučių centras</bdi>' in page
    assert "/articles/lt/calls?q=call+center" in links(page)
    assert "/?q=call+center&lang=lt&expand=false" in links(page)


def test_words_as_typed_stay_chosen_and_one_link_ends_it(knowing_client: FlaskClient) -> None:
    page = knowing_client.get("/?q=call+center&expand=false").text
    assert "Also looked for" not in page
    assert "Only your words were looked for." in text_of(page)
    assert "/?q=call+center" in links(page)
    assert "/?q=call+center&lang=pl&expand=false" in links(page)
    assert page.count('<input type="hidden" name="expand" value="false">') == 2  # the search, and the dates
    assert "/articles/pl/calls?q=call+center&expand=false" in links(page)
    assert "lt/calls?" not in page.split('class="hits"')[1].split('class="also"')[0]


def test_an_article_marks_only_the_words_that_were_looked_for(knowing_client: FlaskClient) -> None:
    assert "<mark>" in knowing_client.get("/articles/lt/calls?q=call+center").text
    page = knowing_client.get("/articles/lt/calls?q=call+center&expand=false").text
    assert "<mark>" not in page
    assert "/?q=call+center&expand=false" in links(page)
    assert "/articles/pl/calls?q=call+center&expand=false" in links(page)
    assert knowing_client.get("/articles/lt/calls?q=call&expand=perhaps").status_code == 400


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("workrs", "No article has workrs ; shown are those with workers ."),
        ("nigh", "No article has nigh ; shown are those with words that begin so: night ."),
    ],
)
def test_what_a_word_was_taken_for_is_said(client: FlaskClient, query: str, said: str) -> None:
    assert said in text_of(client.get(f"/?q={query}").text)


def test_reasons_are_shown_under_each_hit_when_asked(client: FlaskClient) -> None:
    plain = client.get("/?q=call+stress").text
    assert 'class="why"' not in plain
    assert "/?q=call+stress&explain=true" in links(plain)
    page = client.get("/?q=call+stress&explain=true&lang=en").text
    said = text_of(page)
    assert "call as written: call (title\xa01× · text\xa01×)".replace("\xa0", " ") in said
    assert "another form of the word: calls (text 1×)" in said
    assert "words of the query that stand together" in said
    assert page.count('class="why"') == page.count('class="hit"') == 1
    assert "/?q=call+stress&lang=en" in links(page)  # without them again
    assert '<input type="hidden" name="explain" value="true">' in page
    assert '<link rel="canonical" href="http://localhost/?q=call+stress&amp;lang=en">' in page
    assert '<meta name="robots" content="noindex, follow">' in client.get("/?lang=en&explain=true").text


def test_the_translation_as_which_a_hit_ranks_and_the_factors_of_its_place_are_among_its_reasons(
    make_engine: MakeEngine, settings: Settings
) -> None:
    make_engine(
        [
            Article("en/a", "en", "Call center stress", "Calls.", work="a"),
            Article("pl/a", "pl", "Stress", "Telefony.", work="a"),
            Article("en/b", "en", "Notes", "A salary.", work="b"),
        ]
    )
    with create_app(settings).test_client() as client:
        page = client.get("/?q=call+center+stress+salary&explain=true&prefer=pl&size=1").text
        assert "ranked as its translation: English Without: salary" in text_of(page)
        assert "/articles/en/a?q=call+center+stress+salary&prefer=pl" in links(page.split('class="why"')[1])
        assert "for its place: missing words ×0." in text_of(page)
        assert "for its place: a language you read" not in text_of(page)
        page = text_of(client.get("/?q=call+center+stress&explain=true&prefer=en&size=1").text)
        assert "for its place: a language you read ×1.10" in page
        assert "ranked as its translation" not in page


def test_a_hit_links_to_every_translation_the_first_languages_of_the_reader_first(
    make_engine: MakeEngine, settings: Settings
) -> None:
    codes = ["en", "ar", "cs", "de", "es", "fr", "it", "ja", "lt", "nl", "uk"]
    make_engine([Article(f"{code}/a", code, f"Stress {code}", "Stress.", work="a") for code in codes])
    with create_app(settings).test_client() as client:
        page = client.get("/?q=stress&prefer=en,uk&lang=en&lang=nl").text
        first, rest = page.split('class="also"')[1].split("</div>")[0].split("<details")
        assert re.findall('hreflang="([a-z]+)"', first) == ["uk", "nl", "ar", "cs", "de", "es", "fr", "it"]
        assert re.findall('hreflang="([a-z]+)"', rest) == ["ja", "lt"]
        assert "<summary>2 more</summary>" in rest


def test_what_a_hit_lacks_is_among_its_reasons(client: FlaskClient) -> None:
    assert "qqq not there 0.00" in text_of(client.get("/?q=stress+qqq&explain=true").text)


def test_without_words_there_are_no_reasons(client: FlaskClient) -> None:
    page = client.get("/?lang=en&explain=true").text
    assert 'class="why"' not in page
    assert "Why are these here?" not in page


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
    page = client.get("/?collapse=false&size=2&page=2&sort=newest").text
    every = "/?collapse=false&sort=newest&size=2"
    assert {every, f"{every}&page=3", f"{every}&page=5"} <= set(links(page))
    assert 'aria-current="page"' in page


def test_a_page_beyond_the_last_leads_back(client: FlaskClient) -> None:
    page = client.get("/?q=stres&page=9").text
    assert "There are no results on this page" in text_of(page)
    assert "/?q=stres" in links(page)


def test_nothing_found_is_no_dead_end(client: FlaskClient) -> None:
    page = client.get("/?q=qqq&lang=pl").text
    assert "Nothing was found under these filters" in text_of(page)
    assert "/?q=qqq" in links(page)


def test_an_article_shows_its_text_with_the_words_marked(client: FlaskClient) -> None:
    page = client.get("/articles/en/calls?q=stress").text
    assert '<h1 lang="en" dir="ltr">Call center <mark>stress</mark></h1>' in page
    assert '<p>Calls never stop. <mark id="m1">Stress</mark> grows in a call center.</p>' in page
    assert {"/articles/pl/calls?q=stress", "/articles/lt/calls?q=stress", "/?q=stress"} <= set(links(page))


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
    assert '<h2 id="s1">Intro</h2>' in page
    link = '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow noopener">'
    said = f'<strong>Say </strong>{link}<strong><mark id="m1">hello</mark></strong></a>{link} to them</a>'
    assert said in page
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
    assert "This search cannot be carried out" in response.text
    assert "page is 'two'; allowed is a whole number from 1 to 100." in text_of(response.text)


def test_all_that_cannot_be_used_is_left_out_of_the_way_on(client: FlaskClient) -> None:
    response = client.get("/?q=stres&page=two&lang=xx&topic=pay&q=&utm_source=mail")
    assert response.status_code == 400
    assert "lang is 'xx'" in text_of(response.text) and "page is 'two'" in text_of(response.text)
    assert "/?q=stres&topic=pay" in links(response.text)


def test_the_query_stays_in_the_form_when_something_else_was_wrong(client: FlaskClient) -> None:
    assert 'value="stress"' in client.get("/?q=stress&from=2026-05-02&to=2026-05-01").text


def test_without_an_index_the_page_says_what_to_run_and_where_it_is_not(settings: Settings) -> None:
    response = create_app(settings).test_client().get("/?q=stress")
    assert response.status_code == 503
    assert "karjera index build" in response.text
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
        assert strangers(response.text) == []
        assert not re.findall(r'(?:src|href)="(?:https?:)?//(?!localhost/)', response.text)


def strangers(html: str) -> list[str]:
    """What a page holds that no template of ours wrote: scripts, images, styles, handlers, addresses that run."""
    found = []
    for element in document_fromstring(html).iter():
        attributes = {str(name): str(value) for name, value in element.attrib.items()}
        if element.tag == "script":
            ours = attributes.get("src", "").startswith("/static/karjera-") and not element.text
            if not ours and attributes.get("type") != "application/ld+json":
                found.append("script")
        if element.tag in ("style", "iframe", "object", "embed", "base", "b-o-g-u-s", "math", "template"):
            found.append(str(element.tag))
        if element.tag == "img" and not attributes["src"].startswith("/static/mark-"):
            found.append("img")
        found += [name for name in attributes if name.startswith("on") or name == "style"]
        found += [
            value
            for name, value in attributes.items()
            if name in ("href", "src", "action") and not value.startswith(("/", "#", "http://", "https://"))
        ]
    return found


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
        assert strangers(page) == []
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
        assert strangers(response.text) == []
        assert len(response.data) < 120_000


def test_a_search_that_cannot_be_carried_out_leads_to_one_that_can(client: FlaskClient) -> None:
    page = client.get("/?q=stres&lang=pl&page=x").text
    assert "/?q=stres&lang=pl" in links(page)
    page = client.get("/?q=stres&from=2026-05-02&to=2026-05-01").text
    assert "/?q=stres" in links(page)


def test_nothing_found_offers_topics_with_their_counts(client: FlaskClient) -> None:
    page = client.get("/?q=qqq+-stres").text
    assert "/?topic=wellbeing" in links(page)
    assert "allow the words that were left out: stres" in text_of(page)


def test_what_the_query_says_of_itself_is_repeated(client: FlaskClient) -> None:
    page = text_of(client.get("/?q=stres+-telefon+lang%3Apl+topic%3Apay").text)
    assert "As the query says, only: Polish Pay and benefits" in page
    assert "Left out as the query says: telefon" in page


def test_a_query_that_is_too_long_says_where_it_was_cut(client: FlaskClient) -> None:
    page = text_of(client.get("/", query_string={"q": "stres " * 100}).text)
    assert "Only the first 500 characters of the query were used." in page


def test_years_are_a_facet_beside_languages_and_topics(client: FlaskClient) -> None:
    page = client.get("/?q=stres").text
    assert "/?q=stres&year=2026" in links(page)
    assert 'aria-label="Remove the filter 2026"' in client.get("/?q=stres&year=2026").text
    assert client.get("/", query_string={"year": ",".join(map(str, range(1990, 2015)))}).status_code == 400


def test_the_about_page_says_what_there_is_and_how_fresh(client: FlaskClient) -> None:
    page = text_of(client.get("/about").text)
    assert "Articles 9" in page
    assert "Works, counting translations once 3" in page
    assert "Newest article 3 July 2026" in page
    assert "Lithuanian Lietuvių 3 Every inflected form of a word finds the others." in page
    assert "Customer service 3" in page


def test_languages_without_a_stemmer_or_spaces_say_so(make_engine: MakeEngine, settings: Settings) -> None:
    make_engine([Article("h", "he", "עבודה", "עבודה."), Article("j", "ja", "職場", "職場。")])
    page = text_of(create_app(settings).test_client().get("/about").text)
    assert "Words are found as they are written, accents aside." in page
    assert "Found by overlapping pairs of characters" in page


def test_what_the_reader_may_have_meant_is_a_link(make_engine: MakeEngine, settings: Settings) -> None:
    make_engine(SLIPS)
    client = create_app(settings).test_client()
    page = client.get("/?q=kierownig&lang=pl&sort=newest").text
    assert "Did you mean kierownik ? 7" in text_of(page)
    assert "/?q=kierownik&lang=pl&sort=newest" in links(page)
    assert "Czy chodziło o kierownik ? 7" in text_of(client.get("/?q=kierownig&ui=pl").text)
    hostile = client.get("/", query_string={"q": "<kierownig>"}).text
    assert "<bdi>&lt;kierownik&gt;</bdi>" in hostile and "<kierowni" not in hostile
    assert "Did you mean" not in client.get("/?q=kierownik").text


NOTICE = """
[[notice]]
words = ["stres*"]
text = "<b>Call</b> 116 123 & rest"
link = "https://example.org/?a=1&b=2"

[[notice]]
topics = ["pay"]
languages = ["ar"]
text = "مساعدة"
"""


def test_a_notice_stands_above_the_results_and_on_articles(
    make_engine: MakeEngine, settings: Settings, tmp_path: Path
) -> None:
    make_engine(ARTICLES)
    file = tmp_path / "notices.toml"
    file.write_text(NOTICE, encoding="utf-8")
    client = create_app(replace(settings, notices=file)).test_client()
    for address in ("/?q=stres", "/articles/pl/calls"):
        page = client.get(address).text
        assert "&lt;b&gt;Call&lt;/b&gt; 116 123 &amp; rest" in page
        assert "https://example.org/?a=1&b=2" in links(page)
    for address in ("/", "/?q=sleep", "/articles/pl/pay", "/about"):
        assert "116 123" not in client.get(address).text
    assert "مساعدة" not in client.get("/?topic=pay").text
    assert 'lang="ar" dir="rtl">\n  <p>مساعدة' in client.get("/?topic=pay&ui=ar").text
    assert "مساعدة" in client.get("/articles/pl/pay?ui=ar").text


def test_a_notice_stands_where_its_concept_is_named_in_any_language_and_inflected(
    make_engine: MakeEngine, settings: Settings, tmp_path: Path
) -> None:
    burnout = next(concept for concept in read_shipped()[0] if concept.id == "burnout")
    make_knowing(
        settings, Glossary((burnout,)), [*ARTICLES, Article("b", "pl", "O wypaleniu zawodowym", "Odpoczynek.")]
    )
    file = tmp_path / "notices.toml"
    file.write_text('[[notice]]\nconcepts = ["burnout"]\ntext = "Call 116 123."\n', encoding="utf-8")
    client = create_app(replace(settings, notices=file)).test_client()
    for query in ("wypalenie zawodowe", "po wypaleniu zawodowym", "perdegimas", "burned out", "burnout OR sleep"):
        assert "Call 116 123." in client.get("/", query_string={"q": query}).text, query
    assert "Call 116 123." in client.get("/?q=burnout&expand=false").text
    assert "Call 116 123." in client.get("/articles/b").text
    for address in ("/", "/?q=stres", "/articles/pl/calls"):
        assert "Call 116 123." not in client.get(address).text, address


def test_a_file_of_notices_that_cannot_be_used_stops_the_start(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml, cannot be read"):
        create_app(replace(settings, notices=tmp_path / "nowhere.toml"))


def test_many_links_in_a_query_do_not_become_links(client: FlaskClient) -> None:
    page = client.get("/", query_string={"q": '<a href="https://evil.example">x</a> [x](https://evil.example)'}).text
    assert not any("evil.example" in link and not link.startswith(("/", "http://localhost/")) for link in links(page))


@pytest.mark.parametrize(
    ("address", "again"),
    [
        ("/?q=stress&size=x&lang=en", "/?q=stress&lang=en"),
        ("/articles/en/calls?expand=zzz&q=stress", "/articles/en/calls?q=stress"),
        ("/articles/en/calls?prefer=zzz", "/articles/en/calls"),
        ("/feed.atom?lang=zzz&topic=pay", "/feed.atom?topic=pay"),
    ],
)
def test_what_cannot_be_used_is_left_out_without_leaving_the_page(
    client: FlaskClient, address: str, again: str
) -> None:
    refused = client.get(address)
    assert refused.status_code == 400
    assert again in links(refused.text)
    assert client.get(again).status_code == 200
