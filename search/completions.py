"""Searches that a reader may have begun to type: what concepts are called, and words that many articles have.

Nothing is offered that finds nothing. A concept is offered by the term that was begun, in its language, if an article
has all of its words in that language, or those of what it is called in another. A word goes on with what was typed
before it only if some articles of its language have them in a row.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.analysis import query_analyzer
from indexer.codec.container import Array
from indexer.concepts import ConceptTable
from search.page import Suggestion
from search.presence import articles_with, articles_with_row
from search.snapshot import Snapshot
from search.titles import rank_of
from search.typed import Candidates, Typed, candidates, first, words_like

# Terms of concepts, and words, that are looked up in the index; others are not offered. Of one concept a second term is
# looked up as well: call center, call centre.
MAX_TERMS = 12
MAX_TERMS_OF_ONE = 2
MAX_WORDS = 8
# Words that are looked up in a row with what was typed before them.
MAX_ROWS = 4
# Where the term that was begun is nowhere, so many concepts are looked up by what they are called in each language.
MAX_ELSEWHERE = 2
# A term counts as so many letters longer for each one that its concept is called by before it.
LETTERS_A_PLACE = 4
# Articles that have to have the words typed before in a row with the one that completes them.
MIN_IN_A_ROW = 2

# A bound for what a key is made of, which is less.
_LONG = 1 << 12


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of a concept that was begun; `order` is by how well it fits what was typed and the reader."""

    number: int
    concept: int
    language: str
    order: int


def concepts(
    typed: Typed, prefer: Sequence[str], count: int, snapshot: Snapshot, mistyped: bool
) -> Iterator[Suggestion]:
    """Yield terms of concepts, one each, at most `count`: without typos first, then in the languages preferred.

    Of those the terms that go on as typed come first, then those that most articles have.
    """
    finders = snapshot.concepts
    if finders is None:
        return
    table = finders.table
    found = candidates(table.typed, typed.words, len(table.term_concepts), mistyped)
    if found is None:
        return
    offered: set[int] = set()
    for term in _by_articles(_best(found, prefer, table, snapshot), table, snapshot):
        if term.concept not in offered and len(offered) < count:
            offered.add(term.concept)
            yield Suggestion(table.term(term.number), "concept", term.language, concept=table.id(term.concept))


def _best(found: Candidates, prefer: Sequence[str], table: ConceptTable, snapshot: Snapshot) -> Iterator[_Term]:
    """Yield the terms that fit best: without typos, in languages preferred, going on as typed, short."""
    known = [code in prefer or code in snapshot.counts for code in table.languages]
    ranks = np.array([rank_of(code, prefer) for code in table.languages], np.int64)
    languages = table.term_languages[found.texts]
    orders = (found.typos.astype(np.int64) * (len(prefer) + 1) + ranks[languages]) * 2 + ~found.goes_on
    places = snapshot.memory.once("places of terms", lambda: _places(table))[found.texts]
    letters = np.diff(table.term_starts)[found.texts] + LETTERS_A_PLACE * places
    keys = orders * _LONG + np.minimum(letters, _LONG - 1)
    usable = np.flatnonzero(np.array(known, bool)[languages])
    seen: Counter[int] = Counter()
    for at in usable[first(keys[usable], 4 * MAX_TERMS)].tolist():
        number = int(found.texts[at])
        concept = int(table.term_concepts[number])
        if seen[concept] < MAX_TERMS_OF_ONE:
            seen[concept] += 1
            yield _Term(number, concept, table.languages[languages[at]], int(orders[at]))
            if seen.total() == MAX_TERMS:
                return


def words(typed: Typed, prefer: Sequence[str], count: int, snapshot: Snapshot, mistyped: bool) -> Iterator[Suggestion]:
    """Yield what was typed with its last word completed, at most `count`, in the order of `concepts`.

    Of several words with one stem it is the most common one.
    """
    table = snapshot.typed
    if table is None:
        return
    found = words_like(table.typed, typed.words[-1], mistyped)
    numbers, _, counts = table.typed.texts(found.words)
    typos = np.repeat(found.typos.astype(np.int64), counts)
    ranks = np.array([rank_of(code, prefer) for code in table.languages], np.int64)[table.term_languages[numbers]]
    keys = ((typos * (len(prefer) + 1) + ranks) << 32) - table.term_documents[numbers].astype(np.int64)
    seen: set[str] = set()
    for at in first(keys, MAX_ROWS if typed.before.strip() else MAX_WORDS).tolist():
        number = int(numbers[at])
        word, language = table.term(number), table.languages[table.term_languages[number]]
        stem = query_analyzer(language).word(word)[2]
        if stem not in seen and _goes_on(typed.before, word, language, snapshot):
            seen.add(stem)
            yield Suggestion(typed.before + word, "term", language)
            if len(seen) == count:
                return


def _goes_on(before: str, word: str, language: str, snapshot: Snapshot) -> bool:
    return not before.strip() or articles_with_row(before + word, language, snapshot) >= MIN_IN_A_ROW


def _by_articles(terms: Iterable[_Term], table: ConceptTable, snapshot: Snapshot) -> list[_Term]:
    """Return the terms that lead somewhere, those that fit as well by how many articles of their language have them."""
    found: list[tuple[int, int, _Term]] = []
    elsewhere = 0
    for term in terms:
        articles = articles_with(table.term(term.number), term.language, snapshot)
        if not articles and elsewhere < MAX_ELSEWHERE:
            elsewhere += 1
            articles = int(_is_named(term.concept, table, snapshot))
        if articles:
            found.append((term.order, -articles, term))
    return [term for _, _, term in sorted(found, key=lambda each: each[:2])]


def _is_named(concept: int, table: ConceptTable, snapshot: Snapshot) -> bool:
    """Tell whether any article has the words of what a concept is called in its language in the first place."""
    called = table.concept(concept).terms.items()
    return any(code in snapshot.counts and articles_with(terms[0], code, snapshot) for code, terms in called)


def _places(table: ConceptTable) -> Array:
    """Return how many terms of its concept and language stand before each term."""
    concepts, languages = table.term_concepts.astype(np.int64), table.term_languages.astype(np.int64)
    begins = np.append(True, (concepts[1:] != concepts[:-1]) | (languages[1:] != languages[:-1]))[: len(concepts)]
    numbers = np.arange(len(concepts))
    places: Array = numbers - np.maximum.accumulate(np.where(begins, numbers, 0))
    return places
