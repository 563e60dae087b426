"""When a word of a text is the word of a term.

It is if it has its *symbol*: its stem, or its plain stem, for readers who leave the accents out. Two things are put
right. Where a stemmer tells inflections of one word apart (Polish *infolinia*, *infolinii*), or where there is none,
words that *agree*, that are the same but for an ending, are one. And a stem alone says too
little of a term of a single word: stemmers also join what is derived (Lithuanian *darbuotojas*, employee, and *darbas*,
work; *secondment* and *second*; *carer* and *care*). There a word has to be *inflected* from the term as well: see
`inflection`.

Abbreviations are not inflected (*PAYE* is not *pay*), and those that are also a stop word (IT) count only where they
are written in capitals.
"""

from corpus import Language
from indexer.analysis import Token
from indexer.analysis.characters import is_paired

# How much two forms of a word may differ in whose stems are not the same: where there is no stemmer, and in languages
# that change the stem before an ending. In others that would join different words (employee, employer).
ENDING_CHARS_UNSTEMMED = 3
ENDING_CHARS_BESIDE_STEMS = {"cs": 2, "lt": 2, "pl": 2}
# They have to share so many letters: Polish *czesne* (tuition) and *często* (often, folded) share four.
MIN_SHARED_CHARS = 5
MIN_SHARED_CHARS_UNSTEMMED = 4


def symbols(token: Token, language: Language) -> tuple[str, ...]:
    """Return what a word is looked up by: one symbol or two, the one of the word as written first."""
    if language.stemmer is None or not token.folded.isalpha():
        return (token.folded,)
    return (token.stem,) if token.plain == token.stem else (token.stem, token.plain)


def agree(form: str, other: str, ending_chars: int) -> bool:
    """Tell whether two folded forms are the same but for an ending of so many letters. What holds a digit has none."""
    if form == other:
        return True
    if not (form.isalpha() and other.isalpha()) or is_paired(form):
        return False
    return shared(form, other) >= max(len(form), len(other)) - ending_chars


def ending_chars_beside_stems(language: Language) -> int:
    """Return how much forms may differ in that are taken for one word in spite of their stems; 0 for not at all."""
    return ENDING_CHARS_BESIDE_STEMS.get(language.code, 0) if language.stemmer else ENDING_CHARS_UNSTEMMED


def is_abbreviation(term: str) -> bool:
    """Tell whether a term of one word is an abbreviation: it is written in capitals."""
    return term.isupper() and len(term) > 1


def same_abbreviation(form: str, other: str) -> bool:
    """Tell whether the folded form of a word is an abbreviation's, or its plural's: CVs, KPIs."""
    return other in (form, form + "s")


def min_shared_chars(language: Language) -> int:
    """Return how many letters words have to begin with alike to be taken for one in spite of their stems."""
    return MIN_SHARED_CHARS if language.stemmer else MIN_SHARED_CHARS_UNSTEMMED


def shared(form: str, other: str) -> int:
    """Return how many letters two forms begin with alike."""
    count = 0
    for letter, another in zip(form, other, strict=False):
        if letter != another:
            break
        count += 1
    return count
