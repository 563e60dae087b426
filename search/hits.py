"""What a page shows of the articles that answer: read, marked and cut to snippets."""

from collections.abc import Sequence

import numpy as np

from corpus import Article
from search.answering import Ranked
from search.explanation import explanations, ranked_as
from search.highlighting import locate, segments
from search.page import Hit, OtherLanguage
from search.parsing import ParsedQuery
from search.snapshot import Snapshot
from search.snippets import snippet


def hits_of(ranked: Ranked, query: ParsedQuery, snapshot: Snapshot) -> tuple[Hit, ...]:
    """Return the hits of a page, in order, with explanations if the request wants them."""
    request = ranked.paging.request
    matches, planned = ranked.matches, ranked.plan
    numbers, sorted_page = ranked.page.tolist(), np.sort(ranked.page)
    located = locate(matches.parts if planned.labels else (), sorted_page)
    standings = dict(zip(numbers, ranked.standings(), strict=True))
    explained = explanations(sorted_page, ranked, snapshot, standings) if request.explain else {}
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
    first = (*request.prefer, *request.languages, *query.languages)
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
            translations=_other_languages(article, first, snapshot) if snapshot.is_translated(numbers[at]) else (),
            score=round(standings[numbers[at]].score, 4),
            ranked_as=ranked_as(numbers[at], standings[numbers[at]], ranked, snapshot),
            missing=tuple(planned.labels[group] for group in lacking[at]),
            explanation=explained.get(numbers[at]),
        )
        for at, article in enumerate(articles)
    )


def _other_languages(article: Article, first: Sequence[str], snapshot: Snapshot) -> tuple[OtherLanguage, ...]:
    """Return the other articles of a work: those in some languages first, in their order."""
    columns = snapshot.columns
    others = (
        OtherLanguage(snapshot.id(number), columns.languages[columns.language_codes[number]])
        for number in snapshot.works(article.work)
    )
    places = {language: place for place, language in reversed([*enumerate(first)])}
    return tuple(
        sorted(
            (other for other in others if other.id != article.id),
            key=lambda other: (places.get(other.language, len(first)), other.language, other.id),
        )
    )
