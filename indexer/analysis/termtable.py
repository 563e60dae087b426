"""The terms of one language seen so far, by number: how they are written, and by what keys queries find them.

A term is a form; its keys are hashes of its stem and of its plain stem. Each is made once for a distinct word.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.characters import code_points
from indexer.analysis.polynomials import polynomials
from indexer.codec.bytestrings import ByteStrings
from indexer.codec.container import Array
from indexer.codec.growing import GrowingArray, GrowingStrings
from indexer.codec.interning import Interner, Numbers

# Of the hashes of keys, which are in the files: a number like any other that is odd, of 64 bits and without a pattern.
_BASE = 0xD1342543DE82EF95
_MASK = (1 << 64) - 1

CodePoints = npt.NDArray[np.uint32]
Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Lines:
    """Words, the lines of a text: codes[starts[i]:ends[i]] are one of them."""

    codes: CodePoints
    starts: Numbers
    ends: Numbers

    @classmethod
    def of(cls, text: str) -> "Lines":
        """Take the lines of a text, each ended by a line end."""
        codes = code_points(text)
        ends = np.flatnonzero(codes == ord("\n"))
        return cls(codes, np.append(0, ends + 1)[:-1], ends)


class TermTable:
    """Numbers terms, and knows what there is to know of each."""

    def __init__(self, analyzer: Analyzer, backwards: bool = False) -> None:
        """With `backwards`, the stems of terms can be had read from their ends."""
        self._analyzer = analyzer
        self._numbers = Interner()
        # Of each term: the hashes of its stem and its plain stem, and whether it is written with accents.
        self._stems = GrowingArray(np.uint64)
        self._plain_stems = GrowingArray(np.uint64)
        self._accented = GrowingArray(np.bool_)
        # The same terms, and without accents, and their stems read from the end.
        self._forms = GrowingStrings()
        self._folded = GrowingStrings()
        self._endings = GrowingStrings() if backwards else None

    def __len__(self) -> int:
        return len(self._numbers)

    def numbers(self, forms: str) -> Numbers:
        """Return the numbers of terms, the lines of a text, of which some may be new."""
        strings = ByteStrings.of_lines(forms)
        numbers, new = self._numbers.numbers(strings.data, strings.starts[:-1], strings.starts[1:])
        if len(new):
            self._learn(strings.take(new))
        return numbers

    def _learn(self, strings: ByteStrings) -> None:
        written = strings.lines()
        stems = self._analyzer.stem_lines(written)
        folded = ByteStrings.of_lines(self._analyzer.folded_lines(written))
        keys = plain_keys = key_hashes(stems)
        accented = strings.differ(folded)
        others = np.flatnonzero(accented)
        if len(others):
            plain_keys = keys.copy()
            plain_keys[others] = key_hashes(self._analyzer.plain_stem_lines(strings.take(others).lines()))
        self._stems.add(keys)
        self._plain_stems.add(plain_keys)
        self._accented.add(accented)
        self._forms.add(strings)
        self._folded.add(folded)
        if self._endings is not None:
            self._endings.add(backwards(stems))

    def forms(self) -> ByteStrings:
        """Return the terms by number."""
        return self._forms.view()

    def folded(self) -> ByteStrings:
        """Return the terms by number, without their accents."""
        return self._folded.view()

    def endings(self) -> ByteStrings | None:
        """Return the stems of the terms by number, read from the end; None if that was not asked for."""
        return None if self._endings is None else self._endings.view()

    def keys_of(self, terms: Array) -> tuple[Hashes, Hashes, npt.NDArray[np.bool_]]:
        """Return of each term: the hash of its stem, that of its plain stem, and whether it is written with accents."""
        return self._stems.view()[terms], self._plain_stems.view()[terms], self._accented.view()[terms]


def backwards(stems: str) -> ByteStrings:
    """Return stems, lines, read from their ends."""
    # All of them backwards are each of them, the last first.
    reversed_lines = ByteStrings.of_lines(f"\n{stems[:-1]}"[::-1] if stems else "")
    return reversed_lines.take(np.arange(len(reversed_lines))[::-1])


def key_hash(key: str) -> int:
    """Return 64 bits that stand for a stem; two of a language's stems share them about never."""
    found = 0
    for char in reversed(key):
        found = (found * _BASE + ord(char)) & _MASK
    return (found * _BASE + len(key)) & _MASK


def key_hashes(keys: str) -> Hashes:
    """Return `key_hash` of each key, a line."""
    lines = Lines.of(keys)
    found = polynomials(lines.codes, lines.starts, lines.ends, _BASE)
    found *= np.uint64(_BASE)
    return found + (lines.ends - lines.starts).astype(np.uint64)
