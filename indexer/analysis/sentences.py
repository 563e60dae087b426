"""Where sentences begin and end in a body: at line ends, and after a full stop that ends a sentence.

Scripts end their sentences with marks of their own. A full stop in Latin, Cyrillic or Greek does not end one after an
abbreviation, an initial or a number followed by lower case, and never before a lower-case letter.
"""

import re
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from indexer.analysis.characters import code_points

_LINE = re.compile(r"[^\n]+")
# A mark that can end a sentence, with what closes around it. The ideographic ones need no space after them.
_MARKS, _CLOSERS = ".!?…؟۔।॥", "\"'”’»“)]"
_IDEOGRAPHIC_MARKS, _IDEOGRAPHIC_CLOSERS = "。！？．", "」』”’）"
_END = re.compile(
    rf"(?:(?<![{_MARKS}])[{_MARKS}]++[{re.escape(_CLOSERS)}]*+(?=\s)|[{_IDEOGRAPHIC_MARKS}]+[{_IDEOGRAPHIC_CLOSERS}]*)\s*"
)

_AFTER_IDEOGRAPHIC = re.compile(f"[{_IDEOGRAPHIC_MARKS}][{_IDEOGRAPHIC_CLOSERS}]*")

# Words after which a full stop is part of the word, in lower case; those common in texts about work.
_ABBREVIATIONS = frozenset(
    "e.g i.e etc vs approx no nr dr mr mrs ms prof st inc ltd co dept est fig vol jr sr u.s p.m a.m "
    "np m.in tzw tzn itp itd ok ul al proc tys mln mld godz min r w pt art ust pkt im red św "
    "pvz t.y t.t ir.kt kt tūkst mlrd val g d m sav mėn str eur "
    "z.b bzw usw ca evtl ggf inkl zzgl u.a d.h vgl max abs "
    "p.ex env cf mme mlle ej p.ej ud uds sra dra núm pág "
    "т.е т.д т.п др напр тыс млн руб г ул bijv enz o.a d.w.z t.ex bl.a osv napří např tj atd apod pl kb stb".split()
)

_ABBREVIATION_CHARS = max(map(len, _ABBREVIATIONS))
# What may stand before a word and is none of it.
_OPENING = "([\"'„“”«"
_OPENING_CODES = np.array([ord(sign) for sign in _OPENING], np.uint32)

# A word longer than this, quotes before it included, is none of the above, no initial and no short number.
_SURELY_WORD_CHARS = 12

# Words before full stops that are remembered, none longer than that.
MAX_WORDS = 50_000

# Most runs of marks and blanks end within so many characters.
_STEPS = 8

