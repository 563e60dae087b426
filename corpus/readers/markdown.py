"""Markdown with YAML front matter.

markdown-it parses; what it finds becomes text and stand-off markup. HTML inside Markdown is read for its text
and thrown away.
"""

import re
import sys
from dataclasses import replace
from typing import Any

import yaml
from lxml import html
from lxml.etree import ParserError
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.errors import Rejection
from corpus.markup import BodyBuilder, Span, safe_link
from corpus.readers.draft import Draft, title_of

MAX_FRONT_MATTER_CHARS = 20_000
# Deeper nesting than people write; beyond it the parser stops descending.
MAX_NESTING = 20

# Characters that lxml reads from HTML and then refuses to put anywhere; a single one would cost the whole page.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:0*([0-9]{1,7})|[xX]0*([0-9a-fA-F]{1,6}));?")

_PARSER = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])

_FRONT_MATTER = re.compile(r"---[ \t]*\n")
_BREAK = re.compile(r"</?(?:br|p|div|li|td|th)\b", re.IGNORECASE)


def read_markdown(text: str) -> Draft:
    """Read Markdown with or without front matter; raises Rejection if either part cannot be used.

    Without a `title` in the front matter the first heading of level 1 is it, and leaves the body.
    """
    front_matter, source = _split(text)
    said = Draft("", "").with_metadata(front_matter)
    heading, body, markup = markdown_body(source, said.title)
    draft = replace(said, title=said.title or heading, body=body, markup=markup)
    if not draft.body:
        raise Rejection("there is a title but no text under it." if draft.title else "empty: there is no text in it.")
    return draft if draft.title else replace(draft, title=title_of(draft.body))


def markdown_body(source: str, title: str = "") -> tuple[str, str, tuple[Span, ...]]:
    """Return (first heading of level 1 or "", body without it, markup).

    Where a title is known, only a heading that repeats it leaves the body.
    """
    walker = _Walker(title)
    walker.walk(_PARSER.parse(source))
    return walker.title, *walker.builder.build()


def _split(text: str) -> tuple[dict[str, Any], str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    opening = _FRONT_MATTER.match(text)
    if not opening:
        return {}, text
    end = text.find("\n---", opening.end() - 1)
    if end < 0 or end > MAX_FRONT_MATTER_CHARS:
        raise Rejection(f"front matter does not end with `---` within {MAX_FRONT_MATTER_CHARS:,} characters.")
    try:
        front_matter = yaml.load(text[opening.end() : end + 1], Loader=_FrontMatterLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 2}" if mark else ""
        what = getattr(error, "problem", None) or "it cannot be parsed"
        raise Rejection(f"front matter is not YAML{where}: {what}. Quote values that hold a colon.") from None
    except (ValueError, OverflowError, RecursionError) as error:  # "\UFFFFFFFF"; brackets without end
        raise Rejection(f"front matter is not YAML: {str(error)[:200]}.") from None
    if front_matter is None:
        front_matter = {}
    if not isinstance(front_matter, dict):
        raise Rejection(f"front matter is a {type(front_matter).__name__}; it has to be `name: value` lines.")
    return front_matter, text[end + 4 :].split("\n", 1)[-1] if "\n" in text[end + 4 :] else ""


class _FrontMatterLoader(yaml.BaseLoader):
    """Reads values as texts, lists and mappings, and nothing else of what YAML can say.

    Its numbers, dates and tags fail in a dozen ways on values that are good texts (`title: 1:59`), and a few lines
    of nested `<<` take it minutes.
    """


_FrontMatterLoader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)\Z"), ["~", *"nN", ""]
)
_FrontMatterLoader.add_constructor("tag:yaml.org,2002:null", lambda loader, node: None)


