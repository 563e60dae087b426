"""Classes of characters that a regular expression of the standard library cannot name.

`\\w` leaves out combining marks, and so tears Hindi, Tamil and vowelled Arabic apart; and it does not know in which
scripts spaces do not tell the words. Both are ranges for use inside `[…]`, of the characters themselves: those written
as escapes take twice as long to compile.
"""

import re
import unicodedata
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

# Joiners of Persian and Indic scripts, and the soft hyphen: they are written inside words, and say nothing.
INVISIBLE = "\u00ad\u200c\u200d\u2060\ufeff"

# The part of Unicode in which marks are assigned: all of the first two planes, and variation selectors.
_PLANES = ((0, 0x20000), (0xE0100, 0xE01F0))


def text_of(codes: npt.NDArray[np.uint32]) -> str:
    """Return the text of code points."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def every_character(first: int, end: int) -> str:
    """Return the characters from one code point up to another, not this one."""
    return text_of(np.arange(first, end, dtype=np.uint32))


def _mark_ranges() -> str:
    found = []
    for first, end in _PLANES:
        categories = "".join(map(unicodedata.category, every_character(first, end)))  # two letters each
        for run in re.finditer("M[Mnce]+", categories):
            found.append(f"{chr(first + run.start() // 2)}-{chr(first + run.end() // 2 - 1)}")
    return "".join(found)


# Vowels and finals of Korean that is taken apart: like marks, they belong to the letter before them.
_HANGUL_TAILS = "\u1160-\u11ff\ud7b0-\ud7fb"

# Combining marks of all scripts, and what is invisible inside words.
MARKS = _mark_ranges() + INVISIBLE + _HANGUL_TAILS

# Letters that are read in pairs, each with the next: those of scripts that do not separate words, Thai, Lao, Tibetan,
# Myanmar, Khmer, and the kana and ideographs of Chinese and Japanese; and those of Korean, whose spaces stand between
# nouns with all their particles, or with other nouns. Unicode blocks, without their digits and punctuation.
PAIRED = (
    "\u1100-\u115f\ua960-\ua97c\uac00-\ud7a3"
    "\u0e01-\u0e4e\u0e81-\u0ecd\u0edc-\u0edf\u0f40-\u0fbc\u1000-\u103f\u1050-\u108f\u1780-\u17d3"
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af"
)

# One letter or digit of any other script.
LETTER = rf"[^\W_{PAIRED}{_HANGUL_TAILS}]"

_PAIRED_LETTER = re.compile(rf"[{PAIRED}]")


def is_paired(text: str) -> bool:
    """Tell whether a text begins with a letter of a script that is read in pairs of letters."""
    return bool(_PAIRED_LETTER.match(text))


def ranges(character_class: str) -> Iterator[tuple[int, int]]:
    """Yield the first and the last code point of each range of MARKS or PAIRED."""
    for first, last in re.findall("(.)(?:-(.))?", character_class, re.DOTALL):
        yield ord(first), ord(last or first)


def code_points(text: str) -> npt.NDArray[np.uint32]:
    """Return a text as an array, one number a character; half a pair of surrogates is one too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
