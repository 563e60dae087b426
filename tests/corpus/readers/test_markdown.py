import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Rejection
from corpus.readers import Draft
from corpus.readers.draft import TITLE_CHARS
from corpus.readers.markdown import MAX_FRONT_MATTER_CHARS, html_texts, read_markdown, table_row


def read(body: str) -> Draft:
    return read_markdown(f"# Title\n\n{body}")


def with_front_matter(front_matter: str) -> Draft:
    return read_markdown(f"---\n{front_matter}\n---\nText.\n")


def marked(draft: Draft) -> list[tuple[str, str, str]]:
    return [(span.kind, span.value, draft.body[span.start : span.end]) for span in draft.markup]


def test_the_first_heading_is_the_title_where_no_other_is_given() -> None:
    for heading in ("# Working *at* ![moon](m.png) night #", "Working at night\n==="):
        draft = read_markdown(f"{heading}\n\nSleep.\n\n# Again\n")
        assert (draft.title, draft.body) == ("Working at night", "Sleep.\nAgain")


def test_a_heading_that_repeats_the_title_leaves_the_body_and_another_stays() -> None:
    front_matter = "---\ntitle: Working at night\n---\n"
    assert read_markdown(f"{front_matter}# Working AT night\n\nSleep.").body == "Sleep."
    draft = read_markdown(f"{front_matter}# By *day*\n\nSleep.")
    assert (draft.title, draft.body) == ("Working at night", "By day\nSleep.")
    assert marked(draft) == [("heading", "1", "By day"), ("em", "", "day")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("opening", ["---", "--- ", "---\t "])
def test_front_matter_says_what_the_file_says_of_itself(line_end: str, opening: str) -> None:
    draft = read_markdown(line_end.join([opening, 'title: "Stres: objawy"', "lang: pl", "author:", "---", "Text.", ""]))
    assert (draft.title, draft.language, draft.author, draft.body) == ("Stres: objawy", "pl", "", "Text.")


def test_values_of_front_matter_are_taken_as_they_are_written() -> None:
    draft = with_front_matter("title: 1:59\nauthor: yes\nid: 007\nwork: 1_000\nsource: ~\ntopics:\n- pay")
    assert (draft.title, draft.author, draft.id, draft.work, draft.source) == ("1:59", "yes", "007", "1_000", "")
    assert draft.topics == ("pay",)


@pytest.mark.parametrize(
    ("front_matter", "reason"),
    [
        ("title: Stres: objawy", r"not YAML, line 2: .* Quote values that hold a colon\."),
        ("title: T\n\tlang: pl", "not YAML, line 3"),
        ("title: [pay", "not YAML, line"),
        ("title: a\0b", "not YAML"),
        ('title: "\\UFFFFFFFF"', "not YAML"),
        ("title: &t [*t]", "not YAML"),
        ("? [a, b]\n: c", "not YAML"),
        ("- title", "front matter is a list"),
        ("title", "front matter is a str"),
        ("title: !!python/object/apply:os.system [exit 1]", "title is list"),
        ("title: {a: b}", "title is dict"),
        ("title: T\npublished: 2026-13-45", "published is '2026-13-45'"),
        ("title: T\nid: " + "9" * 5000, "id has 5,000 characters"),
        ("title: T\nid: 0x" + "f" * 5000, "id has 5,002 characters"),
        ("title: T\nid: 1" + ":59" * 500 + ".5", "id has 1,503 characters"),
    ],
    ids=lambda value: value[:24],
)
def test_front_matter_that_cannot_be_used_is_refused_with_the_reason(front_matter: str, reason: str) -> None:
    with pytest.raises(Rejection, match=reason) as error:
        with_front_matter(front_matter)
    assert len(str(error.value)) < 300


@pytest.mark.parametrize("first", ["[x, x]", "{k0: x}"], ids=["aliases", "merges"])
def test_front_matter_that_doubles_itself_takes_no_time(first: str) -> None:
    name = "<<" if first.startswith("{") else "n"
    bomb = "".join(f"a{level + 1}: &a{level + 1} {{{name}: [{f'*a{level}, ' * 9}]}}\n" for level in range(12))
    started = time.monotonic()
    assert with_front_matter(f"a0: &a0 {first}\n{bomb}title: T").title == "T"
    assert time.monotonic() - started < 2


def test_brackets_without_end_are_refused() -> None:
    with pytest.raises(Rejection, match="front matter is not YAML"):
        with_front_matter("title: " + "[" * 2000)


def test_front_matter_without_end_is_refused() -> None:
    for text in ("---\ntitle: T\nText.", "---\ntitle: T\n" + "x\n" * MAX_FRONT_MATTER_CHARS + "---\nText."):
        with pytest.raises(Rejection, match="front matter does not end with `---` within 20,000 characters"):
            read_markdown(text)


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("Text.", "Text.", "Text."),
        ("Rest *well*.\n\nEat.", "Rest well.", "Rest well.\nEat."),
        ("## Second level\n\nText.", "Second level", "Second level\nText."),
        ("---\nlang: pl\n---\nText.", "Text.", "Text."),
        ("---\ntitle:\n---\nText.", "Text.", "Text."),
        ("# \n\nText.", "Text.", "Text."),
        ("    - nap\n    - eat", "- nap", "- nap\n- eat"),
        ("```\n    " + "x" * 200 + "\n```", "x" * TITLE_CHARS + "…", "    " + "x" * 200),
    ],
    ids=["text", "markup", "heading", "front matter", "empty title", "empty heading", "code", "indented code"],
)
def test_the_first_words_of_a_text_are_the_title_where_no_other_is_given(text: str, title: str, body: str) -> None:
    draft = read_markdown(text)
    assert (draft.title, draft.body) == (title, body)


