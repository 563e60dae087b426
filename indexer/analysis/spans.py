"""Where the words of much text may stand, found by comparing arrays of code points.

A span is a run of characters that can be part of words, with what joins them. It holds one piece of the tokenizer's
or several, whole; most are a plain word. So the tokenizer's pattern has to run over the few others only, and over
those once for each distinct one.
"""

import re
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.analysis.characters import MARKS, UNSPACED
from indexer.analysis.tokenizer import JOINERS

_LETTER, _JOINING_LETTER, _MARK, _UNSPACED, _JOINER, _PLUS, _SHARP, _LOW_LINE = range(1, 9)
_CODE_POINTS = 0x110000

Bools = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


class Spans(NamedTuple):
    """text[starts[i]:ends[i]] are the spans of a text, in order; `plain` are those of nothing but letters and digits
    of scripts that separate words."""

    starts: Numbers
    ends: Numbers
    plain: Bools


def find_spans(text: str) -> Spans:
    """Return the spans of a text."""
    if not text:
        nothing = np.zeros(0, np.int64)
        return Spans(nothing, nothing, np.zeros(0, bool))
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds()[codes]
    within = (kinds > 0) & (kinds <= _UNSPACED)
    others = np.flatnonzero(kinds > _UNSPACED)
    if len(others):
        _join(within, kinds, others)
    edges = np.flatnonzero(within[1:] != within[:-1]) + 1
    starts, ends = edges[0 if not within[0] else 1 :: 2], edges[1 if not within[0] else 0 :: 2]
    if within[0]:
        starts = np.concatenate([[0], starts])
    if within[-1]:
        ends = np.concatenate([ends, [len(codes)]])
    plain = np.ones(len(starts), bool)
    odd = np.flatnonzero(within & (kinds != _LETTER))
    plain[np.searchsorted(starts, odd, "right") - 1] = False
    return Spans(starts, ends, plain)


def _join(within: Bools, kinds: npt.NDArray[np.uint8], others: Numbers) -> None:
    """Let into spans what stands where it can join: after a letter, mark, plus or sharp, and before a letter."""
    before = np.where(others > 0, others - 1, 0)
    kind = kinds[others]
    # C++ and C#, and whatever follows these, is left to the tokenizer.
    signs = (kind == _PLUS) | (kind == _SHARP)
    within[others[signs]] = True
    after_word = (others > 0) & within[before]
    after = np.minimum(others + 1, len(kinds) - 1)
    before_letter = (others + 1 < len(kinds)) & (kinds[after] <= _JOINING_LETTER) & (kinds[after] > 0)
    joining = (kind == _JOINER) & after_word & before_letter
    # A low line is a letter to the pattern that looks behind a sharp.
    joining |= kind == _LOW_LINE
    within[others[joining]] = True


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Return the kind of every code point, 0 for what ends a span."""
    kinds = np.zeros(_CODE_POINTS, np.uint8)
    every = "".join(map(chr, range(_CODE_POINTS)))
    for pattern, kind in (
        (rf"[^\W_{UNSPACED}]+", _LETTER),
        (f"[{MARKS}]+", _MARK),
        (f"[{UNSPACED}]+", _UNSPACED),
        (f"[{re.escape(JOINERS)}]+", _JOINER),
        (rf"(?:[^\W_](?<=[{re.escape(JOINERS)}]))+", _JOINING_LETTER),
        (r"\++", _PLUS),
        (r"\#+", _SHARP),
        ("_+", _LOW_LINE),
    ):
        for run in re.finditer(pattern, every):
            kinds[run.start() : run.end()] = kind
    return kinds
