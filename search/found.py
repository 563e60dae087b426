"""What was found of a group of a query in the documents of a segment: which have it, and of those asked about how often
and how well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.arrays import joined, places_among, union
from indexer.codec.container import Array
from search.occurrences import FIELD_WEIGHTS, Postings, Row, Words, normalised
from search.segment import Segment
from search.snapshot import LanguageStatistics

# In the number of a document and its part; a segment has fewer.
_DOCUMENT_BITS = 32

# Of no more documents, what other words find is put together and kept.
MAX_FEW_DOCUMENTS = 1_000


@dataclass(frozen=True, slots=True)
class Others:
    """What the other words for a word of the query find: words as one in a field, and rows.

    Which of them an article has is all the same: they count as one. `documents` are those that have any, sorted, the
    deleted ones too, and `counted` says how often.
    """

    words: Sequence[Words]
    rows: Sequence[Row]
    documents: Array
    counted: Sequence[Words | Postings]

    @classmethod
    def of(cls, words: Sequence[Words], rows: Sequence[Row], segment: Segment) -> "Others":
        """Return what some words find, which are all found in the same way."""
        by_field = ([row for row in rows if row.title is title] for title in (False, True))
        counted: list[Words | Postings] = [*words, *(Postings.of_rows(some) for some in by_field if some)]
        # Field by field, as in every segment: numbers that are added up in another order are not quite the same.
        counted.sort(key=lambda each: each.title)
        documents = union([each.documents for each in counted], segment.count)
        if len(documents) <= MAX_FEW_DOCUMENTS:
            counted = [each.postings(each.documents) for each in counted]
        return cls(words, rows, documents, counted)

    @property
    def are_few(self) -> bool:
        """Tell whether it takes little room to keep them."""
        return len(self.documents) <= MAX_FEW_DOCUMENTS


class Found:
    """The documents of a segment that have a group of the query, and how; they are sorted, and none is deleted.

    How often and how well is computed only for the documents that somebody asks about.
    """

    def __init__(
        self,
        patterns: Sequence[Sequence[Words | Row]],
        others: Others | None,
        segment: Segment,
        statistics: LanguageStatistics,
        share: float = 1.0,
    ) -> None:
        """`patterns` have what was found by each of the reader's own words, `others` by the other words for them.

        Of what they weigh, they count this share.
        """
        self._share = share
        self.sources: tuple[Words | Row, ...] = tuple(source for sources in patterns for source in sources)
        self._patterns: Sequence[Sequence[Words | Row | Postings]] = patterns
        self._own = patterns
        self._segment = segment
        self._means = {True: statistics.mean_title, False: statistics.mean_body}
        if others:
            self.sources = (*self.sources, *others.words, *others.rows)
            self._patterns = [*patterns, others.counted]
        found = others.documents if others and not patterns else self._having(others)
        self.documents: Array = self._live(found)

    def _having(self, others: Others | None) -> Array:
        documents = [source.documents for sources in self._own for source in sources]
        return union([*documents, others.documents] if others else documents, self._segment.count)

    def _live(self, documents: Array) -> Array:
        live = self._segment.live
        return documents if live is None else documents[live[documents]]

    @property
    def own(self) -> Array:
        """The documents that have it in one of the reader's own words."""
        if self._own is self._patterns:
            return self.documents
        return self._live(self._having(None))

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
                if self._share != 1:
                    postings = postings._replace(weights=self._share * postings.weights)
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
