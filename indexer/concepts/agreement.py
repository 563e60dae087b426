"""How far the topics that follow from an article's concepts are those that its editors gave it.

An article in fifteen languages counts fifteen times, as it is asked about fifteen times.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from corpus import Article
from indexer.concepts.topics import TopicAssigner


@dataclass(frozen=True, slots=True)
class Agreement:
    """Topics of some articles: how many editors gave, how many were assigned, and how many of these are editors'."""

    articles: int
    given: int
    assigned: int
    right: int

    @property
    def precision(self) -> float:
        """The share of what was assigned that editors gave; 1 where nothing was."""
        return self.right / self.assigned if self.assigned else 1.0

    @property
    def recall(self) -> float:
        """The share of what editors gave that was assigned; 1 where nothing was given."""
        return self.right / self.given if self.given else 1.0


def agreement(articles: Iterable[Article], assigner: TopicAssigner) -> dict[str, Agreement]:
    """Return how far topics agree, by language, the one with most articles first.

    Articles that state none are left out. The metadata is looked at only to compare with it.
    """
    counts: dict[str, Counter[str]] = {}
    for article in articles:
        if not article.topics or article.topics_assigned:
            continue
        assigned = set(assigner.topics(article))
        counts.setdefault(article.language, Counter()).update(
            articles=1, given=len(article.topics), assigned=len(assigned), right=len(assigned & set(article.topics))
        )
    measured = {code: _agreement(found) for code, found in counts.items()}
    return dict(sorted(measured.items(), key=lambda item: (-item[1].articles, item[0])))


def overall(measured: Iterable[Agreement]) -> Agreement:
    """Return the agreement over the articles of several together."""
    total: Counter[str] = Counter()
    for each in measured:
        total.update(articles=each.articles, given=each.given, assigned=each.assigned, right=each.right)
    return _agreement(total)


def _agreement(counts: Counter[str]) -> Agreement:
    return Agreement(counts["articles"], counts["given"], counts["assigned"], counts["right"])
