"""Much text of one language -> tokens as arrays: each distinct span is analysed once, everything else is looked up.

The same tokens as the analyzer gives one text at a time. A span is a number, and its tokens are a slice of arrays;
so are a term's keys, by which queries find it: its stem and its plain stem.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from corpus import LANGUAGES
from indexer.analysis.analyzer import Analyzer
from indexer.analysis.characters import UNSPACED
from indexer.analysis.spans import find_spans
from indexer.analysis.tokenizer import MAX_WORD_CHARS

# Distinct spans that a process keeps, of all languages together; when there are more, all is forgotten after a segment.
# Some 700 bytes each, with the terms they stand for.
MAX_SPANS = 500_000
# Texts analysed together: arrays of this many code points stay in the processor's caches.
BATCH_CHARS = 500_000

# ʼ and ŉ count as letters, but hold an apostrophe: l and d may stand before it.
_NOT_PLAIN = re.compile(f"[ʼŉ{UNSPACED}]")

Numbers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class TokenArrays:
    """The tokens of texts, in order, one element a token.

    `terms` are numbers of the vocabulary; `texts` says in which text a token stands, `positions`, `starts` and
    `lengths` where in it, in words and in characters; `joined` are the tokens of several words together.
    """

    terms: Numbers
    texts: Numbers
    positions: Numbers
    starts: Numbers
    lengths: Numbers
    joined: npt.NDArray[np.bool_]


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


class _Runs:
    """Arrays end to end that grow; the run of a number is a slice of them."""

    def __init__(self, columns: int) -> None:
        self._lists: list[list[int]] = [[] for _ in range(columns)]
        self._counts: list[int] = []

    def add(self, rows: Sequence[tuple[int, ...]]) -> None:
        self._counts.append(len(rows))
        for column, values in zip(self._lists, zip(*rows, strict=True), strict=False):
            column += values

    def add_single(self, *columns: Sequence[int]) -> None:
        """Add runs of one row each, by columns."""
        self._counts += [1] * len(columns[0])
        for column, values in zip(self._lists, columns, strict=True):
            column += values

    def arrays(self) -> tuple[Numbers, list[Numbers]]:
        """Return how long each run is, and the columns."""
        return np.array(self._counts, np.int64), [np.array(column, np.int64) for column in self._lists]


class Vocabulary:
    """The spans and terms of one language seen so far, by number."""

    def __init__(self, language: str) -> None:
        self._analyzer = Analyzer(LANGUAGES[language], 1)
        self._spans = _Numbering()
        self._terms = _Numbering()
        self._keys = _Numbering()
        # Of each span: term, position, start, length and whether it is joined, of each of its tokens.
        self._tokens = _Runs(5)
        self._words: list[int] = []  # how many positions each span takes
        self._keys_of: list[tuple[int, int]] = []  # of each term: the numbers of its stem and its plain stem
        self._accented: list[bool] = []
        self._hashes: list[int] = []  # of each key
        self._columns: tuple[Numbers, list[Numbers], Numbers] | None = None

    def tokens(self, texts: Sequence[str]) -> TokenArrays:
        """Return the tokens of texts, those of the first text first."""
        found = [self._span_numbers(texts[first:last], first) for first, last in batches(texts)]
        self._learn()
        return self._expanded(np.concatenate(found, axis=1) if found else np.zeros((3, 0), np.int64))

    def _span_numbers(self, texts: Sequence[str], first: int) -> Numbers:
        """Return the spans of texts as rows: number, text, start in its text."""
        text = "\n".join(texts)
        spans = find_spans(text)
        cut = [text[start:end] for start, end in zip(spans.starts.tolist(), spans.ends.tolist(), strict=True)]
        numbers = np.fromiter(map(self._spans.__getitem__, cut), np.int64, len(cut))
        begins = np.cumsum([0, *(len(each) + 1 for each in texts[:-1])])
        of_text = np.searchsorted(begins, spans.starts, "right") - 1
        return np.stack([numbers, of_text + first, spans.starts - begins[of_text]])

    def _expanded(self, spans: Numbers) -> TokenArrays:
        numbers, texts, starts = spans
        if self._columns is None:
            counts, columns = self._tokens.arrays()
            self._columns = counts, columns, np.array(self._words, np.int64)
        counts, columns, words = self._columns
        ends = np.cumsum(counts)
        # The position of a span counts the words of its text before it.
        before = np.cumsum(words[numbers])
        before -= words[numbers]
        changes = np.flatnonzero(np.diff(texts, prepend=-1))
        base = np.repeat(before[changes], np.diff(np.append(changes, len(texts))))
        of_spans = counts[numbers]
        total = int(of_spans.sum())
        owner = np.repeat(np.arange(len(numbers)), of_spans)
        first_token = np.cumsum(of_spans) - of_spans
        rows = np.arange(total) - np.repeat(first_token, of_spans) + (ends - counts)[numbers][owner]
        term, position, start, length, joined = (column[rows] for column in columns)
        return TokenArrays(
            term,
            texts[owner],
            (before - base)[owner] + position,
            starts[owner] + start,
            length,
            joined.astype(bool),
        )

    def _learn(self) -> None:
        new = self._spans.take_new()
        if not new:
            return
        self._columns = None
        plain = _are_plain(new)
        spellings = [span for span, simple in zip(new, plain, strict=True) if simple]
        terms = [self._terms[form] for form in self._analyzer.forms(spellings)]
        nought = [0] * len(spellings)
        run: list[int] = []  # lengths of plain spans not added yet
        done = 0
        for span, simple in zip(new, plain, strict=True):
            if simple:
                run.append(len(span))
                continue
            self._add_plain(terms[done : done + len(run)], run, nought)
            done += len(run)
            run = []
            tokens = self._analyzer.tokens(span)
            self._tokens.add(
                [
                    (self._terms[token.form], token.position, token.start, token.end - token.start, token.joined)
                    for token in tokens
                ]
            )
            self._words.append(tokens[-1].position + 1 if tokens else 0)
        self._add_plain(terms[done:], run, nought)
        self._learn_terms()

    def _add_plain(self, terms: list[int], lengths: list[int], nought: list[int]) -> None:
        if terms:
            nought = nought[: len(terms)]
            self._tokens.add_single(terms, nought, nought, lengths, nought)
            self._words += [1] * len(terms)

    def _learn_terms(self) -> None:
        forms = self._terms.take_new()
        folded, stems, plain = self._analyzer.compared(forms)
        keys = self._keys
        self._keys_of += [(keys[stem], keys[bare]) for stem, bare in zip(stems, plain, strict=True)]
        self._accented += [bare != form for bare, form in zip(folded, forms, strict=True)]
        self._hashes += [key_hash(key) for key in keys.take_new()]

    def terms(self) -> list[str]:
        """Return the terms by number."""
        return list(self._terms)

    def keys_of(self, terms: Numbers) -> tuple[Hashes, Hashes, npt.NDArray[np.bool_]]:
        """Return of each term: the hash of its stem, that of its plain stem, and whether it is written with accents."""
        hashes = np.array(self._hashes, np.uint64)
        keys = np.array(self._keys_of, np.int64).reshape(-1, 2)[terms]
        return hashes[keys[:, 0]], hashes[keys[:, 1]], np.array(self._accented, bool)[terms]

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


def key_hash(key: str) -> int:
    """Return 64 bits that stand for a stem; two of a language's stems share them about never."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _are_plain(spans: Sequence[str]) -> list[bool]:
    """Return of each span whether it is one word of nothing but letters and digits."""
    plain = [span.isalnum() and len(span) <= MAX_WORD_CHARS for span in spans]
    if _NOT_PLAIN.search("".join(spans)):
        return [is_plain and not _NOT_PLAIN.search(span) for is_plain, span in zip(plain, spans, strict=True)]
    return plain
