"""Taking out of scraped text what is not the article.

The text of a page copied with everything around it: a date bullet, the title, captions of embedded videos, an
empty "table of contents", a byline nobody filled in, a template that failed, and at the end a list of teasers
for other articles. Each rule below names the shape it looks for and why an author would not write it; none
looks for the words of one site, but for the furniture labels, which are listed by language.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from corpus.markup import BodyBuilder, Span

# A line of this length without a full stop, alone between blank lines, is a heading.
MAX_HEADING_CHARS = 120
# Within which the page's byline stands.
BYLINE_LINES = 12

# Of ASCII, but for blanks and line ends. Terminals obey them, browsers show boxes, and XML (feeds) cannot hold them.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_BULLET = re.compile(r"^\s*[•‣◦·▪–*-]\s+")
_STEP = re.compile(r"^\s*(\d{1,3})[.)]\s+")
_TITLE_SEPARATOR = r"(?:\s+[|–—·»:-]+\s+|:\s+)"
_ISO_DATE = re.compile(r"^(?:[•·*-]\s*)?(\d{4})-(\d{2})-(\d{2})$")
_SENTENCE_END = (".", "!", ":", ";", ",", "…", "。", "！", "؟", "।", "”", "“", '"', "»")

# What a page template leaves behind when it fails: `$config[code] not found`, `{{ title }}`, `[gallery id=3]`.
_TEMPLATE_RESIDUE = re.compile(
    r"^(?:\$\w+(?:\[\w*\])+.*|\{\{.*\}\}|\{%.*%\}|<\?php.*|\[/?\w+(?:\s+\w+=.*)?\]|%\w+%|undefined|null|NaN)$"
)

# Labels that stand alone over something the page had and the copied text has not. Compared without case and
# without a colon at the end. Kinds: a table of contents, an author nobody named.
_CONTENTS_LABELS = frozenset(
    "contents|table of contents|in this article|on this page|spis treści|spisu treści|w tym artykule|turinys|"
    "straipsnio turinys|inhalt|inhaltsverzeichnis|sommaire|table des matières|índice|tabla de contenidos|indice|"
    "sommario|índice do artigo|inhoud|inhoudsopgave|obsah|innehåll|innehållsförteckning|indhold|innhold|sisältö|"
    "sisukord|saturs|зміст|содержание|оглавление|съдържание|tartalom|tartalomjegyzék|cuprins|sadržaj|kazalo|"
    "içindekiler|المحتويات|جدول المحتويات|目次|目录|목차".split("|")
)
_NO_AUTHOR_LABELS = frozenset(
    "anonim|anonimas|anonymous|anonyme|anónimo|anonimo|anônimo|anonym|anoniem|anonymní|аноним|анонім|admin|"
    "administrator|guest|unknown|unknown author|nieznany autor|nežinomas autorius|autor nieznany".split("|")
)
# Over an embedded video; what follows is its caption, if another heading follows that at once.
_VIDEO_LABELS = frozenset(
    "video of the day|featured video|dienos vaizdo įrašas|film dnia|wideo dnia|video des tages|vidéo du jour|"
    "vídeo del día|video del giorno|vídeo do dia|video van de dag|dagens video|відео дня|видео дня".split("|")
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text; `alone` if blank lines stand before and after it, as around a heading."""

    text: str
    alone: bool

    @property
    def key(self) -> str:
        """What it is compared by: no bullet, no colon at the end, no case."""
        return _unbulleted(self.text).rstrip(":").rstrip().casefold()

    @property
    def is_heading(self) -> bool:
        return (
            self.alone
            and len(self.text) <= MAX_HEADING_CHARS
            and not self.text.endswith(_SENTENCE_END)
            and not _BULLET.match(self.text)
            and not _STEP.match(self.text)
        )


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What a scraped text says: title and body, and the date if it stood above them."""

    title: str
    body: str
    markup: tuple[Span, ...]
    published: date | None


def clean_scraped(text: str) -> Cleaned:
    """Read scraped plain text as an article; an empty title means that there was no text.

    Blank lines separate paragraphs; the first line that is no date is the title.
    """
    text = _CONTROLS.sub(" ", text)
    lines = [line for at, line in enumerate(_lines(text)) if not _is_residue(line, at < BYLINE_LINES)]
    published = None
    while lines and (found := _iso_date(lines[0].text)):
        published = found
        del lines[0]
    if not lines:
        return Cleaned("", "", (), published)
    title = lines.pop(0)
    lines = [line for line in lines if line.key != title.key]
    lines = _without_doubled_lines(lines)
    lines = _without_contents(lines)
    lines = _without_videos(lines)
    body, markup = _structured(lines)
    return Cleaned(_unbulleted(title.text), body, markup, published)


def without_controls(line: str) -> str:
    """Return a title, a name or an address without control characters."""
    return " ".join(_CONTROLS.sub(" ", line).split()) if _CONTROLS.search(line) else line


def without_site_name(title: str, heading: str) -> str:
    """Return a page's title without what the site adds: the heading if it is one of the title's parts.

    "Tellers : Occupational Outlook Handbook" with the heading "Tellers" is "Tellers".
    """
    title, heading = " ".join(title.split()), " ".join(heading.split())
    # A heading may hold separators itself, and is several parts then.
    part = rf"(?:^|{_TITLE_SEPARATOR}){re.escape(heading.casefold())}(?:$|{_TITLE_SEPARATOR})"
    return heading if heading and re.search(part, title.casefold()) else title or heading


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    for block in re.split(r"\n[^\S\n]*\n\s*", text.replace("\r\n", "\n").replace("\r", "\n")):
        rows: list[list[str]] = []  # the lines of each row
        for row in (raw.strip() for raw in block.split("\n")):
            # A line that goes on in lower case continues a sentence that the copying broke.
            if rows and row[:1].islower() and not rows[-1][-1].endswith(_SENTENCE_END):
                rows[-1].append(row)
            elif row:
                rows.append([row])
        lines += (_Line(" ".join(row), len(rows) == 1) for row in rows)
    return lines


def _without_doubled_lines(lines: list[_Line]) -> list[_Line]:
    """Drop lines that stand twice in a row, and the teaser list they make up at the end.

    Nobody writes the same line twice running. A page does: the label and the caption of an embedded video,
    the picture's text and the link of a teaser. Before the text begins a pair is a caption, and goes; further down it
    may be a heading that was copied twice, and one line stays. Two or more at the end, each with a summary of at most
    one paragraph, are teasers for other articles: they go with their summaries and with the heading over them.
    """
    pairs = [at for at in range(len(lines) - 1) if lines[at].key == lines[at + 1].key]
    teasers = 0
    end = len(lines)
    for at in reversed(pairs):
        if end - at > 3:  # the two lines and one summary
            break
        teasers += end - at > 1  # not again for a line that stands three times
        end = at
    if teasers >= 2:
        if end and lines[end - 1].is_heading:
            end -= 1
        lines = lines[:end]
    begins = next((at for at, line in enumerate(lines) if not line.is_heading), len(lines))
    doubled = {at for at in pairs if at + 1 < len(lines)}
    captions = {at + 1 for at in doubled if at < begins}
    return [line for at, line in enumerate(lines) if at not in doubled and at not in captions]


def _without_contents(lines: list[_Line]) -> list[_Line]:
    """Drop a "contents" label, with the entries under it: lines that come again further down as headings."""
    kept: list[_Line] = []
    to_come = Counter(line.key for line in lines)  # how often each line stands in the rest of the text
    in_contents = False
    for line in lines:
        to_come[line.key] -= 1
        in_contents = line.key in _CONTENTS_LABELS or (in_contents and to_come[line.key] > 0)
        if not in_contents:
            kept.append(line)
    return kept


def _without_videos(lines: list[_Line]) -> list[_Line]:
    """Drop the label of an embedded video, and its caption: a heading that another heading follows at once."""
    kept: list[_Line] = []
    at = 0
    while at < len(lines):
        if lines[at].key not in _VIDEO_LABELS:
            kept.append(lines[at])
            at += 1
            continue
        at += 1
        if at + 1 < len(lines) and lines[at].is_heading and lines[at + 1].is_heading:
            at += 1
    return kept


def _structured(lines: list[_Line]) -> tuple[str, tuple[Span, ...]]:
    builder = BodyBuilder()
    for at, line in enumerate(lines):
        if step := _STEP.match(line.text):
            builder.start_block("step", step[1])
            builder.add(line.text[step.end() :])
        elif bullet := _BULLET.match(line.text):
            builder.start_block("item", "1")
            builder.add(line.text[bullet.end() :])
        elif at + 1 < len(lines) and line.is_heading:
            builder.start_block("heading", "2")
            builder.add(line.text)
        else:
            builder.start_block()
            builder.add(line.text)
    return builder.build()


def _is_residue(line: _Line, near_the_top: bool) -> bool:
    # A byline stands near the top; further down "Administrator" is what an article is about.
    byline = near_the_top and not _BULLET.match(line.text) and line.key in _NO_AUTHOR_LABELS
    return byline or bool(_TEMPLATE_RESIDUE.match(line.text))


def _unbulleted(line: str) -> str:
    return " ".join(_BULLET.sub("", line).split())


def _iso_date(line: str) -> date | None:
    match = _ISO_DATE.match(line.strip())
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
