"""What each character is to words and to sentences, in one byte: to look at all bytes of much text once is enough.

In the lower half is its kind to words (`spans`), in the upper half that to sentences (`sentences`); 0 is neither.
"""

import re
from functools import cache

import numpy as np
import numpy.typing as npt

from indexer.analysis.characters import LETTER, MARKS, PAIRED, every_character, ranges
from indexer.analysis.tokenizer import JOINERS

Kinds = npt.NDArray[np.uint8]


class ToWords:
    """Up to PAIRED it can be part of a word; of the others some can, between these."""

    LETTER, JOINING_LETTER, MARK, PAIRED, JOINER, PLUS, SHARP, LOW_LINE = range(1, 9)


class ToSentences:
    """From IDEOGRAPHIC on it can stand between two words."""

    MARK, FULL_STOP, CLOSER, IDEOGRAPHIC, IDEOGRAPHIC_CLOSER, EITHER_CLOSER, BLANK, LINE_END = range(1, 9)


# A mark that can end a sentence, with what closes around it. The ideographic ones need no space after them.
SENTENCE_MARKS, CLOSERS = ".!?…؟۔।॥", "\"'”’»“)]"
IDEOGRAPHIC_MARKS, IDEOGRAPHIC_CLOSERS = "。！？．", "」』”’）"

# It counts as a letter, but holds an apostrophe, as ʼ is one: l and d may stand before it.
_WITH_APOSTROPHE = "ŉ"

_CODE_POINTS = 0x110000
# Where Unicode has characters that can be part of words, or will have: all planes of letters, and variation selectors.
_PLANES = ((0, 0x40000), (0xE0000, 0xE1000))
# The first plane, in which all white space is.
_PLANE = 0x10000

_SENTENCE_BITS = 4
# Most characters that are not ASCII are letters.
COMMON = ToWords.LETTER


def to_words(kinds: Kinds) -> Kinds:
    """Return what characters are to words."""
    return kinds & np.uint8((1 << _SENTENCE_BITS) - 1)


def to_sentences(kinds: Kinds) -> Kinds:
    """Return what characters are to sentences."""
    return kinds >> np.uint8(_SENTENCE_BITS)


@cache
def kinds_of_characters() -> Kinds:
    """Return the kinds of every code point."""
    return _to_words() | _to_sentences() << np.uint8(_SENTENCE_BITS)


def _to_words() -> Kinds:
    kinds = np.zeros(_CODE_POINTS, np.uint8)
    for first, last in _PLANES:
        for run in re.finditer(f"{LETTER}+", every_character(first, last)):
            kinds[first + run.start() : first + run.end()] = ToWords.LETTER
    for characters, kind in ((MARKS, ToWords.MARK), (PAIRED, ToWords.PAIRED)):
        for first, last in ranges(characters):
            kinds[first : last + 1] = kind
    for joiner in JOINERS:
        kinds[ord(joiner)] = ToWords.JOINING_LETTER if re.match(LETTER, joiner) else ToWords.JOINER
    for letter in _WITH_APOSTROPHE:
        kinds[ord(letter)] = ToWords.JOINING_LETTER
    for sign, kind in (("+", ToWords.PLUS), ("#", ToWords.SHARP), ("_", ToWords.LOW_LINE)):
        kinds[ord(sign)] = kind
    return kinds


def _to_sentences() -> Kinds:
    kinds = np.zeros(_CODE_POINTS, np.uint8)
    for found in re.finditer(r"\s", every_character(0, _PLANE)):
        kinds[found.start()] = ToSentences.BLANK
    for characters, kind in (
        (SENTENCE_MARKS, ToSentences.MARK),
        (".", ToSentences.FULL_STOP),
        (IDEOGRAPHIC_MARKS, ToSentences.IDEOGRAPHIC),
        (CLOSERS, ToSentences.CLOSER),
        (IDEOGRAPHIC_CLOSERS, ToSentences.IDEOGRAPHIC_CLOSER),
        (set(CLOSERS) & set(IDEOGRAPHIC_CLOSERS), ToSentences.EITHER_CLOSER),
        ("\n", ToSentences.LINE_END),
    ):
        for character in characters:
            kinds[ord(character)] = kind
    return kinds
