"""Spans against the tokenizer: looking into each span alone finds what looking through the whole text finds."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.characters import code_points
from indexer.analysis.encoded import EncodedTexts
from indexer.analysis.spans import find_joints, find_spans
from indexer.analysis.tokenizer import JOINERS, pieces

# Letters, digits and marks of several scripts, what joins words, what looks like a letter to a pattern or to Python
# only, and blanks.
TRICKY = "abĄéz09 \n.,'-’_+#/&@:*日本คนก\u0301\u0e31ʼŉ²①ſ½ªمהّ״`´€\u200d\u00ad"


def placed(text: str) -> list[tuple[int, str]]:
    """The spans, and where each begins in the text."""
    encoded = EncodedTexts.of(text)
    starts, ends = find_spans(encoded)
    begins, stops = encoded.chars(starts), encoded.chars(ends)
    return [(begin, text[begin:stop]) for begin, stop in zip(begins.tolist(), stops.tolist(), strict=True)]


def spans(text: str) -> list[str]:
    """What each span holds."""
    return [span for _, span in placed(text)]


def pieces_within_spans(text: str) -> list[tuple[int, str]]:
    return [(start + at, piece) for start, span in placed(text) for at, piece in pieces(span)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pay rises.", ["Pay", "rises"]),
        ("płaca 2026", ["płaca", "2026"]),
        # What may be joined is one span.
        ("an e-mail, don't", ["an", "e-mail", "don't"]),
        ("3.5 24/7 R&D U.S. law", ["3.5", "24/7", "R&D", "U.S", "law"]),
        # What stands at an edge joins nothing.
        ("-a- 'b' .c.", ["a", "b", "c"]),
        # Signs behind letters are left to the tokenizer, and so are scripts without spaces and marks.
        ("C++ and C#", ["C++", "and", "C#"]),
        ("IT企業", ["IT企業"]),
        ("cafe\u0301 au", ["cafe\u0301", "au"]),
        ("", []),
        (" \n—…!? ", []),
    ],
)
def test_a_span_is_a_run_of_what_may_be_words(text: str, expected: list[str]) -> None:
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


def words(text: str) -> list[str]:
    """The spans that are words and nothing else."""
    joined = {number for number, _, _ in joints_of(text)}
    return [span for number, span in enumerate(spans(text)) if number not in joined]


def joints_of(text: str) -> list[tuple[int, int, bool]]:
    found = placed(text)
    starts = np.array([start for start, _ in found], np.int64)
    lengths = np.array([len(span) for _, span in found], np.int64)
    return list(
        zip(*(column.tolist() for column in find_joints(code_points(text), starts, starts + lengths)), strict=True)
    )


def test_what_joins_or_is_joined_and_scripts_without_spaces_are_no_plain_words() -> None:
    assert words("An e-mail of 2026, don't: C++ R&D IT企業 cafe\u0301 lŉ lʼn płaca") == ["An", "of", "2026", "płaca"]


def test_joints_are_told_by_their_spans_and_places() -> None:
    assert joints_of("An e-mail don't ab-c-d cafe\u0301s") == [
        (1, 4, False), (2, 13, False), (3, 18, False), (3, 20, False), (4, 27, True),
    ]  # fmt: skip


@given(st.text(st.sampled_from(TRICKY), max_size=14))
@settings(max_examples=200, deadline=None)
def test_a_plain_word_is_one_piece_of_letters_and_digits(text: str) -> None:
    for word in words(text):
        assert list(pieces(word)) == [(0, word)]
        assert word.isalnum()


@given(st.text(st.one_of(st.characters(), st.sampled_from(TRICKY)), max_size=30))
@settings(max_examples=150, deadline=None)
def test_spans_come_in_order_and_none_touches_the_next(text: str) -> None:
    edges = [edge for start, span in placed(text) for edge in (start, start + len(span))]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(text) for edge in edges)


def test_every_joiner_between_everything_is_left_as_the_tokenizer_has_it() -> None:
    for joiner, before, after in product(JOINERS, [*"a9+職\u0301", ""], [*"a9#職\u0301", ""]):
        for text in (f"{before}{joiner}{after}", f"a{before}{joiner}{joiner}{after}a", f" {before}{joiner}{after} b"):
            assert pieces_within_spans(text) == list(pieces(text))


def test_half_a_pair_of_surrogates_ends_a_word() -> None:
    assert spans("pay\ud800rise") == ["pay", "rise"]


def test_letters_beyond_two_bytes_count_as_one() -> None:
    # A Gothic letter, and an emoji before it.
    text = "👩 \U00010330\U00010331 pay"
    assert spans(text) == ["\U00010330\U00010331", "pay"]
    assert [start for start, _ in placed(text)] == [2, 5]
