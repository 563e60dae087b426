"""Where in an article the words of a query stand, as they are written there: read from the index, not from the text.

The marks are what matched: the query *pracownik* marks *pracowników*. Of a phrase only the words in its row are marked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from corpus import Article
from indexer.analysis import Analyzer, query_analyzer
from indexer.analysis.characters import is_paired
from indexer.codec.container import Array
from indexer.places import Places, Spans
from search.occurrences import TIER_WEIGHTS, Row, Words
from search.page import Segment
from search.parts import Part, with_documents

_BY_PLACE = attrgetter("start")

# So far from the first of its words a word that is joined from several is looked for.
MAX_JOINED_CHARS = 200


class Mark(NamedTuple):
    """text[start:end] is a word, a phrase or a run of bigrams that these groups of the query asked for.

    `weight` tells how well it matches, up to 1.
    """

    start: int
    end: int
    groups: frozenset[int]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks in an article, by start, none overlapping another."""

    title: tuple[Mark, ...] = ()
    body: tuple[Mark, ...] = ()


class _Sought(NamedTuple):
    """A group's word, or `words` of them in a row; `weight` tells how well it matches.

    `form` is the word as it is compared, `stem` that of the last word of a row.
    """

    groups: frozenset[int]
    words: int
    weight: float
    form: str = ""
    stem: str = ""


# A position of a text, and what stands there.
_Occurrence = tuple[int, _Sought]


@dataclass(frozen=True, slots=True)
class Located:
    """The words of a query in one document, in its title and in its body."""

    title: list[_Occurrence]
    body: list[_Occurrence]

    def marks(self, article: Article, places: Places) -> Marks:
        """Return them as marks in the article's texts."""
        return Marks(
            tuple(_marks(self.title, places.title, article.title, article.language)) if self.title else (),
            tuple(_marks(self.body, places.body, article.body, article.language)) if self.body else (),
        )


def locate(parts: Iterable[Part], numbers: Array) -> Mapping[int, Located]:
    """Return document number -> where the query's words stand, for these documents, sorted."""
    found = {number: Located([], []) for number in numbers.tolist()}
    for part, documents in with_documents(parts, numbers):
        # Stop words are marked only where there is nothing else.
        telling = [group for group, planned in enumerate(part.plan.groups) if not planned.common]
        # A row of other words for several groups is found for each of them.
        asking: dict[Words | Row, list[int]] = {}
        for group in telling or range(len(part.groups)):
            for source in part.groups[group].sources:
                asking.setdefault(source, []).append(group)
        for source, groups in asking.items():
            _add(source, frozenset(groups), documents, part.segment.base, found)
    return found


def _add(
    source: Words | Row, groups: frozenset[int], documents: Array, base: int, found: Mapping[int, Located]
) -> None:
    places = source.places(documents)
    sought: dict[int, _Sought] = {}  # by the number of its term
    for document, position, term in zip(
        places.documents.tolist(), places.positions.tolist(), places.terms.tolist(), strict=True
    ):
        if term not in sought:
            sought[term] = _sought(source, groups, term)
        located = found[document + base]
        (located.title if source.title else located.body).append((position, sought[term]))


def _sought(source: Words | Row, groups: frozenset[int], term: int) -> _Sought:
    if isinstance(source, Row):
        return _Sought(groups, source.span, TIER_WEIGHTS[source.tier], stem=source.last_stem)
    return _Sought(groups, 1, TIER_WEIGHTS[source.tier(term)], source.form(term))


def _marks(occurrences: Iterable[_Occurrence], words: Spans, text: str, language: str) -> list[Mark]:
    # Of a memoryview a single number is read in a third of the time, and is one of Python's.
    starts, lengths = words.starts.data, words.lengths.data
    found = []
    for position, sought in occurrences:
        start = last_start = starts[position]
        end = start + lengths[position]
        if sought.words > 1:
            last = min(position + sought.words, len(starts)) - 1
            last_start = starts[last]
            end = last_start + lengths[last]
        # A word as long as it is compared is not joined from several.
        if not sought.form or end - last_start < len(sought.form):
            joined = _joined(sought, last_start, end, text, query_analyzer(language))
            if joined:
                start, end = min(start, joined[0]), joined[1]
        found.append(Mark(start, end, sought.groups, sought.weight))
    found.sort(key=_BY_PLACE)
    return _without_scraps(_apart(found), text)


def _joined(sought: _Sought, start: int, end: int, text: str, analyzer: Analyzer) -> tuple[int, int] | None:
    """Return where a word stands that is joined from several (email, of e-mail), None if it is not.

    text[start:end] is the first of them, or the last word of a row. In the index it has the place of the first of them.
    """
    if sought.form:
        if analyzer.forms([text[start:end]])[0] == sought.form:
            return None
    elif any(sought.stem in (token.stem, token.plain) for token in analyzer.tokens(text[start:end])):
        return None
    # What is joined has no blank in it; an article written with it may stand before (l'emploi-cadre).
    left = max((text.rfind(blank, 0, start) for blank in " \n"), default=-1) + 1
    left = max(left, start - MAX_JOINED_CHARS)
    for token in analyzer.tokens(text[left : start + MAX_JOINED_CHARS]):
        begins, stops = left + token.start, left + token.end
        same = token.form == sought.form if sought.form else sought.stem in (token.stem, token.plain)
        if token.joined and same and begins <= start < stops:
            return begins, stops
    return None


def segments(text: str, start: int, end: int, marks: Iterable[Mark], on_one_line: bool = False) -> tuple[Segment, ...]:
    """Cut text[start:end] into pieces, those in marks being hits; `on_one_line` without its line ends."""
    shown = text[start:end]
    if on_one_line:
        shown = shown.replace("\n", " ")
    pieces: list[Segment] = []
    at = start
    for mark in marks:
        if mark.end <= start:
            continue
        if mark.start >= end:
            break
        if at < mark.start:
            pieces.append(Segment(shown[at - start : mark.start - start], False))
        at = min(mark.end, end)
        pieces.append(Segment(shown[max(mark.start - start, 0) : at - start], True))
    if at < end:
        pieces.append(Segment(shown[at - start :], False))
    return tuple(pieces)


def _apart(marks: Sequence[Mark]) -> list[Mark]:
    # Overlapping bigrams of one word become one mark of all their groups; a word within a phrase is part of it.
    kept: list[Mark] = []
    reached = 0
    for mark in marks:
        if mark.start < reached:
            last = kept[-1]
            reached = max(reached, mark.end)
            kept[-1] = Mark(last.start, reached, last.groups | mark.groups, max(last.weight, mark.weight))
        else:
            kept.append(mark)
            reached = mark.end
    return kept


def _without_scraps(marks: list[Mark], text: str) -> list[Mark]:
    # Where a run without spaces was found in one piece, its bigrams elsewhere are pieces of other words: ース of ソース
    # in ベース. Where it was not, they are all there is.
    if len({mark.groups for mark in marks}) < 2:
        return marks
    found = {mark.groups for mark in marks if is_paired(text[mark.start])}
    scraps = {groups for groups in found if any(groups < more for more in found)}
    return [mark for mark in marks if mark.groups not in scraps] if scraps else marks
