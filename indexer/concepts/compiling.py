"""A glossary into one file of a generation: every term analysed once, and all of them one automaton.

The automaton is a trie over symbols (`comparison.symbols`), with a root for each language. Its nodes are numbered level
by level, and within a level by parent and symbol: so the edges, sorted, lead to the nodes in their order, and where an
edge leads need not be stored. At the node where a term ends stand its entries: which term it is, and its words as
written, for those of a text to agree with.

Where two concepts have the same term, the first claims it: ours before imported ones, and of those what one is called
in the first place before what another is called besides.
"""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np

from corpus import LANGUAGES, TOPICS
from corpus.glossary import Glossary
from indexer.analysis import Analyzer
from indexer.analysis.characters import is_paired
from indexer.beginnings import write_beginnings
from indexer.codec.container import Array, ContainerWriter, narrowest, starts_of
from indexer.concepts.comparison import ending_chars_beside_stems, min_shared_chars
from indexer.concepts.inflection import is_inflected
from indexer.concepts.spelling import Spelling, hasty_spellings, spellings
from indexer.concepts.texts import write_texts
from indexer.concepts.wording import WordingsWriter, wording

# Raise it with every change of comparison, spelling or of this module that changes what is written.
RULES = 10

# Flags of an entry.
EXACT = 1
CAPITALS = 2

# An edge is the node it leaves and, in so many bits below, the number of its symbol.
SYMBOL_BITS = 32

# The table of terms by the beginnings of their words.
TYPED = "typed"

# What separates the words of an entry; no word holds a blank.
BLANK = " "


@dataclass(frozen=True, slots=True)
class Claim:
    """A term that a concept could not have, because it is another's; numbers of concepts."""

    concept: int
    language: str
    term: str
    claimed_by: int


@dataclass(slots=True)
class _Trie:
    """The automaton while it grows; nodes by number, the first ones being the roots of the languages."""

    nodes: int
    symbols: dict[str, int] = field(default_factory=dict)  # symbol -> number
    children: dict[int, int] = field(default_factory=dict)  # node << SYMBOL_BITS | symbol -> node
    entries: dict[int, list[tuple[int, Spelling]]] = field(default_factory=dict)  # node -> (term, spelling)

    def node(self, root: int, path: tuple[str, ...]) -> int:
        node = root
        for symbol in path:
            number = self.symbols.setdefault(symbol, len(self.symbols))
            edge = node << SYMBOL_BITS | number
            child = self.children.get(edge)
            if child is None:
                child = self.children[edge] = self.nodes
                self.nodes += 1
            node = child
        return node


