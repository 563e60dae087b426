"""What an operator wants said with some topics or words: a helpline above results on burnout, for example.

Notices are a TOML file (`KARJERA_NOTICES`), read once at start:

    [[notice]]
    topics = ["wellbeing"]            # chosen, typed as topic:…, or those of the article
    concepts = ["burnout"]            # of the glossary, by id: in any language, inflected
    words = ["wypalen*", "burn out"]  # in the query or the title; * is any ending, accents do not matter
    languages = ["pl"]                # only for readers of these; without, for all
    text = "Potrzebujesz rozmowy? Zadzwoń: 116 123."
    link = "https://example.org/pomoc"

One of topics, concepts and words has to be there; any of them is enough. What is wrong with the file, an unknown
concept too, is an error at start: a notice that silently fails to show is worse.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import process

from corpus import LANGUAGES, TOPICS, UNDETERMINED
from corpus.errors import SettingsError
from corpus.glossary.concept import MAX_ID_CHARS
from corpus.markup import safe_link
from corpus.toml import read_operators_file
from indexer.analysis import query_analyzer
from search.request import language_code

MAX_NOTICES = 500
MAX_TEXT_CHARS = 1_000
# More would push the results off the screen.
MAX_SHOWN = 3
# How like another id one has to be to be named as what was meant; of 100.
MIN_ALIKE = 60

_KEYS = ("topics", "concepts", "words", "languages", "text", "link")


@dataclass(frozen=True, slots=True)
class Notice:
    """A text to show. `concepts` are ids, `words` rows of (folded form, whether any ending may follow)."""

    text: str
    link: str = ""
    topics: frozenset[str] = frozenset()
    words: tuple[tuple[tuple[str, bool], ...], ...] = ()
    languages: tuple[str, ...] = ()
    concepts: frozenset[str] = frozenset()

    def fits(
        self, text: Sequence[str], topics: Iterable[str], languages: Iterable[str], concepts: Iterable[str]
    ) -> bool:
        """Tell whether to show it with a text (folded forms), topics or concepts, to a reader of these languages."""
        if self.languages and not set(self.languages).intersection(languages):
            return False
        if self.topics.intersection(topics) or self.concepts.intersection(concepts):
            return True
        return any(_stands_in(row, text) for row in self.words)


def fitting(
    notices: Sequence[Notice],
    text: str,
    topics: Iterable[str],
    languages: Iterable[str],
    concepts: Iterable[str] = (),
) -> tuple[Notice, ...]:
    """Return the notices to show, at most MAX_SHOWN, in the order of the file; `concepts` are those the text names."""
    if not notices:
        return ()
    words, topics, languages, concepts = _folded(text), list(topics), list(languages), list(concepts)
    return tuple(notice for notice in notices if notice.fits(words, topics, languages, concepts))[:MAX_SHOWN]


def read_notices(path: Path | None, concepts: Callable[[], Collection[str]] = tuple) -> tuple[Notice, ...]:
    """Read a file of notices, none without one; raises SettingsError, which says what to put right.

    `concepts` returns the ids of the glossary, and is asked if a notice names a concept.
    """
    if path is None:
        return ()
    table = read_operators_file(path, f"KARJERA_NOTICES, {path},", "Unset it, or put it right.")
    unknown = sorted(table.keys() - {"notice"})
    rows = table.get("notice", [])
    if unknown or not isinstance(rows, list):
        shown = unknown[0] if unknown else "notice"
        raise SettingsError(f"KARJERA_NOTICES, {path}, has {shown!r}; allowed are tables [[notice]].")
    if len(rows) > MAX_NOTICES:
        raise SettingsError(f"KARJERA_NOTICES, {path}, has {len(rows)} notices; allowed are {MAX_NOTICES}.")
    notices = tuple(_notice(row, f"KARJERA_NOTICES, {path}, notice {at}") for at, row in enumerate(rows, start=1))
    if any(notice.concepts for notice in notices):
        ids = concepts()
        for at, notice in enumerate(notices, start=1):
            for id in sorted(notice.concepts.difference(ids)):
                raise SettingsError(f"KARJERA_NOTICES, {path}, notice {at}: {_unknown(id, ids)}")
    return notices


def _unknown(id: str, ids: Collection[str]) -> str:
    nearest = process.extractOne(id[:MAX_ID_CHARS], ids)
    meant = f"; did you mean {nearest[0]!r}?" if nearest and nearest[1] >= MIN_ALIKE else "."
    said = f"the glossary has no concept {id[:MAX_ID_CHARS]!r}{meant}"
    return f"{said} `karjera glossary show TEXT` tells the id of what a text names."


def _notice(row: Any, where: str) -> Notice:
    if not isinstance(row, dict) or (unknown := sorted(row.keys() - set(_KEYS))):
        shown = repr(unknown[0]) if isinstance(row, dict) else "no table"
        raise SettingsError(f"{where}: {shown} is no key; allowed are {', '.join(_KEYS)}.")
    text, link = row.get("text"), row.get("link", "")
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_TEXT_CHARS:
        raise SettingsError(f"{where}: text is missing or too long; allowed are 1 to {MAX_TEXT_CHARS} characters.")
    if not isinstance(link, str) or (link and not safe_link(link)):
        raise SettingsError(f"{where}: link is {link!r}; allowed is an address of http, https or mailto.")
    topics = _list(row, "topics", where)
    for topic in topics:
        if topic not in TOPICS:
            raise SettingsError(f"{where}: topic {topic!r} is not known; allowed are {', '.join(TOPICS)}.")
    concepts = frozenset(_list(row, "concepts", where))
    words = tuple(_row(phrase, where) for phrase in _list(row, "words", where))
    if not (topics or concepts or words):
        raise SettingsError(f"{where}: nothing says when to show it; give topics, concepts or words.")
    languages = tuple(_language(tag, where) for tag in _list(row, "languages", where))
    return Notice(text.strip(), link, frozenset(topics), words, languages, concepts)


def _list(row: dict[str, Any], key: str, where: str) -> list[str]:
    values = row.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise SettingsError(f"{where}: {key} is {values!r}; allowed is a list of texts.")
    return values


def _language(tag: str, where: str) -> str:
    code = language_code(tag)
    if code is None:
        raise SettingsError(f"{where}: language {tag!r} is not known; allowed are {', '.join(LANGUAGES)}.")
    return code


def _row(phrase: str, where: str) -> tuple[tuple[str, bool], ...]:
    row = tuple((form, part.endswith("*")) for part in phrase.split() for form in _folded(part.rstrip("*")))
    if not row:
        raise SettingsError(f"{where}: {phrase!r} has no word in it.")
    return row


def _folded(text: str) -> list[str]:
    return [token.folded for token in query_analyzer(UNDETERMINED.code).tokens(text) if not token.joined]


def _stands_in(row: Sequence[tuple[str, bool]], text: Sequence[str]) -> bool:
    return any(
        all(
            word.startswith(form) if any_ending else word == form
            for (form, any_ending), word in zip(row, text[at:], strict=False)
        )
        for at in range(len(text) - len(row) + 1)
    )
