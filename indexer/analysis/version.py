"""What an index must have been built with, so that queries are analysed as its articles were."""

import hashlib
import unicodedata
from functools import cache
from importlib.metadata import version

from corpus import LANGUAGES, Language
from indexer.analysis.endings import ENDINGS
from indexer.analysis.mending import ENDINGS_MENDED
from indexer.analysis.stemming import CONTRACTED, ELISIONS
from indexer.analysis.stopwords import stop_words

# Raise it with every change of tokenizer, normalization or stemming that changes a token; a test holds a digest of
# analysed texts against it.
RULES = 4


@cache
def analysis_version() -> str:
    """Return a line that differs whenever analysis might: rules, stemmer, Unicode tables, languages."""
    rows = [(row.code, row.stemmer, _cut_off(row), _endings(row)) for row in LANGUAGES.values()]
    languages = hashlib.sha256(repr(rows).encode()).hexdigest()[:12]
    unicode = unicodedata.unidata_version
    return f"rules {RULES}, PyStemmer {version('PyStemmer')}, Unicode {unicode}, languages {languages}"


def _cut_off(row: Language) -> object:
    """Return what is no part of a word in a language, at its beginning or its end, and what its endings become."""
    return sorted(ELISIONS.get(row.code, ())), CONTRACTED.get(row.code, ""), ENDINGS_MENDED.get(row.code)


def _endings(row: Language) -> object:
    """Return what a light stemmer is made of: the endings of a language, and the words that have none."""
    steps = ENDINGS.get(row.stemmer or "")
    return steps and (steps, sorted(stop_words(row)))