# How far back the word before a mark is looked for; none of the above is longer. All of a sentence would be too far.
_WORD_CHARS = 40


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return [start, end) of each sentence, in order, without the white space around; together all that is written."""
    spans = []
    for line in _LINE.finditer(text):
        start = line.start()
        for end in _END.finditer(text, line.start(), line.end()):
            if _ends_sentence(text, start, end):
                spans.append((start, end.end()))
                start = end.end()
        spans.append((start, line.end()))
    return [trimmed for span in spans if (trimmed := _trimmed(text, *span))]


def _ends_sentence(text: str, start: int, end: re.Match[str]) -> bool:
    if end[0][0] != ".":
        return True
    after = text[end.end() : end.end() + 1]
    if after.islower() or not after:
        return False
    return _ends_after(text[max(start, end.start() - _WORD_CHARS) : end.start()])


def _ends_after(text: str) -> bool:
    """Tell whether a full stop after this text ends a sentence."""
    before = _AFTER_IDEOGRAPHIC.split(text)[-1].rsplit(None, 1)[-1:]
    word = before[0].lstrip(_OPENING).lower() if before else ""
    if word.isdigit():  # "5. Mai", "2017 r." but "in 2017. Then": an ordinal is short
        return len(word) > 2
    return word not in _ABBREVIATIONS and not (len(word) == 1 and word.isalpha())


@lru_cache(MAX_WORDS)
def _ends_after_word(word: str) -> bool:
    return _ends_after(word)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return (start + left, start + right) if left < right else None


# Kinds of characters for the same rules over arrays of code points.
_MARK, _FULL_STOP, _CLOSER, _IDEOGRAPHIC, _IDEOGRAPHIC_CLOSER, _EITHER_CLOSER, _BLANK, _LINE_END = range(1, 9)
_KINDS = 9
_CODE_POINTS = 0x110000
# The first plane, in which all white space is.
_PLANE = 0x10000

CodePoints = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Kinds = npt.NDArray[np.uint8]


def find_sentences(text: str) -> tuple[Numbers, Numbers]:
    """Return where sentences begin and end, as `sentence_spans` has them, the faster way for much text."""
    codes = code_points(text)
    # What follows the text ends every run.
    kinds = np.full(len(codes) + 1, _LINE_END, np.uint8)
    _kinds().take(codes, out=kinds[:-1], mode="clip")
    line_ends = np.flatnonzero(kinds == _LINE_END)
    ends = np.concatenate([_marked_ends(text, codes, kinds), _ideographic_ends(kinds)])
    # A sentence begins where a line does or where one before has ended, and goes to the next such place.
    begins = np.sort(np.concatenate([[0], line_ends[:-1] + 1, ends]))
    stops = np.sort(np.concatenate([ends, line_ends]))
    begins, stops = _behind(kinds, begins, _BLANK), _before_blanks(kinds, stops)
    some = begins < stops
    return begins[some], stops[some]


def _marked_ends(text: str, codes: CodePoints, kinds: Kinds) -> Numbers:
    """Return where the next sentence begins after marks that need a blank behind them."""
    first = _run_starts(kinds - _MARK <= _FULL_STOP - _MARK)  # 0 becomes the highest
    closed = _behind(kinds, _behind(kinds, first, _MARK, _FULL_STOP), _CLOSER, _EITHER_CLOSER)
    ended = kinds[closed] == _BLANK
    first, closed = first[ended], closed[ended]
    ends = _behind(kinds, closed, _BLANK)
    stop = kinds[first] == _FULL_STOP
    kept = ~(stop & _is_lower(codes, ends))
    # A long word is never an abbreviation; the blanks around every short one are looked for.
    before = _blank_before(kinds, first)
    quoted = np.isin(codes.take(before + 1), _OPENING_CODES)
    most = np.where(quoted, _SURELY_WORD_CHARS, _ABBREVIATION_CHARS)
    asked = np.flatnonzero(kept & stop & (first - before - 1 <= most))
    first, before = first[asked], before[asked]
    # A word with a blank before it is all that there is to know.
    alone = (first - before > 1) & ((before < 0) | (kinds[before] >= _BLANK))
    kept[asked] = [
        _ends_after_word(text[start + 1 : end])
        if simple
        else _ends_after(text[max(0, end - _WORD_CHARS) : end].rpartition("\n")[2])
        for start, end, simple in zip(before.tolist(), first.tolist(), alone.tolist(), strict=True)
    ]
    found: Numbers = ends[kept]
    return found


def _blank_before(kinds: Kinds, at: Numbers) -> Numbers:
    """Return where the next character before each place is that ends a word, or what is far enough before it."""
    # What is before the text ends a word.
    padded = np.concatenate([np.full(_SURELY_WORD_CHARS + 2, _LINE_END, np.uint8), kinds])
    windows = np.lib.stride_tricks.sliding_window_view(padded, _SURELY_WORD_CHARS + 2)[at]
    back = (windows >= _IDEOGRAPHIC)[:, ::-1].argmax(1)
    back[~(windows >= _IDEOGRAPHIC).any(1)] = _SURELY_WORD_CHARS + 1
    found: Numbers = at - 1 - back
    return found


def _is_lower(codes: CodePoints, at: Numbers) -> Bools:
    """Tell of places in a text, or behind it, whether a lower-case letter stands there."""
    lower = np.zeros(len(at), bool)
    inside = at < len(codes)
    distinct, which = np.unique(codes[at[inside]], return_inverse=True)
    lower[inside] = np.array([chr(code).islower() for code in distinct.tolist()], bool)[which]
    return lower


def _ideographic_ends(kinds: Kinds) -> Numbers:
    """Return where the next sentence begins after ideographic marks, which need no blank."""
    marks = _behind(kinds, _run_starts(kinds == _IDEOGRAPHIC), _IDEOGRAPHIC)
    return _behind(kinds, _behind(kinds, marks, _IDEOGRAPHIC_CLOSER, _EITHER_CLOSER), _BLANK)


def _run_starts(mask: Bools) -> Numbers:
    at: Numbers = np.flatnonzero(mask)
    first: Numbers = at[(at == 0) | ~mask[at - 1]]
    return first


def _behind(kinds: Kinds, at: Numbers, *of_run: int) -> Numbers:
    """Move each place that is in a run of some kinds behind the run; the last is of none of them."""
    in_run = np.zeros(_KINDS, bool)
    in_run[list(of_run)] = True
    moved = at.copy()
    left = np.flatnonzero(in_run[kinds[at]])
    for _ in range(_STEPS):
        if not len(left):
            return moved
        moved[left] += 1
        left = left[in_run[kinds[moved[left]]]]
    # What is long is found by the ends of all runs.
    inside = in_run[kinds]
    ends = np.flatnonzero(inside[:-1] & ~inside[1:]) + 1
    moved[left] = ends[np.searchsorted(ends, moved[left], "right")]
    return moved


def _before_blanks(kinds: Kinds, at: Numbers) -> Numbers:
    """Move each place that is behind a run of blanks, or in it, to the beginning of the run."""
    # What was there before is a run's other end: the same, backwards.
    return len(kinds) - _behind(np.append(kinds[::-1], np.uint8(_LINE_END)), len(kinds) - at, _BLANK)


@cache
def _kinds() -> Kinds:
    kinds = np.zeros(_CODE_POINTS, np.uint8)
    for found in re.finditer(r"\s", "".join(map(chr, range(_PLANE)))):
        kinds[found.start()] = _BLANK
    for characters, kind in (
        (_MARKS, _MARK),
        (".", _FULL_STOP),
        (_IDEOGRAPHIC_MARKS, _IDEOGRAPHIC),
        (_CLOSERS, _CLOSER),
        (_IDEOGRAPHIC_CLOSERS, _IDEOGRAPHIC_CLOSER),
        (set(_CLOSERS) & set(_IDEOGRAPHIC_CLOSERS), _EITHER_CLOSER),
        ("\n", _LINE_END),
    ):
        for character in characters:
            kinds[ord(character)] = kind
    return kinds
