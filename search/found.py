"""What was found of a group of a query in the documents of a segment: which have it, and of those asked about how often
and how well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.codec.container import Array
from search.arrays import joined, places_among, union
from search.occurrences import FIELD_WEIGHTS, Postings, Row, Together, Words, normalised
from search.segment import Segment
from search.snapshot import LanguageStatistics

# In the number of a document and its part; a segment has fewer.
_DOCUMENT_BITS = 32


@dataclass(frozen=True, slots=True)
class Others:
    """What the other words for a word of the query find: words as one in a field, rows, and those `together`.

    Which of them an article has is all the same: they count as one.
    """

    words: Sequence[Words] = ()
    rows: Sequence[Row] = ()
    together: Sequence[Together] = ()


NO_OTHERS = Others()


class Found:
    """The documents of a segment that have a group of the query, and how; they are sorted, and none is deleted.

    How often and how well is computed only for the documents that somebody asks about.
    """

    def __init__(
        self,
        patterns: Sequence[Sequence[Words | Row]],
        others: Others,
        segment: Segment,
        statistics: LanguageStatistics,
    ) -> None:
        """`patterns` have what was found by each of the reader's own words, `others` by the other words for them."""
        self.sources = (*(source for sources in patterns for source in sources), *others.words, *others.rows)
        self._patterns: Sequence[Sequence[Words | Row | Together]] = patterns
        if others.words or others.rows:
            self._patterns = [*patterns, (*others.words, *others.together)]
        self._own = patterns
        self._segment = segment
        self._means = {True: statistics.mean_title, False: statistics.mean_body}
        self.documents: Array = self._having(self._patterns)

    def _having(self, patterns: Sequence[Sequence[Words | Row | Together]]) -> Array:
        live = self._segment.live
        documents = union([each.documents for sources in patterns for each in sources], self._segment.count)
        return documents if live is None else documents[live[documents]]

    @property
    def own(self) -> Array:
        """The documents that have it in one of the reader's own words."""
        return self.documents if self._own is self._patterns else self._having(self._own)

    @property
    def written(self) -> bool:
        """Tell whether it stands somewhere as it was typed."""
        return any(
            self._segment.live is None or bool(self._segment.live[documents].any())
            for source in self.sources
            if isinstance(source, Words)
            for documents in source.exactly()
        )

    def counted(self, documents: Array) -> tuple[Array, Array]:
        """Return (frequencies, weights) of documents, sorted: `counted`, of one."""
        return counted([(self, documents)])

    def postings(self, documents: Array) -> Iterator[tuple[int, Postings, float]]:
        """Yield (number of a pattern, postings, mean length of their field), of documents, sorted, and maybe others."""
        for number, sources in enumerate(self._patterns):
            for source in sources:
                postings = source.postings(documents)
                if len(postings.documents):
                    yield number, postings, self._means[source.title]


def counted(found: Sequence[tuple[Found, Array]]) -> tuple[Array, Array]:
    """Return (frequencies, weights) of the documents of several parts, each sorted, end to end; 0 without the group.

    Frequencies are normalised by field and length and weighted by tier; weights are those of the best way in which it
    was found. The fields of a pattern add up, and of several patterns the most counts: they often find the same words.
    The other words for a concept are as one pattern.
    """
    # All postings of all parts as one array: to begin with each takes longer than what is to be done.
    wanted, documents, frequencies, weights, lengths, facts = [], [], [], [], [], []
    for part, (there, some) in enumerate(found):
        first = part << _DOCUMENT_BITS
        wanted.append(some + first)
        for pattern, each, mean in there.postings(some):
            documents.append(each.documents + np.int64(first))
            frequencies.append(each.frequencies)
            weights.append(each.weights)
            lengths.append(each.lengths)
            facts.append((pattern, mean, *FIELD_WEIGHTS[each.title]))
    count = sum(map(len, wanted))
    if not count or not documents:
        return np.zeros(count), np.zeros(count)
    chosen, at = places_among(joined(documents), joined(wanted))
    sizes = list(map(len, documents))
    owners = np.repeat(np.arange(len(facts)), sizes)[chosen] if len(facts) > 1 else 0
    patterns, means, field_weights, b = np.array(facts)[owners].T
    weight = _weights_of(weights, sizes)[chosen]
    counts = normalised(joined(frequencies)[chosen] * weight, joined(lengths)[chosen] / means, field_weights, b)
    best = np.zeros(count)
    np.maximum.at(best, at, weight)
    highest = 1 + max(pattern for pattern, *_ in facts)
    if highest == 1:
        return np.bincount(at, counts, count), best
    by_pattern = np.bincount(patterns.astype(np.int64) * count + at, counts, highest * count)
    return by_pattern.reshape(highest, count).max(axis=0), best


def _weights_of(weights: Sequence[Array | float], sizes: Sequence[int]) -> Array:
    """Return weights end to end, each as often as its size says; an array has that many."""
    every = np.repeat([each if isinstance(each, float) else 0.0 for each in weights], sizes)
    first = 0
    for each, size in zip(weights, sizes, strict=True):
        if not isinstance(each, float):
            every[first : first + size] = each
        first += size
    return every
