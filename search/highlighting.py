"""Where in a text the words of a query stand, as they are written there.

The text is analysed as it was for the index, so the marks are what matched: the query *pracownik* marks *pracowników*.
Of a phrase only the words in its row are marked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.analysis import Token, query_analyzer
from search.page import Segment
from search.planning import LanguagePlan, Pattern


@dataclass(frozen=True, slots=True)
class Mark:
    """text[start:end] is a word, or all of a phrase, that the query's group of this number asked for."""

    start: int
    end: int
    group: int


class Highlighter:
    """Finds the words of a query in texts of one language."""

    def __init__(self, plan: LanguagePlan) -> None:
        self._analyzer = query_analyzer(plan.language)
        self._everywhere = _Wanted(plan, titles=False)
        self._in_titles = _Wanted(plan, titles=True)

    def marks(self, text: str, title: bool = False) -> list[Mark]:
        """Return the marks in a text, by start, none overlapping another; words of the title only if it is one."""
        wanted = self._in_titles if title else self._everywhere
        if wanted.is_empty:
            return []
        tokens = self._analyzer.tokens(text)
        found = list(wanted.rows_in(tokens))
        found += (Mark(token.start, token.end, group) for token in tokens if (group := wanted.group_of(token)) >= 0)
        found.sort(key=lambda mark: (mark.start, -mark.end, mark.group))
        return _apart(found, text)


class _Wanted:
    """The patterns of a plan, ready to be asked about each token of a text."""

    def __init__(self, plan: LanguagePlan, titles: bool) -> None:
        self._stems: dict[str, int] = {}  # stem -> group
        self._forms: dict[str, int] = {}  # form or folded form -> group
        self._prefixes: list[tuple[str, int]] = []
        self._rows: list[tuple[tuple[str, ...], int]] = []
        for group, planned in enumerate(plan.groups):
            for pattern in planned.patterns:
                if titles or not pattern.title:
                    self._add(pattern, group)

    def _add(self, pattern: Pattern, group: int) -> None:
        if pattern.prefix:
            self._prefixes.append((pattern.prefix, group))
        elif len(pattern.stems) > 1:
            self._rows.append((pattern.stems, group))
        else:
            for stem in pattern.stems:
                self._stems.setdefault(stem, group)
            for form in filter(None, (pattern.form, pattern.folded)):
                self._forms.setdefault(form, group)

    @property
    def is_empty(self) -> bool:
        return not (self._stems or self._forms or self._prefixes or self._rows)

    def group_of(self, token: Token) -> int:
        """Return the group that asked for this token, or -1."""
        group = -1 if token.joined else self._stems.get(token.stem, -1)
        if group < 0:
            group = self._forms.get(token.form, -1)
        if group < 0:
            group = self._forms.get(token.folded, -1)
        if group < 0 and self._prefixes:
            group = next((wanted for prefix, wanted in self._prefixes if token.folded.startswith(prefix)), -1)
        return group

    def rows_in(self, tokens: Sequence[Token]) -> Iterator[Mark]:
        """Yield a mark for each place where stems stand in a row."""
        if not self._rows:
            return
        runs = [token for token in tokens if not token.joined]
        stems = [run.stem for run in runs]
        for row, group in self._rows:
            for at in range(len(runs) - len(row) + 1):
                if stems[at] == row[0] and tuple(stems[at : at + len(row)]) == row:
                    yield Mark(runs[at].start, runs[at + len(row) - 1].end, group)


def segments(text: str, start: int, end: int, marks: Sequence[Mark]) -> tuple[Segment, ...]:
    """Cut text[start:end] into pieces, those in marks being hits."""
    pieces: list[Segment] = []
    at = start
    for mark in marks:
        if mark.end <= start or mark.start >= end:
            continue
        if at < mark.start:
            pieces.append(Segment(text[at : mark.start], False))
        pieces.append(Segment(text[max(mark.start, start) : min(mark.end, end)], True))
        at = min(mark.end, end)
    if at < end:
        pieces.append(Segment(text[at:end], False))
    return tuple(pieces)


def _apart(marks: Sequence[Mark], text: str) -> list[Mark]:
    # Overlapping bigrams of one word become one mark; of two marks on one word the longer stays.
    kept: list[Mark] = []
    for mark in marks:
        if kept and mark.start < kept[-1].end:
            if mark.end > kept[-1].end:
                kept[-1] = Mark(kept[-1].start, mark.end, kept[-1].group)
            continue
        kept.append(mark)
    groups = {mark.group for mark in marks}
    return [mark for mark in kept if len(groups) == 1 or not _is_scrap(text[mark.start : mark.end])]


def _is_scrap(text: str) -> bool:
    # One bigram of kana, out of several that were asked for, is a piece of some other word: ース in ベース for ソース.
    return len(text) == 2 and all("\u3041" <= char <= "\u30ff" for char in text)
