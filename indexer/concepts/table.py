"""A compiled glossary, opened: its concepts by number, its terms as somebody types them, its automaton.

The file is mapped; nothing is read before it is asked for.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from corpus.glossary import Concept, Glossary
from indexer.analysis import query_analyzer
from indexer.beginnings import Beginnings
from indexer.codec.container import Array, Container
from indexer.concepts.compiling import BLANK, CAPITALS, EXACT, RULES, SYMBOL_BITS, TYPED
from indexer.concepts.texts import Texts
from indexer.concepts.wording import Wording, Wordings, wording
from indexer.errors import IndexDamaged
from indexer.storage import UNREADABLE

# The bytes of no text begin so: what is below it begins with the letters before it.
_AFTER_ALL = b"\xff"

# So many first letters of words are looked at before these are looked for.
BEGINNING_CHARS = 4

# Numbers of symbols that are kept; some 200 bytes each.
MAX_SYMBOLS = 10_000
# Concepts whose terms are remembered: each has some sixty. When there are more, all are forgotten.
MAX_CONCEPTS_READ = 500


class Entry(NamedTuple):
    """A term at the end of its path: its number, its concept's, its words as written, and what it asks of a text."""

    term: int
    concept: int
    forms: tuple[str, ...]
    exact: bool
    capitals: bool


class Term(NamedTuple):
    """A term: its number, its language, how the glossary writes it, whether it stands in articles about anything."""

    number: int
    language: str
    text: str
    everyday: bool


