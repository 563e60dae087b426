"""The sentences of an article that answer a query.

Whole sentences, at most two places of the text, chosen by how much of the query they cover, then by how close its
words stand in them, then by which comes first. A sentence that is too long is cut at words, around what was found.
"""

import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _Sentence:
    number: int
    start: int
    end: int
    marks: tuple[Mark, ...]
    heading: bool

    @property
    def groups(self) -> frozenset[int]:
        return frozenset().union(*(mark.groups for mark in self.marks))

    @property
    def spread(self) -> int:
        """Characters from the first mark to the last."""
        return self.marks[-1].end - self.marks[0].start if self.marks else 0


class _Sentences:
    """The sentences of an article, of which only those are looked at that are asked for."""

    def __init__(self, article: Article, spans: Spans) -> None:
        self.starts, self.ends = spans.starts.tolist(), spans.ends.tolist()
        self._headings = {span.start for span in article.markup if span.kind == "heading"}

    def __len__(self) -> int:
        return len(self.starts)

    def sentence(self, number: int, marks: Sequence[Mark] = ()) -> _Sentence:
        start = self.starts[number]
        return _Sentence(number, start, self.ends[number], tuple(marks), start in self._headings)

    def marked(self, marks: Sequence[Mark]) -> list[_Sentence]:
        """Return the sentences with marks in them, in order."""
        inside: dict[int, list[Mark]] = {}
        for mark in marks:
            number = bisect_right(self.starts, mark.start) - 1
            if number >= 0 and mark.end <= self.ends[number]:
                inside.setdefault(number, []).append(mark)
        return [self.sentence(number, found) for number, found in inside.items()]

    def first(self) -> list[_Sentence]:
        """Return the first sentence that is no heading, if there is any."""
        sentences = (self.sentence(number) for number in range(len(self)))
        found = next((sentence for sentence in sentences if not sentence.heading), None)
        return [found] if found else [self.sentence(0)] if len(self) else []


def snippet(article: Article, spans: Spans, marks: Sequence[Mark], worth: Sequence[float]) -> tuple[Segment, ...]:
    """Return the text that answers, as segments; without any mark, how the article begins.

    `spans` are the sentences of the body, `marks` those in the body, `worth` is what each group of the query tells.
    """
    body = article.body
    sentences = _Sentences(article, spans)
    chosen = _chosen(sentences.marked(marks), worth) or sentences.first()
    pieces: list[Segment] = []
    left = SNIPPET_CHARS
    before: _Sentence | None = None
    for at, sentence in enumerate(sorted(chosen, key=lambda sentence: sentence.start)):
        start, end = _cut(body, sentence, left // (len(chosen) - at), worth)
        if len(chosen) == 1:
            end = _extended(body, sentences, sentence, start, end)
        left -= end - start
        if start > sentence.start or (before and sentence.number != before.number + 1):
            pieces.append(Segment(f"{' ' if pieces else ''}{ELLIPSIS} ", False))
        elif pieces:
            pieces.append(Segment(" ", False))
        pieces += _on_one_line(segments(body, start, end, marks))
        if end < sentence.end:
            pieces.append(Segment(f" {ELLIPSIS}", False))
        before = sentence
    return tuple(pieces)


def _chosen(sentences: Sequence[_Sentence], worth: Sequence[float]) -> list[_Sentence]:
    chosen: list[_Sentence] = []
    covered: frozenset[int] = frozenset()
    groups = [sentence.groups for sentence in sentences]
    for _ in range(MAX_FRAGMENTS):
        best, best_rank = -1, (0.0, False, 0, 0)
        for at, sentence in enumerate(sentences):
            new = groups[at] - covered
            if not new:
                continue
            # A little for stop words too: they alone may be what was found. A heading names, a sentence tells.
            told = round(sum((worth[group] + 0.01) * _best(sentence, group) for group in new), 6)
            rank = (told, not sentence.heading, -sentence.spread, -sentence.start)
            if best < 0 or rank > best_rank:
                best, best_rank = at, rank
        if best < 0:
            break
        chosen.append(sentences[best])
        covered |= groups[best]
    return chosen


def _best(sentence: _Sentence, group: int) -> float:
    """Return how well a group was found in a sentence: its own word before another of the same stem."""
    return max(mark.weight for mark in sentence.marks if group in mark.groups)


def _extended(body: str, sentences: _Sentences, sentence: _Sentence, start: int, end: int) -> int:
    """Let a short sentence be followed by the next ones, as far as they fit whole; a heading ends it."""
    if end < sentence.end:
        return end
    for number in range(sentence.number + 1, len(sentences)):
        following = sentences.sentence(number)
        # Past the end of a paragraph or list item only while there is little yet.
        goes_on = "\n" not in body[end : following.start] or end - start < SNIPPET_CHARS // 3
        if following.end - start > SNIPPET_CHARS or following.heading or not goes_on:
            break
        end = following.end
    return end


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
    within: Counter[int] = Counter()  # group -> how many of its marks are in the window
    last = 0
    for first, mark in enumerate(marks):
        while last < len(marks) and (marks[last].end - mark.start <= chars or last == first):
            within.update(marks[last].groups)
            last += 1
        told = sum(worth[group] + 0.01 for group, count in within.items() if count)
        if told > best:
            best, window = told, (mark.start, marks[last - 1].end)
        within.subtract(mark.groups)
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


def _on_one_line(pieces: Sequence[Segment]) -> list[Segment]:
    return [Segment(piece.text.replace("\n", " "), piece.hit) for piece in pieces]
