import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Rejection
from corpus.readers import Draft
from corpus.readers.html import read_html

CALLS = "Calls never stop, and the day is long; whoever answers them needs a break between two of them."
LISTEN = "A supervisor who listens is worth more than a new headset, say those who have had both of them."
SLEEP = "Shifts that end at night are hardest, because sleep then has to be found while others are awake."


def read(main: str, head: str = "<title>Night work</title>") -> Draft:
    """Read a page with everything a page has around its article."""
    page = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}</head><body>'
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/jobs">Jobs</a></li></ul></nav>'
        f'{main}<footer><p>Copyright of the site</p></footer></body></html>'
    )  # fmt: skip
    return read_html(page.encode())


def marked(draft: Draft) -> list[tuple[str, str, str]]:
    return [(span.kind, span.value, draft.body[span.start : span.end]) for span in draft.markup]


def test_a_page_gives_its_article_without_what_stands_around_it() -> None:
    draft = read(f"<main><h1>Night work</h1><p>{CALLS}</p><h2>Sleep</h2><p>{SLEEP}</p></main>")
    assert (draft.title, draft.language) == ("Night work", "en")
    assert draft.body == f"{CALLS}\nSleep\n{SLEEP}"
    assert marked(draft) == [("heading", "2", "Sleep")]


def test_metadata_of_the_page_is_that_of_the_article() -> None:
    draft = read(
        f"<main><h1>Night work</h1><p>{CALLS}</p></main>",
        '<title>Night work | Careers Daily</title><meta name="author" content="Ona Petraitė">'
        '<meta property="article:published_time" content="2026-03-05T08:00:00Z">'
        '<link rel="canonical" href="https://example.org/night">',
    )
    assert (draft.title, draft.author) == ("Night work", "Ona Petraitė")
    assert (draft.published, draft.source) == (date(2026, 3, 5), "https://example.org/night")


def test_several_article_elements_are_sections_of_one_article() -> None:
    draft = read(
        f"<h1>Night work</h1><article><h2>Duties</h2><p>{CALLS}</p></article>"
        f"<article><h2>Pay <a href='#pay'>¶</a></h2><p>{LISTEN} <a href='/more'>More</a></p></article>"
        f"<article><h2>Outlook</h2><p>{SLEEP}</p></article>"
    )
    assert draft.body == f"Duties\n{CALLS}\nPay\n{LISTEN} More\nOutlook\n{SLEEP}"


@pytest.mark.parametrize("sections", [1, 2])
def test_articles_with_a_link_for_a_heading_are_teasers(sections: int) -> None:
    article = "".join(f"<article><p>{text}</p></article>" for text in (CALLS, LISTEN)[:sections])
    teaser = f"<article><h3><a href='/other'>Another one</a></h3><p>{SLEEP}</p></article>"
    draft = read(f"<h1>Night work</h1>{article}{teaser}")
    assert draft.body == "\n".join((CALLS, LISTEN)[:sections])


def test_an_article_beside_the_article_is_none_of_it() -> None:
    draft = read(
        f"<article><h1>Night work</h1><p>{CALLS}</p><p>{LISTEN}</p></article>"
        f"<aside><article><h2>Advertisement</h2><p>{SLEEP}</p></article></aside>"
    )
    assert draft.body == f"{CALLS}\n{LISTEN}"


@pytest.mark.parametrize(
    "hidden", ["hidden", 'style="display:none"', 'style="color: red; display: none;"', 'aria-hidden="true"']
)
def test_a_hidden_tab_is_read_and_other_hidden_text_is_not(hidden: str) -> None:
    draft = read(
        f"<main><h1>Night work</h1><div><h2>Duties</h2><p>{CALLS}</p></div>"
        f"<div {hidden}><h2>Pay</h2><p>{LISTEN}</p></div><div {hidden}><p>{SLEEP}</p></div></main>"
    )
    assert draft.body == f"Duties\n{CALLS}\nPay\n{LISTEN}"


def test_permalinks_leave_headings_and_headings_that_are_links_stay() -> None:
    draft = read(
        f'<main><h1>Night work</h1><h2>Sleep <a href="#sleep" title="link">¶</a></h2><p>{SLEEP}</p>'
        f'<h2><a href="#calls">Calls</a></h2><p>{CALLS}</p>'
        f'<h3>Rest <a href="#rest">About this part</a></h3><p>{LISTEN}</p></main>'
    )
    assert [text for kind, _, text in marked(draft) if kind == "heading"] == ["Sleep", "Calls", "Rest"]
    assert [kind for kind, _, _ in marked(draft)] == ["heading"] * 3


