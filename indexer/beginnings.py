"""Texts found by the beginnings of their words, also where one is mistyped: for suggestions while somebody types.

The words, folded, stand sorted as code points, so that those that begin alike are neighbours; beside each stand the
texts that have it, by number, and where in them. `<name>` in the sections is that of the table:

    <name>.codes, .starts       word -> codes[starts[word] : starts[word + 1]]
    <name>.texts, .positions    of each word, end to end, the texts that have it, and as the how manieth of their words
    <name>.ends                 word -> [start, end) of those

What is mistyped is told by the distance of optimal string alignment (a letter more, less or another, or two exchanged)
between what was typed and the nearest beginning of a word, for all words with the same first letter at once.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indexer.codec.container import Array, Container, ContainerWriter, narrowest, starts_of
from indexer.codec.fields import ranges

# No word holds it, and none sorts behind a word that goes on with it.
_LAST = chr(0x10FFFF)
# Positions from here on are all the same.
MAX_POSITION = 255
# Letters typed of one word that are looked at, where some may be mistyped.
MAX_LETTERS = 60
# A distance that stays above every other, and within a byte when letters are added.
_FAR = 100


@dataclass(frozen=True, slots=True)
class Found:
    """Words by number, and how many letters each differs in from what was typed."""

    words: Array
    typos: Array


class Beginnings:
    """A table opened. Safe to share between threads."""

    def __init__(self, container: Container, name: str) -> None:
        self._codes, self._starts = container.array(f"{name}.codes"), container.array(f"{name}.starts")
        self._texts, self._positions = container.array(f"{name}.texts"), container.array(f"{name}.positions")
        self._ends = container.array(f"{name}.ends")
        self._behind: dict[str, tuple[int, Array]] = {}  # first letter -> the first word with it, letters of each

    def __len__(self) -> int:
        """The number of words."""
        return len(self._starts) - 1

    def word(self, number: int) -> str:
        """Return a word."""
        return "".join(map(chr, self._codes[self._starts[number] : self._starts[number + 1]].tolist()))

    def beginning(self, letters: str) -> Found:
        """Return the words that begin so; all of them if nothing was typed."""
        first, last = self._range(letters)
        return Found(np.arange(first, last), np.zeros(last - first, np.uint8))

    def like(self, letters: str, typos: int) -> Found:
        """Return the words with the same first letter that begin so, or with so many mistyped letters at most."""
        if not letters:
            return self.beginning(letters)
        letters = letters[:MAX_LETTERS]
        first, has = self._letters_behind(letters[0])
        # A typo adds one letter at most that the word does not have: few words have enough of those typed.
        lacking = np.bitwise_count(_bits(letters) & ~has)
        numbers = first + np.flatnonzero(lacking <= typos)
        starts = self._starts[numbers].astype(np.int64)
        lengths = self._starts[numbers + 1] - starts
        words, found = _distances(self._codes, starts, lengths, letters, typos)
        return Found(numbers[words], found)

    @cached_property
    def _first_letters(self) -> Array:
        first: Array = self._codes[self._starts[:-1]]
        return first

    def _letters_behind(self, letter: str) -> tuple[int, Array]:
        """Return the first word with a first letter, and the letters of each such word.

        A letter is a bit of 64, which several may share. What was found out is kept: of all words at once it would take
        longer than whoever types would like to wait.
        """
        known = self._behind.get(letter)
        if known is None:
            first, last = self._first_letters.searchsorted([ord(letter), ord(letter) + 1]).tolist()
            starts = self._starts[first : last + 1].astype(np.int64)
            if first == last:
                return first, np.zeros(0, np.uint64)
            bits = _bit(self._codes[starts[0] : starts[-1]])
            known = self._behind[letter] = first, np.bitwise_or.reduceat(bits, starts[:-1] - starts[0])
        return known

    def texts(self, words: Array) -> tuple[Array, Array, Array]:
        """Return the texts that have some words, in their order, at which position, and how many each word has."""
        starts = self._ends[words].astype(np.int64)
        counts = self._ends[words + 1].astype(np.int64) - starts
        if len(words) and words[-1] - words[0] == len(words) - 1:  # neighbours
            there: slice | Array = slice(int(starts[0]), int(starts[-1] + counts[-1]))
        else:
            there = ranges(starts, counts)
        return self._texts[there], self._positions[there], counts

    def _range(self, letters: str) -> tuple[int, int]:
        first = bisect_left(range(len(self)), letters, key=self.word)
        return first, bisect_left(range(len(self)), letters + _LAST, first, key=self.word)


def write_beginnings(
    writer: ContainerWriter, name: str, words: Sequence[str], owners: Array, texts: Array, positions: Array
) -> None:
    """Write a table: words[owners[i]] stands in texts[i] at positions[i].

    The words are distinct and not empty, in any order.
    """
    order = sorted(range(len(words)), key=words.__getitem__)
    rank = np.empty(len(words), np.int64)
    rank[order] = np.arange(len(words))
    joined = "".join(words[number] for number in order)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4")
    writer.add(f"{name}.codes", narrowest(codes))
    writer.add(f"{name}.starts", narrowest(starts_of(np.array([len(words[number]) for number in order], np.int64))))
    ranked = rank[owners]
    by_word = np.lexsort((positions, texts, ranked))
    writer.add(f"{name}.texts", narrowest(texts[by_word]))
    writer.add(f"{name}.positions", np.minimum(positions[by_word], MAX_POSITION).astype(np.uint8))
    writer.add(f"{name}.ends", narrowest(starts_of(np.bincount(ranked, minlength=len(words)))))


def _bit(codes: Array) -> Array:
    bit: Array = np.uint64(1) << (codes.astype(np.uint64) % np.uint64(64))
    return bit


def _bits(letters: str) -> np.uint64:
    bits: np.uint64 = np.bitwise_or.reduce(_bit(np.array([ord(letter) for letter in letters])))
    return bits


def _distances(codes: Array, starts: Array, lengths: Array, letters: str, typos: int) -> tuple[Array, Array]:
    """Return which words begin like some letters with so many typos at most, and with how many.

    One column of the table of distances a letter, for all words at once, and of it only the rows that can be so near.
    """
    wanted = [ord(letter) for letter in letters]
    best = np.full(len(starts), _FAR, np.uint8)
    far = best
    # Row -> distances of the first so many letters typed from the first so many of each word.
    before: dict[int, Array] = {}
    last = {row: np.full(len(starts), row, np.uint8) for row in range(min(typos, len(wanted)) + 1)}
    # Behind the end of a word nothing agrees, which makes no beginning nearer than the whole word.
    columns = np.arange(len(wanted) + typos)[:, None]
    table = np.where(columns < lengths, codes[np.minimum(starts + columns, len(codes) - 1)], 0)
    code_before = None
    for column in range(1, len(table) + 1):
        code = table[column - 1]
        now: dict[int, Array] = {}
        if column <= typos:
            now[0] = np.full(len(starts), column, np.uint8)
        for row in range(max(1, column - typos), min(len(wanted), column + typos) + 1):
            distance = last.get(row - 1, far) + (code != wanted[row - 1])
            if row in last:
                distance = np.minimum(distance, last[row] + 1)
            if row - 1 in now:
                distance = np.minimum(distance, now[row - 1] + 1)
            if row - 2 in before and code_before is not None:
                exchanged = (code == wanted[row - 2]) & (code_before == wanted[row - 1])
                distance = np.where(exchanged, np.minimum(distance, before[row - 2] + 1), distance)
            now[row] = distance
        if len(wanted) in now:
            best = np.minimum(best, now[len(wanted)])
        before, last, code_before = last, now, code
    words = np.flatnonzero(best <= typos)
    return words, best[words]
