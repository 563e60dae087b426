from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis import find_sentences, sentence_spans
from indexer.analysis.encoded import EncodedTexts


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def found(text: str) -> list[tuple[int, int]]:
    """As `sentence_spans` has them, by the fast way."""
    encoded = EncodedTexts.of(text)
    begins, ends = map(encoded.chars, find_sentences(encoded))
    return list(zip(begins.tolist(), ends.tolist(), strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four…", ["One.", "Two!", "Three?", "Four…"]),
        ("A heading\nA line. ", ["A heading", "A line."]),
        ('He said "go." Then he left (at last!). End', ['He said "go."', "Then he left (at last!).", "End"]),
        ("Abbreviations, e.g. Monday, vs. Tuesday, do not end it. This does.",
         ["Abbreviations, e.g. Monday, vs. Tuesday, do not end it.", "This does."]),
        ("Pay of J. Smith rose.", ["Pay of J. Smith rose."]),
        ("Kosztuje 5 tys. Zł. Praca np. Biurowa.", ["Kosztuje 5 tys. Zł.", "Praca np. Biurowa."]),
        ("Am 5. Mai beginnt es. Im Jahr 2017. Dann", ["Am 5. Mai beginnt es.", "Im Jahr 2017.", "Dann"]),
        ("it grew. slowly", ["it grew. slowly"]),
        ("version 3.5 of node.js works", ["version 3.5 of node.js works"]),
        ("職場です。働く！終わり", ["職場です。", "働く！", "終わり"]),
        ("नौकरी है। वेतन है।", ["नौकरी है।", "वेतन है।"]),
        ("هل هذا عقد؟ نعم.", ["هل هذا عقد؟", "نعم."]),
        ("  \n\n ", []),
    ],
)  # fmt: skip
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected
    assert found(text) == sentence_spans(text)


# Time that grows with the square of the length would not end while anybody waits.
LONG, LONGEST_ARTICLE = 200_000, 2_000_000


@pytest.mark.parametrize("unit", [".", "?!", "…", "।", "。", ".)", '"', "。」", " "])
def test_an_endless_run_of_marks_takes_no_endless_time(unit: str) -> None:
    run = "A" + unit * (LONG // len(unit))
    assert "".join(sentences(run)) == run.rstrip()
    assert sentences(run + "\nEnd")[-1] == "End"
    assert found(run + "\nEnd") == sentence_spans(run + "\nEnd")


@pytest.mark.parametrize("unit", ["A. ", "1. ", "np. "])
def test_an_endless_list_of_what_ends_no_sentence_takes_no_endless_time(unit: str) -> None:
    text = (unit * (LONGEST_ARTICLE // len(unit))).rstrip()
    assert sentences(text) == [text]
    shorter = (unit * (LONG // len(unit))).rstrip()
    assert found(shorter) == [(0, len(shorter))]


@given(st.text(st.one_of(st.characters(), st.sampled_from('aA1 .!?\n。।"”)'))))
@settings(max_examples=400, deadline=None)
def test_sentences_in_order_hold_all_that_is_written(text: str) -> None:
    spans = sentence_spans(text)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= next[0] for one, next in pairwise(spans))
    covered = {at for span in spans for at in range(*span)}
    assert [char for at, char in enumerate(text) if at not in covered and not char.isspace()] == []


# Short words with a full stop, numbers, marks and closers of both kinds, blanks of several kinds.
CHARACTERS = "abAB 12  \n\n..!?…。！”’」)\"'[(npzr\u00a0\u2003\r"
FRAGMENTS = ("np", "e.g", "No", "5", "2017", "Hello", "verylongwordindeed", ".", " ", "\n", "! ", ". ", "a", ".) ",
             "„(bzw", "。", "」", "”", "और है। ", "İ", "t.y", "„Np")  # fmt: skip


@given(
    st.one_of(
        st.text(st.sampled_from(CHARACTERS), max_size=30),
        st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join),
        st.text(st.one_of(st.characters(), st.sampled_from(CHARACTERS))),
    )
)
@settings(max_examples=1_000, deadline=None)
def test_the_fast_way_finds_the_same_sentences(text: str) -> None:
    assert found(text) == sentence_spans(text)


@given(st.lists(st.lists(st.sampled_from(FRAGMENTS), max_size=8).map("".join), max_size=5))
@settings(max_examples=150, deadline=None)
def test_texts_end_to_end_have_the_sentences_of_each(texts: list[str]) -> None:
    expected = []
    at = 0
    for text in texts:
        expected += [(at + start, at + end) for start, end in sentence_spans(text)]
        at += len(text) + 1
    assert found("\n".join(texts)) == expected


def test_half_a_pair_of_surrogates_is_a_letter_like_others() -> None:
    text = "One \ud800. Two."
    assert found(text) == sentence_spans(text)
