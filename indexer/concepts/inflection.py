"""Whether a word is an inflection of a term of one word, and not merely of the same family.

Stemmers take off what derives a word as well as what inflects it: the stems of *carer* and *care*, of Polish *audytor*
and *audyt*, of Lithuanian *teisėja* (judge) and *teisė* (right) are the same. An inflection begins with all of the term
but its own ending. The endings are those of the forms in which a dictionary, and so a glossary, gives words.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from indexer.analysis.mending import mending_of
from indexer.concepts.comparison import shared

# The endings, without accents, by language; the first that a term has is its own. A language that is not here has its
# inflection elsewhere too (Arabic, Irish), or was not looked into: its stems have to do.
ENDINGS = {
    "cs": "ovat at et it ec ek a e i o u y".split(),
    "de": "en e n".split(),
    "en": "ies es s e y".split(),
    "es": "ar er ir os as es a e o s".split(),
    "fr": "er ir re es e s x".split(),
    "it": "are ere ire io a e i o".split(),
    "lt": "tis iai as is ys us ai os es ti a e i o u".split(),
    "nl": "en e s".split(),
    "pl": "iec ac ec ek ic yc ia ie a e i o y".split(),
    "pt": "ao ar er ir os as es a e o s".split(),
    "ru": "ться ать ить еть ие ия ая ое ыи ии ои а я о е ы и ь".split(),
    "sv": "or ar er en a e n t".split(),
}
# The last letter before the ending, where it changes before some endings: Polish policjant, policjanci. (Of doktorat,
# doktora is none.)
CHANGING = {"pl": "dglrt", "lt": "dt"}
# Endings that are replaced whole before some others: fabryka, fabryce; pielęgniarka, pielęgniarek.
REPLACED = {"cs": {"ka": ("ce", "ek")}, "pl": {"ka": ("ce", "ek")}}

# How letters with accents are written out where a keyboard has none, and without accents; stemmers know.
WRITTEN_OUT = {"de": (("ae", "a"), ("oe", "o"), ("ue", "u"))}

# Words that look like inflections of terms and are none, by the language of the terms.
_UNRELATED = Path(__file__).with_name("unrelated.toml")

# What is left of a term has so many letters, whatever its ending.
MIN_BASE_CHARS = 3
# A stem of so few letters is of many words.
MAX_SHORT_STEM_CHARS = 3
# The longest ending of a form: Polish -owie, -ami, Lithuanian -uose, English -ing.
ENDING_CHARS = 4


def is_inflected(form: str, term: str, language: str) -> bool:
    """Tell whether a folded form is an inflection of a folded term, given that they have a stem in common."""
    if form == term:
        return True
    if form in _unrelated(language):
        return False
    if _begins_as(form, term, language):
        return True
    # A stem may be common only because these are spelled alike for the stemmer: Spanish juez, jueces.
    mending = _mending_of(language)
    mended = (mending.mended(form), mending.mended(term)) if mending else (form, term)
    if mended != (form, term) and _begins_as(*mended, language):
        return True
    written_out = WRITTEN_OUT.get(language, ())
    return any(letters in form or letters in term for letters, _ in written_out) and _begins_as(
        _without_accents(form, written_out), _without_accents(term, written_out), language
    )


_mending_of = cache(mending_of)


@cache
def _unrelated(language: str) -> frozenset[str]:
    with _UNRELATED.open("rb") as file:
        return frozenset(tomllib.load(file).get(language, "").split())


def _without_accents(form: str, written_out: Iterable[tuple[str, str]]) -> str:
    for letters, letter in written_out:
        form = form.replace(letters, letter)
    return form


def _begins_as(form: str, term: str, language: str) -> bool:
    endings = ENDINGS.get(language)
    if endings is None:
        return True
    ending = next((ending for ending in endings if term.endswith(ending)), "")
    base = term.removesuffix(ending) if len(term) - len(ending) >= MIN_BASE_CHARS else term
    if form.startswith(base) and len(form) <= len(term) + ENDING_CHARS:
        return True
    if base[-1] in CHANGING.get(language, "") and form.startswith(base[:-1]) and len(form) >= len(base) + 1:
        return len(form) <= len(term) + ENDING_CHARS
    for ending, others in REPLACED.get(language, {}).items():
        if term.endswith(ending) and form in [term.removesuffix(ending) + other for other in others]:
            return True
    return False


def may_be_inflected(form: str, term: str, language: str) -> bool:
    """Tell whether a folded form may be an inflection of a folded word, given that they have a short stem in common.

    Less is asked than of a term of one word, since others stand beside it: half of its letters, or that it begins with
    the form, as *setting* with *set*. Of Lithuanian *patyčios* (bullying) the stem is *pat*, as of *pačią* (own).
    """
    return language not in ENDINGS or 2 * shared(form, term) >= len(term) or term.startswith(form)
