"""A form -> its stem, and without an elided article before it.

By the language's Snowball algorithm, some of whose gaps are mended before (`mending`), or by endings of our own
(`lightstemmer`) where Snowball has none.

A stemmer of PyStemmer must not be used by two threads at once; each Stemming has one of its own, and a lock.
"""

import re
from threading import Lock

import Stemmer

from corpus import Language
from indexer.analysis.endings import ENDINGS
from indexer.analysis.lightstemmer import LightStemmer
from indexer.analysis.lines import as_lines, lines_of, or_else
from indexer.analysis.mending import mending_of
from indexer.analysis.normalization import fold, fold_lines
from indexer.analysis.stopwords import stop_words

# What is written together with the next word, by language; lower case, the apostrophe left out. From the
# grammars of the languages; Lucene's elision filters have the same lists for French, Italian and Catalan.
ELISIONS = {
    "fr": frozenset("l d j m t s c n qu jusqu quoiqu lorsqu puisqu".split()),
    "it": frozenset(
        "l un dell all dall nell sull coll c d m t s v n gl quell quest bell sant dagl agl negl sugl degl".split()
    ),
    "ca": frozenset("l d m t s n".split()),
    "ga": frozenset("d m b".split()),
}

# What is left of a verb at the end of a word, by language. Without its apostrophe the word would be another one: *I'll*
# is not ill, *she'll* no shell. (Of *can't* nothing is cut off: it is often typed *cant*.)
CONTRACTED = {"en": "ll|ve|re|d|m"}


class Stemming:
    """The stems of one language."""

    def __init__(self, language: Language) -> None:
        self._elisions = ELISIONS.get(language.code, frozenset())
        steps = ENDINGS.get(language.stemmer or "")
        self._light = LightStemmer(steps, stop_words(language)) if steps else None
        # The cache of distinct words is the analyzer's; a second one inside would only take memory.
        self._stemmer = Stemmer.Stemmer(language.stemmer, 0) if language.stemmer and not steps else None
        self._lock = Lock()
        contracted = CONTRACTED.get(language.code)
        self._contracted = re.compile(rf"(?<=\w)'(?:{contracted})$", re.MULTILINE) if contracted else None
        self._mending = mending_of(language.code)

    def elided_chars(self, form: str) -> int:
        """Return how many characters before the word itself are an elided article: 2 in l'emploi."""
        if not self._elisions:
            return 0
        article, apostrophe, word = form.partition("'")
        return len(article) + 1 if apostrophe and word and article in self._elisions else 0

    def stem(self, form: str) -> str:
        """Return the folded stem of a form; a form that stems to nothing is its own stem."""
        if self._light is not None:
            return self._light.stem(fold(form))
        if self._stemmer is None:
            return fold(form)
        form = self._mended(self._uncontracted(form))
        with self._lock:
            stem = self._stemmer.stemWord(form)
        return fold(stem) or fold(form)

    def plain_stem(self, form: str) -> str:
        """Return what the stem of a form is to a reader who leaves its accents out, or nothing."""
        return self.stem(fold(self._uncontracted(form)))

    def plain_stem_lines(self, forms: str) -> str:
        """Return that of each form; both are lines."""
        return self.stem_lines(fold_lines(self._uncontracted(forms)))

    def stem_lines(self, forms: str) -> str:
        """Return the folded stem of each form, which are lines, as a line: `stem`, many at once."""
        if self._light is not None:
            return as_lines(map(self._light.stem, lines_of(fold_lines(forms))))
        if self._stemmer is None:
            return fold_lines(forms)
        # In UTF-8, as Snowball reads and writes it: it would encode and decode each word by itself.
        words = self._mended(self._uncontracted(forms)).encode("utf-8").split(b"\n")
        with self._lock:
            stems = self._stemmer.stemWords(words[:-1])
        return or_else(fold_lines(b"\n".join([*stems, b""]).decode("utf-8")), forms, fold)

    def _uncontracted(self, forms: str) -> str:
        """Return forms, one or lines of them, without what is left of a verb at their ends."""
        return self._contracted.sub("", forms) if self._contracted and "'" in forms else forms

    def _mended(self, forms: str) -> str:
        """Return forms, one or lines of them, as they are spelled for the stemmer."""
        return self._mending.mended(forms) if self._mending else forms