def test_a_heading_that_repeats_the_title_leaves_the_body() -> None:
    assert (
        read(f"<main><h1>Night work</h1><p>{CALLS}</p><h2>NIGHT work</h2><p>{SLEEP}</p></main>").body
        == f"{CALLS}\n{SLEEP}"
    )


def test_lists_tables_and_quotes_keep_their_structure() -> None:
    draft = read(
        f"<main><h1>Night work</h1><p>{CALLS}</p><ul><li>rest<ul><li>a nap</li></ul></li><li>eat</li></ul>"
        "<ol><li>listen</li><li>answer</li></ol><table><tr><th>Pay</th><td>10</td></tr>"
        "<tr><td>Day</td><td>8</td><td>hours</td></tr></table>"
        f"<blockquote><p>{SLEEP}</p></blockquote><p>{LISTEN}</p></main>"
    )
    assert draft.body.split("\n") == [
        CALLS, "rest", "a nap", "eat", "listen", "answer", "Pay: 10", "Day | 8 | hours", SLEEP, LISTEN,
    ]  # fmt: skip
    assert marked(draft) == [
        ("item", "1", "rest"),
        ("item", "2", "a nap"),
        ("item", "1", "eat"),
        ("step", "1", "listen"),
        ("step", "2", "answer"),
        ("quote", "", SLEEP),
    ]


@pytest.mark.parametrize(
    ("block", "text"),
    [
        ("<p>rest<br>eat<br/>sleep</p>", "rest eat sleep"),
        ("<h2>rest<br>eat</h2>", "rest eat"),
        ("<ul><li><p>rest</p><p>eat</p></li></ul>", "rest eat"),
        ("<ul><li>rest<div>eat</div>sleep</li></ul>", "rest eat sleep"),
        ("<blockquote><p>rest</p><p>eat</p></blockquote>", "rest eat"),
        ("<table><tr><td>rest<br>eat</td><td><p>sleep</p><p>walk</p></td></tr></table>", "rest eat: sleep walk"),
        ("<table><tr><td><div>rest</div><div>eat</div></td><td>sleep</td></tr></table>", "rest eat: sleep"),
    ],
)
def test_words_of_blocks_cells_and_line_breaks_do_not_touch(block: str, text: str) -> None:
    assert read(f"<main><h1>Night work</h1><p>{CALLS}</p>{block}<p>{SLEEP}</p></main>").body.split("\n") == [
        CALLS, text, SLEEP,
    ]  # fmt: skip


@pytest.mark.parametrize("tag", ["b", "i", "span", "code", "kbd", "q", "a href='https://e.org/'", "sup", "u"])
def test_what_stands_within_a_sentence_is_not_apart_from_its_punctuation(tag: str) -> None:
    name = tag.split(" ", maxsplit=1)[0]
    blocks = f"<p>Rest<{tag}>ing</{name}>.</p><ul><li>(<{tag}>Eat</{name}>)</li></ul><h2><{tag}>Sleep</{name}>!</h2>"
    draft = read(f"<main><h1>Night work</h1><p>{CALLS}</p>{blocks}<p>{SLEEP}</p></main>")
    assert draft.body.split("\n") == [CALLS, "Resting.", "(Eat)", "Sleep!", SLEEP]


def test_code_keeps_its_lines_and_within_a_sentence_is_marked() -> None:
    draft = read(
        f"<main><h1>Night work</h1><p>{CALLS}</p><p>Type <code>sleep</code>.</p>"
        f"<pre><code>sleep 1\n  wake\n</code></pre><p>{SLEEP}</p></main>"
    )
    assert draft.body == f"{CALLS}\nType sleep.\nsleep 1\n  wake\n{SLEEP}"
    assert marked(draft) == [("mono", "", "sleep"), ("code", "", "sleep 1"), ("code", "", "  wake")]


def test_text_after_a_list_within_an_item_is_kept() -> None:
    draft = read(
        f"<main><h1>Night work</h1><p>{CALLS}</p><ul><li>rest<ul><li>a nap</li></ul>and <b>sleep</b>.</li>"
        f"<li>eat</li></ul><p>{SLEEP}</p></main>"
    )
    assert draft.body.split("\n") == [CALLS, "rest", "a nap", "and sleep.", "eat", SLEEP]
    assert marked(draft) == [
        ("item", "1", "rest"),
        ("item", "2", "a nap"),
        ("strong", "", "sleep"),
        ("item", "1", "eat"),
    ]


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("", None),
        ('<meta name="date" content="2026-03-05">', date(2026, 3, 5)),
        ('<script type="application/ld+json">{"datePublished": "2026-03-05"}</script>', date(2026, 3, 5)),
        ('<meta name="date" content="2026-99-99">', None),
    ],
)
def test_only_a_date_that_the_page_states_is_its_date(head: str, published: date | None) -> None:
    main = (
        f"<main><h1>Night work</h1><p>{CALLS} On 2015-04-05 it was worse, and in May 2016 too.</p><p>{SLEEP}</p></main>"
    )
    footer = "<footer><p>Copyright 2019 the site. All rights reserved, 2011-2024.</p></footer>"
    assert read(main + footer, f"<title>Night work</title>{head}").published == published


