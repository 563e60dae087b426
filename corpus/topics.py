"""The fixed list of career topics, and the signs by which a text shows its topics.

`topics.toml` holds for each topic its labels in the languages of the interface and, per language, its signs:
words and short phrases, `*` standing for any ending. An article whose metadata names no topic gets those its
signs speak for, and `topic_evidence` says which signs those were. A language without signs gets no topics:
none is better than a wrong one.
"""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from math import log2
from pathlib import Path

# A sign in the title says what the article is about; one in the body may be in passing.
TITLE_POINTS = 3.0
# Below this no topic is assigned: about four different signs once each, or two in the title.
MIN_POINTS = 4.0
# A second topic needs this share of the best one's points.
MIN_SHARE = 0.5
MAX_TOPICS = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """`labels` maps an interface language to the topic's name in it."""

    id: str
    labels: dict[str, str]

    def label(self, language: str) -> str:
        """Return the label in that language, or the English one."""
        return self.labels.get(language, self.labels["en"])


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a topic was considered: its points, and each sign found with the number of times."""

    topic: str
    points: float
    signs: tuple[tuple[str, int], ...]


_TABLE = tomllib.loads((Path(__file__).parent / "topics.toml").read_text(encoding="utf-8"))

# id -> topic, in the order in which facets list equals.
TOPICS: dict[str, Topic] = {id: Topic(id, row["labels"]) for id, row in _TABLE.items()}


def topic_evidence(language: str, title: str, body: str) -> list[Evidence]:
    """Return what speaks for each topic in a text of that language, the strongest first."""
    signs = _signs(language)
    in_title, in_body = signs.count(title), signs.count(body)
    found: dict[str, dict[str, int]] = {}
    points: dict[str, float] = {}
    for sign in sorted(in_title | in_body):
        topic = signs.topic[sign]
        found.setdefault(topic, {})[sign] = in_title[sign] + in_body[sign]
        earned = log2(1 + in_body[sign]) + (TITLE_POINTS if in_title[sign] else 0.0)
        points[topic] = points.get(topic, 0.0) + earned
    evidence = [Evidence(topic, round(points[topic], 2), tuple(found[topic].items())) for topic in found]
    return sorted(evidence, key=lambda item: (-item.points, item.topic))


def assign_topics(language: str, title: str, body: str) -> tuple[str, ...]:
    """Return up to three topics that the text's signs speak for, the strongest first."""
    evidence = topic_evidence(language, title, body)
    if not evidence:
        return ()
    floor = max(MIN_POINTS, MIN_SHARE * evidence[0].points)
    return tuple(item.topic for item in evidence if item.points >= floor)[:MAX_TOPICS]


# A sign as the words it consists of, each with whether any ending may follow.
SignWords = tuple[tuple[str, bool], ...]

_WORD = re.compile(r"\w+")
_SIGN_WORD = re.compile(r"\w+\*?")


@dataclass(frozen=True, slots=True)
class _Signs:
    """The signs of one language, to be found by their first word."""

    topic: dict[str, str]  # sign -> topic id
    whole: dict[str, list[tuple[str, SignWords]]]  # first word -> signs that begin with exactly it
    begun: dict[str, list[tuple[str, SignWords]]]  # beginning of the first word -> signs

    def count(self, text: str) -> Counter[str]:
        """Return how often each sign is found in a text."""
        words = _WORD.findall(text.casefold())
        at: dict[str, list[int]] = {}  # word -> where it stands
        for position, word in enumerate(words):
            at.setdefault(word, []).append(position)
        found: Counter[str] = Counter()
        longest = max(map(len, self.begun), default=0)
        for word, positions in at.items():
            candidates = list(self.whole.get(word, ()))
            for length in range(1, min(len(word), longest) + 1):
                candidates += self.begun.get(word[:length], ())
            for sign, sign_words in candidates:
                found[sign] += sum(_follows(words, position, sign_words) for position in positions)
        return +found


def _follows(words: list[str], position: int, sign_words: SignWords) -> bool:
    if position + len(sign_words) > len(words):
        return False
    return all(
        words[position + at].startswith(word) if any_ending else words[position + at] == word
        for at, (word, any_ending) in enumerate(sign_words)
    )


@cache
def _signs(language: str) -> _Signs:
    signs = _Signs({}, {}, {})
    for id, row in _TABLE.items():
        for sign in row.get("signs", {}).get(language, ()):
            found = _SIGN_WORD.findall(sign.casefold())
            sign_words = tuple((word.rstrip("*"), word.endswith("*")) for word in found)
            first, any_ending = sign_words[0]
            (signs.begun if any_ending else signs.whole).setdefault(first, []).append((sign, sign_words))
            signs.topic[sign] = id
    return signs
