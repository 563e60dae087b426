"""Where sentences begin and end in a body: at line ends, and after a full stop that ends a sentence.

Scripts end their sentences with marks of their own. A full stop in Latin, Cyrillic or Greek does not end one after an
abbreviation, an initial or a number followed by lower case, and never before a lower-case letter.
"""

import re
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from indexer.analysis.encoded import ASCII_END, MOST_BYTES, EncodedTexts
from indexer.analysis.kinds import CLOSERS, IDEOGRAPHIC_CLOSERS, IDEOGRAPHIC_MARKS, SENTENCE_MARKS, Kinds, to_sentences
from indexer.analysis.kinds import ToSentences as Kind

_LINE = re.compile(r"[^\n]+")
_END = re.compile(
    rf"(?:(?<![{SENTENCE_MARKS}])[{SENTENCE_MARKS}]++[{re.escape(CLOSERS)}]*+(?=\s)|[{IDEOGRAPHIC_MARKS}]+[{IDEOGRAPHIC_CLOSERS}]*)\s*"
)

_AFTER_IDEOGRAPHIC = re.compile(f"[{IDEOGRAPHIC_MARKS}][{IDEOGRAPHIC_CLOSERS}]*")

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

# A word longer than this, quotes before it included, is none of the above, no initial and no short number.
_SURELY_WORD_CHARS = 12

# Words before full stops that are remembered, none longer than that.
MAX_WORDS = 50_000

# Most runs of marks and blanks end within so many characters.
_STEPS = 8

# How far back the word before a mark is looked for; none of the above is longer. All of a sentence would be too far.
_WORD_CHARS = 40
_WORD_BYTES = _WORD_CHARS * MOST_BYTES


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
    return not before or _ends_after_word(before[0])


def _ends_after_word(word: str) -> bool:
    word = word.lstrip(_OPENING).lower()
    if word.isdigit():  # "5. Mai", "2017 r." but "in 2017. Then": an ordinal is short
        return len(word) > 2
    return word not in _ABBREVIATIONS and not (len(word) == 1 and word.isalpha())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return (start + left, start + right) if left < right else None


# Words of ASCII, as most are before full stops, are told as bytes, so many in a number.
_PART = 8
_LOWERED = np.frombuffer(bytes(range(256)).lower(), np.uint8)
_OPENS = np.isin(np.arange(256), [ord(sign) for sign in _OPENING])
_ASCII_ABBREVIATIONS = np.array(
    sorted(int.from_bytes(word.encode(), "little") for word in _ABBREVIATIONS if word.isascii()), np.uint64
)

# A character's bytes but the first.
_CONTINUED = bytes(range(0x80, 0xC0))
# Behind this there are no letters of two cases, nor what opens.
_PLANES = 0x20000

Numbers = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def find_sentences(text: EncodedTexts) -> tuple[Numbers, Numbers]:
    """Return where sentences begin and end in the bytes, as `sentence_spans` has them, the faster way for much text."""
    # What is before the text and what follows it ends every run.
    padded = np.full(len(text.bytes) + 2, Kind.LINE_END, np.uint8)
    padded[1:-1] = to_sentences(text.kinds)
    kinds, backwards = padded[1:], padded[::-1]
    between = np.flatnonzero(kinds >= Kind.IDEOGRAPHIC)
    kind = kinds[between]
    line_ends = between[kind == Kind.LINE_END]
    ends = np.concatenate(
        [_marked_ends(text, kinds, between), _ideographic_ends(kinds, between[kind == Kind.IDEOGRAPHIC])]
    )
    # A sentence begins where a line does or where one before has ended, and goes to the next such place.
    begins = np.sort(np.concatenate([[0], line_ends[:-1] + 1, ends]))
    stops = np.sort(np.concatenate([ends, line_ends]))
    # What was there before a run of blanks is its other end: the same, backwards.
    begins, stops = _behind(kinds, begins, Kind.BLANK), len(kinds) - _behind(backwards, len(kinds) - stops, Kind.BLANK)
    some = begins < stops
    return begins[some], stops[some]


