"""Where words begin and end in the original text; the same for every language.

A run of letters, digits and their marks is a word. Some characters join two runs without a space between, each in
its own way:

    glue    the runs are one word: don't, l'emploi, 3.5, 15,81, col·laborar, צה״ל
    soft    each run is a word, and so are all together without what joins them: e-mail is e, mail and email;
            call-center is call, center and callcenter; O*NET is o, net and onet; U.S. is u, s and us
    kept    as soft, but what joins them stays: 24/7, 6:25, R&D, node.js, name@example.org

All together they stand at the place of the first run, so that phrases count runs. In scripts without spaces, and in
Korean, each character and the next are a word (overlapping bigrams); the last of a run stands alone besides, so that
every character begins some word.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.analysis.characters import LETTER, MARKS, PAIRED, is_paired

# C++ and C# are names; the sharp counts only after a single letter, which the code below the pattern checks.
_RUN = rf"{LETTER}+(?:[{MARKS}]+{LETTER}*)*(?:\+\+(?![^\W\d])|\#(?!\w))?"
_GLUE = "'’‘ʼ＇`´׳״·"
_DECIMAL = ".,٫"
_SOFT = "-‐‑֊־*_"
_KEPT = "/:&@."
# All of them.
JOINERS = "".join(sorted(set(_GLUE + _DECIMAL + _SOFT + _KEPT)))
_JOINERS = re.escape(JOINERS)

_PIECE = re.compile(rf"[{PAIRED}](?:[{PAIRED}]|[{MARKS}])*|{_RUN}(?:[{_JOINERS}](?={LETTER}){_RUN})*")
_UNIT = re.compile(rf"[{PAIRED}][{MARKS}]*|[{MARKS}]+")
_SPLIT = re.compile(rf"(?P<run>{_RUN})|(?P<joiner>.)", re.DOTALL)

# A longer word is no word of a language, and becomes its beginning; German and Finnish stay well below.
MAX_WORD_CHARS = 64
# Addresses and chains of hyphens: beyond this many runs, all together is nothing that anybody types.
MAX_JOINED_RUNS = 8


class Word(NamedTuple):
    """text[start:end] is a word. `position` counts runs; a `joined` word stands at the place of its first run.

    `spelling` is text[start:end] without the joiners that `joined` drops, at most MAX_WORD_CHARS long.
    """

    start: int
    end: int
    position: int
    spelling: str
    joined: bool


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield (start, piece) of a text: what stands between blanks and punctuation, each analysed on its own."""
    return ((found.start(), found[0]) for found in _PIECE.finditer(text))


def find_pieces(text: str) -> list[str]:
    """Return the pieces of a text without where they begin, the faster way."""
    return _PIECE.findall(text)


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text in the order of their positions, a joined word after its first run."""
    position = 0
    for start, piece in pieces(text):
        found = words_of(piece)
        for word in found:
            yield word._replace(start=start + word.start, end=start + word.end, position=position + word.position)
        position += found[-1].position + 1


def words_of(piece: str) -> tuple[Word, ...]:
    """Return the words of one piece, offsets and positions counted from its start; the last has the last position."""
    if is_paired(piece):
        return _bigrams(piece)
    if piece.isalnum():
        return (Word(0, len(piece), 0, piece[:MAX_WORD_CHARS], False),)
    return _two_runs(piece) or _runs(piece)


def _two_runs(piece: str) -> tuple[Word, ...] | None:
    """Return the words of a piece that is two runs and a hyphen or an apostrophe, as most are; None of any other."""
    before, hyphen, after = piece.partition("-")
    if hyphen and before.isalnum() and after.isalnum():
        end = len(before)
        return (
            Word(0, end, 0, before[:MAX_WORD_CHARS], False),
            Word(0, len(piece), 0, (before + after)[:MAX_WORD_CHARS], True),
            Word(end + 1, len(piece), 1, after[:MAX_WORD_CHARS], False),
        )
    for sign in "'’":
        before, apostrophe, after = piece.partition(sign)
        if apostrophe and before.isalpha() and after.isalpha():
            return (Word(0, len(piece), 0, piece[:MAX_WORD_CHARS], False),)
    return None


def _runs(piece: str) -> tuple[Word, ...]:
    found: list[Word] = []
    position = 0
    for chain in _chains(piece):
        for at, (start, end, _) in enumerate(chain):
            found.append(Word(start, end, position + at, piece[start:end][:MAX_WORD_CHARS], False))
        if 2 <= len(chain) <= MAX_JOINED_RUNS:
            spelling = "".join(joiner + piece[start:end] for start, end, joiner in chain)
            found.append(Word(chain[0][0], chain[-1][1], position, spelling[:MAX_WORD_CHARS], True))
        position += len(chain)
    # Whoever counts on from here needs the last position last.
    return tuple(sorted(found, key=lambda word: (word.position, word.joined)))


def is_single_letter(text: str) -> bool:
    """Tell whether a text is one letter of a script without spaces, with its marks: half a bigram."""
    return bool(_UNIT.fullmatch(text)) and is_paired(text)


def _bigrams(piece: str) -> tuple[Word, ...]:
    ends = [unit.end() for unit in _UNIT.finditer(piece)]
    starts = [0, *ends[:-1]]
    last = len(ends) - 1
    return tuple(
        Word(start, ends[min(at + 1, last)], at, piece[start : ends[min(at + 1, last)]][:MAX_WORD_CHARS], False)
        for at, start in enumerate(starts)
    )


def _chains(piece: str) -> list[list[tuple[int, int, str]]]:
    """Cut a piece into chains of runs that also are one word together: [(start, end, what joins it to the last)]."""
    chains: list[list[tuple[int, int, str]]] = []
    joiner = ""
    for part in _SPLIT.finditer(piece):
        if part["joiner"]:
            joiner = part[0]
            continue
        start, end = part.span()
        if piece[end - 1] == "#" and not (end - start == 2 and piece[start].isalpha()):
            end -= 1
        if not chains:
            chains.append([(start, end, "")])
            continue
        run_start, run_end, _ = chains[-1][-1]
        kind = _kind(joiner, piece[run_end - 1], piece[start], run_end - run_start == end - start == 1)
        if kind == "glue":
            run_start, _, run_joiner = chains[-1][-1]
            chains[-1][-1] = (run_start, end, run_joiner)
        elif kind == "apart":
            chains.append([(start, end, "")])
        else:
            chains[-1].append((start, end, joiner if kind == "kept" else ""))
    return chains


def _kind(joiner: str, before: str, after: str, initials: bool) -> str:
    """Return how a joiner joins, by the characters on its two sides, and whether both runs are single letters."""
    numbers = before.isdigit() and after.isdigit()
    if joiner in _DECIMAL and numbers:
        return "glue"
    if joiner in _GLUE:
        return "apart" if numbers else "glue"
    if joiner in _SOFT:
        return "soft"
    if joiner == ".":
        return "soft" if initials else "kept"
    if joiner in "&@" or numbers:
        return "kept"
    return "apart"  # and/or, 5:either, one,two
