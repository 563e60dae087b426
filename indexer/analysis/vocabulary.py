"""Much text of one language -> tokens as arrays: each distinct span is analysed once, everything else is looked up.

The same tokens as the analyzer gives one text at a time. A span is a number, and its tokens are a slice of arrays;
so are a term's keys, by which queries find it: its stem and its plain stem.
"""

import dataclasses
import operator
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import compress

import numpy as np
import numpy.typing as npt

from corpus import LANGUAGES
from indexer.analysis.analyzer import Analyzer
from indexer.analysis.characters import UNSPACED, code_points
from indexer.analysis.growing import GrowingArray, GrowingStrings
from indexer.analysis.interning import Interner
from indexer.analysis.spans import find_spans
from indexer.analysis.tokenizer import MAX_WORD_CHARS
from indexer.codec.bytestrings import ByteStrings
from indexer.codec.container import Array, starts_of
from indexer.codec.fields import ranges

# Distinct spans that a process keeps, of all languages together; when there are more, all is forgotten after a segment.
# Some 700 bytes each, with the terms they stand for.
MAX_SPANS = 500_000
# Texts analysed together: arrays of this many code points stay in the processor's caches.
BATCH_CHARS = 500_000

# ʼ and ŉ count as letters, but hold an apostrophe: l and d may stand before it.
_NOT_PLAIN = re.compile(f"[ʼŉ{UNSPACED}]")

Numbers = npt.NDArray[np.int64]
Narrow = npt.NDArray[np.int32]
Hashes = npt.NDArray[np.uint64]


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


class _Numbering(dict[str, int]):
    """Gives texts numbers, in the order in which they are first asked for."""

    def __init__(self) -> None:
        self.new: list[str] = []  # since somebody last took them

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        self.new.append(text)
        return number

    def take_new(self) -> list[str]:
        new, self.new = self.new, []
        return new


class _Hashes(dict[str, int]):
    """The hashes of keys."""

    def __missing__(self, key: str) -> int:
        found = self[key] = key_hash(key)
        return found


