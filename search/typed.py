"""What somebody has typed so far, and which texts of a table it may be the beginning of.

Every word typed has to begin a word of the text, accents aside, in any order: *cent stres* finds "Stres w call center".
Where that finds too little, one letter of a longer word may be mistyped, of a very long one two; the first letter is
taken to be right, so that only words that begin with it are looked at.
"""

from dataclasses import dataclass

import numpy as np

from corpus import UNDETERMINED
from indexer.analysis import query_analyzer
from indexer.beginnings import Beginnings, Found
from indexer.codec.container import Array

# Who has typed more words knows what to ask for.
MAX_WORDS = 10
# A word has to be so long for one letter of it to be mistyped; for two.
MIN_CHARS = {1: 4, 2: 8}
_NONE = 255


@dataclass(frozen=True, slots=True)
class Typed:
    """`words` are folded, and `places` say where in the text each stands: start and end."""

    words: tuple[str, ...]
    text: str = ""
    places: tuple[tuple[int, int], ...] = ()

    @property
    def before(self) -> str:
        """What was typed in front of the last word."""
        return self.text[: self.places[-1][0]]

    @classmethod
    def of(cls, text: str) -> "Typed":
        """Read what was typed; no words if there are none in it, or too many."""
        tokens = [
            token for token in query_analyzer(UNDETERMINED.code).tokens(text) if not token.joined and token.folded
        ]
        if not 1 <= len(tokens) <= MAX_WORDS:
            return cls(())
        places = tuple((token.start, token.end) for token in tokens)
        return cls(tuple(token.folded for token in tokens), text, places)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Texts that what was typed may be the beginning of, by number; sorted.

    `typos` are how many letters are mistyped in all; `goes_on`: the text begins with the words as typed.
    """

    texts: Array
    typos: Array
    goes_on: Array


def allowed_typos(word: str) -> int:
    """Return how many letters of a word may be mistyped."""
    return max((typos for typos, chars in MIN_CHARS.items() if len(word) >= chars), default=0)


def words_like(table: Beginnings, word: str, mistyped: bool) -> Found:
    """Return the words of a table that begin with a word, or with one like it."""
    typos = allowed_typos(word) if mistyped else 0
    return table.like(word, typos) if typos else table.beginning(word)


def candidates(table: Beginnings, words: tuple[str, ...], count: int, mistyped: bool) -> Candidates | None:
    """Return which texts of a table, of which there are `count`, these words may be the beginning of; None if none."""
    total = np.zeros(count, np.uint16)
    goes_on = np.ones(count, bool)
    left = np.ones(count, bool)
    for at, word in enumerate(words):
        found = words_like(table, word, mistyped)
        if not len(found.words):
            return None
        best = np.full(count, _NONE, np.uint8)
        here = np.zeros(count, bool)
        for typos in range(int(found.typos.max()), -1, -1):
            texts, positions, _ = table.texts(found.words[found.typos == typos])
            best[texts] = typos
            here[texts[positions == at]] = True
        left &= best != _NONE
        total += best
        goes_on &= here
    texts = np.flatnonzero(left)
    return Candidates(texts, total[texts], goes_on[texts]) if len(texts) else None


def first(keys: Array, count: int) -> Array:
    """Return the places of the lowest of some keys, as many, the lowest first."""
    if len(keys) > count:
        lowest = np.argpartition(keys, count - 1)[:count]
        return lowest[np.argsort(keys[lowest], kind="stable")]
    return np.argsort(keys, kind="stable")
