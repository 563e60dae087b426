"""Classes of characters that a regular expression of the standard library cannot name.

`\\w` leaves out combining marks, and so tears Hindi, Tamil and vowelled Arabic apart; and it does not know in which
scripts spaces do not tell the words. Both are ranges for use inside `[…]`.
"""

import re
import unicodedata

import numpy as np
import numpy.typing as npt

# Joiners of Persian and Indic scripts, and the soft hyphen: they are written inside words, and say nothing.
INVISIBLE = "\u00ad\u200c\u200d\u2060\ufeff"

# The part of Unicode in which marks are assigned: all of the first two planes, and variation selectors.
_PLANES = (range(0x20000), range(0xE0100, 0xE01F0))


def _mark_ranges() -> str:
    found: list[list[int]] = []  # [first, last] of each run
    for plane in _PLANES:
        for code in plane:
            if unicodedata.category(chr(code)) in ("Mn", "Mc", "Me"):
                if found and found[-1][1] == code - 1:
                    found[-1][1] = code
                else:
                    found.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in found)


# Vowels and finals of Korean that is taken apart: like marks, they belong to the letter before them.
_HANGUL_TAILS = r"\u1160-\u11ff\ud7b0-\ud7fb"

# Combining marks of all scripts, and what is invisible inside words.
MARKS = _mark_ranges() + INVISIBLE + _HANGUL_TAILS

# Letters that are read in pairs, each with the next: those of scripts that do not separate words, Thai, Lao, Tibetan,
# Myanmar, Khmer, and the kana and ideographs of Chinese and Japanese; and those of Korean, whose spaces stand between
# nouns with all their particles, or with other nouns. Unicode blocks, without their digits and punctuation.
PAIRED = (
    r"\u1100-\u115f\ua960-\ua97c\uac00-\ud7a3"
    r"\u0e01-\u0e4e\u0e81-\u0ecd\u0edc-\u0edf\u0f40-\u0fbc\u1000-\u103f\u1050-\u108f\u1780-\u17d3"
    r"\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f"
    r"\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af"
)

# One letter or digit of any other script.
LETTER = rf"[^\W_{PAIRED}{_HANGUL_TAILS}]"

_PAIRED_LETTER = re.compile(rf"[{PAIRED}]")


def is_paired(text: str) -> bool:
    """Tell whether a text begins with a letter of a script that is read in pairs of letters."""
    return bool(_PAIRED_LETTER.match(text))


def text_of(codes: npt.NDArray[np.uint32]) -> str:
    """Return the text of code points."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def code_points(text: str) -> npt.NDArray[np.uint32]:
    """Return a text as an array, one number a character; half a pair of surrogates is one too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
