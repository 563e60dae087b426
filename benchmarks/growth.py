"""The same corpus several times over, with altered words: a larger one that grows in words as texts do.

In each copy one of ALTERED distinct words, chosen by its letters and the number of the copy, has the first half of its
letters turned round and a letter of its copy put behind: it is a word that no other copy has, with the ending that it
had. All other words stay, so that a query finds nearly as many articles in each copy as in the first.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.articles import Corpus
from benchmarks.systems import build_karjera
from corpus import Article

ALTERED = 10
_WORD = re.compile(r"[^\W\d_]{4,}")


def grown(corpus: Corpus, times: int) -> Iterator[Article]:
    """Yield the corpus, and then so many altered copies that it is there `times` times; each copy has its own ids."""
    yield from corpus
    for copy in range(1, times):
        letter, known = chr(ord("a") + copy), dict[str, str]()

        def altered(found: re.Match[str], copy: int = copy, letter: str = letter, known: dict[str, str] = known) -> str:
            word = found[0]
            if word not in known:
                half = (len(word) + 1) // 2
                chosen = zlib.crc32(f"{copy} {word.lower()}".encode()) % ALTERED == 0
                known[word] = f"{word[:half][::-1]}{letter}{word[half:]}" if chosen else word
            return known[word]

        for article in corpus:
            id = f"{article.id}~{copy}"
            yield replace(article, id=id, work=id, body=_WORD.sub(altered, article.body))


def build_grown(corpus: Corpus, folder: Path, workers: int, times: int) -> None:
    """Build Karjera's index of a corpus `times` times over."""
    build_karjera(grown(corpus, times), folder, workers)