@pytest.mark.parametrize("text", ["", "---\nlang: pl\n---\n", "# \n", "---\nlang: pl\n---\n<!-- later -->"])
def test_neither_title_nor_text_is_refused(text: str) -> None:
    with pytest.raises(Rejection, match=r"^empty: there is no text in it\.$"):
        read_markdown(text)


@pytest.mark.parametrize(
    "text", ["# Title", "---\ntitle: T\n---", "---\ntitle: T\n---\n<!-- later -->\n", "# T\n\n***\n"]
)
def test_a_title_without_text_is_refused(text: str) -> None:
    with pytest.raises(Rejection, match="there is a title but no text under it"):
        read_markdown(text)


def test_blocks_become_lines_and_their_markup_stands_off() -> None:
    draft = read(
        "## Sleep\n\nBy **day**,\nin the `dark` or [at home](https://e.org/ 'x').\n\n"
        "- rest\n- eat\n  1. bread\n  2. soup\n\n> They *say* so.\n\n3. third\n4. fourth\n\n"
        "```sh\nsleep 1\n\n  wake\n```\n"
    )
    assert draft.body.split("\n") == [
        "Sleep", "By day, in the dark or at home.", "rest", "eat", "bread", "soup", "They say so.", "third", "fourth",
        "sleep 1", "  wake",
    ]  # fmt: skip
    assert marked(draft) == [
        ("heading", "2", "Sleep"),
        ("strong", "", "day"),
        ("mono", "", "dark"),
        ("link", "https://e.org/", "at home"),
        ("item", "1", "rest"),
        ("item", "1", "eat"),
        ("step", "1", "bread"),
        ("step", "2", "soup"),
        ("quote", "", "They say so."),
        ("em", "", "say"),
        ("step", "3", "third"),
        ("step", "4", "fourth"),
        ("code", "", "sleep 1"),
        ("code", "", "  wake"),
    ]


def test_a_second_paragraph_of_an_item_is_a_paragraph() -> None:
    draft = read("1. first\n\n   more\n\n2. second\n")
    assert draft.body == "first\nmore\nsecond"
    assert marked(draft) == [("step", "1", "first"), ("step", "2", "second")]


def test_a_table_becomes_a_line_a_row() -> None:
    assert read("| Job | Pay |\n|---|---|\n| *Clerk* | 10 |\n| Cook | |").body == "Job: Pay\nClerk: 10\nCook"
    assert (
        read("| Job | Pay | Hours |\n|---|---|---|\n| Clerk | 10 | 40 |").body == "Job | Pay | Hours\nClerk | 10 | 40"
    )
    assert table_row([" a \n b ", "", "c"]) == "a b: c"
    assert table_row(["", " "]) == ""