class GlossaryCompiler:
    """Compiles a glossary. `claims` tells afterwards which terms went to another concept."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._concepts = glossary.concepts
        self._languages = sorted({code for concept in self._concepts for code in concept.terms})
        self._roots = {code: number for number, code in enumerate(self._languages)}
        # All terms in the order of concepts, of their languages, of the terms there.
        self._terms = [
            (number, code, term)
            for number, concept in enumerate(self._concepts)
            for code, terms in concept.terms.items()
            for term in terms
        ]
        # Those of queries remember fewer words than there are here.
        self._analyzers = {code: Analyzer(LANGUAGES[code]) for code in self._languages}
        self._trie = _Trie(len(self._languages))
        self._words: set[tuple[int, str, str]] = set()  # number of a language, a word of a term, its symbol
        self.claims: list[Claim] = []
        for number in self._in_order_of_claims():
            concept, code, term = self._terms[number]
            other = self._enter(number, spellings(term, self._analyzers[code]))
            if other is not None:
                self.claims.append(Claim(concept, code, term, other))
        # That two terms are the same when typed in haste is no flaw of theirs: it is the one that comes first.
        for number in self._in_order_of_claims():
            _, code, term = self._terms[number]
            self._enter(number, hasty_spellings(term, self._analyzers[code]))

    def _in_order_of_claims(self) -> Iterator[int]:
        def rank(number: int) -> tuple[bool, bool]:
            concept, code, term = self._terms[number]
            theirs = bool(self._concepts[concept].attribution)
            return theirs, theirs and term != self._concepts[concept].terms[code][0]

        return iter(sorted(range(len(self._terms)), key=rank))

    def _enter(self, number: int, found: list[Spelling]) -> int | None:
        """Enter a term by these spellings, and return the concept that has one of them already, if another does."""
        concept, code, _ = self._terms[number]
        claimed_by = None
        for spelling in found:
            if ending_chars_beside_stems(LANGUAGES[code]):
                words = zip(spelling.forms, spelling.symbols, strict=True)
                self._words |= {(self._roots[code], *word) for word in words if _may_have_ending(word[0], code)}
            entries = self._trie.entries.setdefault(self._trie.node(self._roots[code], spelling.symbols), [])
            alike = [(self._terms[other][0], known.forms) for other, known in entries if _alike(spelling, known, code)]
            others = [other for other, _ in alike if other != concept]
            if others:
                claimed_by = others[0]
            elif (concept, spelling.forms) not in alike:
                entries.append((number, spelling))
        return claimed_by

    def compiled(self) -> bytes:
        """Return the bytes of the file."""
        file = BytesIO()
        writer = ContainerWriter(file)
        attributions = sorted({concept.attribution for concept in self._concepts})
        self._write_concepts(writer, attributions)
        self._write_terms(writer)
        self._write_trie(writer)
        writer.finish(
            {
                "rules": RULES,
                "glossary": self._glossary.digest,
                "languages": self._languages,
                "topics": list(TOPICS),
                "attributions": attributions,
            }
        )
        return file.getvalue()

    def _write_concepts(self, writer: ContainerWriter, attributions: list[str]) -> None:
        topics = list(TOPICS)
        write_texts(writer, "ids", [concept.id for concept in self._concepts])
        write_texts(writer, "sources", [concept.source for concept in self._concepts])
        every = [[concept.topic, *concept.second_topics] for concept in self._concepts]
        writer.add("topics", _numbers([topics.index(topic) for listed in every for topic in listed]))
        writer.add("concept_topics", narrowest(starts_of(_numbers([len(listed) for listed in every]))))
        writer.add(
            "concept_attributions", _numbers([attributions.index(concept.attribution) for concept in self._concepts])
        )
        numbers = {concept.id: number for number, concept in enumerate(self._concepts, start=1)}
        writer.add("broader", narrowest(_numbers([numbers.get(concept.broader, 0) for concept in self._concepts])))
        counts = _numbers([sum(map(len, concept.terms.values())) for concept in self._concepts])
        writer.add("concept_terms", narrowest(starts_of(counts)))

    def _write_terms(self, writer: ContainerWriter) -> None:
        write_texts(writer, "terms", [term for _, _, term in self._terms])
        writer.add("term_concepts", narrowest(_numbers([concept for concept, _, _ in self._terms])))
        writer.add("term_languages", narrowest(_numbers([self._roots[code] for _, code, _ in self._terms])))
        everyday = [int(term in self._concepts[concept].everyday.get(code, ())) for concept, code, term in self._terms]
        writer.add("term_everyday", narrowest(_numbers(everyday)))
        wordings = WordingsWriter(len(self._languages))
        # For suggestions: the terms by the beginnings of their words.
        words: dict[str, int] = {}
        rows: list[tuple[int, int, int]] = []
        for number, (_, code, term) in enumerate(self._terms):
            found = wording(self._analyzers[code].tokens(term))
            wordings.add(number, self._roots[code], found)
            rows += (
                (words.setdefault(run.folded, len(words)), number, run.position) for run in found.runs if run.folded
            )
        wordings.write(writer)
        owners, terms, positions = np.array(rows, np.int64).reshape(-1, 3).T
        write_beginnings(writer, TYPED, list(words), owners, terms, positions)

    def _write_trie(self, writer: ContainerWriter) -> None:
        trie = self._trie
        ordered = sorted(trie.symbols, key=str.encode)
        rank = np.empty(len(ordered), np.uint64)
        for number, symbol in enumerate(ordered):
            rank[trie.symbols[symbol]] = number
        write_texts(writer, "symbols", ordered)
        words = sorted(self._words)
        write_texts(writer, "words", [word for _, word, _ in words])
        writer.add("word_symbols", _numbers([int(rank[trie.symbols[symbol]]) for _, _, symbol in words]))
        counts = Counter(number for number, _, _ in words)
        writer.add("word_languages", narrowest(starts_of(_numbers([counts[at] for at in self._roots.values()]))))
        edges, renumbered = _by_levels(trie, len(self._languages), rank)
        writer.add("edges", edges)
        by_node: list[list[tuple[int, Spelling]]] = [[] for _ in range(trie.nodes)]
        for node, entries in trie.entries.items():
            by_node[renumbered[node]] = entries
        writer.add("entries", narrowest(starts_of(_numbers([len(entries) for entries in by_node]))))
        every = [entry for entries in by_node for entry in entries]
        writer.add("entry_terms", narrowest(_numbers([term for term, _ in every])))
        flags = [EXACT * spelling.exact | CAPITALS * spelling.capitals for _, spelling in every]
        writer.add("entry_flags", narrowest(_numbers(flags)))
        write_texts(writer, "entry_forms", [BLANK.join(spelling.forms) for _, spelling in every])


@lru_cache(maxsize=1)
def compiled(glossary: Glossary) -> bytes:
    """Return a compiled glossary; the last one is kept, for a process that builds again."""
    return GlossaryCompiler(glossary).compiled()


def write_compiled(glossary: Glossary, file: Path) -> None:
    """Write a compiled glossary, and have it on the disk. Until the caller names it, nobody reads it."""
    with file.open("wb") as opened:
        opened.write(compiled(glossary))
        opened.flush()
        os.fsync(opened.fileno())


def _may_have_ending(word: str, code: str) -> bool:
    return len(word) >= min_shared_chars(LANGUAGES[code]) and word.isalpha() and not is_paired(word)


def _alike(spelling: Spelling, other: Spelling, code: str) -> bool:
    if spelling.exact or other.exact:
        return spelling.forms == other.forms and spelling.capitals == other.capitals
    pairs = zip(spelling.forms, other.forms, strict=True)
    return all(is_inflected(form, term, code) or is_inflected(term, form, code) for form, term in pairs)


def _by_levels(trie: _Trie, roots: int, rank: Array) -> tuple[Array, list[int]]:
    """Return the edges in order, and the new number of each node; the roots keep theirs."""
    parents = np.empty(trie.nodes - roots, np.int64)
    symbols = np.empty(trie.nodes - roots, np.uint64)
    for edge, child in trie.children.items():
        parents[child - roots] = edge >> SYMBOL_BITS
        symbols[child - roots] = rank[edge & ((1 << SYMBOL_BITS) - 1)]
    renumbered = np.arange(trie.nodes, dtype=np.uint64)
    level = np.zeros(trie.nodes, bool)
    level[:roots] = True
    edges = []
    at = roots
    while len(found := np.flatnonzero(level[parents])):
        keys = renumbered[parents[found]] << np.uint64(SYMBOL_BITS) | symbols[found]
        order = np.argsort(keys)
        nodes = found[order] + roots
        renumbered[nodes] = np.arange(at, at + len(nodes), dtype=np.uint64)
        at += len(nodes)
        edges.append(keys[order])
        level = np.zeros(trie.nodes, bool)
        level[nodes] = True
    return np.concatenate(edges) if edges else np.zeros(0, np.uint64), renumbered.tolist()


def _numbers(numbers: list[int]) -> Array:
    return np.array(numbers, dtype=np.int64)
