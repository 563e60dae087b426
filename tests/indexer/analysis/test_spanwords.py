"""The words of many spans at once, against the analyzer, which takes one at a time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import LANGUAGES
from indexer.analysis.analyzer import Analyzer
from indexer.analysis.characters import code_points
from indexer.analysis.encoded import EncodedTexts, Numbers
from indexer.analysis.spans import find_spans
from indexer.analysis.spanwords import words_of_spans
from indexer.analysis.tokenizer import MAX_JOINED_RUNS, MAX_WORD_CHARS, Word

ANALYZERS = {code: Analyzer(LANGUAGES[code], 1) for code in ("en", "fr", "hu", "it", "tr", "und")}
MARKS = "\u00ad\u0301\u200d\u0345"
RUNS = st.one_of(
    st.text(st.sampled_from("abZé09²ſßIİıłЖל"), min_size=1, max_size=4),
    st.sampled_from(["l", "L", "d", "qu", "dell", "x" * MAX_WORD_CHARS, "x" * (MAX_WORD_CHARS // 2), "ŉ", "日本"]),
    st.builds("{}{}".format, st.sampled_from("abZŁן9"), st.text(st.sampled_from(MARKS + "eK"), max_size=4)),
)
SPANS = st.one_of(
    st.builds("{}{}{}".format, RUNS, st.sampled_from("-'’'-.‑ʼ"), RUNS),
    st.lists(RUNS, min_size=1, max_size=MAX_JOINED_RUNS + 1).map("-".join),
    st.builds("{}-{}{}{}".format, RUNS, RUNS, st.sampled_from(",’\u00ad"), RUNS),
    RUNS,
)


def spans_of(text: str) -> tuple[Numbers, Numbers]:
    encoded = EncodedTexts.of(text)
    starts, ends = find_spans(encoded)
    return encoded.chars(starts), encoded.chars(ends)


def found(code: str, text: str) -> dict[int, list[Word]]:
    """By where each span begins: its words, with their forms as spellings."""
    starts, ends = spans_of(text)
    words, plain = words_of_spans(ANALYZERS[code], code_points(text), starts, ends)
    rows: dict[int, list[Word]] = {start: [] for start in starts.tolist()}
    columns = (words.spans, words.starts, words.lengths, words.positions, words.forms.split("\n")[:-1], words.joined)
    for span, start, length, position, form, joined in zip(*columns, strict=True):
        rows[int(starts[span])].append(Word(int(start), int(start + length), int(position), form, bool(joined)))
    for span in np.flatnonzero(plain).tolist():
        assert len(rows[int(starts[span])]) == 1
    return rows


@pytest.mark.parametrize(
    ("code", "span", "expected"),
    [
        ("en", "Pay", [Word(0, 3, 0, "pay", False)]),
        ("en", "E-mail", [Word(0, 1, 0, "e", False), Word(0, 6, 0, "email", True), Word(2, 6, 1, "mail", False)]),
        (
            "en",
            "man-of-War",
            [
                Word(0, 3, 0, "man", False),
                Word(0, 10, 0, "manofwar", True),
                Word(4, 6, 1, "of", False),
                Word(7, 10, 2, "war", False),
            ],
        ),
        ("hu", "meg\u00adÁlltam", [Word(0, 10, 0, "megálltam", False)]),
        ("en", "\u0301cafe\u0301", [Word(1, 6, 0, "café", False)]),
        ("en", "don’t", [Word(0, 5, 0, "don't", False)]),
        ("fr", "L’emploi", [Word(2, 8, 0, "emploi", False)]),
        ("fr", "aujourd'hui", [Word(0, 11, 0, "aujourd'hui", False)]),
        ("en", "5'6", [Word(0, 1, 0, "5", False), Word(2, 3, 1, "6", False)]),
    ],
)
def test_a_span_is_one_word_or_runs_and_all_together(code: str, span: str, expected: list[Word]) -> None:
    assert found(code, span) == {0: expected}


@given(spans=st.lists(SPANS, max_size=6), code=st.sampled_from(sorted(ANALYZERS)))
@settings(max_examples=600, deadline=None)
def test_words_of_many_spans_are_those_of_each(spans: list[str], code: str) -> None:
    text = " ".join(spans)
    expected = {
        start: ANALYZERS[code].words(text[start:end])
        for start, end in zip(*(side.tolist() for side in spans_of(text)), strict=True)
    }
    assert found(code, text) == expected
