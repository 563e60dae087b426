"""A label of a classification -> the terms that people write: its genders apart, without notes on gender.

    Sprzedawca/sprzedawczyni                Sprzedawca · sprzedawczyni
    vendeur de tissus/vendeuse de tissus    vendeur de tissus · vendeuse de tissus
    mlinar/mlinarica v destilarni           mlinar v destilarni · mlinarica v destilarni
    Lehrer/in für Kunst                     Lehrer für Kunst · Lehrerin für Kunst
    učitelj(ica), welder (m/f)              učitelj · učiteljica, welder

A slash that stands for anything else (*Import-/Exportmanager*, two of them) stays as it is: the words on both sides of
it still are what the label says.
"""

import re

# (m/f), (m/w/d), (K/M), (f.), (plural)
_NOTE = re.compile(
    r"\s*[(\[][^\W\d](?:\s*/\s*[^\W\d]){1,3}[)\]]|\s+[(\[](?:[^\W\d]\.?|plural|pl\.)[)\]]", re.IGNORECASE
)
_ENDING_IN_BRACKETS = re.compile(r"([^\W\d]{3,})\(([^\W\d]{1,5})\)")
_SLASH = re.compile(r"\s*/\s*")

# An ending rather than a word: Lehrer/in, učitelj/-ica.
MAX_ENDING_CHARS = 4
# Two words are the genders of one if they begin alike: cocher and cochère, Kaufmann and Kauffrau.
MIN_ALIKE_CHARS = 3


def terms_of(label: str) -> list[str]:
    """Return the terms that a label stands for, in its order, each once; at most two for each it has."""
    plain = " ".join(_NOTE.sub(" ", label).split())
    bracketed = _ENDING_IN_BRACKETS.search(plain)
    if bracketed and bracketed[2].islower():
        before, after = plain[: bracketed.start()], plain[bracketed.end() :]
        found = [f"{before}{bracketed[1]}{after}", f"{before}{bracketed[1]}{bracketed[2]}{after}"]
    else:
        found = _genders(plain)
    return [term for term in dict.fromkeys(found) if term]


def _genders(label: str) -> list[str]:
    sides = _SLASH.split(label)
    if len(sides) != 2 or not all(sides) or sides[0].endswith("-"):
        return [label]
    left, right = sides[0].split(), sides[1].split()
    ending = right[0].removeprefix("-")
    if len(ending) <= MAX_ENDING_CHARS and ending.islower() and (len(right) > 1 or len(left) == 1):
        tail = right[1:]
        return [" ".join([*left, *tail]), " ".join([*left[:-1], left[-1] + ending, *tail])]
    shorter = min(len(left), len(right))
    if len(left) == len(right) and (shorter == 1 or _alike(left[0], right[0])):
        return sides
    if not all(_alike(*pair) for pair in zip(left, right, strict=False)):
        return [label]
    # What one side goes on with, it says for both.
    return [" ".join([*left, *right[shorter:]]), " ".join([*right, *left[shorter:]])]


def _alike(word: str, other: str) -> bool:
    chars = min(MIN_ALIKE_CHARS, len(word), len(other))
    return word[:chars].casefold() == other[:chars].casefold()
