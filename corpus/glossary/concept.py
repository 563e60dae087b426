"""The concept: one thing that people look for, and what it is called in each language.

What is wrong with one is a `Flaw` that names file, concept, language and term; a flaw never hides another.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from corpus.languages import LANGUAGES, UNDETERMINED
from corpus.topics import TOPICS

# Bounds on what a file may say. The longest label of ESCO has 237 characters, the most in one language are 637.
MAX_TERM_CHARS = 250
MAX_TERMS = 1_000
MAX_ID_CHARS = 80

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Concept:
    """What one thing is called: `terms` maps a language to its terms, the preferred one first.

    `source` is the file of our own glossary, or the address at which somebody else's concept is described;
    `attribution` names who that is, and is empty for our own. `second_topics` are those that an article on this alone
    would be filed under besides `topic`. `everyday` are those of `terms` that people ask with, but that stand in
    articles about anything: they find the concept in a query, and say nothing of what an article is about. `broader` is
    the id of the concept on which an article will do where there is none on this one; empty if there is no such.
    """

    id: str
    topic: str
    terms: dict[str, tuple[str, ...]]
    source: str
    attribution: str = ""
    second_topics: tuple[str, ...] = ()
    everyday: dict[str, tuple[str, ...]] = field(default_factory=dict)  # language -> the last of its terms
    broader: str = ""

    @property
    def label(self) -> str:
        """The preferred English term, or that of the first language there is."""
        return self.terms.get("en", next(iter(self.terms.values())))[0]


@dataclass(frozen=True, slots=True, order=True)
class Flaw:
    """What is wrong with a glossary, and where; the parts that do not apply are empty."""

    source: str
    concept: str
    language: str
    term: str
    reason: str

    def __str__(self) -> str:
        place = ":".join(part for part in (self.source, self.concept, self.language, self.term) if part)
        return f"{place}: {self.reason}"


def concept_flaws(concept: Concept) -> Iterator[Flaw]:
    """Yield what is wrong with a concept taken by itself."""

    def flaw(reason: str, language: str = "", term: str = "") -> Flaw:
        return Flaw(concept.source, concept.id[:MAX_ID_CHARS], language[:20], term[:MAX_TERM_CHARS], reason)

    if not _ID.fullmatch(concept.id) or len(concept.id) > MAX_ID_CHARS:
        yield flaw(f"its id cannot be used; allowed are a-z, 0-9 and single hyphens, at most {MAX_ID_CHARS}.")
    if concept.topic not in TOPICS:
        yield flaw(f"topic {concept.topic[:40]!r} is not in the table; allowed are {', '.join(TOPICS)}.")
    for topic in concept.second_topics:
        if topic not in TOPICS:
            yield flaw(f"second topic {topic[:40]!r} is not in the table; allowed are {', '.join(TOPICS)}.")
    if len({concept.topic, *concept.second_topics}) <= len(concept.second_topics):
        yield flaw("a topic is there twice; name each once.")
    if not concept.terms:
        yield flaw("it has no terms; give at least one language a list of terms.")
    for language, terms in concept.terms.items():
        if language not in LANGUAGES or language == UNDETERMINED.code:
            yield flaw("no such language; allowed are the codes of corpus/languages.py.", language)
        if not 1 <= len(terms) <= MAX_TERMS:
            yield flaw(f"it has {len(terms)} terms; allowed are 1 to {MAX_TERMS}.", language)
        yield from (flaw(reason, language, term) for term, reason in _term_flaws(terms))


def _term_flaws(terms: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for term in terms:
        if not term.strip():
            yield term, "an empty term; remove it."
        elif len(term) > MAX_TERM_CHARS:
            yield term, f"a term of {len(term)} characters; allowed are {MAX_TERM_CHARS}."
        elif term != " ".join(term.split()) or not term.isprintable():
            yield term, "blanks at its ends or in a row, or a character that cannot be printed; remove them."
        elif term.casefold() in seen:
            yield term, "listed twice; remove one."
        seen.add(term.casefold())


def as_terms(table: Mapping[str, object]) -> dict[str, tuple[str, ...]] | None:
    """Return language -> terms from what a file holds, or None if it is anything but lists of text."""
    terms: dict[str, tuple[str, ...]] = {}
    for language, listed in table.items():
        if not isinstance(listed, list) or not all(isinstance(term, str) for term in listed):
            return None
        terms[language] = tuple(listed)
    return terms
