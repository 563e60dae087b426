"""A word as it is written -> the form under which it is compared, and its folded form without accents.

The form is exact but for what never means anything: case, compatibility variants of a character, invisible
characters, the kind of apostrophe. The folded form is for readers without the right keyboard: *pražytojas* is found
by *prazytojas*, and *zażółć* by *zazolc*. Marks are folded where they are accents (Latin, Greek, Cyrillic), pointing
(Hebrew, Arabic) or joiners; in the scripts of India and South-East Asia and in Japanese they are letters, and stay.
"""

import operator
import re
import unicodedata
from collections.abc import Sequence
from itertools import compress

import numpy as np

from indexer.analysis.characters import INVISIBLE

_TATWEEL = "\u0640"
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ＇`´"), "'")
_DROPPED = dict.fromkeys(map(ord, INVISIBLE + _TATWEEL))

# Dotless and dotted i are two letters; folding case as elsewhere would give stemmers a word that is not Turkish.
_TURKISH_CAPITALS = str.maketrans({"I": "ı", "İ": "i"})

# Accents of Latin, Greek and Cyrillic; points of Hebrew; vowel and other signs of Arabic.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]"
)
# The first byte in UTF-8 of what has accents besides those of Latin and Greek: of U+0480 and above.
_BEHIND_LATIN = 0xD2
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
# Digits of other scripts, and what form_of changes beside case and composition.
_DIGIT = re.compile(r"[^\D0-9]")
_SPECIAL = re.compile(f"[{re.escape(''.join(map(chr, _APOSTROPHES)) + ''.join(map(chr, _DROPPED)))}]")
_STROKED = re.compile(f"[{''.join(map(chr, _WITHOUT_STROKE))}]")


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
    # What composes or is dropped only in some words is left to the other; of most texts there is nothing of it.
    if turkish or not unicodedata.is_normalized("NFKC", text) or _SPECIAL.search(text):
        return _one_by_one(text, turkish)
    folded = text.casefold()
    return folded if unicodedata.is_normalized("NFKC", folded) else _one_by_one(text)


def _one_by_one(text: str, turkish: bool = False) -> str:
    return "\n".join([form_of(word, turkish) for word in text.split("\n")])


def fold_all(forms: Sequence[str]) -> list[str]:
    """Return each form without accents: `fold`, many at once."""
    odd = list(compress(range(len(forms)), map(operator.not_, map(str.isascii, forms))))
    if "'" in "".join(forms):
        odd = sorted({*odd, *(at for at, form in enumerate(forms) if "'" in form)})
    folded = list(forms)
    for at, bare in zip(odd, _folded([forms[at] for at in odd]), strict=True):
        folded[at] = bare
    return folded


def _folded(forms: list[str]) -> list[str]:
    text = "\n".join(forms)
    if not forms or _DIGIT.search(text):
        return [fold(form) for form in forms]
    bare = _without_accents(unicodedata.normalize("NFD", text))
    # Of much text, looking for each letter is ten times as fast as translating all of them.
    for code, plain in _WITHOUT_STROKE.items():
        bare = bare.replace(chr(code), plain)
    return unicodedata.normalize("NFC", bare).split("\n")


def _without_accents(text: str) -> str:
    """Return a text that is taken apart without what _ACCENTS finds in it."""
    data = np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)
    if (data >= _BEHIND_LATIN).any():
        return _ACCENTS.sub("", text)
    # What is left are letters before U+0480; of these the accents are U+0300 to U+036F: CC 80 to CD AF.
    second = np.append(data[1:], np.uint8(0))
    first = (data == 0xCC) | ((data == 0xCD) & (second <= 0xAF))
    first[1:] |= first[:-1]
    kept: bytes = data[~first].tobytes()
    return kept.decode("utf-8")


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
