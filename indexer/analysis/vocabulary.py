"""Much text of one language -> tokens as arrays: each distinct span is analysed once, everything else is looked up.

The same tokens as the analyzer gives one text at a time. A span is a number, and its tokens are a slice of arrays.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus import LANGUAGES
from indexer.analysis.analyzer import Analyzer
from indexer.analysis.encoded import EncodedTexts
from indexer.analysis.spans import find_spans
from indexer.analysis.spanwords import words_of_spans
from indexer.analysis.termtable import Lines, TermTable
from indexer.codec.bytestrings import ByteStrings
from indexer.codec.container import starts_of
from indexer.codec.fields import ranges
from indexer.codec.growing import GrowingArray
from indexer.codec.interning import Interner

# Distinct spans that a process keeps, of all languages together; when there are more, all is forgotten after a segment.
# Some 700 bytes each, with the terms they stand for.
MAX_SPANS = 500_000
# Texts analysed together: arrays of this many bytes stay in the processor's caches.
BATCH_BYTES = 500_000

Numbers = npt.NDArray[np.int64]
Narrow = npt.NDArray[np.int32]


class WordPlaces(NamedTuple):
    """Where words begin in their texts, and how long they are, in characters."""

    starts: Narrow
    lengths: Narrow


@dataclass(frozen=True, slots=True)
class SpanArrays:
    """The spans of texts, by their numbers in the vocabulary, with their places; `bounds` are those of the texts."""

    numbers: Narrow
    places: WordPlaces
    bounds: Numbers


@dataclass(frozen=True, slots=True)
class TokenArrays:
    """The tokens of texts, by their terms, which are numbers of the vocabulary.

    `words` are in order, `counts` of them in each text; the position of a word is its place among those of its text.
    `joined` are several words together, each in a text, at the position of the first of them.
    """

    words: Narrow
    counts: Numbers
    joined: Narrow
    joined_texts: Numbers
    joined_positions: Numbers

    def lengths(self) -> Numbers:
        """Return how many tokens each text has."""
        lengths: Numbers = self.counts + np.bincount(self.joined_texts, minlength=len(self.counts))
        return lengths


class Vocabulary:
    """The spans of one language seen so far, by number, and the terms they stand for."""

    def __init__(self, language: str, backwards: bool = False) -> None:
        """With `backwards`, the stems of terms can be had read from their ends."""
        self._analyzer = Analyzer(LANGUAGES[language], 1)
        self.terms = TermTable(self._analyzer, backwards)
        self._spans = Interner()
        self._new: list[ByteStrings] = []  # of them, not analysed yet
        # Of each span that is one word from beginning to end, as most are: its term. Of others -1 - a number.
        self._words = GrowingArray(np.int32)
        # Of others, by that number: where their words begin, and how many they have; the same of what is joined.
        self._firsts, self._counts = GrowingArray(np.int64), GrowingArray(np.int64)
        self._joined_firsts, self._joined_counts = GrowingArray(np.int64), GrowingArray(np.int64)
        # Of each word of others: its term, and where it begins in the span, and how long it is.
        self._terms, self._starts, self._lengths = (GrowingArray(np.int32) for _ in range(3))
        # Of what is joined: its term, and its position in the span.
        self._joined, self._positions = GrowingArray(np.int32), GrowingArray(np.int32)

    def spans(self, texts: EncodedTexts) -> SpanArrays:
        """Return the spans of texts, those of the first text first."""
        starts, ends = find_spans(texts)
        numbers, new = self._spans.numbers(texts.bytes, starts, ends)
        if len(new):
            self._new.append(ByteStrings.runs(texts.bytes, starts[new], ends[new]))
        bounds = np.searchsorted(starts, texts.starts)
        return SpanArrays(numbers.astype(np.int32), _places(texts, starts, ends, np.diff(bounds)), bounds)

    def tokens(self, spans: SpanArrays) -> tuple[TokenArrays, WordPlaces]:
        """Return the tokens of texts, those of the first text first, and where their words stand.

        To analyse new spans takes less time for many at once: of several batches.
        """
        if self._new:
            self._learn(ByteStrings.joined(self._new))
            self._new.clear()
        bounds = spans.bounds
        terms = self._words.view().take(spans.numbers)
        begins, lengths = spans.places
        # Most spans are a word each; few are none, or several.
        others = np.flatnonzero(terms < 0)
        which = -1 - terms[others]
        counts = self._counts.view()[which]
        more = starts_of(counts - 1)
        firsts, bounds_of_words = others + more[:-1], bounds + more[np.searchsorted(others, bounds)]
        times = np.ones(len(terms), np.int64)
        times[others] = counts
        span_of = np.repeat(np.arange(len(terms)), times)
        words, begins, lengths = (column.take(span_of) for column in (terms, begins, lengths))
        here, there = ranges(firsts, counts), ranges(self._firsts.view()[which], counts)
        words[here] = self._terms.view()[there]
        begins[here] += self._starts.view()[there]
        lengths[here] = self._lengths.view()[there]
        counts = self._joined_counts.view()[which]
        there = ranges(self._joined_firsts.view()[which], counts)
        text_of = np.searchsorted(bounds, others, "right") - 1
        joined_positions = np.repeat(firsts - bounds_of_words[text_of], counts) + self._positions.view()[there]
        tokens = TokenArrays(
            words, np.diff(bounds_of_words), self._joined.view()[there], np.repeat(text_of, counts), joined_positions
        )
        return tokens, WordPlaces(begins, lengths)

    def _learn(self, strings: ByteStrings) -> None:
        """Analyse new spans; their numbers follow on those before."""
        spans = Lines.of(strings.lines())
        words, plain = words_of_spans(self._analyzer, spans.codes, spans.starts, spans.ends)
        terms = self.terms.numbers(words.forms)
        # The words of plain spans come first.
        count = np.count_nonzero(plain)
        others = np.cumsum(~plain) - 1
        numbers = -1 - len(self._counts) - others
        numbers[plain] = terms[:count]
        self._words.add(numbers)
        # What is left of the tokens, span by span.
        of_others = others[words.spans[count:]]
        order = count + np.argsort(of_others, kind="stable")
        of_others = others[words.spans[order]]
        joined = words.joined[order]
        for kind, firsts, counts, known in (
            (~joined, self._firsts, self._counts, self._terms),
            (joined, self._joined_firsts, self._joined_counts, self._joined),
        ):
            found = np.bincount(of_others[kind], minlength=len(plain) - count)
            firsts.add(starts_of(found)[:-1] + len(known))
            counts.add(found)
            known.add(terms[order[kind]])
        self._starts.add(words.starts[order[~joined]])
        self._lengths.add(words.lengths[order[~joined]])
        self._positions.add(words.positions[order[joined]])

    def __len__(self) -> int:
        """How many distinct spans there are."""
        return len(self._spans)


def _places(texts: EncodedTexts, starts: Numbers, ends: Numbers, counts: Numbers) -> WordPlaces:
    """Return where spans stand in their texts, each of which has so many."""
    begins = texts.chars(starts)
    of_texts = np.repeat(texts.chars(texts.starts[:-1]), counts)
    # No batch has as many as four bytes count.
    return WordPlaces((begins - of_texts).astype(np.int32), (texts.chars(ends) - begins).astype(np.int32))


def batches(texts: Sequence[bytes | memoryview]) -> Iterator[EncodedTexts]:
    """Yield all texts in order, so many together that they have BATCH_BYTES."""
    first = size = 0
    for at, text in enumerate(texts):
        size += len(text)
        if size >= BATCH_BYTES:
            yield EncodedTexts(texts[first : at + 1])
            first, size = at + 1, 0
    if first < len(texts):
        yield EncodedTexts(texts[first:])
