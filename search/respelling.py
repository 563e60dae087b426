"""Did you mean, while somebody types: all of what was typed, with the words exchanged that seem mistyped.

A word alone is completed by the other kinds of suggestions, mistyped or not; of several words these complete only what
stands so in a title, a term or a text. Here each word by itself may be a common word of one language with a letter
mistyped, as all others are words of that language. It is offered if it finds more articles than what was typed.
"""

from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA

from search.nearby import CommonWord, common_words
from search.page import Suggestion
from search.presence import articles_with
from search.snapshot import Snapshot
from search.titles import rank_of
from search.typed import Typed, allowed_typos, words_like

# Words that are compared with those of the index, and languages in which what comes of it is counted.
MAX_WORDS = 4
MAX_COUNTED = 2


def respelled(typed: Typed, prefer: Sequence[str], snapshot: Snapshot) -> Iterator[Suggestion]:
    """Yield what may have been meant by several words, one text at most: in the languages preferred before others."""
    if len(typed.words) < 2:
        return
    by_language: dict[str, dict[int, CommonWord]] = {}
    for at in range(min(len(typed.words), MAX_WORDS)):
        for language, near in _nearest(typed, at, snapshot).items():
            by_language.setdefault(language, {})[at] = near
    likely = sorted(by_language, key=lambda code: (-len(by_language[code]), rank_of(code, prefer), code))
    for language in [code for code in likely if any(near.typos for near in by_language[code].values())][:MAX_COUNTED]:
        text = _exchanged(typed, {at: near.form for at, near in by_language[language].items()})
        if articles_with(text, language, snapshot) > articles_with(typed.text, language, snapshot):
            yield Suggestion(text, "spelling", language)
            return


def _nearest(typed: Typed, at: int, snapshot: Snapshot) -> dict[str, CommonWord]:
    """Return by language the common word that a word is, or else the nearest, and of these the most common one."""
    table = snapshot.typed
    if table is None:
        return {}
    word, written = typed.words[at], typed.text[slice(*typed.places[at])].casefold()
    nearest: dict[str, CommonWord] = {}

    def rank(near: CommonWord) -> tuple[int, int, int, str]:
        return near.typos, OSA.distance(written, near.form), -near.articles, near.form

    for near in common_words(word, words_like(table.typed, word, mistyped=True), allowed_typos(word), table):
        if near.language not in nearest or rank(near) < rank(nearest[near.language]):
            nearest[near.language] = near
    return nearest


def _exchanged(typed: Typed, forms: Mapping[int, str]) -> str:
    """Return what was typed with some words as they are written; one that differs only by capitals stays."""
    text = typed.text
    for at, form in sorted(forms.items(), reverse=True):
        start, end = typed.places[at]
        if text[start:end].casefold() != form:
            text = text[:start] + form + text[end:]
    return text