def test_links_that_are_not_for_readers_lose_their_address_only() -> None:
    draft = read("[a](/local) [b](#part) [c](https://e.org/c) <d@e.org> [e](ftp://e.org)")
    assert draft.body == "a b c d@e.org e"
    assert marked(draft) == [("link", "https://e.org/c", "c"), ("link", "mailto:d@e.org", "d@e.org")]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "java&#115;cript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///x",
    ],
)
def test_a_script_is_never_a_link(address: str) -> None:
    assert "link" not in {
        kind for kind, _, _ in marked(read(f"[a]({address}) ![b]({address}) <{address}>\n\n[a]: {address}"))
    }


def test_html_gives_its_text_and_nothing_else() -> None:
    draft = read(
        "<script>alert(1)</script>\n\n<style>p {}</style>\n\n<!-- secret -->\n\n"
        '<aside onclick="alert(2)">\n<h4>Note</h4> Sleep <b>well</b>, *really*.<script>alert(3)</script>\n</aside>\n\n'
        'Rest <img src="x" onerror="alert(4)"> <span>now</span>. <iframe src="https://e.org/"></iframe>\n'
    )
    assert draft.body == "Note\nSleep well, really.\nRest now."
    assert marked(draft) == [("em", "", "really")]


def test_line_breaks_and_cells_separate_words_and_other_html_does_not() -> None:
    assert (
        read("Rest<br>eat<br/>sleep</br> <b>well</b>, <i>re</i>ally<span>.</span>").body
        == "Rest eat sleep well, really."
    )
    assert (
        read("| rest<br>eat | <b>sleep</b>. |\n|---|---|\n| a<span>b</span> | c<BR>d |").body
        == "rest eat: sleep.\nab: c d"
    )
    assert read(
        "<table><tr><td>rest</td><td><b>e</b>at</td></tr><tr><th>sleep</th><td>wake.</td></tr></table>"
    ).body == ("rest eat\nsleep wake.")


def test_markdown_inside_html_keeps_its_safe_links() -> None:
    draft = read('<div markdown="1">\nSee [a](https://e.org/) or [b](javascript:alert(1)).\n</div>\n')
    assert draft.body == "See a or [b](javascript:alert(1))."
    assert marked(draft) == [("link", "https://e.org/", "a")]


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
        "&#11",
        pytest.param(f"&#{'0' * 5000}1;", id="padded"),
    ],
)
def test_a_control_character_costs_no_more_than_itself(char: str) -> None:
    assert html_texts(f"<p>Sleep{char} <b>well</b><!-- x --> now</p>")[0].startswith("Sleep")
    assert read(f"<div>Sleep {char} <!-- x --> well</div>").body.replace("\ufffd ", "") == "Sleep well"


def test_references_to_other_characters_are_read() -> None:
    assert html_texts("<p>&#380;ycie &#x17C;&amp;&lt;b&gt; &nbsp;&#151;</p>") == ["życie ż&<b> —"]
    assert html_texts(f"<p>Sleep &#{'9' * 5000}; well</p>") == ["Sleep \ufffd well"]


@pytest.mark.parametrize(
    "body",
    [
        ">" * 5000,
        "- " * 5000,
        "*a " * 3000,
        "[" * 5000,
        "[a](" * 2000,
        "<div>" * 5000,
        "<" * 5000,
        "`" * 5000 + "a",
        "|" * 5000,
    ],
    ids=lambda body: body[:4],
)
def test_nesting_without_end_ends(body: str) -> None:
    started = time.monotonic()
    assert read(f"First.\n\n{body}\n\nLast.").body.startswith("First.")
    assert time.monotonic() - started < 5


_PIECES = st.sampled_from(
    [
        *["# ", "> ", "- ", "1. ", "```\n", "\n", "\n\n", "    ", "*", "**", "`", "[a](http://e.org)", "text "],
        *["<b>", "<div>", "</div>", "<li><!-- x -->", "&#1;", "&lt;", "| a | b |\n|-|-|\n"],
        *["---\n", "title: T\n", "{", "&a *a", "!!x ", "<<: "],
    ]
)


@settings(max_examples=250, deadline=None)
@given(
    st.lists(_PIECES | st.text(max_size=5), max_size=25), st.sampled_from(["# T\n\n", "---\n", "---\ntitle: T\n---\n"])
)
def test_random_markdown_is_read_or_refused(pieces: list[str], beginning: str) -> None:
    try:
        draft = read_markdown(beginning + "".join(pieces))
    except Rejection:
        return
    assert draft.title and draft.body
    assert all(0 <= span.start < span.end <= len(draft.body) for span in draft.markup)