class ConceptTable:
    """A compiled glossary. Safe to share between threads.

    `typed` has its terms, by number, by the beginnings of their words. `symbol` returns the number of a symbol, None if
    no term has it: a word of a query has the same one in several languages, so answers are kept.
    """

    def __init__(self, file: Path) -> None:
        """Raises IndexDamaged if the file is missing or not whole."""
        try:
            self._container = container = Container(file)
            self.digest: str = container.facts["glossary"]
            self.languages: tuple[str, ...] = tuple(container.facts["languages"])
            self._topic_names: list[str] = container.facts["topics"]
            self._attributions: list[str] = container.facts["attributions"]
            self._ids, self._sources = Texts(container, "ids"), Texts(container, "sources")
            self._terms, self.typed = Texts(container, "terms"), Beginnings(container, TYPED)
            self.symbol = lru_cache(MAX_SYMBOLS)(Texts(container, "symbols").find)
            self._entry_forms = Texts(container, "entry_forms")
            # concept -> [start, end) of its topics, its own before second ones
            self._topics, self._concept_topics = container.array("topics").data, container.array("concept_topics").data
            self._concept_attributions = container.array("concept_attributions").data
            # concept -> the number of its broader one, counted from 1, or 0; earlier rules knew none
            self._broader = container.array("broader").data if "broader" in container else None
            # concept -> [start, end) of its terms
            self._concept_terms = container.array("concept_terms").data
            self._term_concepts = container.array("term_concepts").data
            self._term_languages = container.array("term_languages").data
            self._term_everyday = container.array("term_everyday").data
            # number of a language -> [start, end) of the words of its terms, sorted
            self._words, self._word_symbols = Texts(container, "words"), container.array("word_symbols").data
            self._word_languages = container.array("word_languages").data
            self._edges = container.array("edges").data
            # node -> [start, end) of its entries
            self._entries = container.array("entries").data
            self._entry_terms = container.array("entry_terms").data
            self._entry_flags = container.array("entry_flags").data
        except UNREADABLE as error:
            raise IndexDamaged(f"the compiled glossary cannot be opened: {error}") from None
        self._by_rules_of_today = container.facts.get("rules") == RULES
        self._begun: dict[str, frozenset[str]] = {}
        self._concepts_read: dict[int, dict[str, tuple[Term, ...]]] = {}
        # language -> the root of its automaton
        self._roots = {code: number for number, code in enumerate(self.languages)}

    def verify(self) -> None:
        """Read everything; raises IndexDamaged if a byte is not what was written."""
        self._container.verify()

    def is_of(self, glossary: Glossary) -> bool:
        """Tell whether it was compiled from this glossary, in the way in which it would be now."""
        return self.digest == glossary.digest and self._by_rules_of_today

    @cached_property
    def wordings(self) -> Wordings:
        """How all its terms are looked for; only what was compiled by the rules of today has that."""
        return Wordings(self._container)

    def wording(self, term: int) -> Wording:
        """Return how a term is looked for; its tokens may not say where they stood in it."""
        if self._by_rules_of_today:
            return self.wordings.of(term)
        language = self.languages[self._term_languages[term]]
        return wording(query_analyzer(language).tokens(self.term(term)))

    def __len__(self) -> int:
        """The number of concepts."""
        return len(self._ids)

    def terms_of(self, concept: int) -> Sequence[Term]:
        """Return the terms of a concept, in the order of their numbers; IndexError if there is no such concept."""
        return [term for terms in self.terms_by_language(concept).values() for term in terms]

    def terms_by_language(self, concept: int) -> Mapping[str, Sequence[Term]]:
        """Return language -> the terms of a concept, both as in `terms_of`; IndexError if there is no such concept."""
        known = self._concepts_read.get(concept)
        if known is None:
            first, last = self._concept_terms[concept], self._concept_terms[concept + 1]
            codes = [self.languages[number] for number in self._term_languages[first:last]]
            texts, everyday = self._terms.slice(first, last), self._term_everyday[first:last]
            rows = zip(range(first, last), codes, texts, everyday, strict=True)
            terms = [Term(number, code, text, bool(often)) for number, code, text, often in rows]
            known = {code: tuple(some) for code, some in groupby(terms, itemgetter(1))}
            if len(self._concepts_read) >= MAX_CONCEPTS_READ:
                self._concepts_read.clear()
            self._concepts_read[concept] = known
        return known

    def concept(self, number: int) -> Concept:
        """Return a concept; IndexError if there is none of that number."""
        terms: dict[str, list[str]] = {}
        everyday: dict[str, list[str]] = {}
        for term in self.terms_of(number):
            terms.setdefault(term.language, []).append(term.text)
            if term.everyday:
                everyday.setdefault(term.language, []).append(term.text)
        attribution = self._attributions[self._concept_attributions[number]]
        topic, *second = self.topics(number)
        return Concept(
            self._ids[number],
            topic,
            {language: tuple(texts) for language, texts in terms.items()},
            self._sources[number],
            attribution,
            tuple(second),
            {language: tuple(texts) for language, texts in everyday.items()},
            "" if (broader := self.broader(number)) is None else self._ids[broader],
        )

    def id(self, number: int) -> str:
        """Return the id of a concept."""
        return self._ids[number]

    def topics(self, number: int) -> tuple[str, ...]:
        """Return the topics of a concept: its own, then second ones."""
        start, end = self._concept_topics[number], self._concept_topics[number + 1]
        return tuple(self._topic_names[self._topics[at]] for at in range(start, end))

    def broader(self, number: int) -> int | None:
        """Return the number of the broader concept of one, None if it has none."""
        return self._broader[number] - 1 if self._broader is not None and self._broader[number] else None

    def is_ours(self, number: int) -> bool:
        """Tell whether a concept ships with the project."""
        return not self._attributions[self._concept_attributions[number]]

    def is_everyday(self, term: int) -> bool:
        """Tell whether a term is a word that stands in articles about anything."""
        return bool(self._term_everyday[term])

    def term(self, number: int) -> str:
        """Return a term as the glossary writes it."""
        return self._terms[number]

    @property
    def term_languages(self) -> Array:
        """The language of each term, as a number of `languages`."""
        return np.asarray(self._term_languages)

    @property
    def term_starts(self) -> Array:
        """Where each term begins in the bytes of all, and where the last one ends."""
        return self._terms.starts

    @property
    def term_concepts(self) -> Array:
        """The concept of each term; terms of one are neighbours, those of a language too, the preferred one first."""
        return np.asarray(self._term_concepts)

    def words_beginning(self, letters: str, language: str) -> Iterator[tuple[str, int]]:
        """Yield (folded word, number of its symbol) of words in a language's terms that begin so.

        Only where words may agree beside their stems are there any.
        """
        if letters[:BEGINNING_CHARS] not in self._beginnings(language):
            return  # as mostly, and in less time than to look for it
        number = self._roots[language]
        begin = letters.encode("utf-8", "replace")
        start, end = self._word_languages[number], self._word_languages[number + 1]
        first = self._words.first_not_below(begin, start, end)
        if first == end or not self._words.raw(first).startswith(begin):
            return
        last = self._words.first_not_below(begin + _AFTER_ALL, first, end)
        yield from zip(self._words.slice(first, last), self._word_symbols[first:last], strict=True)

    def _beginnings(self, language: str) -> frozenset[str]:
        """Return the first letters of the words in a language's terms, up to BEGINNING_CHARS of each word."""
        known = self._begun.get(language)
        if known is None:
            number = self._roots[language]
            words = self._words.slice(self._word_languages[number], self._word_languages[number + 1])
            whole = {word[:BEGINNING_CHARS] for word in words}
            known = self._begun[language] = frozenset(word[:end] for word in whole for end in range(len(word) + 1))
        return known

    def single_words(self, language: str) -> list[str]:
        """Return the folded forms of a language's terms that are one word; only the rules of today say which."""
        number = self._roots.get(language)
        return [] if number is None or not self._by_rules_of_today else self.wordings.single_forms(number)

    def root(self, language: str) -> int | None:
        """Return the node at which the terms of a language begin, or None if there are none."""
        return self._roots.get(language)

    def child(self, node: int, symbol: int) -> int | None:
        """Return the node to which a symbol leads, or None if no term goes on so."""
        edge = node << SYMBOL_BITS | symbol
        at = bisect_left(self._edges, edge)
        return at + len(self.languages) if at < len(self._edges) and self._edges[at] == edge else None

    def ends(self, node: int) -> bool:
        """Tell whether a term ends at a node."""
        return self._entries[node] < self._entries[node + 1]

    def entries(self, node: int) -> list[Entry]:
        """Return the terms that end at a node, in the order in which they claimed it."""
        found = []
        for at in range(self._entries[node], self._entries[node + 1]):
            term, flags = self._entry_terms[at], self._entry_flags[at]
            forms = tuple(self._entry_forms[at].split(BLANK))
            found.append(Entry(term, self._term_concepts[term], forms, bool(flags & EXACT), bool(flags & CAPITALS)))
        return found
