"""Where in an article the words of a query stand, as they are written there: read from the index, not from the text.

The marks are what matched: the query *pracownik* marks *pracowników*. Of a phrase only the words in its row are marked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from corpus import Article
from indexer.analysis import Analyzer, query_analyzer
from indexer.analysis.characters import is_unspaced
from indexer.codec.container import Array
from indexer.places import Places, Spans
from search.occurrences import TIER_WEIGHTS, Row, Words
from search.page import Segment
from search.ranking import Part

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


class _Occurrence(NamedTuple):
    """A group's word at a position, or `words` of them in a row; `weight` tells how well it matches.

    `form` is the word as it is compared, `stem` that of the last word of a row.
    """

    position: int
    group: int
    words: int
    weight: float
    form: str = ""
    stem: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    """The words of a query in one document, in its title and in its body."""

    title: list[_Occurrence]
    body: list[_Occurrence]

    def marks(self, article: Article, places: Places) -> Marks:
        """Return them as marks in the article's texts."""
        analyzer = query_analyzer(article.language)
        return Marks(
            tuple(_marks(self.title, places.title, article.title, analyzer)) if self.title else (),
            tuple(_marks(self.body, places.body, article.body, analyzer)) if self.body else (),
        )


def locate(parts: Iterable[Part], numbers: Array) -> Mapping[int, Located]:
    """Return document number -> where the query's words stand, for these documents, sorted."""
    found = {number: Located([], []) for number in numbers.tolist()}
    for part in parts:
        base = part.segment.base
        first, last = numbers.searchsorted([base, base + part.segment.count]).tolist()
        if first == last:
            continue
        documents = numbers[first:last] - base
        # Stop words are marked only where there is nothing else.
        telling = [group for group, planned in enumerate(part.plan.groups) if not planned.common]
        for group in telling or range(len(part.groups)):
            for source in part.groups[group].sources:
                _add(source, group, documents, base, found)
    return found


def _add(source: Words | Row, group: int, documents: Array, base: int, found: Mapping[int, Located]) -> None:
    places = source.places(documents)
    kinds: dict[int, tuple[str, float]] = {}  # term -> its form and weight
    for document, position, term in zip(
        places.documents.tolist(), places.positions.tolist(), places.terms.tolist(), strict=True
    ):
        located = found[document + base]
        into = located.title if source.title else located.body
        if isinstance(source, Row):
            weight = TIER_WEIGHTS[source.tier]
            into.append(_Occurrence(position, group, source.span, weight, stem=source.last_stem))
            continue
        if term not in kinds:
            kinds[term] = source.form(term), TIER_WEIGHTS[source.tier(term)]
        form, weight = kinds[term]
        into.append(_Occurrence(position, group, 1, weight, form))


def _marks(occurrences: Sequence[_Occurrence], words: Spans, text: str, analyzer: Analyzer) -> list[Mark]:
    first = np.array([occurrence.position for occurrence in occurrences])
    last = np.minimum(first + [occurrence.words - 1 for occurrence in occurrences], len(words.starts) - 1)
    starts, last_starts, ends = words.starts[first].tolist(), words.starts[last].tolist(), words.ends[last].tolist()
    found = []
    for occurrence, start, last_start, end in zip(occurrences, starts, last_starts, ends, strict=True):
        joined = _joined(occurrence, last_start, end, text, analyzer)
        if joined:
            start, end = min(start, joined[0]), joined[1]
        found.append(Mark(start, end, frozenset((occurrence.group,)), occurrence.weight))
    found.sort(key=lambda mark: (mark.start, -mark.end))
    return _without_scraps(_apart(found), text)


def _joined(occurrence: _Occurrence, start: int, end: int, text: str, analyzer: Analyzer) -> tuple[int, int] | None:
    """Return where a word stands that is joined from several (email, of e-mail), None if it is not.

    text[start:end] is the first of them, or the last word of a row. In the index it has the place of the first of them.
    """
    if occurrence.form:
        if end - start >= len(occurrence.form) or analyzer.forms([text[start:end]])[0] == occurrence.form:
            return None
    elif any(occurrence.stem in (token.stem, token.plain) for token in analyzer.tokens(text[start:end])):
        return None
    # What is joined has no blank in it; an article written with it may stand before (l'emploi-cadre).
    left = max((text.rfind(blank, 0, start) for blank in " \n"), default=-1) + 1
    left = max(left, start - MAX_JOINED_CHARS)
    for token in analyzer.tokens(text[left : start + MAX_JOINED_CHARS]):
        begins, stops = left + token.start, left + token.end
        same = token.form == occurrence.form if occurrence.form else occurrence.stem in (token.stem, token.plain)
        if token.joined and same and begins <= start < stops:
            return begins, stops
    return None


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
            kept[-1] = Mark(
                last.start, max(last.end, mark.end), last.groups | mark.groups, max(last.weight, mark.weight)
            )
        else:
            kept.append(mark)
    return kept


def _without_scraps(marks: list[Mark], text: str) -> list[Mark]:
    # Where a run without spaces was found in one piece, its bigrams elsewhere are pieces of other words: ース of ソース
    # in ベース. Where it was not, they are all there is.
    found = {mark.groups for mark in marks if is_unspaced(text[mark.start])}
    scraps = {groups for groups in found if any(groups < more for more in found)}
    return [mark for mark in marks if mark.groups not in scraps]
