from corpus import Article, Span
from search.web.rendering import MAX_JUMPS, Section, body_html, contents


def article(body: str, *markup: Span) -> Article:
    return Article("a", "en", "Title", body, markup=markup)


def test_headings_become_contents_with_the_anchors_of_the_body() -> None:
    text = article(
        "One\ntext\nTwo\nDeep", Span(0, 3, "heading", "2"), Span(9, 12, "heading", "2"), Span(13, 17, "heading", "9")
    )
    assert contents(text) == [Section("s1", 2, "One"), Section("s2", 2, "Two"), Section("s3", 4, "Deep")]
    html = body_html(text, [], "next")
    assert '<h2 id="s1">One</h2>' in html
    assert '<h4 id="s3">Deep</h4>' in html


def test_every_mark_leads_to_the_next_and_the_last_to_the_first() -> None:
    html = body_html(article("one two three"), [(0, 3), (4, 7), (8, 13)], "next")
    assert html == (
        '<p><mark id="m1">one</mark><a class="next" href="#m2">next</a> '
        '<mark id="m2">two</mark><a class="next" href="#m3">next</a> '
        '<mark id="m3">three</mark><a class="next" href="#m1">next</a></p>\n'
    )


def test_a_single_mark_leads_nowhere() -> None:
    assert body_html(article("one two"), [(0, 3)], "next") == '<p><mark id="m1">one</mark> two</p>\n'


def test_the_link_behind_a_mark_stands_outside_of_a_link() -> None:
    html = body_html(article("one two", Span(0, 7, "link", "https://example.org/")), [(0, 3), (4, 7)], "next")
    link = '<a href="https://example.org/" rel="nofollow noopener">'
    assert f'{link}<mark id="m1">one</mark></a><a class="next" href="#m2">next</a>{link} </a>' in html


def test_a_mark_in_pieces_has_its_id_once() -> None:
    html = body_html(article("one two", Span(0, 5, "strong")), [(0, 7)], "next")
    assert html == '<p><strong><mark id="m1">one t</mark></strong><mark>wo</mark></p>\n'


def test_there_are_only_so_many_jumps() -> None:
    body = "x " * (MAX_JUMPS + 50)
    html = body_html(article(body), [(at, at + 1) for at in range(0, len(body), 2)], "next")
    assert html.count("<mark") == MAX_JUMPS + 50
    assert html.count('class="next"') == MAX_JUMPS
    assert f'id="m{MAX_JUMPS + 1}"' not in html


def test_labels_are_escaped() -> None:
    assert "&lt;b&gt;" in body_html(article("one two"), [(0, 3), (4, 7)], "<b>")