def _marked_ends(text: EncodedTexts, kinds: Kinds, between: Numbers) -> Numbers:
    """Return where the next sentence begins after marks that need a blank behind them."""
    first = np.flatnonzero(kinds - np.uint8(1) < Kind.FULL_STOP)  # 0 becomes the highest
    first = _run_starts(first)
    closed = _behind(kinds, _behind(kinds, first, Kind.MARK, Kind.FULL_STOP), Kind.CLOSER, Kind.EITHER_CLOSER)
    ended = kinds[closed] == Kind.BLANK
    first, closed = first[ended], closed[ended]
    ends = _behind(kinds, closed, Kind.BLANK)
    stop = np.flatnonzero(kinds[first] == Kind.FULL_STOP)
    stop = stop[~_is_lower(text, ends[stop])]
    kept = kinds[first] != Kind.FULL_STOP
    kept[stop] = True
    # A long word is never an abbreviation; the blanks around every short one are looked for.
    at = first[stop]
    nearest = np.searchsorted(between, at) - 1
    before = np.where(nearest < 0, -1, between[nearest])
    chars = text.chars(at) - text.chars(before + 1)
    quoted = _opening().take(text.codes_at(before + 1), mode="clip")
    asked = np.flatnonzero(chars <= np.where(quoted, _SURELY_WORD_CHARS, _ABBREVIATION_CHARS))
    at, before = at[asked], before[asked]
    # A word with a blank before it is all that there is to know.
    alone = (at - before > 1) & ((before < 0) | (kinds[before] >= Kind.BLANK))
    data = text.data
    ended, known = _ends_after_ascii(text, before + 1, at)
    rest = np.flatnonzero(~(alone & known))
    ended[rest] = [
        _ends_after_word_in_bytes(data[start + 1 : end])
        if simple
        else _ends_after_bytes(data[max(0, end - _WORD_BYTES) : end])
        for start, end, simple in zip(before[rest].tolist(), at[rest].tolist(), alone[rest].tolist(), strict=True)
    ]
    kept[stop[asked]] = ended
    found: Numbers = ends[kept]
    return found


def _ends_after_ascii(text: EncodedTexts, starts: Numbers, ends: Numbers) -> tuple[Bools, Bools]:
    """Tell of words whether a full stop after them ends a sentence, and of which of them it is known: most."""
    lengths = ends - starts
    at = starts[:, np.newaxis] + np.arange(_PART)
    letters = _LOWERED.take(text.bytes.take(at, mode="clip"))
    letters[at >= ends[:, np.newaxis]] = 0
    first = letters[:, 0]
    digits = np.count_nonzero(letters - np.uint8(ord("0")) < 10, axis=1)  # 0 becomes more
    initial = (lengths == 1) & (first >= ord("a")) & (first <= ord("z"))
    words = letters.view("<u8")[:, 0]
    abbreviated = _ASCII_ABBREVIATIONS.take(np.searchsorted(_ASCII_ABBREVIATIONS, words), mode="clip") == words
    ended = np.where(digits == lengths, lengths > 2, ~(initial | abbreviated))
    return ended, (lengths <= _PART) & (letters < ASCII_END).all(axis=1) & ~_OPENS.take(first)


@lru_cache(MAX_WORDS)
def _ends_after_word_in_bytes(word: bytes) -> bool:
    return _ends_after_word(word.decode("utf-8", "surrogatepass"))


def _ends_after_bytes(text: bytes) -> bool:
    """Tell it of the last of these bytes, which may begin within a character."""
    line = text.lstrip(_CONTINUED).decode("utf-8", "surrogatepass")[-_WORD_CHARS:].rpartition("\n")[2]
    return _ends_after(line)


def _is_lower(text: EncodedTexts, at: Numbers) -> Bools:
    """Tell of places in a text, or behind it, whether a lower-case letter stands there."""
    found = _lower().take(text.codes_at(np.minimum(at, len(text.bytes) - 1)), mode="clip")
    return found & (at < len(text.bytes))


@cache
def _lower() -> Bools:
    return np.fromiter((chr(code).islower() for code in range(_PLANES)), bool, _PLANES)


@cache
def _opening() -> Bools:
    opening = np.zeros(_PLANES, bool)
    opening[[ord(sign) for sign in _OPENING]] = True
    return opening


def _ideographic_ends(kinds: Kinds, marks: Numbers) -> Numbers:
    """Return where the next sentence begins after ideographic marks, which need no blank."""
    marks = _behind(kinds, _run_starts(marks), Kind.IDEOGRAPHIC)
    return _behind(kinds, _behind(kinds, marks, Kind.IDEOGRAPHIC_CLOSER, Kind.EITHER_CLOSER), Kind.BLANK)


def _run_starts(at: Numbers) -> Numbers:
    first: Numbers = at[np.diff(at, prepend=-2) > 1]
    return first


def _behind(kinds: Kinds, at: Numbers, *of_run: int) -> Numbers:
    """Move each place that is in a run of some kinds behind the run; the last is of none of them."""
    in_run = np.zeros(Kind.LINE_END + 1, bool)
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
