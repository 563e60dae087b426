"""HTML pages, whole, as a browser got them.

Trafilatura finds the article among navigation, banners and footers, and its title, date, author and address.
Two things it does not know are put right before it looks (`_prepare`); what it found becomes text and stand-off
markup, and nothing else of the page is kept.
"""

import re
from copy import deepcopy
from datetime import date

import trafilatura
from htmldate import find_date
from lxml import etree, html
from trafilatura.settings import use_config

from corpus.cleaning import without_site_name
from corpus.decoding import decode
from corpus.errors import Rejection
from corpus.markup import BodyBuilder, safe_link
from corpus.readers.draft import MAX_VALUE_CHARS, Draft
from corpus.readers.markdown import storable, table_row

_DECLARED_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HEAD_BYTES = 4_096  # within which a page declares its charset

# The parser compares every attribute of a tag with all before it: 50,000 of them took half a minute.
MAX_ATTRIBUTES = 2_000
_TAG = re.compile(r"<[A-Za-z][^>]*+")
_QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")

# Short pages are articles too: by default the extractor gives up on fewer than 250 characters.
_CONFIG = use_config()
for _name in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE"):
    _CONFIG.set("DEFAULT", _name, "1")

_HIDDEN = """//*[@hidden or @aria-hidden="true" or contains(translate(@style, " ", ""), "display:none")]"""
_HEADING_LINKS = "(.//h1 | .//h2 | .//h3)[1]//a[@href]"

_STATING_DATES = (
    "//meta | //link[@rel='canonical'] | //script[contains(@type, 'json')] | //time | //abbr | "
    "//*[contains(@class, 'date') or contains(@id, 'date') or contains(@itemprop, 'date')][string-length() < 100]"
)

# What stands on lines of its own; words on both sides of it do not touch.
_BLOCKS = frozenset("lb p item list quote code table row cell head div graphic".split())
_INLINE = {"#b": "strong", "#i": "em", "#t": "mono"}


def read_html(data: bytes) -> Draft:
    """Read a page; raises Rejection if its characters cannot be decoded or it has no article."""
    page = _parse(data)
    language = page.get("lang") or page.get("xml:lang") or ""
    heading = " ".join(next(iter(page.xpath("//h1")), html.Element("h1")).text_content().split())
    published = _published(page)
    _prepare(page)
    found = _extract(page)
    if found is None or found.body is None:
        raise Rejection("no article found on the page.")
    title = without_site_name(found.title or "", heading)
    if not title:
        raise Rejection("no title: the page has neither <title> nor <h1>.")
    builder = BodyBuilder()
    _Walker(builder, title).walk_blocks(found.body)
    body, markup = builder.build()
    if not body:
        raise Rejection("no article found on the page.")
    return Draft(
        title,
        body,
        markup,
        language=language,
        published=published,
        author=(found.author or "")[:MAX_VALUE_CHARS],
        source=safe_link(found.url or "") or "",
    )


