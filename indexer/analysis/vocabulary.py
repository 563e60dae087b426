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
from indexer.analysis.characters import code_points
from indexer.analysis.spans import find_spans
from indexer.analysis.spanwords import words_of_spans
from indexer.analysis.termtable import Lines, TermTable
from indexer.codec.container import Array, starts_of
from indexer.codec.fields import ranges
from indexer.codec.growing import GrowingArray
from indexer.codec.interning import CodePoints, Interner

# Distinct spans that a process keeps, of all languages together; when there are more, all is forgotten after a segment.
# Some 700 bytes each, with the terms they stand for.
MAX_SPANS = 500_000
# Texts analysed together: arrays of this many code points stay in the processor's caches.
BATCH_CHARS = 500_000

Numbers = npt.NDArray[np.int64]
Narrow = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class TokenArrays:
    """The tokens of texts, in order, one element a token.

    `terms` are numbers of the vocabulary; `texts` says in which text a token stands, `positions`, `starts` and
    `lengths` where in it, in words and in characters; `joined` are the tokens of several words together.
    """

    terms: Narrow
    texts: Narrow
    positions: Narrow
    starts: Narrow
    lengths: Narrow
    joined: npt.NDArray[np.bool_]


_NO_TOKENS = [(np.zeros(0, np.int32),)] * 5 + [(np.zeros(0, bool),)]


class Vocabulary:
    """The spans of one language seen so far, by number, and the terms they stand for."""

    def __init__(self, language: str, backwards: bool = False) -> None:
        """With `backwards`, the stems of terms can be had read from their ends."""
        self._analyzer = Analyzer(LANGUAGES[language], 1)
        self.terms = TermTable(self._analyzer, backwards)
        self._spans = Interner()
        # Of each span: where its tokens begin, how many it has, and how many positions they take.
        self._firsts = GrowingArray(np.int32)
        self._counts = GrowingArray(np.int32)
        self._words = GrowingArray(np.int32)
        # Of each span whether it is one word, the same from beginning to end.
        self._plain = GrowingArray(np.bool_)
        # Of each token of a span: its term, and, in the span, its position, start, length and whether it is joined.
        self._tokens = GrowingArray(np.int32)
        self._inside = [GrowingArray(np.int32) for _ in range(3)]
        self._joined = GrowingArray(np.bool_)

    def tokens(self, texts: Sequence[str]) -> TokenArrays:
        """Return the tokens of texts, those of the first text first."""
        found = [self._tokens_of(texts[first:last], first) for first, last in batches(texts)]
        if len(found) == 1:
            return found[0]
        columns = zip(*(dataclasses.astuple(part) for part in found), strict=True) if found else _NO_TOKENS
        return TokenArrays(*(np.concatenate(column) for column in columns))

    def _tokens_of(self, texts: Sequence[str], first: int) -> TokenArrays:
        codes = code_points("\n".join(texts))
        starts, ends = find_spans(codes)
        numbers, new = self._spans.numbers(codes, starts, ends)
        if len(new):
            self._learn(codes, starts[new], ends[new])
        begins = starts_of(np.array([len(each) + 1 for each in texts], np.int64))
        return self._expanded(numbers, starts, ends, begins, first)

    def _expanded(self, numbers: Numbers, starts: Numbers, ends: Numbers, begins: Numbers, first: int) -> TokenArrays:
        """Return the tokens of spans; `begins` are where the texts do, numbered from `first`."""
        counts, words = self._counts.view().take(numbers), self._words.view().take(numbers)
        bounds = np.searchsorted(starts, begins)
        sizes = np.diff(bounds)
        # The position of a span counts the words of its text before it. No batch has as many as four bytes count.
        before, begin, end, origins = (part.astype(np.int32) for part in (starts_of(words), starts, ends, begins[:-1]))
        columns: list[Narrow] = [
            np.repeat(np.arange(first, first + len(sizes), dtype=np.int32), sizes),
            before[:-1] - np.repeat(before[bounds[:-1]], sizes),
            begin - np.repeat(origins, sizes),
            end - begin,
        ]
        rows: Array = self._firsts.view().take(numbers)
        plain = self._plain.view().take(numbers)
        if not (counts == 1).all():
            rows = ranges(rows, counts)
            columns, plain = [np.repeat(column, counts) for column in columns], np.repeat(plain, counts)
        texts, positions, inside, lengths = columns
        joined = np.zeros(len(rows), bool)
        odd = np.flatnonzero(~plain)
        if len(odd):
            of_odd = rows[odd]
            position, start, length = (column.view()[of_odd] for column in self._inside)
            positions[odd] += position
            inside[odd] += start
            lengths[odd] = length
            joined[odd] = self._joined.view()[of_odd]
        return TokenArrays(self._tokens.view().take(rows), texts, positions, inside, lengths, joined)

    def _learn(self, codes: CodePoints, starts: Numbers, ends: Numbers) -> None:
        """Analyse new spans; their numbers follow on those before."""
        words, plain = words_of_spans(self._analyzer, codes, starts, ends)
        terms = self.terms.numbers(Lines.of(words.forms))
        order = np.argsort(words.spans, kind="stable")
        positions = words.positions[order]
        counts = np.bincount(words.spans, minlength=len(starts))
        firsts = starts_of(counts)
        # The last word of a span has its last position.
        taken = np.zeros(len(starts), np.int64)
        taken[counts > 0] = positions[firsts[1:][counts > 0] - 1] + 1
        self._firsts.add(firsts[:-1] + len(self._tokens))
        self._counts.add(counts)
        self._words.add(taken)
        self._plain.add(plain)
        self._tokens.add(terms[order])
        for known, column in zip(self._inside, (positions, words.starts[order], words.lengths[order]), strict=True):
            known.add(column)
        self._joined.add(words.joined[order])

    def __len__(self) -> int:
        """How many distinct spans there are."""
        return len(self._spans)


def batches(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (first, last + 1) of texts that together have BATCH_CHARS."""
    first = chars = 0
    for at, text in enumerate(texts):
        chars += len(text)
        if chars >= BATCH_CHARS:
            yield first, at + 1
            first, chars = at + 1, 0
    if first < len(texts):
        yield first, len(texts)