@pytest.mark.parametrize(
    "stated",
    [
        '<time datetime="2026-03-05">last week</time>',
        "<span class='entry-date'>March 5, 2026</span>",
        "<span itemprop='datePublished'>2026-03-05</span>",
    ],
)
def test_a_date_beside_the_title_is_the_date_of_the_page(stated: str) -> None:
    assert read(f"<main><h1>Night work</h1><p>{stated}</p><p>{CALLS} In 2015 too.</p></main>").published == date(
        2026, 3, 5
    )


def test_nothing_that_runs_comes_out_of_a_page() -> None:
    draft = read(
        f'<main><h1>Night work</h1><script>alert(1)</script><style>p {{}}</style><p onclick="alert(2)">{CALLS} '
        '<a href="javascript:alert(3)">Bad</a> and <a href="https://example.org/a" onclick="alert(4)">good</a> '
        f'<b>advice</b>.</p><iframe src="https://example.org/">frame</iframe><p>{SLEEP} &lt;script&gt;</p></main>',
        '<title>Night work</title><link rel="canonical" href="javascript:alert(5)">',
    )
    assert draft.body == f"{CALLS} Bad and good advice.\n{SLEEP} <script>"
    assert marked(draft) == [("link", "https://example.org/a", "good"), ("strong", "", "advice")]
    assert draft.source == ""


POLISH = "Pracownicy mówią, że źródłem stresu są ciągłe połączenia i zmęczenie w nocy."


@pytest.mark.parametrize(
    ("charset", "declaration"),
    [
        ("iso-8859-2", '<meta charset="iso-8859-2">'),
        ("iso-8859-2", "<META CHARSET=ISO-8859-2>"),
        ("windows-1250", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">'),
        ("utf-8", '<meta charset="iso-8859-2">'),  # a server's template, saved as UTF-8 since
        ("utf-8", ""),
        ("utf-8-sig", '<meta charset="utf-8">'),
        ("utf-16", ""),
        ("utf-16", '<meta charset="utf-16">'),
    ],
)
def test_a_page_is_decoded_as_it_says_unless_it_is_utf_8(charset: str, declaration: str) -> None:
    head = f"<head>{declaration}<title>Płaca</title></head>"
    page = f'<html lang="pl">{head}<body><h1>Płaca</h1><p>{POLISH}</p></body></html>'
    draft = read_html(page.encode(charset))
    assert (draft.title, draft.body, draft.language) == ("Płaca", POLISH, "pl")


@pytest.mark.parametrize(
    ("charset", "told"),
    [
        ("", ""),
        ("klingon", ", nor the 'klingon' that it declares"),
        ("hex", ", nor the 'hex' that it declares"),
        ("undefined", ", nor the 'undefined' that it declares"),
        ("utf-7", ", nor the 'utf-7' that it declares"),
    ],
)
def test_a_page_that_cannot_be_decoded_is_refused(charset: str, told: str) -> None:
    declaration = f'<meta charset="{charset}">' if charset else ""
    before = f"<html><head>{declaration}<title>P"
    with pytest.raises(Rejection) as error:
        read_html(f"{before}łaca</title><body><p>{POLISH}".encode("iso-8859-2"))
    assert str(error.value) == f"cannot be decoded: it is not UTF-8 at byte {len(before)}{told}. Save it as UTF-8."


@pytest.mark.parametrize("attribute", ['lang="pl"', 'xml:lang="pl"', 'LANG="pl" xml:lang="en"'])
def test_the_language_is_that_of_the_page(attribute: str) -> None:
    assert (
        read_html(f"<html {attribute}><title>Płaca</title><h1>Płaca</h1><p>{POLISH}</p></html>".encode()).language
        == "pl"
    )


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"", "empty: there is no page in it."),
        (b" \n", "empty: there is no page in it."),
        (b"<!-- nothing -->", "empty: there is no page in it."),
        (b"\0\0\0", "empty: there is no page in it."),
        (f"<html><body><p>{CALLS}</p></body></html>".encode(), "no title: the page has neither <title> nor <h1>."),
        (b"<html><title>T</title><body></body></html>", "no article found on the page."),
        (b"<html><title>T</title><body><script>alert(1)</script></body></html>", "no article found on the page."),
    ],
)
def test_a_page_without_an_article_is_refused_with_the_reason(page: bytes, reason: str) -> None:
    with pytest.raises(Rejection, match=reason):
        read_html(page)


