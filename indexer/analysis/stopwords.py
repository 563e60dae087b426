"""Words that say little in a language: articles, prepositions, pronouns, auxiliaries.

They are indexed like all others, so that phrases find them; a query need not match them. One file a language,
words separated by blanks; a language without a file has none.
"""

from functools import cache
from pathlib import Path

from corpus import Language
from indexer.analysis.normalization import form_of

_FOLDER = Path(__file__).parent / "stopwords"


@cache
def stop_words(language: Language) -> frozenset[str]:
    """Return the forms of a language's stop words."""
    file = _FOLDER / f"{language.code}.txt"
    if not file.exists():
        return frozenset()
    lines = file.read_text(encoding="utf-8").splitlines()
    listed = (word for line in lines if not line.startswith("#") for word in line.split())
    return frozenset(form_of(word, language.code == "tr") for word in listed)
