"""The letters beyond a to z that languages are written with: a word with another one is a word of another language.

Those of their alphabets and of common loanwords in them (English *café*). Source: the exemplar characters of Unicode's
CLDR, main and some auxiliary ones.
"""

LETTERS = {
    "cs": frozenset("áčďéěíňóřšťúůýž"),
    "de": frozenset("äöüßé"),
    "en": frozenset("àâçèéêëïñôö"),
    "es": frozenset("áéíñóúü"),
    "fr": frozenset("àâæçèéêëîïñôœùûüÿ"),
    "it": frozenset("àèéìíîòóùú"),
    "lt": frozenset("ąčęėįšųūž"),
    "nl": frozenset("áäèéëïöóü"),
    "pl": frozenset("ąćęłńóśźż"),
    "pt": frozenset("àáâãçéêíóôõúü"),
    "sv": frozenset("åäöéàü"),
}


def may_be_spelled(form: str, language: str, besides: str = "") -> bool:
    """Tell whether a form has no letters but those of a language, as far as they are listed, and some besides."""
    letters = LETTERS.get(language)
    if letters is None or form.isascii():
        return True
    return all(letter.isascii() or letter in letters or letter in besides for letter in form if letter.isalpha())