@pytest.mark.parametrize(
    "char",
    [
        "\0",
        "\x01",
        "\x0b",
        "\ufffe",
        "&#1;",
        "&#x1F;",
        "&#xFFFE;",
        "&#xD800;",
        "&#11",
        pytest.param(f"&#{'0' * 5000}1;", id="padded"),
    ],
)
def test_a_control_character_costs_no_more_than_itself(char: str) -> None:
    main = (
        f'<main><h1>Night work</h1><p>{CALLS} {char} </p><p hidden>{char}</p><p title="{char}">{SLEEP}</p></main>{char}'
    )
    draft = read(main, f"<title>Night work</title><meta name='author' content='Ona {char} '>")
    assert draft.body.replace(" \ufffd", "").split("\n")[:2] == [CALLS, SLEEP]


def test_a_comment_within_a_list_item_costs_no_more_than_itself() -> None:
    draft = read(
        f"<main><h1>Night work</h1><p>{CALLS}</p><ul><li><!-- why --></li><li>rest <!-- why --> well</li></ul></main>"
    )
    assert draft.body == f"{CALLS}\nrest well"


def test_entities_are_not_followed() -> None:
    page = (
        '<!DOCTYPE html [<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY a "boom"><!ENTITY b "&a;&a;&a;">]>'
        f"<html><body><h1>Night work</h1><p>{CALLS} &file; &b;</p></body></html>"
    )
    body = read_html(page.encode()).body
    assert body.startswith(CALLS)
    assert "root:" not in body and "boom" not in body


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "blockquote", "table><tr><td", "article", "span"])
def test_nesting_without_end_is_read_or_refused_at_once(tag: str) -> None:
    started = time.monotonic()
    try:
        assert read(f"<h1>Night work</h1><p>{CALLS}</p>" + f"<{tag}>" * 3000 + SLEEP).title == "Night work"
    except Rejection as rejection:
        assert str(rejection) == "no article found on the page."
    assert time.monotonic() - started < 5


_PIECES = st.sampled_from(
    [
        *"<div>|</div>|<p>|</p>|<article>|</article>|<h1>|</h1>|<h2>|<a href='#x'>|<a href='http://['>|</a>".split("|"),
        *"<ul>|<ol>|<li>|<dl><dt>|<table>|<tr>|<td colspan='99999999'>|<b>|<code>|<pre>|<br>|<!-- x -->".split("|"),
        *"<script>|</script>|<title>|</title>|<html lang='pl'>|<aside>|<div hidden>|<svg>|<x-y>|<o:p>".split("|"),
        *"<![CDATA[|]]>|&#1;|&#xD800;|&nope;|\0|\x0b".split("|"),
        "<meta name='date' content='2026-99-99'>",
        "<script type='application/ld+json'>{'@type': 'Article', 'author': {'name': 1}}</script>",
        CALLS,
        SLEEP,
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=5), max_size=30))
def test_random_html_is_read_or_refused(pieces: list[str]) -> None:
    try:
        draft = read_html("".join(pieces).encode("utf-8", "surrogatepass"))
    except Rejection:
        return
    assert draft.title and draft.body
    assert all(0 <= span.start < span.end <= len(draft.body) for span in draft.markup)


@settings(max_examples=100, deadline=None)
@given(st.binary())
def test_random_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert read_html(b"<title>T</title>" + data).title
    except Rejection as rejection:
        assert str(rejection)


def test_a_tag_with_more_attributes_than_anybody_writes_is_refused() -> None:
    attributes = " ".join(f"a{number}" for number in range(50_000))
    with pytest.raises(Rejection, match="more than 2,000 attributes"):
        read_html(f"<title>t</title><p {attributes}>Ask for a salary that fits.".encode())


def test_an_image_or_a_drawing_within_a_tag_is_no_attributes() -> None:
    image = f'<img src="data:image/png;base64,{"A" * 100_000}">'
    drawing = f"<svg><path d='{'M 1 2 ' * 10_000}'/></svg>"
    text = "<p>Ask for a salary that fits what you do, and say why it should be so.</p>" * 9
    page = (
        f"<html><head><title>Salary</title></head><body><article>{text}{image}{drawing}{text}</article></body></html>"
    )
    assert "Ask for a salary that fits" in read_html(page.encode()).body
