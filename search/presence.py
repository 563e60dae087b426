"""How many articles of a language have all the words of a text: before it is offered to a reader as a search.

Words count in any inflection, in titles and texts. What was found out is remembered while the index stays as it is.
"""

from collections.abc import Sequence

import numpy as np

from indexer.analysis import query_analyzer
from indexer.codec.container import Array
from indexer.codec.fields import ranges
from indexer.schema import body_field, title_field
from search.matching import hash_of
from search.occurrences import Words
from search.planning import Tier, written_runs
from search.segment import Segment, TextField
from search.snapshot import Snapshot

# Articles that are looked into for words in a row, of those of one segment that have them all.
MAX_READ = 100
# More than any position has.
POSITION_BITS = 24

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
    found = _terms(segment, language, hashes)
    if not all(any(map(len, terms)) for terms in found):
        return 0
    left = np.ones(segment.count, bool) if segment.live is None else segment.live.copy()
    fields = _fields(segment, language)
    for terms in found:
        here = np.zeros(segment.count, bool)
        for field, numbers in zip(fields, terms, strict=True):
            if field is not None and len(numbers):
                here[field.postings.documents[ranges(*field.postings.extents(numbers))]] = True
        left &= here
    return int(np.count_nonzero(left))


def _in_a_row(segment: Segment, language: str, hashes: Array) -> int:
    found = _terms(segment, language, hashes)
    rows = [
        _rows([Words(field, title, terms[at], [Tier.STEM] * len(terms[at])) for terms in found], segment)
        for at, (field, title) in enumerate(zip(_fields(segment, language), (True, False), strict=True))
        if field is not None and all(len(terms[at]) for terms in found)
    ]
    return len(np.unique(np.concatenate(rows))) if rows else 0


def _rows(words: Sequence[Words], segment: Segment) -> Array:
    """Return the first documents in which words stand one after the other."""
    documents = np.unique(words[-1].documents)
    for word in words[:-1]:
        documents = np.intersect1d(documents, word.documents)
    if segment.live is not None:
        documents = documents[segment.live[documents]]
    left: Array | None = None
    for at, word in enumerate(words):
        places = word.places(documents[:MAX_READ])
        here = (places.documents << POSITION_BITS) + places.positions - at
        left = here if left is None else np.intersect1d(left, here)
    assert left is not None
    return left >> POSITION_BITS


def _fields(segment: Segment, language: str) -> tuple[TextField | None, TextField | None]:
    return segment.field(title_field(language)), segment.field(body_field(language))


def _terms(segment: Segment, language: str, hashes: Array) -> list[tuple[Array, Array]]:
    """Return of each word the numbers of its terms, sorted, in titles and in bodies."""
    found = segment.lexicon.lookup(language, hashes)
    both = zip(found[::2], found[1::2], strict=True)
    return [
        (
            np.unique(np.concatenate([_NOTHING, *(terms.title for terms in pair if terms)])),
            np.unique(np.concatenate([_NOTHING, *(terms.body for terms in pair if terms)])),
        )
        for pair in both
    ]
