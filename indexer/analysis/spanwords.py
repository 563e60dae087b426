"""The words of distinct spans: of most of them many at once, of others as the analyzer has them one by one.

Most spans are a plain word. Nine in ten of the others are two runs joined by a hyphen, which are three words with both
together, or by an apostrophe, which are one, perhaps with an elided article before it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.characters import text_of
from indexer.analysis.spans import find_joints
from indexer.analysis.termtable import as_lines
from indexer.analysis.tokenizer import MAX_WORD_CHARS
from indexer.codec.container import Array, starts_of

_APOSTROPHES = tuple(map(ord, "'’"))

Bools = npt.NDArray[np.bool_]
CodePoints = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SpanWords:
    """Words of spans, those of one span in order: which span each is of, and where it stands in it.

    `forms` are the lines of a text, each ended by a line end; `positions` count words, and `joined` are several words
    together.
    """

    forms: str
    spans: Numbers
    positions: Array
    starts: Array
    lengths: Array
    joined: Bools


def words_of_spans(analyzer: Analyzer, codes: CodePoints, starts: Numbers, ends: Numbers) -> tuple[SpanWords, Bools]:
    """Return the words of spans of a text, and which of the spans are a plain word."""
    joints, places = find_joints(codes, starts, ends)
    short = ends - starts <= MAX_WORD_CHARS
    plain = short & (joints == 0)
    two = short & (joints == 1)
    signs = codes.take(places)
    hyphened = two & (signs == ord("-"))
    # Digits around an apostrophe are two words.
    apostrophed = two & np.isin(signs, _APOSTROPHES)
    asked = np.flatnonzero(apostrophed)
    apostrophed[asked] = _alphabetic(codes, starts[asked], places[asked])
    apostrophed[asked] &= _alphabetic(codes, places[asked] + 1, ends[asked])
    others = ~(plain | hyphened | apostrophed)
    parts = [
        _plain_words(analyzer, codes, starts, ends, np.flatnonzero(plain)),
        _hyphened(analyzer, codes, starts, ends, places, np.flatnonzero(hyphened)),
        _apostrophed(analyzer, codes, starts, ends, np.flatnonzero(apostrophed)),
        _one_by_one(analyzer, codes, starts, ends, np.flatnonzero(others)),
    ]
    words = SpanWords(
        "".join(part.forms for part in parts),
        np.concatenate([part.spans for part in parts]),
        np.concatenate([part.positions for part in parts]),
        np.concatenate([part.starts for part in parts]),
        np.concatenate([part.lengths for part in parts]),
        np.concatenate([part.joined for part in parts]),
    )
    return words, plain


def _alphabetic(codes: CodePoints, starts: Numbers, ends: Numbers) -> Bools:
    runs = _lines_of(codes, starts, ends).split("\n")[:-1]
    return np.fromiter(map(str.isalpha, runs), bool, len(runs))


def _plain_words(analyzer: Analyzer, codes: CodePoints, starts: Numbers, ends: Numbers, spans: Numbers) -> SpanWords:
    starts, ends = starts[spans], ends[spans]
    nothing = np.zeros(len(spans), np.int64)
    forms = analyzer.form_lines(_lines_of(codes, starts, ends))
    return SpanWords(forms, spans, nothing, nothing, ends - starts, nothing.astype(bool))


def _hyphened(
    analyzer: Analyzer, codes: CodePoints, starts: Numbers, ends: Numbers, hyphens: Numbers, spans: Numbers
) -> SpanWords:
    starts, ends, hyphens = starts[spans], ends[spans], hyphens[spans]
    together = _lines_of(codes, starts, ends)
    first, last = hyphens - starts, ends - hyphens - 1
    nothing = np.zeros(len(spans), np.int64)
    # All first runs, then both together, then the last runs: of each span in this order.
    spellings = _lines_of(codes, starts, hyphens) + together.replace("-", "") + _lines_of(codes, hyphens + 1, ends)
    return SpanWords(
        analyzer.form_lines(spellings),
        np.tile(spans, 3),
        np.concatenate([nothing, nothing, nothing + 1]),
        np.concatenate([nothing, nothing, first + 1]),
        np.concatenate([first, ends - starts, last]),
        np.repeat([False, True, False], len(spans)),
    )


def _apostrophed(analyzer: Analyzer, codes: CodePoints, starts: Numbers, ends: Numbers, spans: Numbers) -> SpanWords:
    starts, ends = starts[spans], ends[spans]
    forms = analyzer.form_lines(_lines_of(codes, starts, ends)).split("\n")[:-1]
    elided = [analyzer.elided_chars(form) for form in forms]
    before = np.array(elided, np.int64)
    return SpanWords(
        as_lines([form[count:] for form, count in zip(forms, elided, strict=True)]),
        spans,
        np.zeros(len(spans), np.int64),
        before,
        ends - starts - before,
        np.zeros(len(spans), bool),
    )


def _one_by_one(analyzer: Analyzer, codes: CodePoints, starts: Numbers, ends: Numbers, spans: Numbers) -> SpanWords:
    found = [analyzer.words(text_of(codes[starts[at] : ends[at]])) for at in spans.tolist()]
    words = [word for of_span in found for word in of_span]
    rows = np.array([(word.position, word.start, word.end - word.start, word.joined) for word in words], np.int64)
    positions, begins, lengths, joined = rows.reshape(-1, 4).T
    counts = np.array([len(of_span) for of_span in found], np.int64)
    forms = as_lines([word.spelling for word in words])
    return SpanWords(forms, np.repeat(spans, counts), positions, begins, lengths, joined.astype(bool))


def _lines_of(codes: CodePoints, starts: Numbers, ends: Numbers) -> str:
    """Return runs of code points as the lines of a text, each ended by a line end."""
    lengths = ends - starts + 1
    begins = starts_of(lengths)
    lines = codes.take(np.repeat(starts - begins[:-1], lengths) + np.arange(int(begins[-1])), mode="clip")
    lines[begins[1:] - 1] = ord("\n")
    return text_of(lines)
