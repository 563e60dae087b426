"""Spans against the tokenizer: looking into each span alone finds what looking through the whole text finds."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.spans import find_spans
from indexer.analysis.tokenizer import JOINERS, pieces

# Letters, digits and marks of several scripts, what joins words, what looks like a letter to a pattern or to Python
# only, and blanks.
TRICKY = "abĄéz09 \n.,'-’_+#/&@:*日本คนก\u0301\u0e31ʼŉ²①ſ½ªمהّ״`´€\u200d\u00ad"


def spans(text: str) -> list[tuple[str, bool]]:
    """What each span holds, and whether it is plain."""
    found = find_spans(text)
    bounds = zip(found.starts.tolist(), found.ends.tolist(), found.plain.tolist(), strict=True)
    return [(text[start:end], plain) for start, end, plain in bounds]


def pieces_within_spans(text: str) -> list[tuple[int, str]]:
    found = find_spans(text)
    return [
        (start + at, piece)
        for start, end in zip(found.starts.tolist(), found.ends.tolist(), strict=True)
        for at, piece in pieces(text[start:end])
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pay rises.", [("Pay", True), ("rises", True)]),
        ("płaca 2026", [("płaca", True), ("2026", True)]),
        # What may be joined is one span, and not plain.
        ("an e-mail, don't", [("an", True), ("e-mail", False), ("don't", False)]),
        ("3.5 24/7 R&D U.S. law", [("3.5", False), ("24/7", False), ("R&D", False), ("U.S", False), ("law", True)]),
        # What stands at an edge joins nothing.
        ("-a- 'b' .c.", [("a", True), ("b", True), ("c", True)]),
        # Signs behind letters are left to the tokenizer, and so are scripts without spaces and marks.
        ("C++ and C#", [("C++", False), ("and", True), ("C#", False)]),
        ("IT企業", [("IT企業", False)]),
        ("cafe\u0301 au", [("cafe\u0301", False), ("au", True)]),
        ("", []),
        (" \n—…!? ", []),
    ],
)
def test_a_span_is_a_run_of_what_may_be_words(text: str, expected: list[tuple[str, bool]]) -> None:
    assert spans(text) == expected


@given(
    st.one_of(
        st.text(st.sampled_from(TRICKY), max_size=14),
        st.text(st.one_of(st.characters(), st.sampled_from(TRICKY)), max_size=30),
    )
)
@settings(max_examples=800, deadline=None)
def test_the_pieces_of_spans_are_the_pieces_of_the_text(text: str) -> None:
    assert pieces_within_spans(text) == list(pieces(text))


@given(st.text(st.sampled_from(TRICKY), max_size=14))
@settings(max_examples=200, deadline=None)
def test_a_plain_span_is_one_piece_of_letters_and_digits(text: str) -> None:
    for span, plain in spans(text):
        if plain:
            assert list(pieces(span)) == [(0, span)]
            assert span.isalnum()


@given(st.text(st.one_of(st.characters(), st.sampled_from(TRICKY)), max_size=30))
@settings(max_examples=150, deadline=None)
def test_spans_come_in_order_and_none_touches_the_next(text: str) -> None:
    found = find_spans(text)
    edges = [edge for pair in zip(found.starts.tolist(), found.ends.tolist(), strict=True) for edge in pair]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(text) for edge in edges)


def test_every_joiner_between_everything_is_left_as_the_tokenizer_has_it() -> None:
    for joiner, before, after in product(JOINERS, [*"a9+職\u0301", ""], [*"a9#職\u0301", ""]):
        for text in (f"{before}{joiner}{after}", f"a{before}{joiner}{joiner}{after}a", f" {before}{joiner}{after} b"):
            assert pieces_within_spans(text) == list(pieces(text))


def test_half_a_pair_of_surrogates_ends_a_word() -> None:
    assert spans("pay\ud800rise") == [("pay", True), ("rise", True)]


def test_letters_beyond_two_bytes_count_as_one() -> None:
    # A Gothic letter, and an emoji before it.
    text = "👩 \U00010330\U00010331 pay"
    assert spans(text) == [("\U00010330\U00010331", True), ("pay", True)]
    assert find_spans(text).starts.tolist() == [2, 5]
