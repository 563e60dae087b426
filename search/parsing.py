"""What a person typed -> what they ask for. Nothing they type is an error: what is not syntax is words.

    call center          both words
    "call center"        the phrase; any kind of quotation mark
    -stress              not this word (or -"phrase")
    CV OR résumé         one of them
    stres*               words that begin so
    title:burnout        in the title (or title:"phrase")
    lang:pl topic:pay    only these; a language or topic nobody knows is words

Words come out as the analyser will see them: call-center is one operand with two runs, and a run of a script
without spaces one operand for each bigram.
"""

import re
from dataclasses import dataclass, field

from corpus import TOPICS, Settings, language_for
from indexer.analysis.tokenizer import words

# Opening marks with what closes them; „a” and „a“, “a” and »a« are all in use.
_QUOTES = {'"': '"', "„": '”“"', "“": "”“", "”": "”", "«": "»", "»": "«", "「": "」", "『": "』", "＂": "＂"}
_FIELD = re.compile(r"(lang|topic|title):(?=\S)", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Operand:
    """One thing to look for: a word, or a phrase, or the beginning of a word; anywhere or in the title."""

    text: str
    phrase: bool = False
    prefix: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Operands any of which will do; `label` is how the person wrote them."""

    label: str
    operands: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query taken apart. An article should match every group, must match no excluded operand."""

    groups: tuple[Group, ...] = ()
    excluded: tuple[Operand, ...] = ()
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # what was left out because of a limit


@dataclass(slots=True)
class _Collected:
    groups: list[Group] = field(default_factory=list)
    excluded: list[Operand] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    joins_next: bool = False  # an OR was read, and waits for its right side


def parse(query: str, settings: Settings) -> ParsedQuery:
    """Take a query apart; never raises. Beyond the limits of the settings it is cut, and a note says so."""
    notes = []
    if len(query) > settings.max_query_chars:
        query = query[: settings.max_query_chars]
        notes.append(f"Only the first {settings.max_query_chars} characters of the query were used.")
    found = _Collected()
    at = 0
    while at < len(query):
        if query[at].isspace():
            at += 1
            continue
        at = _read_operand(query, at, found)
    if found.joins_next:
        _add_words("OR", found, title=False)
    if len(found.groups) + len(found.excluded) > settings.max_query_words:
        notes.append(f"Only the first {settings.max_query_words} words of the query were used.")
        found.groups = found.groups[: settings.max_query_words]
        found.excluded = found.excluded[: settings.max_query_words - len(found.groups)]
    return ParsedQuery(
        tuple(dict.fromkeys(found.groups)),
        tuple(dict.fromkeys(found.excluded)),
        tuple(dict.fromkeys(found.languages)),
        tuple(dict.fromkeys(found.topics)),
        tuple(notes),
    )


def _read_operand(query: str, at: int, found: _Collected) -> int:
    """Read what begins at query[at], which is no blank, and return where it ends."""
    start = at
    excluded = query[at] in "-−" and at + 1 < len(query) and not query[at + 1].isspace()
    if excluded:
        at += 1
    name = ""
    if match := _FIELD.match(query, at):
        name = match[1].lower()
        at = match.end()
    closing = _QUOTES.get(query[at], "")
    end = next((i for i in range(at + 1, len(query)) if query[i] in closing), -1) if closing else -1
    if end > 0:
        text, next_at, quoted = query[at + 1 : end], end + 1, True
    else:
        # An unclosed quotation mark is no syntax; \S+ stops before the next phrase, as in -a"b c".
        blank = _BLANKS.search(query, at)
        next_at = blank.start() if blank else len(query)
        text, quoted = query[at:next_at], False
    if name in ("lang", "topic"):
        chosen = _filter_value(name, text)
        if chosen and not excluded:
            (found.languages if name == "lang" else found.topics).append(chosen)
            return next_at
        text, name = query[start:next_at].lstrip("-−"), ""
        quoted = False
    if text == "OR" and not (excluded or quoted or name):
        if found.groups and not found.joins_next:
            found.joins_next = True
        else:
            _add_words(text, found, title=False)
        return next_at
    if excluded:
        operand = _whole_operand(text, quoted, name == "title")
        if operand:
            found.excluded.append(operand)
    elif found.joins_next:
        _join(_whole_operand(text, quoted, name == "title"), query[start:next_at], found)
    elif quoted:
        operand = _whole_operand(text, quoted, name == "title")
        if operand:
            found.groups.append(Group(query[start:next_at], (operand,)))
    else:
        _add_words(text, found, title=name == "title")
    return next_at


def _filter_value(name: str, text: str) -> str | None:
    if name == "topic":
        return text.lower() if text.lower() in TOPICS else None
    language = language_for(text)
    return language.code if language else None


def _join(operand: Operand | None, label: str, found: _Collected) -> None:
    found.joins_next = False
    if operand:
        left = found.groups.pop()
        found.groups.append(Group(f"{left.label} OR {label}", (*left.operands, operand)))


def _whole_operand(text: str, quoted: bool, title: bool) -> Operand | None:
    """Return one operand for all of a text: a phrase if it is more than one word."""
    units = _units(text)
    if not units:
        return None
    if quoted or len(units) > 1:
        return Operand(text, phrase=True, title=title)
    return Operand(units[0], prefix=_is_prefix(text), title=title)


def _add_words(text: str, found: _Collected, title: bool) -> None:
    units = _units(text)
    for at, unit in enumerate(units):
        prefix = _is_prefix(text) and at == len(units) - 1
        label = ("title:" if title else "") + unit + ("*" if prefix else "")
        found.groups.append(Group(label, (Operand(unit, prefix=prefix, title=title),)))


def _is_prefix(text: str) -> bool:
    return len(text) > 1 and text.endswith("*") and (text[-2].isalnum() or text[-2] == "*")


def _units(text: str) -> list[str]:
    """Return the words of a text as they are looked for: joined words as one, bigrams without the last character."""
    found = list(words(text))
    joined = [(word.start, word.end) for word in found if word.joined]
    units: list[tuple[int, int]] = []
    for word in found:
        covered = any(start <= word.start and word.end <= end for start, end in joined)
        overlaps = bool(units) and word.start < units[-1][1]
        if word.joined or not (covered or overlaps) or (overlaps and not covered and word.end > units[-1][1]):
            units.append((word.start, word.end))
    return [text[start:end] for start, end in units]
