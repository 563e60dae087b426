"""What a person typed -> what they ask for. Nothing they type is an error: what is not syntax is words.

    call center          both words
    "call center"        the phrase; in any double quotation marks
    -stress              not this word (or -"phrase")
    CV OR résumé         one of them
    stres*               words that begin so
    title:burnout        in the title (or title:"phrase")
    lang:pl topic:pay    only these (or -lang:pl: all but these); a language or topic nobody knows is words

Words come out as the analyser will see them: call-center is one operand with two runs, and a run of a script
without spaces one operand for each bigram.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from corpus import Settings
from indexer.analysis.characters import MARKS
from indexer.analysis.tokenizer import Word, words
from search.request import language_code, topic_id

# Opening marks with what closes them; „a” and „a“, “a” and »a« are all in use.
_QUOTES = {'"': '"', "„": '”“"', "“": "”“", "”": "”", "«": "»", "»": "«", "「": "」", "『": "』", "＂": "＂"}
_FIELD = re.compile(r"(lang|topic|title):(?=\S)", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
# A word, with the marks of its last letter, and a star.
_PREFIX = re.compile(rf"[^\W_][{MARKS}]*\*$")


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
class Excluded:
    """What must not be there; `label` is how the person wrote it."""

    label: str
    operand: Operand


NoteKind = Literal["characters", "words", "no words", "costly", "spellings"]
_NOTES: dict[NoteKind, str] = {
    "characters": "Only the first {} characters of the query were used.",
    "words": "Only the first {} words of the query were used.",
    "costly": "Left out, because it would be looked for in too much: {word}",
    "spellings": "Other spellings were looked for of the first {} unknown words only.",
    "no words": "There is no word in the query, so these are all the articles, the newest first.",
}


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader should know of how the query was taken; `str` says it in English.

    `limit` is the one reached, `word` what it is about, as the person wrote it.
    """

    kind: NoteKind
    limit: int = 0
    word: str = ""

    def __str__(self) -> str:
        return _NOTES[self.kind].format(self.limit, word=self.word)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query taken apart. An article should match every group, must match no excluded operand.

    What is typed twice is one group; then `typed` are all of them in the order in which they were, else it is empty.
    """

    groups: tuple[Group, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    other_languages: tuple[str, ...] = ()  # those asked for by -lang:
    other_topics: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()  # what was left out because of a limit
    typed: tuple[Group, ...] = ()

    def words(self, numbers: Sequence[int]) -> str:
        """Return neighbouring groups, by number, as they were typed, with what came again between them."""
        groups = [self.groups[number] for number in numbers]
        if self.typed:
            firsts = sorted(self.typed.index(group) for group in groups if group in self.typed)
            groups = list(self.typed[firsts[0] : firsts[-1] + 1]) if firsts else groups
        return " ".join(group.label for group in groups)


@dataclass(slots=True)
class _Collected:
    groups: list[Group] = field(default_factory=list)
    excluded: list[Excluded] = field(default_factory=list)
    filters: dict[tuple[str, bool], list[str]] = field(default_factory=dict)  # (lang or topic, excluded) -> values
    last: Operand | None = None  # all of what was typed last, if it is words and can stand left of an OR
    last_groups: int = 0  # how many groups it became
    joins_next: bool = False  # an OR was read, and waits for its right side


def parse(query: str, settings: Settings) -> ParsedQuery:
    """Take a query apart; never raises. Beyond the limits of the settings it is cut, and a note says so."""
    notes: list[Note] = []
    limit = settings.max_query_words
    if len(query) > settings.max_query_chars:
        query = query[: settings.max_query_chars]
        notes.append(Note("characters", settings.max_query_chars))
    found = _Collected()
    at = 0
    while at < len(query):
        at = at + 1 if query[at].isspace() else _read_operand(query, at, found)
    if found.joins_next:
        _add_words("OR", found, title=False)
    groups = _within(limit, tuple(dict.fromkeys(found.groups)))
    excluded = _within(limit, tuple(dict.fromkeys(Group(one.label, (one.operand,)) for one in found.excluded)))
    if groups.cut or excluded.cut:
        notes.append(Note("words", limit))
    if query.strip() and not (groups.groups or excluded.groups or found.filters):
        notes.append(Note("no words"))

    def values(name: str, without: bool) -> tuple[str, ...]:
        return tuple(dict.fromkeys(found.filters.get((name, without), ())))

    return ParsedQuery(
        groups.groups,
        tuple(Excluded(group.label, operand) for group in excluded.groups for operand in group.operands),
        values("lang", False),
        values("topic", False),
        values("lang", True),
        values("topic", True),
        tuple(notes),
        tuple(found.groups) if len(set(found.groups)) < len(found.groups) else (),
    )


@dataclass(frozen=True, slots=True)
class _Cut:
    """Groups within a limit, and whether anything was cut off for it."""

    groups: tuple[Group, ...]
    cut: bool


def _within(limit: int, groups: tuple[Group, ...]) -> _Cut:
    """Keep so many words of groups, those of phrases included; a phrase may be cut in its middle."""
    kept: list[Group] = []
    for group in groups:
        operands: list[Operand] = []
        for operand in group.operands:
            runs = _runs(operand.text)
            if len(runs) > limit:
                if limit:
                    cut = replace(operand, text=operand.text[: runs[limit - 1].end], prefix=False)
                    kept.append(Group(group.label, (*operands, cut)))
                elif operands:
                    kept.append(Group(group.label, tuple(operands)))
                return _Cut(tuple(kept), True)
            limit -= len(runs)
            operands.append(operand)
        kept.append(Group(group.label, tuple(operands)))
    return _Cut(tuple(kept), False)


def _runs(text: str) -> list[Word]:
    """Return the words of a text that each are looked for: not the half of a pair of characters at the end of a run."""
    found: list[Word] = []
    for word in words(text):
        if not (word.joined or (found and word.start < found[-1].end >= word.end)):
            found.append(word)
    return found


def _read_operand(query: str, at: int, found: _Collected) -> int:
    """Read what begins at query[at], which is no blank, and return where it ends."""
    start = at
    # A minus excludes only at the beginning of a word: not in "South Africa"-Bewegung.
    apart = at == 0 or query[at - 1].isspace()
    excluded = apart and query[at] in "-−" and at + 1 < len(query) and not query[at + 1].isspace()
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
    else:  # an unclosed quotation mark is no syntax
        blank = _BLANKS.search(query, at)
        next_at = blank.start() if blank else len(query)
        text, quoted = query[at:next_at], False
    label = query[start:next_at]
    if name in ("lang", "topic"):
        meant = _filter_values(name, text)
        if meant:
            found.filters.setdefault((name, excluded), []).extend(meant)
            found.joins_next, found.last = False, None  # an OR beside a filter joins nothing
            return next_at
        text, name, quoted = label.lstrip("-−"), "", False
    title = name == "title"
    if text == "OR" and not (excluded or quoted or name):
        if found.last and not found.joins_next:
            found.joins_next = True
        else:
            _add_words(text, found, title=False)
        return next_at
    operand = _whole_operand(text, quoted, title)
    if excluded:
        if operand:
            found.excluded.append(Excluded(label.lstrip("-−"), operand))
        found.joins_next, found.last = False, None
    elif operand and found.joins_next:
        _join(operand, label, found)
    elif operand and quoted:
        found.groups.append(Group(label, (operand,)))
        found.last, found.last_groups = operand, 1
    elif operand:
        _add_words(text, found, title)
    return next_at


def _filter_values(name: str, text: str) -> list[str]:
    """Return the languages or topics that a text lists; nothing unless each is known."""
    meant = [(language_code if name == "lang" else topic_id)(part) for part in text.split(",") if part]
    return [value for value in meant if value] if all(meant) else []


def _join(operand: Operand, label: str, found: _Collected) -> None:
    left = found.groups[-found.last_groups :]
    assert found.last
    # What is left of the OR may have become several groups (a run without spaces); here it is one again.
    operands = left[0].operands if len(left) == 1 else (found.last,)
    del found.groups[-found.last_groups :]
    before = left[0].label if len(left) == 1 else found.last.text
    found.groups.append(Group(f"{before} OR {label}", (*operands, operand)))
    found.joins_next, found.last, found.last_groups = False, operand, 1


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
    found.last, found.last_groups = _whole_operand(text, False, title), len(units)


def _is_prefix(text: str) -> bool:
    return bool(_PREFIX.search(text))


@lru_cache(maxsize=256)
def _units(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are looked for: joined words as one, bigrams without the last character."""
    # Asked several times of each word of a query, and then no more.
    found = list(words(text))
    joined = [(word.start, word.end) for word in found if word.joined]
    units: list[tuple[int, int]] = []
    for word in found:
        covered = any(start <= word.start and word.end <= end for start, end in joined)
        overlaps = bool(units) and word.start < units[-1][1]
        if word.joined or not (covered or overlaps) or (overlaps and not covered and word.end > units[-1][1]):
            units.append((word.start, word.end))
    return tuple(text[start:end] for start, end in units)
