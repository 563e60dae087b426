"""Titles that a reader may have begun to type.

Every word of what is typed has to begin a word of the title, accents aside, in any order: *cent stres* finds "Stres w
call center". Titles are read once per snapshot; only the newest MAX_TITLES of them, so that the first letter typed
after a rebuild is answered in bounded time.
"""

from bisect import bisect_left
from dataclasses import dataclass
from threading import Lock

from corpus import UNDETERMINED
from indexer.analysis import query_analyzer
from search.page import Suggestion
from search.snapshot import Snapshot

MAX_TITLES = 20_000
MAX_TYPED_WORDS = 8
# Above every character that can follow a prefix in a folded form.
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class _Title:
    id: str
    language: str
    text: str
    words: tuple[str, ...]  # folded forms


class Titles:
    """The titles of one snapshot, found by the beginnings of their words."""

    def __init__(self, snapshot: Snapshot) -> None:
        articles = map(snapshot.article, snapshot.by_date[:MAX_TITLES].tolist())
        self._titles = [  # the newest first
            _Title(article.id, article.language, article.title, _folded(article.title, article.language))
            for article in articles
        ]
        # (word, place in titles) in order: the titles with a word that begins so are neighbours.
        self._words = sorted({(word, at) for at, title in enumerate(self._titles) for word in title.words})

    def suggest(self, text: str, language: str, size: int) -> tuple[Suggestion, ...]:
        """Return titles: those in a language before others, then those that go on as typed, then the newest."""
        typed = _folded(text, UNDETERMINED.code)[:MAX_TYPED_WORDS]
        if not typed:
            return ()
        found = set.intersection(*(self._beginning(word) for word in typed))

        def rank(at: int) -> tuple[bool, bool, int]:
            title = self._titles[at]
            goes_on = title.words[: len(typed) - 1] == typed[:-1] and title.words[len(typed) - 1].startswith(typed[-1])
            return title.language != language, not goes_on, at

        best = sorted((at for at in found if len(self._titles[at].words) >= len(typed)), key=rank)[:size]
        return tuple(
            Suggestion(title.text, "title", title.language, title.id) for title in map(self._titles.__getitem__, best)
        )

    def _beginning(self, word: str) -> set[int]:
        start, end = bisect_left(self._words, (word, 0)), bisect_left(self._words, (word + _LAST, 0))
        return {at for _, at in self._words[start:end]}


class LiveTitles:
    """The titles of the snapshot that was asked about last. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: tuple[Snapshot, Titles] | None = None

    def of(self, snapshot: Snapshot) -> Titles:
        """Return the titles of a snapshot, reading them if it is another one than before."""
        with self._lock:
            if self._known is None or self._known[0] is not snapshot:
                self._known = (snapshot, Titles(snapshot))
            return self._known[1]


def _folded(text: str, language: str) -> tuple[str, ...]:
    return tuple(token.folded for token in query_analyzer(language).tokens(text) if not token.joined)
