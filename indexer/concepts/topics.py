"""The topics of an article whose metadata names none: those of the concepts that are found in it.

Each concept found speaks for its topic; how much, is a matter of where it stands and how often. The figures below were
chosen by trying a grid of them on 96 articles in English, Polish and Lithuanian whose editors gave them topics
(2026-11-22): of the topics assigned 88 % are among the editors', of theirs 61 % are assigned, and the strongest is one
of theirs in nine articles of ten. In the translations into six more languages it is 89 % and 64 %. What is missed is
mostly an editor's second thought (that a text on overtime is about the workplace too). Lists of words by topic, which
concepts have replaced, had 71 % and 46 %.
"""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property

from corpus import TOPICS, Article
from indexer.concepts.finding import ConceptFinders
from indexer.concepts.table import ConceptTable

# What the title or a heading names, the article or a part of it is about.
TITLE_POINTS = 2.0
HEADING_POINTS = 2.0
# What the text names once may be in passing; each time after that says less than the one before.
FIRST_POINTS = 0.5
REPEATED_EXPONENT = 0.8
# A topic with many concepts is met by chance more often: a concept is worth points ÷ (concepts of the topic ÷ 40)^0.3,
# so that the rarer kind counts more.
COMMON_CONCEPTS = 40
COMMON_EXPONENT = 0.3
# Of a topic's points, what they are worth to the topic that it is within (CVs, within job search).
WITHIN_SHARE = 0.5

# Below so many points no topic is assigned.
MIN_POINTS = 4.0
# A second topic needs this share of the best one's points.
MIN_SHARE = 0.5
MAX_TOPICS = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """A concept found in an article: by which term, how often in title, headings and text, and what it earned."""

    concept: str
    term: str
    in_title: int
    in_headings: int
    in_text: int
    points: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a topic was considered: its points, and the concepts that earned them, the most first.

    The points of a topic may be more than those of its concepts, by those of topics within it.
    """

    topic: str
    points: float
    reasons: tuple[Reason, ...]


class TopicAssigner:
    """Assigns topics by a compiled glossary. For one thread."""

    def __init__(self, table: ConceptTable) -> None:
        self._table = table
        self._finders = ConceptFinders(table)

    @cached_property
    def _worth(self) -> dict[str, float]:
        """Topic -> what the points of its concepts are multiplied by."""
        counts = Counter(self._table.topic(number) for number in range(len(self._table)))
        return {topic: (count / COMMON_CONCEPTS) ** -COMMON_EXPONENT for topic, count in counts.items()}

    def evidence(self, article: Article) -> list[Evidence]:
        """Return what speaks for each topic in an article, the strongest first."""
        finder = self._finders.of(article.language)
        terms: dict[int, int] = {}  # concept -> the term it was found by first

        def found(text: str) -> Counter[int]:
            counts: Counter[int] = Counter()
            for match in finder.find_in_article(text):
                counts[match.concept] += 1
                terms.setdefault(match.concept, match.term)
            return counts

        headings = "\n".join(article.body[span.start : span.end] for span in article.markup if span.kind == "heading")
        in_title, in_headings, in_text = found(article.title), found(headings), found(article.body)
        reasons: dict[str, list[Reason]] = {}
        for concept, term in terms.items():
            topic = self._table.topic(concept)
            counts = in_title[concept], in_headings[concept], in_text[concept]
            points = round(self._worth[topic] * _points(*counts), 2)
            reason = Reason(self._table.id(concept), self._table.term(term), *counts, points)
            reasons.setdefault(topic, []).append(reason)
        return _summed(reasons)

    def topics(self, article: Article) -> tuple[str, ...]:
        """Return up to three topics that the concepts of an article speak for, the strongest first."""
        return chosen(self.evidence(article))

    def completed(self, article: Article) -> Article:
        """Return the article, with topics assigned if it states none."""
        if article.topics and not article.topics_assigned:
            return article
        return replace(article, topics=self.topics(article), topics_assigned=True)


def chosen(evidence: list[Evidence]) -> tuple[str, ...]:
    """Return the topics for which there is enough evidence, given the strongest first."""
    if not evidence:
        return ()
    floor = max(MIN_POINTS, MIN_SHARE * evidence[0].points)
    return tuple(item.topic for item in evidence if item.points >= floor)[:MAX_TOPICS]


def _points(in_title: int, in_headings: int, in_text: int) -> float:
    points = TITLE_POINTS * (in_title > 0) + HEADING_POINTS * (in_headings > 0)
    if in_text:
        points += FIRST_POINTS + (in_text - 1) ** REPEATED_EXPONENT
    return points


def _summed(reasons: dict[str, list[Reason]]) -> list[Evidence]:
    own = {topic: sum(reason.points for reason in found) for topic, found in reasons.items()}
    points = dict(own)
    for topic, earned in own.items():
        if within := TOPICS[topic].within:
            points[within] = points.get(within, 0.0) + WITHIN_SHARE * earned
    for found in reasons.values():
        found.sort(key=lambda reason: (-reason.points, reason.concept))
    evidence = [Evidence(topic, round(earned, 2), tuple(reasons.get(topic, ()))) for topic, earned in points.items()]
    return sorted(evidence, key=lambda item: (-item.points, item.topic))
