"""Where in a text the words of a query stand, as they are written there.

The text is analysed as it was for the index, so the marks are what matched: the query *pracownik* marks *pracowników*.
Of a phrase only the words in its row are marked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.analysis import Token, query_analyzer
from indexer.analysis.characters import is_unspaced
from search.page import Segment
from search.planning import LanguagePlan, Pattern


@dataclass(frozen=True, slots=True)
class Mark:
    """text[start:end] is a word, a phrase or a run of bigrams that these groups of the query asked for."""

    start: int
    end: int
    groups: frozenset[int]


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
        for token in tokens:
            group = wanted.group_of(token)
            if group >= 0:
                found.append(Mark(token.start, token.end, frozenset((group,))))
        found.sort(key=lambda mark: (mark.start, -mark.end))
        return _without_scraps(_apart(found), text)


class _Wanted:
    """The patterns of a plan, ready to be asked about each token of a text."""

    def __init__(self, plan: LanguagePlan, titles: bool) -> None:
        self._stems: dict[str, int] = {}  # stem -> group
        self._plains: dict[str, int] = {}  # plain stem -> group
        self._forms: dict[str, int] = {}  # form or folded form -> group
        self._prefixes: list[tuple[str, int]] = []
        self._rows: list[tuple[Pattern, int]] = []
        # Stop words are marked only where there is nothing else.
        telling = [group for group, planned in enumerate(plan.groups) if not planned.common]
        for group in telling or range(len(plan.groups)):
            for pattern in plan.groups[group].patterns:
                if titles or not pattern.title:
                    self._add(pattern, group)

    def _add(self, pattern: Pattern, group: int) -> None:
        if pattern.prefix:
            self._prefixes.append((pattern.prefix, group))
        elif len(pattern.stems) > 1:
            self._rows.append((pattern, group))
        else:
            for stem in filter(None, (*pattern.stems, pattern.plain)):
                self._stems.setdefault(stem, group)
            if pattern.plain:
                self._plains.setdefault(pattern.plain, group)
            for form in filter(None, (pattern.form, pattern.folded)):
                self._forms.setdefault(form, group)

    @property
    def is_empty(self) -> bool:
        return not (self._stems or self._forms or self._prefixes or self._rows)

    def group_of(self, token: Token) -> int:
        """Return the group that asked for this token, or -1."""
        group = -1 if token.joined else self._stems.get(token.stem, -1)
        if group < 0:
            group = self._plains.get(token.plain, -1)
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
        for pattern, group in self._rows:
            # Positions count runs, so a stem's place in the row is its place in the list.
            last = len(runs) - pattern.offsets[-1]
            for at in range(last):
                if runs[at].stem == pattern.stems[0] and all(
                    runs[at + offset].stem == stem for offset, stem in zip(pattern.offsets, pattern.stems, strict=True)
                ):
                    end = runs[at + pattern.offsets[-1]].end
                    yield Mark(runs[at].start, end, frozenset((group,)))


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


def _apart(marks: Sequence[Mark]) -> list[Mark]:
    # Overlapping bigrams of one word become one mark of all their groups; a word within a phrase is part of it.
    kept: list[Mark] = []
    for mark in marks:
        if kept and mark.start < kept[-1].end:
            last = kept[-1]
            kept[-1] = Mark(last.start, max(last.end, mark.end), last.groups | mark.groups)
        else:
            kept.append(mark)
    return kept


def _without_scraps(marks: list[Mark], text: str) -> list[Mark]:
    # Where a run without spaces was found in one piece, its bigrams elsewhere are pieces of other words: ース of ソース
    # in ベース. Where it was not, they are all there is.
    found = {mark.groups for mark in marks if is_unspaced(text[mark.start])}
    scraps = {groups for groups in found if any(groups < more for more in found)}
    return [mark for mark in marks if mark.groups not in scraps]
