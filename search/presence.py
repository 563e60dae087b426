"""How many articles of a language have all the words of a text: before it is offered to a reader as a search.

Words count in any inflection, in titles and texts. What was found out is remembered while the index stays as it is.
"""

from collections.abc import Sequence

import numpy as np

from indexer.analysis import query_analyzer, written_runs
from indexer.arrays import are_among, union
from indexer.codec.container import Array
from indexer.schema import body_field, title_field
from search.matching import hash_of
from search.occurrences import Words, documents_of, keys_of
from search.planning import Pattern
from search.segment import Segment, TextField
from search.snapshot import Snapshot

# Articles that are looked into for words in a row, of those of one segment that have them all.
MAX_READ = 100
_NOTHING: Array = np.zeros(0, np.int64)


def articles_with(text: str, language: str, snapshot: Snapshot) -> int:
    """Return how many articles of a language have all the words of a text, wherever they stand."""
    return _counted("articles with", text, language, snapshot)


def articles_with_row(text: str, language: str, snapshot: Snapshot) -> int:
    """Return how many articles of a language have the words of a text in a row, of the first that have them at all."""
    return _counted("articles with row", text, language, snapshot)


def _counted(kind: str, text: str, language: str, snapshot: Snapshot) -> int:
    def count() -> int:
        words = written_runs(query_analyzer(language).tokens(text))
        hashes = np.array([hash_of(stem) for word in words for stem in (word.stem, word.plain)], np.uint64)
        articles = _in_a_row if kind == "articles with row" and len(words) > 1 else _with_all
        found = (articles(segment, language, hashes) for segment in snapshot.segments_with(language)) if words else ()
        return sum(found)

    return snapshot.memory.once((kind, text, language), count)


def _with_all(segment: Segment, language: str, hashes: Array) -> int:
    """Return how many documents have all the words; of each there are two hashes, of its stem and its plain stem."""
    if not segment.lexicon.has(language, hashes).reshape(-1, 2).any(axis=1).all():
        return 0
    left = np.ones(segment.count, bool) if segment.live is None else segment.live.copy()
    fields = _fields(segment, language)
    for terms in _terms(segment, language, hashes):
        here = np.zeros(segment.count, bool)
        for field, title, numbers in zip(fields, (True, False), terms, strict=True):
            if field is not None and len(numbers):
                here[_words(field, title, numbers).documents] = True
        left &= here
    return int(np.count_nonzero(left))


def _in_a_row(segment: Segment, language: str, hashes: Array) -> int:
    found = _terms(segment, language, hashes)
    rows = [
        _rows([_words(field, title, terms[at]) for terms in found], segment)
        for at, (field, title) in enumerate(zip(_fields(segment, language), (True, False), strict=True))
        if field is not None and all(len(terms[at]) for terms in found)
    ]
    return len(np.unique(np.concatenate(rows))) if rows else 0


def _rows(words: Sequence[Words], segment: Segment) -> Array:
    """Return the first documents in which words stand one after the other."""
    documents = union([words[-1].documents], segment.count)
    for word in words[:-1]:
        _, there = word.among(documents)
        documents = documents[union([there], len(documents))]
    if segment.live is not None:
        documents = documents[segment.live[documents]]
    documents = documents[:MAX_READ]
    begun = words[0].places(documents)
    left = keys_of(begun.documents, begun.positions, words[0].title, mixed=True)
    for at, word in enumerate(words[1:], 1):
        left = left[are_among(left + at, word.keys(documents))]
    return documents_of(left)


def _words(field: TextField, title: bool, numbers: Array) -> Words:
    return Words(field, title, numbers, Pattern())


def _fields(segment: Segment, language: str) -> tuple[TextField | None, TextField | None]:
    return segment.field(title_field(language)), segment.field(body_field(language))


def _terms(segment: Segment, language: str, hashes: Array) -> list[tuple[Array, Array]]:
    """Return of each word the numbers of its terms, sorted, in titles and in bodies."""
    found = segment.lexicon.lookup(language, hashes.tolist())
    both = zip(found[::2], found[1::2], strict=True)
    return [
        (
            _together([terms.title for terms in pair if terms]),
            _together([terms.body for terms in pair if terms]),
        )
        for pair in both
    ]


def _together(numbers: Sequence[Array]) -> Array:
    if not numbers:
        return _NOTHING
    alike = np.array_equal(numbers[0], numbers[-1])
    return numbers[0] if alike else np.unique(np.concatenate(numbers))
