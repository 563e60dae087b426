"""Articles out of nothing but the shipped library: words distributed as in a language, in as many languages as it has.

Words of the library are cut in two and put together again, which gives endings that repeat like inflections, and are
drawn by Zipf's law; now and then comes a number, so that the vocabulary goes on growing as it does in real texts. It
is the same on every machine. Texts like these have fewer distinct words than novels: build speed and size are those of
this corpus, not of others.
"""

import math
import re
from collections.abc import Iterator
from itertools import accumulate
from random import Random

from corpus import LIBRARY, Article, Collection, Settings

SEED = 20261122
WORDS = 60_000  # distinct ones in a language, besides numbers
ZIPF_EXPONENT = 1.0
ZIPF_SHIFT = 2.7  # Mandelbrot's: the commonest words are less common than Zipf's law says
NUMBERS = 0.004  # of all words
MEDIAN_WORDS, SPREAD = 580, 0.5  # of an article; log-normal
SENTENCE_WORDS = (6, 22)
PARAGRAPH_SENTENCES = 5

_WORD = re.compile(r"[^\W\d_]+")


def generated(count: int, seed: int = SEED) -> Iterator[Article]:
    """Yield so many articles, each language after the other."""
    words: dict[str, list[str]] = {}
    for article in Collection((LIBRARY,), Settings()):
        words.setdefault(article.language, []).extend(_WORD.findall(article.body.lower()))
    for at, language in enumerate(sorted(words)):
        random = Random(f"{seed} {language}")
        share = count // len(words) + (at < count % len(words))
        vocabulary = _vocabulary(sorted(set(words[language])), random)
        weights = list(accumulate(1 / (rank + ZIPF_SHIFT) ** ZIPF_EXPONENT for rank in range(len(vocabulary))))
        for number in range(share):
            length = int(MEDIAN_WORDS * math.exp(random.gauss(0, SPREAD)))
            drawn = random.choices(vocabulary, cum_weights=weights, k=max(20, length))
            id = f"{language}/{number:06}"
            yield Article(id, language, " ".join(drawn[:5]).capitalize(), _text(drawn[5:], random), work=id)


def _vocabulary(known: list[str], random: Random) -> list[str]:
    beginnings = [word[: (len(word) + 1) // 2] for word in known if len(word) > 3]
    endings = [word[(len(word) + 1) // 2 :] for word in known if len(word) > 3]
    found = dict.fromkeys(random.sample(known, len(known)))
    while len(found) < WORDS:
        found[random.choice(beginnings) + random.choice(endings)] = None
    return list(found)


def _text(words: list[str], random: Random) -> str:
    lines: list[str] = []
    sentences: list[str] = []
    at = 0
    while at < len(words):
        length = random.randint(*SENTENCE_WORDS)
        sentence = words[at : at + length]
        if random.random() < NUMBERS * length:
            sentence[-1] = str(random.randrange(10_000_000))
        sentences.append(f"{' '.join(sentence).capitalize()}.")
        at += length
        if len(sentences) == PARAGRAPH_SENTENCES:
            lines.append(" ".join(sentences))
            sentences = []
    return "\n".join([*lines, " ".join(sentences)]).strip()
