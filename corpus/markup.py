"""Stand-off markup: what a range of an article's text is, kept beside the text instead of in it.

Block kinds cover whole lines of the body: `heading` (value: level), `item` (value: depth), `step` (value: its
number), `quote`, `code`. Inline kinds cover any range inside a line: `strong`, `em`, `mono`, `link` (value: its
http, https or mailto address). A line that no block kind covers is a paragraph.

The kinds are an allow-list: what cannot be said with them (scripts, styles, images, embedded frames) is not
part of an article.
"""

import re
from dataclasses import dataclass
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

BlockKind = Literal["heading", "item", "step", "quote", "code"]
InlineKind = Literal["strong", "em", "mono", "link"]
BLOCK_KINDS: tuple[str, ...] = get_args(BlockKind)
INLINE_KINDS: tuple[str, ...] = get_args(InlineKind)

LINK_SCHEMES = ("http", "https", "mailto")
MAX_LINK_CHARS = 2_000

# And control characters, which say nothing to a reader.
_BLANKS = re.compile(r"[\x00-\x20\x7f\u00a0\u2028\u2029]+")
_NO_CODE = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Span:
    """`kind` holds for body[start:end]."""

    start: int
    end: int
    kind: str
    value: str = ""

    def as_list(self) -> list[int | str]:
        """Return [start, end, kind, value], the form in which spans are stored."""
        return [self.start, self.end, self.kind, self.value]

    @classmethod
    def from_list(cls, stored: list[Any]) -> "Span":
        return cls(int(stored[0]), int(stored[1]), str(stored[2]), str(stored[3]))


def safe_link(address: str) -> str | None:
    """Return the address if a reader may be sent there, else None (scripts, data, files, page anchors)."""
    address = address.strip()
    if len(address) > MAX_LINK_CHARS or any(char.isspace() or ord(char) < 32 for char in address):
        return None
    try:
        return address if urlsplit(address).scheme.lower() in LINK_SCHEMES else None
    except ValueError:
        return None


class BodyBuilder:
    """Collects an article's text block by block, and becomes (body, markup).

    White space is folded as a browser would, so that offsets are those of what people read; control characters with it.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._spans: list[Span] = []
        self._length = 0  # of all finished lines, their line ends included
        self._line = ""
        self._block: tuple[str, str] | None = None
        self._open: list[tuple[str, str, int]] = []  # inline kinds not yet closed: kind, value, start in line
        self._line_spans: list[Span] = []  # offsets within the line

    def start_block(self, kind: BlockKind | None = None, value: str = "") -> None:
        """Begin a line; None is a paragraph. What was open is finished first."""
        self.end_block()
        self._block = (kind, value) if kind else None

    def add(self, text: str) -> None:
        """Add running text to the line."""
        folded = _BLANKS.sub(" ", text)
        if not self._line or self._line.endswith(" "):
            folded = folded.lstrip(" ")
        self._line += folded

    def add_code(self, text: str) -> None:
        """Add a block of code, whose white space means something; each of its lines is a line of the body."""
        self.end_block()
        for line in text.rstrip().splitlines():
            if line.strip():
                self._finish(_NO_CODE.sub(" ", line.rstrip().expandtabs(4)), ("code", ""), [])

    def open_inline(self, kind: InlineKind, value: str = "") -> None:
        self._open.append((kind, value, len(self._line)))

    def close_inline(self, kind: InlineKind) -> None:
        """Close the innermost open range of this kind; one that nobody opened is ignored."""
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at][0] == kind:
                _, value, start = self._open.pop(at)
                self._keep(kind, value, start)
                return

    def end_block(self) -> None:
        """Finish the line, if there is one; ranges left open end with it."""
        while self._open:
            kind, value, start = self._open.pop()
            self._keep(kind, value, start)
        line = self._line.rstrip(" ")
        spans = [Span(s.start, min(s.end, len(line)), s.kind, s.value) for s in self._line_spans]
        self._finish(line, self._block, [span for span in spans if span.start < span.end])
        self._line, self._block, self._line_spans = "", None, []

    def build(self) -> tuple[str, tuple[Span, ...]]:
        """Return the body and its markup, spans ordered by start, the longer first."""
        self.end_block()
        spans = sorted(self._spans, key=lambda span: (span.start, -span.end, span.kind))
        return "\n".join(self._lines), tuple(spans)

    def _keep(self, kind: str, value: str, start: int) -> None:
        while start < len(self._line) and self._line[start] == " ":
            start += 1
        end = len(self._line.rstrip(" "))
        if start < end:
            self._line_spans.append(Span(start, end, kind, value))

    def _finish(self, line: str, block: tuple[str, str] | None, spans: list[Span]) -> None:
        if not line:
            return
        base = self._length
        if block:
            self._spans.append(Span(base, base + len(line), *block))
        self._spans += [Span(base + s.start, base + s.end, s.kind, s.value) for s in spans]
        self._lines.append(line)
        self._length += len(line) + 1


def plain_body(lines: list[str]) -> tuple[str, tuple[Span, ...]]:
    """Return body and markup of text without any markup, one paragraph a line."""
    builder = BodyBuilder()
    for line in lines:
        builder.start_block()
        builder.add(line)
    return builder.build()