class _Walker:
    """Follows markdown-it's tokens, and tells a BodyBuilder what they say."""

    def __init__(self, known_title: str) -> None:
        self.builder = BodyBuilder()
        self.title = ""
        self._known_title = known_title.casefold()
        self._lists: list[int | None] = []  # of the lists we are in: next number, or None if it is bulleted
        self._item_starts = False  # the next paragraph is the first of its item
        self._quotes = 0

    def walk(self, tokens: list[Token]) -> None:
        in_title = False
        row: list[str] | None = None
        for token in tokens:
            match token.type:
                case "heading_open":
                    in_title = token.tag == "h1" and not self.title
                    if not in_title:
                        self.builder.start_block("heading", token.tag[1:])
                case "paragraph_open":
                    self._start_paragraph()
                case "heading_close" | "paragraph_close":
                    self.builder.end_block()
                    in_title = False
                case "bullet_list_open":
                    self._lists.append(None)
                case "ordered_list_open":
                    self._lists.append(int(token.attrGet("start") or 1))
                case "bullet_list_close" | "ordered_list_close":
                    self._lists.pop()
                case "list_item_open":
                    self._item_starts = True
                case "blockquote_open":
                    self._quotes += 1
                case "blockquote_close":
                    self._quotes -= 1
                case "fence" | "code_block":
                    self.builder.add_code(token.content)
                case "html_block":
                    self._html(token.content)
                case "tr_open":
                    row = []
                case "tr_close":
                    if row:
                        self.builder.start_block()
                        self.builder.add(table_row(row))
                        self.builder.end_block()
                    row = None
                case "inline" if in_title:
                    heading = " ".join(_text_of(token.children or []).split())
                    if self._known_title in ("", heading.casefold()):
                        self.title = heading
                    else:
                        self.builder.start_block("heading", "1")
                        self._inline(token.children or [])
                case "inline" if row is not None:
                    row.append(_text_of(token.children or []))
                case "inline":
                    self._inline(token.children or [])

    def _start_paragraph(self) -> None:
        if self._item_starts and self._lists:
            self._item_starts = False
            number = self._lists[-1]
            if number is None:
                self.builder.start_block("item", str(len(self._lists)))
            else:
                self.builder.start_block("step", str(number))
                self._lists[-1] = number + 1
        elif self._quotes:
            self.builder.start_block("quote")
        else:
            self.builder.start_block()

    def _inline(self, tokens: list[Token]) -> None:
        for token in tokens:
            match token.type:
                case "text":
                    self.builder.add(token.content)
                case "code_inline":
                    self.builder.open_inline("mono")
                    self.builder.add(token.content)
                    self.builder.close_inline("mono")
                case "softbreak" | "hardbreak":
                    self.builder.add(" ")
                case "strong_open":
                    self.builder.open_inline("strong")
                case "strong_close":
                    self.builder.close_inline("strong")
                case "em_open":
                    self.builder.open_inline("em")
                case "em_close":
                    self.builder.close_inline("em")
                case "link_open":
                    if address := safe_link(str(token.attrGet("href") or "")):
                        self.builder.open_inline("link", address)
                case "link_close":
                    self.builder.close_inline("link")
                case "html_inline" if _BREAK.match(token.content):
                    self.builder.add(" ")

    def _html(self, source: str) -> None:
        # Text inside HTML blocks often is Markdown itself (kramdown's markdown="1"), as in links and emphasis.
        for text in html_texts(source):
            for token in _PARSER.parseInline(text):
                self.builder.start_block("quote" if self._quotes else None)
                self._inline(token.children or [])
                self.builder.end_block()


def table_row(cells: list[str]) -> str:
    """Return a row of a table as a line: "label: value" for two cells, else the cells with bars between."""
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    return (": " if len(filled) == 2 else " | ").join(filled)


def storable(source: str) -> str:
    """Return HTML with blanks for the characters that a tree cannot hold, written out or as `&#1;`."""

    def blanked(reference: re.Match[str]) -> str:
        code = int(reference[1]) if reference[1] else int(reference[2], 16)
        return " " if code <= sys.maxunicode and _NOT_XML.match(chr(code)) else reference[0]

    return _REFERENCE.sub(blanked, _NOT_XML.sub(" ", source))


def html_texts(source: str) -> list[str]:
    """Return the paragraphs of text in a piece of HTML, without scripts, styles and comments."""
    try:
        tree = html.fragment_fromstring(storable(source), create_parent="div")
    except (ParserError, ValueError):
        return []
    for hidden in tree.xpath("//script | //style | //template | //iframe | //comment()"):
        hidden.drop_tree()
    for block in tree.xpath("//p | //div | //li | //br | //h1 | //h2 | //h3 | //h4 | //aside | //tr | //dt | //dd"):
        block.text = "\n\n" + (block.text or "")
        block.tail = "\n\n" + (block.tail or "")
    for cell in tree.xpath("//td | //th"):
        cell.tail = " " + (cell.tail or "")
    blocks = (" ".join(block.split()) for block in tree.text_content().split("\n\n"))
    return [block for block in blocks if block]


def _text_of(tokens: list[Token]) -> str:
    return "".join(
        " " if token.type in ("softbreak", "hardbreak", "html_inline") else token.content
        for token in tokens
        if token.type != "image" and (token.type != "html_inline" or _BREAK.match(token.content))
    )
