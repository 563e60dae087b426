"""Much text of one language -> tokens as arrays: each distinct span is analysed once, everything else is looked up.

The same tokens as the analyzer gives one text at a time. A span is a number, and its tokens are a slice of arrays.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class TokenArrays:
    """The tokens of texts, in order, one element a token.

    `terms` are numbers of the vocabulary; `positions`, `starts` and `lengths` say where in its text a token stands, in
    words and in characters; `joined` are the tokens of several words together. `counts` are the tokens of each text.
    """

    terms: Narrow
    positions: Narrow
    starts: Narrow
    lengths: Narrow
    joined: npt.NDArray[np.bool_]
    counts: Numbers

    @classmethod
    def end_to_end(cls, parts: Sequence["TokenArrays"]) -> "TokenArrays":
        """Put the tokens of several batches end to end."""
        columns = [[getattr(part, field.name) for part in parts] for field in dataclasses.fields(cls)]
        return cls(*map(np.concatenate, columns))


class Vocabulary:
    """The spans of one language seen so far, by number, and the terms they stand for."""

    def __init__(self, language: str, backwards: bool = False) -> None:
        """With `backwards`, the stems of terms can be had read from their ends."""
        self._analyzer = Analyzer(LANGUAGES[language], 1)
        self.terms = TermTable(self._analyzer, backwards)
        self._spans = Interner()
        # Of each span that is one word from beginning to end, as most are: its term. Of others -1 - a number.
        self._words = GrowingArray(np.int32)
        # Of others, by that number: where their tokens begin, how many they have, and how many positions these take.
        self._firsts = GrowingArray(np.int64)
        self._counts = GrowingArray(np.int64)
        self._taken = GrowingArray(np.int64)
        # Of each token of others: its term, and, in the span, its position, start, length and whether it is joined.
        self._tokens = GrowingArray(np.int32)
        self._inside = [GrowingArray(np.int32) for _ in range(3)]
        self._joined = GrowingArray(np.bool_)

    def tokens(self, texts: EncodedTexts) -> TokenArrays:
        """Return the tokens of texts, those of the first text first."""
        starts, ends = find_spans(texts)
        numbers, new = self._spans.numbers(texts.bytes, starts, ends)
        if len(new):
            self._learn(ByteStrings.runs(texts.bytes, starts[new], ends[new]))
        bounds = np.searchsorted(starts, texts.starts)
        sizes = np.diff(bounds)
        terms = self._words.view().take(numbers)
        others = np.flatnonzero(terms < 0)
        which = -1 - terms[others]
        # The position of a span counts the words of its text before it.
        words = np.ones(len(terms), np.int64)
        words[others] = self._taken.view()[which]
        before = starts_of(words)
        chars = texts.chars(starts)
        # No batch has as many as four bytes count.
        columns = [
            (before[:-1] - np.repeat(before[bounds[:-1]], sizes)).astype(np.int32),
            (chars - np.repeat(texts.chars(texts.starts[:-1]), sizes)).astype(np.int32),
            (texts.chars(ends) - chars).astype(np.int32),
        ]
        counts = np.ones(len(terms), np.int64)
        counts[others] = self._counts.view()[which]
        after = starts_of(counts)
        terms, positions, begins, lengths = (np.repeat(column, counts) for column in (terms, *columns))
        here, there = ranges(after[others], counts[others]), ranges(self._firsts.view()[which], counts[others])
        position, begin, length = (column.view()[there] for column in self._inside)
        terms[here] = self._tokens.view()[there]
        positions[here] += position
        begins[here] += begin
        lengths[here] = length
        joined = np.zeros(len(terms), bool)
        joined[here] = self._joined.view()[there]
        return TokenArrays(terms, positions, begins, lengths, joined, np.diff(after[bounds]))

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
        of_others = others[words.spans[count:]]
        order = np.argsort(of_others, kind="stable")
        positions, starts, lengths = (
            column[count:][order] for column in (words.positions, words.starts, words.lengths)
        )
        counts = np.bincount(of_others, minlength=len(plain) - count)
        firsts = starts_of(counts)
        # The last word of a span has its last position.
        taken = np.zeros(len(counts), np.int64)
        taken[counts > 0] = positions[firsts[1:][counts > 0] - 1] + 1
        self._firsts.add(firsts[:-1] + len(self._tokens))
        self._counts.add(counts)
        self._taken.add(taken)
        self._tokens.add(terms[count:][order])
        for known, column in zip(self._inside, (positions, starts, lengths), strict=True):
            known.add(column)
        self._joined.add(words.joined[count:][order])

    def __len__(self) -> int:
        """How many distinct spans there are."""
        return len(self._spans)


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
