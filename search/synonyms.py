"""The other words that were looked for, as few as a reader wants to see: each concept's in each language, once.

It only chooses what to show. What is looked for is `search.expansion`'s to say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from indexer.analysis.normalization import fold
from search.page import Also

MAX_FIRST = 8
MAX_REST = 40

# A word so long that begins another one of its language is taken for the same: stress, stressed.
MIN_SAME_CHARS = 4


@dataclass(frozen=True, slots=True)
class OtherWord:
    """A term that was looked for, and its language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class OtherWords:
    """The terms to show at once, one a language and concept as far as there is room, and others to show when asked."""

    first: tuple[OtherWord, ...]
    rest: tuple[OtherWord, ...]


def other_words(also: Sequence[Also]) -> OtherWords:
    """Return what was looked for besides a query's own words, without these, and without saying anything twice."""
    own = tuple(_folded(each.words) for each in also)
    told: dict[str, str] = {}  # folded term -> its language
    # Of several concepts each has a word before one has two; shown they are by concept.
    rounds = zip_longest(*(_preferred(each, own, told) for each in also))
    turns = [(at, word) for words in rounds for at, word in enumerate(words) if word]
    first = sorted(turns[:MAX_FIRST], key=lambda turn: turn[0])
    others = (OtherWord(term, code) for each in also for code, terms in each.terms.items() for term in terms)
    rest = chain((word for _, word in turns[MAX_FIRST:]), (word for word in others if _is_new(word, own, told)))
    return OtherWords(tuple(word for _, word in first), tuple(islice(rest, MAX_REST)))


def _preferred(also: Also, own: Sequence[str], told: dict[str, str]) -> Iterator[OtherWord]:
    for code, terms in also.terms.items():
        found = next((each for term in terms if _is_new(each := OtherWord(term, code), own, told)), None)
        if found:
            yield found


def _is_new(word: OtherWord, own: Sequence[str], told: dict[str, str]) -> bool:
    """Tell whether a word says something new, and remember it if so."""
    text = _folded(word.text)
    same = (term for term, code in told.items() if code == word.language)
    if text in told or any(_has(text, term) for term in chain(own, same)):
        return False
    told[text] = word.language
    return True


def _has(text: str, term: str) -> bool:
    end = "" if len(term) >= MIN_SAME_CHARS else " "
    return f" {term}{end}" in f" {text} "


def _folded(text: str) -> str:
    return " ".join(fold(word) or word for word in text.casefold().split())
