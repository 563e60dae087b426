"""The sentences of an article that answer a query.

Whole sentences, at most two places of the text, chosen by how much of the query they cover, then by how close its
words stand in them, then by which comes first. A sentence that is too long is cut at words, around what was found.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from corpus import Article
from indexer.places import Spans
from search.highlighting import Mark, segments
from search.page import Segment

# About three lines of a page, as readers know them.
SNIPPET_CHARS = 240
MAX_FRAGMENTS = 2
# A second place must have room for some words.
MIN_FRAGMENT_CHARS = 60
ELLIPSIS = "…"
_CUT = Segment(f" {ELLIPSIS}", False)
# What even a stop word tells: it alone may be what was found.
_LEAST_TOLD = 0.01


class _Sentence(NamedTuple):
    """body[start:end], and the marks in it; `told` is what each group of the query tells there."""

    number: int
    start: int
    end: int
    marks: Sequence[Mark]
    told: Mapping[int, float]

    @property
    def spread(self) -> int:
        """Characters from the first mark to the last."""
        return self.marks[-1].end - self.marks[0].start if self.marks else 0


class _Sentences:
    """The sentences of an article, of which only those are looked at that are asked for."""

    def __init__(self, article: Article, spans: Spans) -> None:
        self.starts, self.ends = spans.starts.tolist(), spans.ends.tolist()
        self.headings = {span.start for span in article.markup if span.kind == "heading"}

    def marked(self, marks: Iterable[Mark], worth: Sequence[float]) -> list[_Sentence]:
        """Return the sentences with marks in them, in order."""
        inside: dict[int, list[Mark]] = {}
        for mark in marks:
            number = bisect_right(self.starts, mark.start) - 1
            if number >= 0 and mark.end <= self.ends[number]:
                inside.setdefault(number, []).append(mark)
        return [
            _Sentence(number, self.starts[number], self.ends[number], found, _told(found, worth))
            for number, found in inside.items()
        ]

    def first(self) -> list[_Sentence]:
        """Return the first sentence that is no heading, if there is any."""
        numbers = range(len(self.starts))
        number = next((number for number in numbers if self.starts[number] not in self.headings), 0)
        return [_Sentence(number, self.starts[number], self.ends[number], (), {})] if numbers else []


def snippet(article: Article, spans: Spans, marks: Sequence[Mark], worth: Sequence[float]) -> tuple[Segment, ...]:
    """Return the text that answers, as segments; without any mark, how the article begins.

    `spans` are the sentences of the body, `marks` those in the body, `worth` is what each group of the query tells.
    """
    body = article.body
    sentences = _Sentences(article, spans)
    chosen = _chosen(sentences.marked(marks, worth), sentences.headings) or sentences.first()
    pieces: list[Segment] = []
    left = SNIPPET_CHARS
    before: _Sentence | None = None
    for at, sentence in enumerate(sorted(chosen)):
        start, end = _cut(body, sentence, left // (len(chosen) - at), worth)
        is_cut = end < sentence.end
        if len(chosen) == 1 and not is_cut:
            end, is_cut = _extended(body, sentences, sentence, start)
        left -= end - start
        apart = start > sentence.start or (before is not None and sentence.number != before.number + 1)
        # One is enough, where the sentence before was cut.
        if apart and not (pieces and pieces[-1] == _CUT):
            pieces.append(Segment(f"{' ' if pieces else ''}{ELLIPSIS} ", False))
        elif pieces:
            pieces.append(Segment(" ", False))
        pieces += segments(body, start, end, marks, on_one_line=True)
        if is_cut:
            pieces.append(_CUT)
        before = sentence
    return tuple(pieces)


def _told(marks: Iterable[Mark], worth: Sequence[float]) -> dict[int, float]:
    """Return what each group tells in a sentence: its own word more than another of the same stem."""
    told: dict[int, float] = {}
    for mark in marks:
        for group in mark.groups:
            told[group] = max((worth[group] + _LEAST_TOLD) * mark.weight, told.get(group, 0.0))
    return told


def _chosen(sentences: Sequence[_Sentence], headings: Container[int]) -> list[_Sentence]:
    chosen: list[_Sentence] = []
    covered: set[int] = set()
    left = sentences
    for _ in range(MAX_FRAGMENTS):
        left = [sentence for sentence in left if not covered.issuperset(sentence.told)]
        if not left:
            break

        def rank(sentence: _Sentence) -> tuple[float, bool, int, int]:
            told = 0.0
            for group, worth in sentence.told.items():
                if group not in covered:
                    told += worth
            # A heading names, a sentence tells.
            return round(told, 6), sentence.start not in headings, -sentence.spread, -sentence.start

        best = max(left, key=rank)
        chosen.append(best)
        covered.update(best.told)
    return chosen


def _extended(body: str, sentences: _Sentences, sentence: _Sentence, start: int) -> tuple[int, bool]:
    """Let a short sentence be followed by the next ones, as far as they fit whole; a heading ends it.

    Return where it ends, and whether it is cut there: a heading by itself tells too little, so what follows it may be.
    """
    end = sentence.end
    for number in range(sentence.number + 1, len(sentences.starts)):
        next_start, next_end = sentences.starts[number], sentences.ends[number]
        if next_start in sentences.headings:
            break
        if next_end - start > SNIPPET_CHARS:
            blank = body.rfind(" ", next_start, start + SNIPPET_CHARS)
            alone = end == sentence.end and sentence.start in sentences.headings
            return (blank, True) if alone and blank > 0 else (end, False)
        # Past the end of a paragraph or list item only while there is little yet.
        if "\n" in body[end:next_start] and end - start >= SNIPPET_CHARS // 3:
            break
        end = next_end
    return end, False


def _cut(body: str, sentence: _Sentence, chars: int, worth: Sequence[float]) -> tuple[int, int]:
    """Return the part of a sentence that fits: all of it, or the words around the marks that tell most."""
    start, end = sentence.start, sentence.end
    chars = max(chars, MIN_FRAGMENT_CHARS)
    if end - start <= chars:
        return start, end
    first, last = _best_window(sentence, chars, worth)
    start = max(start, min(first - (chars - (last - first)) // 2, end - chars))
    end = min(end, start + chars)
    if start > sentence.start:
        start = _next_word(body, start, first)
    if end < sentence.end:
        blank = body.rfind(" ", last, end)
        end = blank if blank > start else _before_marks(body, end, last)
    return start, end


def _best_window(sentence: _Sentence, chars: int, worth: Sequence[float]) -> tuple[int, int]:
    """Return from where to where marks stand within so many characters that tell most together; of equals the first."""
    best, window = -1.0, (sentence.start, sentence.start)
    marks = sentence.marks
    within = dict.fromkeys(sentence.told, 0)  # group -> how many of its marks are in the window
    last = 0
    for first, mark in enumerate(marks):
        while last < len(marks) and (marks[last].end - mark.start <= chars or last == first):
            for group in marks[last].groups:
                within[group] += 1
            last += 1
        told = sum(worth[group] + _LEAST_TOLD for group, count in within.items() if count)
        if told > best:
            best, window = told, (mark.start, marks[last - 1].end)
            if all(within.values()):
                break
        for group in mark.groups:
            within[group] -= 1
    return window


def _next_word(body: str, start: int, limit: int) -> int:
    blank = body.find(" ", start, limit)
    if blank >= 0:
        return blank + 1
    while start < limit and unicodedata.category(body[start]).startswith("M"):
        start += 1
    return start


def _before_marks(body: str, end: int, limit: int) -> int:
    # Where there are no blanks, at least no letter is torn from its marks.
    while end > limit and unicodedata.category(body[end]).startswith("M"):
        end -= 1
    return end
