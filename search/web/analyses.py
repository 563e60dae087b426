"""How each language is analysed, said to a reader and to a service."""

from typing import Literal

from flask_babel import gettext

from corpus import LANGUAGES

# Scripts in which spaces do not tell the words: their text becomes overlapping pairs of characters.
_PAIRED_SCRIPTS = ("Han", "Hangul", "Japanese", "Thai")


def analysis(code: str) -> Literal["stems", "words", "bigrams"]:
    """Return how words of a language are found."""
    language = LANGUAGES[code]
    if language.stemmer:
        return "stems"
    return "bigrams" if language.script in _PAIRED_SCRIPTS else "words"


def analysis_name(code: str) -> str:
    """Return how words of a language are found, in the language of the interface."""
    match analysis(code):
        case "stems":
            return gettext("Every inflected form of a word finds the others.")
        case "bigrams":
            return gettext("Found by overlapping pairs of characters, as spaces do not tell the words.")
    return gettext("Words are found as they are written, accents aside.")
