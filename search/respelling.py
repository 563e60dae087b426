"""Did you mean, while somebody types: all of what was typed, with the words exchanged that seem mistyped.

A word alone is completed by the other kinds of suggestions, mistyped or not; of several words these complete only what
stands so in a title, a term or a text. Here each word by itself may be a common word of one language with a letter
mistyped, as all others are words of that language. It is offered if it finds more articles than what was typed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from indexer.analysis.normalization import fold
from search.page import Suggestion
from search.presence import articles_with
from search.snapshot import Snapshot
from search.titles import rank_of
from search.typed import Typed, allowed_typos, words_like

# Words that are compared with those of the index, of each the words near it that are looked at, and languages in which
# what comes of it is counted.
MAX_COMPARED = 4
MAX_NEAR = 500
MAX_COUNTED = 2


@dataclass(frozen=True, slots=True)
class _Near:
    """A common word of a language: letters it is away, accents aside and with them, and articles that have it."""

    form: str
    typos: int
    changes: int
    articles: int

    @property
    def rank(self) -> tuple[int, int, int, str]:
        return self.typos, self.changes, -self.articles, self.form


def respelled(typed: Typed, prefer: Sequence[str], snapshot: Snapshot) -> Iterator[Suggestion]:
    """Yield what may have been meant by several words, one text at most: in the languages preferred before others."""
    if len(typed.words) < 2:
        return
    by_language: dict[str, dict[int, _Near]] = {}
    for at in range(min(len(typed.words), MAX_COMPARED)):
        for language, near in _nearest(typed, at, snapshot).items():
            by_language.setdefault(language, {})[at] = near
    likely = sorted(by_language, key=lambda code: (-len(by_language[code]), rank_of(code, prefer), code))
    for language in [code for code in likely if any(near.typos for near in by_language[code].values())][:MAX_COUNTED]:
        text = _exchanged(typed, {at: near.form for at, near in by_language[language].items()})
        if articles_with(text, language, snapshot) > articles_with(typed.text, language, snapshot):
            yield Suggestion(text, "spelling", language)
            return


def _nearest(typed: Typed, at: int, snapshot: Snapshot) -> dict[str, _Near]:
    """Return by language the common word that a word is, or else the nearest, and of these the most common one."""
    table = snapshot.typed
    if table is None:
        return {}
    word, written = typed.words[at], typed.text[slice(*typed.places[at])].casefold()
    typos = allowed_typos(word)
    numbers, _, _ = table.typed.texts(words_like(table.typed, word, mistyped=True).words)
    nearest: dict[str, _Near] = {}
    for number in numbers[:MAX_NEAR].tolist():
        form = table.term(number)
        distance = OSA.distance(word, fold(form), score_cutoff=typos)
        if distance > typos:  # it only begins so
            continue
        language = table.languages[table.term_languages[number]]
        near = _Near(form, distance, OSA.distance(written, form), int(table.term_documents[number]))
        if language not in nearest or near.rank < nearest[language].rank:
            nearest[language] = near
    return nearest


def _exchanged(typed: Typed, forms: Mapping[int, str]) -> str:
    """Return what was typed with some words as they are written; one that differs only by capitals stays."""
    text = typed.text
    for at, form in sorted(forms.items(), reverse=True):
        start, end = typed.places[at]
        if text[start:end].casefold() != form:
            text = text[:start] + form + text[end:]
    return text
