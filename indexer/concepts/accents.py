"""Accents that inflection does not change, so that they tell words apart which are one without them.

Lithuanian *būti* (to be) is no form of *butas* (flat), nor Czech *být* (to be) of *byt* (flat), nor Swedish *låg* (low)
of *lager*. In other languages accents come and go (Spanish *razón*, *razones*), or readers are not sure of them.
Whoever leaves out all accents means any.
"""

from indexer.analysis.normalization import fold

# Letters that are the same in all forms of a word. (Polish ó is not: stół, stołu.)
LASTING_LETTERS = {"lt": frozenset("ąčęėįšųūž"), "pl": frozenset("ąę")}

# Swedish changes a to ä and o to ö, in plurals (natt, nätter) and å to ä in some verbs (gråta, grät), and never to å.
_SWEDISH_CHANGES = frozenset([("ä", "a"), ("ö", "o")])
_SWEDISH_PLURALS = ("er", "ar", "ers", "ars", "erna", "arna", "ernas", "arnas")


def may_be_written(form: str, term: str, stem_chars: int, language: str) -> bool:
    """Tell whether a form may be one of a term by its accents, given that it is one without them.

    Both are in lower case; `stem_chars` are the letters of the form before its ending, which has accents of its own.
    """
    if form == term or form.isascii():
        return True
    for at, (letter, own) in enumerate(zip(form[:stem_chars], term, strict=False)):
        if letter != own:
            if fold(letter) != fold(own):
                return True  # what is another letter altogether is not looked at here
            if not _may_be(letter, own, at == stem_chars - 1, _is_plural(form, term), language):
                return False
    return True


def _may_be(letter: str, own: str, is_last: bool, is_plural: bool, language: str) -> bool:
    """Tell whether a letter of a form may stand for one of the term that is the same without accents."""
    if language == "sv":
        if (letter, own) in _SWEDISH_CHANGES:
            return is_plural
        return letter != "å" and not (own == "å" and letter.isascii())
    if language == "cs":
        # Vowels get shorter (kráva, krav) and not longer; consonants change before the ending (doktor, doktoři).
        return letter.isascii() or not own.isascii() or is_last
    lasting = LASTING_LETTERS.get(language, frozenset())
    return not (letter in lasting or own in lasting)


def _is_plural(form: str, term: str) -> bool:
    """Tell whether a Swedish form may be a plural of a term that has other vowels: läger is none of lager."""
    return form.endswith(_SWEDISH_PLURALS) and fold(form) != fold(term)
