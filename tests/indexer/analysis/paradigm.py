"""Tables of inflections: which words share a stem, and which do not."""

import tomllib
from pathlib import Path
from typing import TypedDict

from corpus import LANGUAGES
from indexer.analysis.stemming import Stemming


class Paradigms(TypedDict):
    """The table of one language; the head of its file says what they mean."""

    whole: list[str]
    parted: list[str]
    apart: list[list[str]]


def read(name: str) -> dict[str, Paradigms]:
    """Return the tables of a file beside this one, by language."""
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def stems_of(code: str, words: list[str]) -> dict[str, str]:
    """Return the stem of each word."""
    stemming = Stemming(LANGUAGES[code])
    return {word: stemming.stem(word.lower()) for word in words}
