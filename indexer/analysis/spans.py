"""Where the words of much text may stand, found by comparing arrays of bytes.

A span is a run of characters that can be part of words, with what joins them. It holds one piece of the tokenizer's
or several, whole; most are a plain word. So the tokenizer's pattern has to run over the few others only, and over
those once for each distinct one.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.analysis.encoded import MOST_BYTES, EncodedTexts
from indexer.analysis.kinds import Kinds, ToWords, kinds_of_characters, to_words

Bools = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


class Spans(NamedTuple):
    """bytes[starts[i]:ends[i]] are the spans of a text, in order."""

    starts: Numbers
    ends: Numbers


def find_spans(text: EncodedTexts) -> Spans:
    """Return the spans of texts."""
    if not len(text.bytes):
        return Spans(np.zeros(0, np.int64), np.zeros(0, np.int64))
    kinds = to_words(text.kinds)
    # What is before the text and behind it ends every span.
    padded = np.zeros(len(kinds) + 2, bool)
    within = np.less(kinds - np.uint8(1), ToWords.PAIRED, out=padded[1:-1])  # 0 becomes the highest
    # Most joiners have a blank beside them, and join nothing.
    some = kinds > 0
    joiners = kinds == ToWords.JOINER
    joiners[1:] &= some[:-1]
    joiners[:-1] &= some[1:]
    others = np.flatnonzero(joiners | (kinds > ToWords.JOINER))
    if len(others):
        _join(within, kinds, text, others[text.begins_at(others)])
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    # Apart from each other, since much is looked up by each of them.
    return Spans(edges[::2].copy(), edges[1::2].copy())


class Joints(NamedTuple):
    """What is in spans beside letters and digits of scripts that separate words, in order: in which span, and where."""

    spans: Numbers
    places: Numbers
    marks: Bools  # which are marks


def find_joints(codes: npt.NDArray[np.uint32], starts: Numbers, ends: Numbers) -> Joints:
    """Return the joints of spans of a text."""
    kinds = to_words(kinds_of_characters().take(codes))
    places = np.flatnonzero(kinds != ToWords.LETTER)
    spans = np.searchsorted(ends, places, "right")
    # What is not between two spans; behind the last there is none.
    inside = np.append(starts, len(codes)).take(spans) <= places
    places, spans = places[inside], spans[inside]
    return Joints(spans, places, kinds[places] == ToWords.MARK)


def _join(within: Bools, kinds: Kinds, text: EncodedTexts, others: Numbers) -> None:
    """Let into spans what stands where it can join: after a letter, mark, plus or sharp, and before a letter."""
    before = np.maximum(others - 1, 0)
    kind = kinds[others]
    # C++ and C#, and whatever follows these, is left to the tokenizer.
    signs = (kind == ToWords.PLUS) | (kind == ToWords.SHARP)
    within[others[signs]] = True
    after_word = (others > 0) & within[before]
    widths = text.widths(others)
    after = kinds.take(others + widths, mode="clip")
    before_letter = (others + widths < len(kinds)) & (after <= ToWords.JOINING_LETTER) & (after > 0)
    joining = (kind == ToWords.JOINER) & after_word & before_letter
    # A low line is a letter to the pattern that looks behind a sharp.
    joining |= kind == ToWords.LOW_LINE
    for step in range(MOST_BYTES):
        within[others[joining & (widths > step)] + step] = True
