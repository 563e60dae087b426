"""The classes of characters, looked at character by character."""

import re
import sys
import unicodedata

import pytest

from indexer.analysis.characters import INVISIBLE, MARKS, PAIRED, every_character, ranges

EVERY = [chr(code) for code in range(sys.maxunicode + 1)]
HANGUL_TAILS = {*range(0x1160, 0x1200), *range(0xD7B0, 0xD7FC)}


def codes(character_class: str) -> set[int]:
    return {code for first, last in ranges(character_class) for code in range(first, last + 1)}


def test_marks_are_those_of_unicode_and_what_belongs_to_the_letter_before_it() -> None:
    marks = {ord(char) for char in EVERY if unicodedata.category(char) in ("Mn", "Mc", "Me")}
    assert codes(MARKS) == marks | {*map(ord, INVISIBLE)} | HANGUL_TAILS


@pytest.mark.parametrize("character_class", [MARKS, PAIRED], ids=["marks", "paired"])
def test_ranges_are_what_the_class_matches(character_class: str) -> None:
    assert codes(character_class) == {ord(char) for char in re.findall(f"[{character_class}]", "".join(EVERY))}


def test_every_character_is_there_once_and_in_its_order() -> None:
    assert every_character(0, sys.maxunicode + 1) == "".join(EVERY)
    assert every_character(0xD7FF, 0xDC01)[:2] == "\ud7ff\ud800"
    assert every_character(5, 5) == ""
