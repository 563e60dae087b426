"""What a page shows of the articles that answer: read, marked and cut to snippets."""

import numpy as np

from corpus import Article
from search.answering import Ranked
from search.explanation import explanations
from search.highlighting import locate, segments
from search.page import Hit, OtherLanguage
from search.snapshot import Snapshot
from search.snippets import snippet


def hits_of(ranked: Ranked, snapshot: Snapshot, wanted: bool) -> tuple[Hit, ...]:
    """Return the hits of a page, in order, with explanations if they are wanted."""
    matches, planned = ranked.matches, ranked.plan
    sorted_page = np.sort(ranked.page)
    located = locate(matches.parts if planned.labels else (), sorted_page)
    explained = explanations(sorted_page, planned, matches, snapshot) if wanted else {}
    numbers = ranked.page.tolist()
    # One thing for all of them, then the next: the processor has in its cache what it takes.
    articles = [snapshot.article(number) for number in numbers]
    places = snapshot.places(numbers)
    marks = [
        located[number].marks(article, where) for number, article, where in zip(numbers, articles, places, strict=True)
    ]
    snippets = [
        snippet(article, where.sentences, marked.body, matches.information.get(article.language, ()))
        for article, where, marked in zip(articles, places, marks, strict=True)
    ]
    lacking = [matches.lacking(row) for row in matches.rows(ranked.page).tolist()]
    return tuple(
        Hit(
            id=article.id,
            language=article.language,
            title=segments(article.title, 0, len(article.title), marks[at].title),
            snippet=snippets[at],
            topics=article.topics,
            published=article.published,
            author=article.author,
            source=article.source,
            work=article.work,
            translations=_other_languages(article, snapshot) if snapshot.is_translated(numbers[at]) else (),
            score=round(score, 4),
            missing=tuple(planned.labels[group] for group in lacking[at]),
            explanation=explained.get(numbers[at]),
        )
        for at, (article, score) in enumerate(zip(articles, ranked.scores.tolist(), strict=True))
    )


def _other_languages(article: Article, snapshot: Snapshot) -> tuple[OtherLanguage, ...]:
    columns = snapshot.columns
    others = (
        OtherLanguage(snapshot.id(number), columns.languages[columns.language_codes[number]])
        for number in snapshot.works(article.work)
    )
    return tuple(
        sorted((other for other in others if other.id != article.id), key=lambda other: (other.language, other.id))
    )
