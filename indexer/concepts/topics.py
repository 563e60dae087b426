"""The topics of an article whose metadata names none: those of the concepts that are found in it.

Each concept found speaks for its topics, its own and second ones alike; how much, is a matter of where it stands and
how often. `karjera glossary measure-topics` compares what is assigned with what editors gave. Of the 258 articles of
the library (2026-11-24): 88 % of what is assigned is among the editors' topics, and of theirs 81 % are assigned.

The figures below stand in the middle of a wide range that does about as well. The best of 972 combinations around them,
by the most that is assigned with 86 % of it right, gives 86 % and 85 %; chosen without a work and measured on it, work
by work, 86 % and 84 %, language by language 85 % and 84 %. Weights learned for each topic from the articles did worse
on works that they had not seen than no weights at all: 32 works are too few, so there are none.
"""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property

from corpus import LANGUAGES, TOPICS, Article
from indexer.analysis import Analyzer
from indexer.concepts.finding import MAX_REMEMBERED, ConceptFinders
from indexer.concepts.table import ConceptTable

# What the title names, the article is about; what a heading names, a part of it.
TITLE_POINTS = 4.0
HEADING_POINTS = 1.0
# What the text names once may be in passing; each time after that says less than the one before.
FIRST_POINTS = 0.3
REPEATED_EXPONENT = 0.6
# A topic with many concepts is met by chance more often: a concept is worth points ÷ (concepts of the topic ÷ 40)^0.2,
# so that the rarer kind counts more. The exponent fell from 0.3 as the glossary grew from 954 concepts to 2,375.
COMMON_CONCEPTS = 40
COMMON_EXPONENT = 0.2
# Beyond so many, more are rarer ones, and the topic is not met much more often. With 460 occupations instead of 233, of
# the 522 topics that editors gave the library's articles 417 were assigned instead of 419; counted like this, 420.
MOST_CONCEPTS = 240
# Of a topic's points, what they are worth to the topic that it is within (CVs, within job search).
WITHIN_SHARE = 0.7

# Below so many points no topic is assigned.
MIN_POINTS = 3.0
# A second topic needs this share of the best one's points.
MIN_SHARE = 0.6
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

    A concept may be among the reasons of several topics. The points of a topic may be more than those of its concepts,
    by those of topics within it.
    """

    topic: str
    points: float
    reasons: tuple[Reason, ...]


def _analyzer_of_texts(language: str) -> Analyzer:
    # Not that of queries, which remembers few words.
    return Analyzer(LANGUAGES[language])


class TopicAssigner:
    """Assigns topics by `table`, a compiled glossary. For one thread."""

    def __init__(self, table: ConceptTable) -> None:
        self.table = table
        self._finders = ConceptFinders(table, _analyzer_of_texts, MAX_REMEMBERED)

    @cached_property
    def _worth(self) -> dict[str, float]:
        """Topic -> what the points of its concepts are multiplied by."""
        counts = Counter(self.table.topics(number)[0] for number in range(len(self.table)))
        numbers = {topic: min(max(1, counts[topic]), MOST_CONCEPTS) for topic in TOPICS}
        return {topic: (numbers[topic] / COMMON_CONCEPTS) ** -COMMON_EXPONENT for topic in TOPICS}

    def evidence(self, article: Article) -> list[Evidence]:
        """Return what speaks for each topic in an article, the strongest first."""
        finder = self._finders.of(article.language)
        terms: dict[int, int] = {}  # concept -> the term it was found by first

        def found(text: str) -> Counter[int]:
            counts: Counter[int] = Counter()
            for match in finder.find_in_article(text):
                if not self.table.is_everyday(match.term):
                    counts[match.concept] += 1
                    terms.setdefault(match.concept, match.term)
            return counts

        headings = "\n".join(article.body[span.start : span.end] for span in article.markup if span.kind == "heading")
        in_title, in_headings, in_text = found(article.title), found(headings), found(article.body)
        reasons: dict[str, list[Reason]] = {}
        for concept, term in terms.items():
            counts = in_title[concept], in_headings[concept], in_text[concept]
            for topic in self.table.topics(concept):
                points = round(self._worth[topic] * _points(*counts), 2)
                reason = Reason(self.table.id(concept), self.table.term(term), *counts, points)
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
