"""The words of distinct spans: of most of them many at once, of others as the analyzer has them one by one.

Most spans are a plain word. Nearly all of the others are runs joined by hyphens, which are a word each, and one all
together, or two runs joined by an apostrophe, which are one, perhaps with an elided article before it, or a word with
marks: accents on their own, or soft hyphens.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.characters import text_of
from indexer.analysis.lines import as_lines, lines_of
from indexer.analysis.spans import find_joints
from indexer.analysis.tokenizer import MAX_JOINED_RUNS, MAX_WORD_CHARS
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
    joints = find_joints(codes, starts, ends)
    spans, signs = joints.spans, codes.take(joints.places)

    def having(which: Bools) -> Numbers:
        return np.bincount(spans[which], minlength=len(starts))

    counts = np.bincount(spans, minlength=len(starts))
    short = ends - starts <= MAX_WORD_CHARS
    plain = short & (counts == 0)
    odd = short & (counts > 0)
    hyphened = odd & (having(signs == ord("-")) == counts) & (counts < MAX_JOINED_RUNS)
    marked = odd & (having(joints.marks) == counts) & (having(joints.places == starts[spans]) == 0)
    # Digits around an apostrophe are two words.
    alone = np.flatnonzero(np.isin(signs, _APOSTROPHES) & short[spans] & (counts[spans] == 1))
    places, asked = joints.places[alone], spans[alone]
    between_letters = _alphabetic(codes, starts[asked], places) & _alphabetic(codes, places + 1, ends[asked])
    apostrophed = np.zeros(len(starts), bool)
    apostrophed[asked[between_letters]] = True
    hyphens = hyphened[spans]
    parts = [
        _single_words(analyzer, codes, starts, ends, np.flatnonzero(plain)),
        _single_words(analyzer, codes, starts, ends, np.flatnonzero(marked)),
        _hyphened(analyzer, codes, starts, ends, spans[hyphens], joints.places[hyphens]),
        _apostrophed(analyzer, codes, starts, ends, np.flatnonzero(apostrophed)),
        _one_by_one(analyzer, codes, starts, ends, np.flatnonzero(~(plain | marked | hyphened | apostrophed))),
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
    runs = lines_of(_lines_of(codes, starts, ends))
    return np.fromiter(map(str.isalpha, runs), bool, len(runs))


def _single_words(analyzer: Analyzer, codes: CodePoints, starts: Numbers, ends: Numbers, spans: Numbers) -> SpanWords:
    starts, ends = starts[spans], ends[spans]
    nothing = np.zeros(len(spans), np.int64)
    forms = analyzer.form_lines(_lines_of(codes, starts, ends))
    return SpanWords(forms, spans, nothing, nothing, ends - starts, nothing.astype(bool))


def _hyphened(
    analyzer: Analyzer, codes: CodePoints, starts: Numbers, ends: Numbers, span_of: Numbers, hyphens: Numbers
) -> SpanWords:
    """Return the words of spans with nothing but `hyphens` between their runs, each in a span."""
    first = np.flatnonzero(np.diff(span_of, prepend=-1))
    spans = span_of[first]
    together = _lines_of(codes, starts[spans], ends[spans])
    # Behind each hyphen a run goes to the next, or to the end of the span.
    run_ends = ends[span_of]
    run_ends[:-1] = np.where(span_of[1:] == span_of[:-1], hyphens[1:], run_ends[:-1])
    nothing = np.zeros(len(spans), np.int64)
    counts = np.diff(first, append=len(span_of))
    # All first runs, then all of each span together, then the other runs: of each span in this order.
    spellings = (
        _lines_of(codes, starts[spans], hyphens[first])
        + together.replace("-", "")
        + _lines_of(codes, hyphens + 1, run_ends)
    )
    return SpanWords(
        analyzer.form_lines(spellings),
        np.concatenate([spans, spans, span_of]),
        np.concatenate([nothing, nothing, 1 + np.arange(len(span_of)) - np.repeat(first, counts)]),
        np.concatenate([nothing, nothing, hyphens + 1 - starts[span_of]]),
        np.concatenate([hyphens[first] - starts[spans], ends[spans] - starts[spans], run_ends - hyphens - 1]),
        np.repeat([False, True, False], [len(spans), len(spans), len(span_of)]),
    )


def _apostrophed(analyzer: Analyzer, codes: CodePoints, starts: Numbers, ends: Numbers, spans: Numbers) -> SpanWords:
    starts, ends = starts[spans], ends[spans]
    forms = lines_of(analyzer.form_lines(_lines_of(codes, starts, ends)))
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
