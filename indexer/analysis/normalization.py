"""A word as it is written -> the form under which it is compared, and its folded form without accents.

The form is exact but for what never means anything: case, compatibility variants of a character, invisible
characters, the kind of apostrophe. The folded form is for readers without the right keyboard: *pražytojas* is found
by *prazytojas*, and *zażółć* by *zazolc*. Marks are folded where they are accents (Latin, Greek, Cyrillic), pointing
(Hebrew, Arabic) or joiners; in the scripts of India and South-East Asia and in Japanese they are letters, and stay.
"""

import re
import unicodedata
from collections.abc import Callable, Container, Sequence
from functools import cache, partial

import numpy as np
import numpy.typing as npt

from indexer.analysis.characters import INVISIBLE, code_points, text_of
from indexer.analysis.lines import as_lines, lines_of

_TATWEEL = "\u0640"
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ＇`´"), "'")
_DROPPED_CHARS = INVISIBLE + _TATWEEL
_DROPPED = dict.fromkeys(map(ord, _DROPPED_CHARS))

# Dotless and dotted i are two letters; folding case as elsewhere would give stemmers a word that is not Turkish.
_TURKISH_CAPITALS = str.maketrans({"I": "ı", "İ": "i"})

# Accents of Latin, Greek and Cyrillic; points of Hebrew; vowel and other signs of Arabic.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]"
)
# Letters whose stroke or shape is no combining mark, apostrophes and the Catalan point, and one letter for those of
# Arabic that are typed interchangeably.
_WITHOUT_STROKE = str.maketrans(
    {
        "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n", "ø": "o", "ƀ": "b", "ɫ": "l",
        "æ": "ae", "œ": "oe", "þ": "th", "ĸ": "k", "ſ": "s", "ə": "e", "ґ": "г", "ў": "у",
        "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا",
        "'": "", "·": "", "׳": "", "״": "", "־": "",
    }
)  # fmt: skip
_LIGATURES = {chr(code): letters for code, letters in _WITHOUT_STROKE.items() if len(letters) > 1}
_STROKED = re.compile(f"[{''.join(map(chr, _WITHOUT_STROKE))}]")

# Up to here characters are taken from tables; those behind it, of East Asia mostly, seldom have accents. What the table
# says of those that fold to nothing, and of those that it does not know.
_TABLE_END = 0x3000
_NOTHING, _ODD = 0xFFFFFFFE, 0xFFFFFFFF
# Vowels and last consonants of Korean syllables, which compose without a decomposition in the tables.
_JAMO = range(0x1160, 0x1200)

_Table = npt.NDArray[np.uint32]


def form_of(word: str, turkish: bool = False) -> str:
    """Return the form under which a word is compared; of a word that is not empty, it never is."""
    if word.isascii() and not turkish:
        return word.lower().replace("`", "'")
    # Before NFKC, which makes a blank and an accent of ´.
    composed = unicodedata.normalize("NFKC", word.translate(_APOSTROPHES))
    if turkish:
        composed = composed.translate(_TURKISH_CAPITALS)
    folded = composed.casefold()
    if folded.isalnum() and _TATWEEL not in folded and "ʼ" not in folded:  # most words: there is nothing to drop
        return unicodedata.normalize("NFKC", folded)
    # A lone tatweel is all there is of its word.
    visible = folded.translate(_DROPPED).translate(_APOSTROPHES) or folded
    return visible if visible.isascii() else unicodedata.normalize("NFKC", visible)


def forms_of(text: str, turkish: bool = False) -> str:
    """Return the form of each line of a text as a line: `form_of`, many at once."""
    if not turkish and text.isascii():
        return text.lower().replace("`", "'")
    # It becomes two letters, which no table says; no other that does is common.
    return _by_table(text, text.replace("ß", "ss"), _plain_forms(turkish), partial(form_of, turkish=turkish))


def fold_all(forms: Sequence[str]) -> list[str]:
    """Return each form without accents: `fold`, many at once."""
    return lines_of(fold_lines(as_lines(forms)))


def fold_lines(text: str) -> str:
    """Return each line of a text without accents, as a line: `fold`, many at once."""
    if text.isascii():
        return text.replace("'", "")
    apart = text
    for letter, letters in _LIGATURES.items():
        apart = apart.replace(letter, letters)
    return _by_table(text, apart, _plain_folds(), fold)


def _by_table(text: str, apart: str, plain: _Table, one_by_one: Callable[[str], str]) -> str:
    """Return what each line of a text becomes: by a table, or, if it has characters which that does not know, alone.

    The table is asked of the characters of `apart`, which has the same lines.
    """
    codes = code_points(apart)
    made = plain.take(codes, mode="clip")
    odd = np.flatnonzero(made == _ODD)
    made[odd] = _NOTHING
    whole = text_of(made[made != _NOTHING])
    if not len(odd):
        return whole
    found, lines = whole.split("\n"), text.split("\n")
    ends = np.flatnonzero(codes == ord("\n"))
    for at in np.unique(np.searchsorted(ends, odd)).tolist():
        found[at] = one_by_one(lines[at])
    return "\n".join(found)


@cache
def _plain_forms(turkish: bool) -> _Table:
    """Return the form of each character; what is dropped is only where something else is left of its word."""
    return _table({char: form_of(char, turkish) for char in map(chr, range(_TABLE_END))}, _DROPPED_CHARS)


@cache
def _plain_folds() -> _Table:
    """Return what each character becomes by folding."""
    return _table({char: fold(char) for char in map(chr, range(_TABLE_END))})


def _table(made: dict[str, str], odd: Container[str] = ()) -> _Table:
    """Return as an array what each character is made, whatever stands around it; _ODD where it depends on that.

    It does if a character composes with a letter before it, or changes its place among other marks; so it is `odd`.
    """
    parts = (unicodedata.decomposition(char).split() for char in made)
    marks = {chr(int(pair[1], 16)) for pair in parts if len(pair) == 2 and not pair[0].startswith("<")}
    marks.update(char for char in made if unicodedata.combining(char))
    marks.update(map(chr, _JAMO))
    plain = np.full(_TABLE_END + 1, _ODD, np.uint32)
    for char, becomes in made.items():
        alone = not marks.intersection(char, becomes, unicodedata.normalize("NFD", char)[0])
        if alone and len(becomes) < 2 and char not in odd:
            plain[ord(char)] = ord(becomes) if becomes else _NOTHING
    return plain


def fold(form: str) -> str:
    """Return a form without accents, strokes and apostrophes, and with ASCII digits."""
    if form.isascii():
        return form.replace("'", "")
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", form))
    if _STROKED.search(bare):
        bare = bare.translate(_WITHOUT_STROKE)
    if not bare.isalpha():
        bare = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in bare)
    return bare if bare.isascii() else unicodedata.normalize("NFC", bare)
