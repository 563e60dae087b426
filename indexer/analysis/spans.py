"""Where the words of much text may stand, found by comparing arrays of bytes.

A span is a run of characters that can be part of words, with what joins them. It holds one piece of the tokenizer's
or several, whole; most are a plain word. So the tokenizer's pattern has to run over the few others only, and over
those once for each distinct one.
"""

import re
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.analysis.characters import LETTER, MARKS, PAIRED
from indexer.analysis.encoded import MOST_BYTES, EncodedTexts
from indexer.analysis.tokenizer import JOINERS

_LETTER, _JOINING_LETTER, _MARK, _PAIRED, _JOINER, _PLUS, _SHARP, _LOW_LINE = range(1, 9)
_CODE_POINTS = 0x110000
# Where Unicode has characters that can be part of words, or will have: all planes of letters, and variation selectors.
_PLANES = ((0, 0x40000), (0xE0000, 0xE1000))

# It counts as a letter, but holds an apostrophe, as ʼ is one: l and d may stand before it.
_WITH_APOSTROPHE = "ŉ"

Bools = npt.NDArray[np.bool_]
Kinds = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]


class Spans(NamedTuple):
    """bytes[starts[i]:ends[i]] are the spans of a text, in order."""

    starts: Numbers
    ends: Numbers


def find_spans(text: EncodedTexts) -> Spans:
    """Return the spans of texts."""
    if not len(text.bytes):
        return Spans(np.zeros(0, np.int64), np.zeros(0, np.int64))
    kinds = text.kinds(_kinds(), _LETTER)
    within = kinds - np.uint8(1) < _PAIRED  # 0 becomes the highest
    others = np.flatnonzero(kinds > _PAIRED)
    if len(others):
        _join(within, kinds, text, others[text.begins_at(others)])
    edges = np.flatnonzero(within[1:] != within[:-1]) + 1
    if within[0]:
        edges = np.append(0, edges)
    if within[-1]:
        edges = np.append(edges, len(within))
    return Spans(edges[::2], edges[1::2])


class Joints(NamedTuple):
    """What is in spans beside letters and digits of scripts that separate words, in order: in which span, and where."""

    spans: Numbers
    places: Numbers
    marks: Bools  # which are marks


def find_joints(codes: npt.NDArray[np.uint32], starts: Numbers, ends: Numbers) -> Joints:
    """Return the joints of spans of a text."""
    lengths = ends - starts
    begins = np.cumsum(lengths) - lengths
    kinds = _kinds().take(codes.take(np.repeat(starts - begins, lengths) + np.arange(int(lengths.sum()))))
    odd = np.flatnonzero(kinds != _LETTER)
    spans = np.searchsorted(begins, odd, "right") - 1
    return Joints(spans, odd - begins[spans] + starts[spans], kinds[odd] == _MARK)


def _join(within: Bools, kinds: Kinds, text: EncodedTexts, others: Numbers) -> None:
    """Let into spans what stands where it can join: after a letter, mark, plus or sharp, and before a letter."""
    before = np.maximum(others - 1, 0)
    kind = kinds[others]
    # C++ and C#, and whatever follows these, is left to the tokenizer.
    signs = (kind == _PLUS) | (kind == _SHARP)
    within[others[signs]] = True
    after_word = (others > 0) & within[before]
    widths = text.widths(others)
    after = kinds.take(others + widths, mode="clip")
    before_letter = (others + widths < len(kinds)) & (after <= _JOINING_LETTER) & (after > 0)
    joining = (kind == _JOINER) & after_word & before_letter
    # A low line is a letter to the pattern that looks behind a sharp.
    joining |= kind == _LOW_LINE
    for step in range(MOST_BYTES):
        within[others[joining & (widths > step)] + step] = True


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Return the kind of every code point, 0 for what ends a span."""
    kinds = np.zeros(_CODE_POINTS, np.uint8)
    for first, last in _PLANES:
        every = "".join(map(chr, range(first, last)))
        for pattern, kind in ((LETTER, _LETTER), (f"[{MARKS}]", _MARK), (f"[{PAIRED}]", _PAIRED)):
            for run in re.finditer(f"{pattern}+", every):
                kinds[first + run.start() : first + run.end()] = kind
    for joiner in JOINERS:
        kinds[ord(joiner)] = _JOINING_LETTER if re.match(LETTER, joiner) else _JOINER
    for letter in _WITH_APOSTROPHE:
        kinds[ord(letter)] = _JOINING_LETTER
    for sign, kind in (("+", _PLUS), ("#", _SHARP), ("_", _LOW_LINE)):
        kinds[ord(sign)] = kind
    return kinds
