"""A folded form -> its stem, for languages that Snowball has no algorithm for.

A light stemmer takes off endings of case, number, gender, person and article, and evens out what the end of a stem does
before them; what derives words stays. Each language is a table of `endings`: steps, one after the other, of which each
replaces the longest ending it knows that leaves enough letters. Nothing here knows a language.

It reads forms without accents, so that a word has the same stem whether its reader types them or not. Words that only
accents tell apart are one then, as they are for a reader who leaves them out; how well a word matches still tells them.

Stop words are their own stems, and nobody else's. They are short: without its ending Croatian *zašto* (why) would be
*zaštita* (protection), and Bulgarian *насилие* (violence) would be *нас* (us).
"""

from collections.abc import Collection, Mapping, Sequence

from indexer.analysis.endings import Step
from indexer.analysis.normalization import fold

# Of endings of one length: ending -> (how many letters have to stand before it, what takes its place).
_Endings = Mapping[str, tuple[int, str]]

# Behind a stem that is spelt like a stop word; no folded form of a word ends so.
_NO_STOP_WORD = "-"


class LightStemmer:
    """The stems of one language. It has no state: threads may share it."""

    def __init__(self, steps: Sequence[Step], stop_words: Collection[str] = ()) -> None:
        self._steps = [_by_length(step) for step in steps]
        self._whole = frozenset(map(fold, stop_words))

    def stem(self, folded: str) -> str:
        """Return the stem of a folded form; a word too short to have an ending is its own."""
        if folded in self._whole:
            return folded
        word = folded
        for step in self._steps:
            letters = len(word)
            for chars, endings in step:
                found = endings.get(word[-chars:])
                if found is not None and letters - chars >= found[0]:
                    word = word[:-chars] + found[1]
                    break
        return word + _NO_STOP_WORD if word in self._whole else word


def _by_length(step: Step) -> list[tuple[int, _Endings]]:
    """Return the endings of a step by their length, the longest first."""
    lengths = sorted({len(ending) for ending in step}, reverse=True)
    return [(chars, {end: rule for end, rule in step.items() if len(end) == chars}) for chars in lengths]