class Vocabulary:
    """The spans and terms of one language seen so far, by number."""

    def __init__(self, language: str, backwards: bool = False) -> None:
        """With `backwards`, the stems of terms can be had read from their ends."""
        self._analyzer = Analyzer(LANGUAGES[language], 1)
        self._spans = Interner()
        self._terms = _Numbering()
        self._hashes = _Hashes()
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
        # Of each term: the hashes of its stem and its plain stem, and whether it is written with accents.
        self._stems = GrowingArray(np.uint64)
        self._plain_stems = GrowingArray(np.uint64)
        self._accented = GrowingArray(np.bool_)
        # The same terms, and without accents, and their stems read from the end.
        self._forms = GrowingStrings()
        self._folded = GrowingStrings()
        self._endings = GrowingStrings() if backwards else None

    def tokens(self, texts: Sequence[str]) -> TokenArrays:
        """Return the tokens of texts, those of the first text first."""
        found = [self._tokens_of(texts[first:last], first) for first, last in batches(texts)]
        if len(found) == 1:
            return found[0]
        columns = zip(*(dataclasses.astuple(part) for part in found), strict=True) if found else _NO_TOKENS
        return TokenArrays(*(np.concatenate(column) for column in columns))

    def _tokens_of(self, texts: Sequence[str], first: int) -> TokenArrays:
        text = "\n".join(texts)
        codes = code_points(text)
        starts, ends = find_spans(codes)
        numbers, new = self._spans.numbers(codes, starts, ends)
        if len(new):
            self._learn([text[start:end] for start, end in zip(starts[new].tolist(), ends[new].tolist(), strict=True)])
        begins = starts_of(np.array([len(each) + 1 for each in texts], np.int64))
        return self._expanded(numbers, starts, ends, begins, first)

    def _expanded(self, numbers: Numbers, starts: Numbers, ends: Numbers, begins: Numbers, first: int) -> TokenArrays:
        """Return the tokens of spans; `begins` are where the texts do, numbered from `first`."""
        counts, words = self._counts.view().take(numbers), self._words.view().take(numbers)
        bounds = np.searchsorted(starts, begins)
        sizes = np.diff(bounds)
        # The position of a span counts the words of its text before it.
        before = starts_of(words)
        columns: list[Array] = [
            np.repeat(np.arange(first, first + len(sizes)), sizes),
            before[:-1] - np.repeat(before[bounds[:-1]], sizes),
            starts - np.repeat(begins[:-1], sizes),
            ends - starts,
        ]
        rows: Array = self._firsts.view().take(numbers)
        plain = self._plain.view().take(numbers)
        if not (counts == 1).all():
            rows = ranges(rows, counts)
            columns, plain = [np.repeat(column, counts) for column in columns], np.repeat(plain, counts)
        texts, positions, inside, lengths = (column.astype(np.int32) for column in columns)
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

    def _learn(self, spans: list[str]) -> None:
        """Analyse new spans; their numbers follow on those before."""
        plain = np.array(_are_plain(spans), bool)
        forms = self._analyzer.forms(list(compress(spans, plain)))
        numbered = self._terms
        terms = np.fromiter(map(numbered.__getitem__, forms), np.int32, len(forms))
        # The tokens of spans that are no plain word, by columns.
        counts, words = np.ones(len(spans), np.int64), np.ones(len(spans), np.int64)
        rows: list[tuple[int, int, int, int, bool]] = []
        for at in np.flatnonzero(~plain).tolist():
            tokens = self._analyzer.words(spans[at])
            counts[at] = len(tokens)
            words[at] = tokens[-1].position + 1 if tokens else 0
            rows += (
                (numbered[token.spelling], token.position, token.start, token.end - token.start, token.joined)
                for token in tokens
            )
        firsts = starts_of(counts)
        self._firsts.add(firsts[:-1] + len(self._tokens))
        self._counts.add(counts)
        self._words.add(words)
        self._plain.add(plain)
        of_plain = np.zeros(int(firsts[-1]), bool)
        of_plain[firsts[:-1][plain]] = True
        columns = np.zeros((5, len(of_plain)), np.int32)
        columns[0, of_plain] = terms
        columns[:, ~of_plain] = np.array(rows, np.int32).reshape(-1, 5).T
        self._tokens.add(columns[0])
        for known, column in zip(self._inside, columns[1:4], strict=True):
            known.add(column)
        self._joined.add(columns[4].astype(bool))
        self._learn_terms()

    def _learn_terms(self) -> None:
        forms = self._terms.take_new()
        folded, stems, plain = self._analyzer.compared(forms)
        for known, keys in ((self._stems, stems), (self._plain_stems, plain)):
            known.add(np.fromiter(map(self._hashes.__getitem__, keys), np.uint64, len(keys)))
        self._accented.add(np.fromiter(map(operator.ne, folded, forms), bool, len(forms)))
        self._forms.add(ByteStrings.of_lines(_lines(forms)))
        self._folded.add(ByteStrings.of_lines(_lines(folded)))
        if self._endings is not None:
            reverse = np.arange(len(stems))[::-1]
            self._endings.add(ByteStrings.of_lines("".join(f"\n{stem}" for stem in stems)[::-1]).take(reverse))

    def terms(self) -> ByteStrings:
        """Return the terms by number."""
        return self._forms.view()

    def folded(self, terms: Array) -> ByteStrings:
        """Return terms without their accents."""
        return self._folded.view().take(terms)

    def endings(self, terms: Array) -> ByteStrings | None:
        """Return the stems of terms read from the end, None if that was not asked for."""
        return None if self._endings is None else self._endings.view().take(terms)

    def keys_of(self, terms: Array) -> tuple[Hashes, Hashes, npt.NDArray[np.bool_]]:
        """Return of each term: the hash of its stem, that of its plain stem, and whether it is written with accents."""
        return self._stems.view()[terms], self._plain_stems.view()[terms], self._accented.view()[terms]

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


def _lines(texts: Sequence[str]) -> str:
    return "\n".join([*texts, ""])


def key_hash(key: str) -> int:
    """Return 64 bits that stand for a stem; two of a language's stems share them about never."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _are_plain(spans: Sequence[str]) -> list[bool]:
    """Return of each span whether it is one word of nothing but letters and digits."""
    plain = [span.isalnum() and len(span) <= MAX_WORD_CHARS for span in spans]
    if _NOT_PLAIN.search("".join(spans)):
        return [is_plain and not _NOT_PLAIN.search(span) for is_plain, span in zip(plain, spans, strict=True)]
    return plain
