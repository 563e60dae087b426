"""An article's body as HTML: text, stand-off markup and the marks of a query, escaped piece by piece.

Headings have ids (s1, s2, …) for a table of contents. So have marks (m1, m2, …), and behind each stands a link to the
next, shown only while its mark is the target of the address: "next match" without a script.

No HTML of an article's author is ever let through; there is none. The tags are those written here.
"""

import itertools
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from markupsafe import Markup, escape

from corpus import Article, Span
from corpus.markup import BLOCK_KINDS, INLINE_KINDS, safe_link
from search.page import Segment

T = TypeVar("T")

# The page's own heading is h1.
_TOP_HEADING, _LOWEST_HEADING = 2, 4

# Marks with an id and a link to the next; the others are marked all the same.
MAX_JUMPS = 300
# A longer table of contents is no help.
MAX_CONTENTS = 60

_INLINE_TAGS = {"strong": "strong", "em": "em", "mono": "code"}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of an article: its id on the page, its level (2 and down) and its text."""

    anchor: str
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    kind: str
    value: str


def marked(segments: Sequence[Segment]) -> Markup:
    """Return segments as HTML, hits in <mark>."""
    return Markup("").join(
        Markup("<mark>{}</mark>").format(segment.text) if segment.hit else escape(segment.text) for segment in segments
    )


def contents(article: Article) -> list[Section]:
    """Return the headings of an article, in order."""
    headings = [line for line in _lines(article) if line.kind == "heading"]
    return [
        Section(f"s{at}", _level(line), article.body[line.start : line.end])
        for at, line in enumerate(headings[:MAX_CONTENTS], start=1)
    ]


def body_html(article: Article, hits: Sequence[tuple[int, int]], next_label: str) -> Markup:
    """Return an article's body as HTML; `hits` are [start, end) of what to mark, in order.

    `next_label` is what the link from a mark to the next one says.
    """
    jumps = _Jumps(hits[:MAX_JUMPS], next_label)
    headings = itertools.count(1)
    spans = _Within([(span.start, span.end, span) for span in article.markup if span.kind in INLINE_KINDS])
    marks = _Within([(start, end, (start, end)) for start, end in hits])
    pieces: list[Markup] = []
    open_list = ""
    for line in _lines(article):
        wanted = {"item": "ul", "step": "ol", "code": "pre"}.get(line.kind, "")
        if wanted != open_list or (line.kind == "step" and line.value == "1"):
            if open_list:
                pieces.append(Markup(f"</{open_list}>\n"))
            if wanted:
                start = Markup(' start="{}"').format(line.value) if _continues(line) else ""
                pieces.append(Markup(f"<{wanted}{start}>\n"))
            open_list = wanted
        html = _inline_html(article.body, line, spans.of(line), marks.of(line), jumps)
        pieces.append(_line_html(line, html, next(headings) if line.kind == "heading" else 0))
    if open_list:
        pieces.append(Markup(f"</{open_list}>\n"))
    return Markup("").join(pieces)


class _Jumps:
    """Ids of marks, and links from each to the next: the last leads to the first."""

    def __init__(self, hits: Sequence[tuple[int, int]], label: str) -> None:
        self._numbers = {start: number for number, (start, _) in enumerate(hits, start=1)}
        self._ends = {end: number for number, (_, end) in enumerate(hits, start=1)}
        self._label = label

    def mark(self, start: int, html: Markup) -> Markup:
        """Return a mark; the piece it begins with bears its id."""
        number = self._numbers.get(start)
        return Markup('<mark id="m{}">{}</mark>').format(number, html) if number else Markup(f"<mark>{html}</mark>")

    def link(self, end: int) -> Markup:
        """Return the link behind the mark that ends here."""
        number = self._ends.get(end)
        if number is None or len(self._ends) < 2:
            return Markup("")
        following = number % len(self._ends) + 1
        return Markup('<a class="next" href="#m{}">{}</a>').format(following, self._label)


class _Within(Generic[T]):
    """Ranges sorted by start, none reaching over a line end, asked for line by line: each is looked at once."""

    def __init__(self, ranges: Sequence[tuple[int, int, T]]) -> None:
        self._ranges = sorted(ranges, key=lambda item: item[0])
        self._at = 0

    def of(self, line: _Line) -> list[T]:
        """Return what lies within a line; lines have to come in order."""
        found: list[T] = []
        while self._at < len(self._ranges) and self._ranges[self._at][0] < line.end:
            start, end, value = self._ranges[self._at]
            if end > line.start and start >= line.start:
                found.append(value)
            self._at += 1
        return found


def _lines(article: Article) -> list[_Line]:
    blocks = {span.start: span for span in article.markup if span.kind in BLOCK_KINDS}
    lines, start = [], 0
    for text in article.body.split("\n"):
        block = blocks.get(start)
        lines.append(_Line(start, start + len(text), block.kind if block else "", block.value if block else ""))
        start += len(text) + 1
    return lines


def _continues(line: _Line) -> bool:
    return line.kind == "step" and line.value.isascii() and line.value.isdecimal() and line.value != "1"


def _level(line: _Line) -> int:
    level = int(line.value) if line.value.isascii() and line.value.isdecimal() and len(line.value) < 3 else 0
    return min(max(level, _TOP_HEADING), _LOWEST_HEADING)


def _line_html(line: _Line, html: Markup, heading: int) -> Markup:
    match line.kind:
        case "heading":
            level = _level(line)
            anchor = f' id="s{heading}"' if heading <= MAX_CONTENTS else ""
            return Markup(f"<h{level}{anchor}>{html}</h{level}>\n")
        case "item":
            return Markup(f'<li class="depth-{2 if line.value not in ("", "1") else 1}">{html}</li>\n')
        case "step":
            return Markup(f"<li>{html}</li>\n")
        case "quote":
            return Markup(f"<blockquote><p>{html}</p></blockquote>\n")
        case "code":
            return Markup(f"{html}\n")
    return Markup(f"<p>{html}</p>\n")


def _inline_html(
    body: str, line: _Line, spans: Sequence[Span], marks: Sequence[tuple[int, int]], jumps: _Jumps
) -> Markup:
    edges = {line.start, line.end}
    for start, end in [*((span.start, span.end) for span in spans), *marks]:
        edges |= {max(start, line.start), min(end, line.end)}
    pieces = []
    waiting_spans, waiting_marks = deque(spans), deque(marks)
    open_spans: list[Span] = []
    for start, end in itertools.pairwise(sorted(edges)):
        while waiting_spans and waiting_spans[0].start <= start:
            open_spans.append(waiting_spans.popleft())
        open_spans = [span for span in open_spans if span.end >= end]
        while waiting_marks and waiting_marks[0][1] <= start:
            waiting_marks.popleft()
        html: Markup = escape(body[start:end])
        if waiting_marks and waiting_marks[0][0] <= start:
            html = jumps.mark(start, html)
        for span in open_spans:
            html = _tagged(span, html)
        pieces += [html, jumps.link(end)]
    return Markup("").join(pieces)


def _tagged(span: Span, html: Markup) -> Markup:
    if span.kind == "link":
        # Checked when the article was read; but an index may come from an older check.
        address = safe_link(span.value)
        return Markup('<a href="{}" rel="nofollow noopener">{}</a>').format(address, html) if address else html
    tag = _INLINE_TAGS[span.kind]
    return Markup(f"<{tag}>{html}</{tag}>")
