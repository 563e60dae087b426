"""What characters are to words and to sentences, against what the patterns and Python say of each."""

import re

import numpy as np
import pytest

from indexer.analysis.characters import LETTER
from indexer.analysis.kinds import COMMON, ToSentences, ToWords, kinds_of_characters, to_sentences, to_words
from indexer.analysis.tokenizer import JOINERS

CODE_POINTS = 0x110000


@pytest.mark.parametrize(
    ("char", "word", "sentence"),
    [
        ("a", ToWords.LETTER, 0),
        ("9", ToWords.LETTER, 0),
        ("ł", ToWords.LETTER, 0),
        ("\u0301", ToWords.MARK, 0),
        ("\u00ad", ToWords.MARK, 0),
        ("職", ToWords.PAIRED, 0),
        ("ʼ", ToWords.JOINING_LETTER, 0),
        ("ŉ", ToWords.JOINING_LETTER, 0),
        ("-", ToWords.JOINER, 0),
        (".", ToWords.JOINER, ToSentences.FULL_STOP),
        ("’", ToWords.JOINER, ToSentences.EITHER_CLOSER),
        ("+", ToWords.PLUS, 0),
        ("_", ToWords.LOW_LINE, 0),
        ("?", 0, ToSentences.MARK),
        ("»", 0, ToSentences.CLOSER),
        ("。", 0, ToSentences.IDEOGRAPHIC),
        ("」", 0, ToSentences.IDEOGRAPHIC_CLOSER),
        ("\u3000", 0, ToSentences.BLANK),
        ("\n", 0, ToSentences.LINE_END),
        ("—", 0, 0),
    ],
)
def test_a_character_is_something_to_words_and_to_sentences(char: str, word: int, sentence: int) -> None:
    kind = kinds_of_characters()[[ord(char)]]
    assert (to_words(kind).tolist(), to_sentences(kind).tolist()) == ([word], [sentence])


def test_white_space_is_what_python_takes_for_it() -> None:
    kinds = to_sentences(kinds_of_characters())
    blank = np.flatnonzero((kinds == ToSentences.BLANK) | (kinds == ToSentences.LINE_END))
    assert blank.tolist() == [code for code in range(CODE_POINTS) if chr(code).isspace()]


def test_letters_are_those_of_the_tokenizer_but_for_those_that_join() -> None:
    kinds = to_words(kinds_of_characters())
    letters = {match.start() for match in re.finditer(LETTER, "".join(map(chr, range(CODE_POINTS))))}
    assert set(np.flatnonzero(kinds == ToWords.LETTER).tolist()) == letters - {ord(char) for char in JOINERS + "ŉ"}


def test_most_characters_that_are_not_ascii_are_letters_and_nothing_else() -> None:
    text = "Zażółć gęślą jaźń, приготовьте на завтра"
    kinds = kinds_of_characters()[[ord(char) for char in text if not char.isascii()]]
    assert set(kinds.tolist()) == {COMMON}