def _parse(data: bytes) -> html.HtmlElement:
    declared = _DECLARED_CHARSET.search(data[:_HEAD_BYTES])
    text = decode(data, declared[1].decode("ascii").lower() if declared else "")
    if any(_attributes(tag[0]) > MAX_ATTRIBUTES for tag in _TAG.finditer(text)):
        raise Rejection(f"a tag on the page has more than {MAX_ATTRIBUTES:,} attributes.")
    try:
        # A comment within a list item is more than the extractor can take.
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        return html.document_fromstring(storable(text).encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Rejection("empty: there is no page in it.") from None


def _attributes(tag: str) -> int:
    """Return about how many attributes a tag has; an image or a drawing in a quoted value is one."""
    return len(_QUOTED.sub("", tag).split()) if len(tag) > 2 * MAX_ATTRIBUTES else 0


def _prepare(page: html.HtmlElement) -> None:
    # Hidden text is a dialog or a label for machines; but with a heading it is a tab that a click opens.
    for hidden in page.xpath(_HIDDEN):
        if hidden.getparent() is None or hidden.xpath(".//h2 | .//h3 | .//article"):
            for name in ("hidden", "aria-hidden", "style"):  # the extractor would drop it for any of them
                hidden.attrib.pop(name, None)
        else:
            hidden.drop_tree()
    # Links within a heading that lead to the page itself are permalinks ("¶", "About this section").
    for permalink in page.xpath("//*[self::h1 or self::h2 or self::h3 or self::h4]//a[starts-with(@href,'#')]"):
        if permalink.getparent().text_content().strip() != permalink.text_content().strip():
            permalink.drop_tree()
    # Other links within the page lead nowhere once it is an article of ours.
    for anchor in page.xpath("//a[starts-with(@href, '#')]"):
        anchor.drop_tag()
    # Within a sentence, code and quotations would come out as blocks, apart from the full stop after them.
    for code in page.xpath("//code[not(ancestor::pre) and not(descendant::pre)]"):
        code.tag = "kbd"
    for quotation in page.xpath("//q"):
        quotation.drop_tag()
    # The extractor takes these away in list items, and the words on both sides would touch.
    for block in page.xpath("//li//div[not(.//div or .//p or .//ul or .//ol or .//table)]"):
        block.tag = "p"
    # Several <article>s of which none links to another page by its heading are the sections of one article: the
    # extractor would keep just the first. (With such a link, they are teasers.)
    outermost = page.xpath("//article[not(ancestor::article) and not(ancestor::aside)]")
    sections = [section for section in outermost if not section.xpath(_HEADING_LINKS)]
    if len(sections) > 1:
        whole = html.Element("article")
        parent = sections[0].getparent()
        parent.insert(parent.index(sections[0]), whole)
        for section in sections:
            section.tag = "section"
            whole.append(section)


def _extract(page: html.HtmlElement) -> trafilatura.settings.Document | None:
    found = trafilatura.bare_extraction(
        page,
        fast=True,  # its fallbacks flatten lists and headings
        with_metadata=True,
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_tables=True,
        config=_CONFIG,
        date_extraction_params={"extensive_search": False},  # for nothing: see _published
    )
    assert found is None or isinstance(found, trafilatura.settings.Document)
    return found


def _published(page: html.HtmlElement) -> date | None:
    # Only a date that the page states as its own: to the date finder any number like a year in a text or footer would
    # make an article of that day, so it sees nothing of the text.
    stating = html.Element("body")
    stating.extend(deepcopy(element) for element in page.xpath(_STATING_DATES))
    for element in stating:
        element.tail = None
    whole = html.Element("html")
    whole.append(stating)
    try:
        found = find_date(whole, extensive_search=False, original_date=True)
        return date.fromisoformat(found) if found else None
    except ValueError:
        return None


def _text(element: etree._Element) -> str:
    """Return an element's text, with blanks where its blocks meet."""
    text = element.text or ""
    for child in element:
        gap = " " if child.tag in _BLOCKS else ""
        text += gap + _text(child) + gap + (child.tail or "")
    return text


class _Walker:
    """Follows the extractor's tree (a TEI subset: head, p, list, item, hi, ref, quote, code, table, lb)."""

    def __init__(self, builder: BodyBuilder, title: str) -> None:
        self._builder = builder
        self._title = title.casefold()
        self._depth = 0  # of lists within lists

    def walk_blocks(self, parent: etree._Element) -> None:
        for element in parent:
            match element.tag:
                case "head":
                    if " ".join(_text(element).split()).casefold() != self._title:
                        self._builder.start_block("heading", (element.get("rend") or "h2")[-1])
                        self._inline(element)
                case "list":
                    self._list(element)
                case "quote":
                    self._builder.start_block("quote")
                    self._inline(element)
                case "code":
                    self._builder.add_code("".join(str(text) for text in element.itertext()))
                case "table":
                    for row in element.iter("row"):
                        self._builder.start_block()
                        self._builder.add(table_row([_text(cell) for cell in row.iter("cell")]))
                case "div":
                    self.walk_blocks(element)
                case _:
                    self._builder.start_block()
                    self._inline(element)
        self._builder.end_block()

    def _list(self, element: etree._Element) -> None:
        self._depth += 1
        for number, item in enumerate(element.findall("item"), start=1):
            if element.get("rend") == "ol":
                self._builder.start_block("step", str(number))
            else:
                self._builder.start_block("item", str(self._depth))
            self._inline(item)
        self._depth -= 1

    def _inline(self, element: etree._Element) -> None:
        self._builder.add(element.text or "")
        for child in element:
            if child.tag == "list":
                self._list(child)
                self._builder.start_block()
                self._builder.add(child.tail or "")
                continue
            kind = _INLINE.get(child.get("rend") or "") if child.tag == "hi" else None
            address = safe_link(child.get("target") or "") if child.tag == "ref" else None
            if child.tag in _BLOCKS:
                self._builder.add(" ")
            if kind:
                self._builder.open_inline(kind)  # type: ignore[arg-type]  # from the table above
            if address:
                self._builder.open_inline("link", address)
            self._inline(child)
            if address:
                self._builder.close_inline("link")
            if kind:
                self._builder.close_inline(kind)  # type: ignore[arg-type]  # from the table above
            if child.tag in _BLOCKS:
                self._builder.add(" ")
            self._builder.add(child.tail or "")
