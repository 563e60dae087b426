"""What is asked: two and three words that stand together in an article, the same for every system.

Words are drawn as often as they occur, so that common ones with long postings are among them, but for the shortest,
which are mostly no words to search for. Each query is asked once, as nobody's answer should come from a cache.
"""

import re
from random import Random

from benchmarks.articles import Corpus

SEED = 20261122
MIN_CHARS = 4
# Articles that words are drawn from.
SAMPLE = 1_000

_WORD = re.compile(rf"[^\W\d_]{{{MIN_CHARS},}}")


def questions(corpus: Corpus, count: int, seed: int = SEED) -> list[str]:
    """Return so many distinct queries, of two words and of three in turn; raises ValueError if there are not enough."""
    random = Random(seed)
    texts = [words for article in corpus.sample(SAMPLE) if len(set(words := _WORD.findall(article.body.lower()))) > 2]
    found: dict[str, None] = {}
    for _ in range(20 * count):
        words = random.choice(texts)
        chosen: dict[str, None] = {}
        while len(chosen) < 2 + len(found) % 2:
            chosen[random.choice(words)] = None
        found[" ".join(chosen)] = None
        if len(found) == count:
            return list(found)
    raise ValueError(f"the corpus has words for {len(found)} queries, {count} were asked for.")
