from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Span
from corpus.markup import BLOCK_KINDS, MAX_LINK_CHARS, BlockKind, BodyBuilder, InlineKind, plain_body, safe_link


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a?b=c#d",
        "http://example.org",
        "HTTPS://EXAMPLE.ORG/",
        "mailto:ona@example.org",
        "https://example.org/płaca",
    ],
)
def test_a_reader_may_be_sent_to_pages_and_mailboxes(address: str) -> None:
    assert safe_link(f" {address}\n") == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/relative",
        "page.html",
        "//example.org/",
        "#part",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "https://exam ple.org/",
        "https://example.org/\x00",
        "http://[::",
        "https://example.org/" + "x" * MAX_LINK_CHARS,
    ],
)
def test_a_reader_is_sent_nowhere_else(address: str) -> None:
    assert safe_link(address) is None


def test_each_block_is_a_line_and_its_markup_covers_it() -> None:
    builder = BodyBuilder()
    builder.start_block("heading", "2")
    builder.add("Sleep")
    builder.start_block()
    builder.add("Sleep by ")
    builder.open_inline("strong")
    builder.add("day")
    builder.close_inline("strong")
    builder.add(".")
    builder.start_block("item", "1")
    builder.open_inline("link", "https://example.org/")
    builder.add("Rest")
    builder.close_inline("link")
    assert builder.build() == (
        "Sleep\nSleep by day.\nRest",
        (
            Span(0, 5, "heading", "2"),
            Span(15, 18, "strong"),
            Span(20, 24, "item", "1"),
            Span(20, 24, "link", "https://example.org/"),
        ),
    )


def test_white_space_is_folded_as_a_browser_folds_it() -> None:
    builder = BodyBuilder()
    builder.add(" \n Night\u00a0\u2028 ")
    builder.add(" workers\tsleep \r\n")
    builder.start_block()
    builder.add(" \n")
    assert builder.build() == ("Night workers sleep", ())


def test_a_range_holds_no_blanks_at_its_ends() -> None:
    builder = BodyBuilder()
    builder.add("They")
    builder.open_inline("em")
    builder.add(" sleep ")
    builder.close_inline("em")
    builder.add("by day")
    assert builder.build() == ("They sleep by day", (Span(5, 10, "em"),))


def test_ranges_overlap_and_end_with_their_block_if_nobody_closes_them() -> None:
    builder = BodyBuilder()
    builder.open_inline("strong")
    builder.add("Sleep ")
    builder.open_inline("em")
    builder.add("by ")
    builder.close_inline("strong")
    builder.add("day ")
    builder.start_block()
    builder.close_inline("em")
    builder.add("Rest")
    assert builder.build() == ("Sleep by day\nRest", (Span(0, 8, "strong"), Span(6, 12, "em")))


def test_a_range_without_text_is_none() -> None:
    builder = BodyBuilder()
    builder.add("Sleep")
    builder.open_inline("mono")
    builder.close_inline("mono")
    builder.close_inline("link")
    assert builder.build() == ("Sleep", ())


def test_code_keeps_its_indentation_and_loses_its_blank_lines() -> None:
    builder = BodyBuilder()
    builder.add("Count")
    builder.add_code("for call in day:\n\n\trest()  \n")
    assert builder.build() == ("Count\nfor call in day:\n    rest()", (Span(6, 22, "code"), Span(23, 33, "code")))


def test_plain_lines_become_paragraphs_without_markup() -> None:
    assert plain_body(["  Night workers ", "", "sleep."]) == ("Night workers\nsleep.", ())


def test_a_span_is_stored_and_comes_back() -> None:
    span = Span(3, 9, "link", "https://example.org/")
    assert span.as_list() == [3, 9, "link", "https://example.org/"]
    assert Span.from_list(span.as_list()) == span


_TEXT = st.text("ab \n\t\u00a0\u2028ż", max_size=6)
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("block"), st.sampled_from([None, *get_args(BlockKind)])),
        st.tuples(st.just("text"), _TEXT),
        st.tuples(st.just("code"), _TEXT),
        st.tuples(st.just("open"), st.sampled_from(get_args(InlineKind))),
        st.tuples(st.just("close"), st.sampled_from(get_args(InlineKind))),
    ),
    max_size=25,
)


@settings(max_examples=300, deadline=None)
@given(_STEPS)
def test_whatever_is_told_markup_cuts_the_body_and_blocks_are_whole_lines(steps: list[tuple[str, str]]) -> None:
    builder = BodyBuilder()
    tell = {
        "block": builder.start_block,
        "text": builder.add,
        "code": builder.add_code,
        "open": builder.open_inline,
        "close": builder.close_inline,
    }
    for step, value in steps:
        tell[step](value)  # type: ignore[operator]  # each takes the kind of value that its strategy gives
    body, markup = builder.build()
    assert all(line.strip() for line in body.split("\n")) or body == ""
    assert [span.start for span in markup] == sorted(span.start for span in markup)
    for span in markup:
        assert 0 <= span.start < span.end <= len(body)
        if span.kind in BLOCK_KINDS:
            assert (span.start == 0 or body[span.start - 1] == "\n") and body[span.end : span.end + 1] in ("", "\n")
        else:
            cut = body[span.start : span.end]
            assert "\n" not in cut and cut == cut.strip(" ")
