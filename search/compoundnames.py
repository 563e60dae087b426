"""Concepts that the parts of a word name which is written together: *Überstundenregelung* is of *Überstunden*.

A word that names no concept as a whole may have been made for the occasion. Where both of its parts name one, both are
meant: *Lebensmitteltechniker*. Where one does, it has to be a word that says something by itself, and the other one a
word of the index; and an article in another language that has the whole word knows better what it is.
"""

from collections.abc import Iterator

from indexer.concepts import ConceptFinder, Match
from search.compounds import LINKS, MIN_PART_CHARS, are_words, unlinked_ends
from search.snapshot import Snapshot

# A part that has to tell by itself what is meant; shorter terms are parts of too many words.
MIN_NAME_CHARS = 6


def concepts_of_parts(word: str, finder: ConceptFinder, snapshot: Snapshot) -> list[Match]:
    """Return the matches of the terms that a word is made of, read as one of the finder's language; mostly none.

    Each match says where it would stand if its part were a text of its own.
    """
    code = finder.analyzer.language.code
    if code not in LINKS or len(word) < 2 * MIN_PART_CHARS or not word.isalpha():
        return []
    form, folded, stem, _ = finder.analyzer.word(word)
    best: tuple[tuple[int, int], list[Match]] = (0, 0), []
    for beginning, end in _parts(folded, stem, finder):
        named = [(part, match) for part in (beginning, end) for match in _whole(part, finder)]
        rank = len(named), max((len(part) for part, _ in named), default=0)
        if rank > best[0] and (len(named) > 1 or _tells(beginning, end, named, finder, snapshot)):
            best = rank, [match for _, match in named]
    return [] if best[1] and snapshot.is_written_beside(code, form) else best[1]


def _parts(folded: str, stem: str, finder: ConceptFinder) -> Iterator[tuple[str, str]]:
    """Yield (beginning, end) of a folded word, without what links them, of which one at least may be a term."""
    words, links = finder.single_words, LINKS[finder.analyzer.language.code]
    for cut in range(MIN_PART_CHARS, len(folded) - MIN_PART_CHARS + 1):
        # Words that end alike are inflected alike, so that a stem ends with that of its last part.
        is_term = stem[cut:] in words.stems
        for beginning in unlinked_ends(folded[:cut], links):
            if is_term or beginning in words.forms:
                yield beginning, folded[cut:]


def _whole(part: str, finder: ConceptFinder) -> list[Match]:
    """Return the match of a term that is this word."""
    return finder.find(part) if finder.may_find([part]) else []


def _tells(beginning: str, end: str, named: list[tuple[str, Match]], finder: ConceptFinder, snapshot: Snapshot) -> bool:
    """Tell whether the one part that names something says enough, and the other is a word."""
    for part, match in named:
        if len(part) >= MIN_NAME_CHARS and not finder.is_everyday(match):
            other = end if part == beginning else beginning
            return are_words([other], finder.analyzer.language.code, snapshot)
    return False
