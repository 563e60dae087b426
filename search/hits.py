"""What a page shows of the articles that answer: read, marked and cut to snippets."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus import Article
from indexer.places import Places
from search.answering import Ranked
from search.explanation import explain
from search.highlighting import Marks, locate, segments
from search.page import Hit, OtherLanguage
from search.snapshot import Snapshot
from search.snippets import snippet


def hits_of(ranked: Ranked, snapshot: Snapshot, explained: bool) -> tuple[Hit, ...]:
    """Return the hits of a page, in order, with explanations if they are wanted."""
    matches, planned = ranked.matches, ranked.plan
    located = locate(matches.parts if planned.labels else (), np.sort(ranked.page))
    rows = matches.rows(ranked.page)
    hits = []
    for number, row, score in zip(ranked.page.tolist(), rows.tolist(), ranked.scores.tolist(), strict=True):
        article, places = snapshot.article(number), snapshot.places(number)
        told = matches.information.get(article.language, ())
        missing = tuple(planned.labels[group] for group in matches.lacking(row))
        marks = located[number].marks(article, places)
        others = _other_languages(article, snapshot) if snapshot.is_translated(number) else ()
        hit = _hit(article, others, places, marks, told, score, missing)
        why = explain(number, planned, matches, snapshot) if explained else None
        hits.append(replace(hit, explanation=why) if why else hit)
    return tuple(hits)


def _other_languages(article: Article, snapshot: Snapshot) -> tuple[OtherLanguage, ...]:
    columns = snapshot.columns
    others = (
        OtherLanguage(snapshot.id(number), columns.languages[columns.language_codes[number]])
        for number in snapshot.works(article.work)
    )
    return tuple(
        sorted((other for other in others if other.id != article.id), key=lambda other: (other.language, other.id))
    )


def _hit(
    article: Article,
    translations: tuple[OtherLanguage, ...],
    places: Places,
    marks: Marks,
    told: Sequence[float],
    score: float,
    missing: tuple[str, ...],
) -> Hit:
    return Hit(
        id=article.id,
        language=article.language,
        title=segments(article.title, 0, len(article.title), marks.title),
        snippet=snippet(article, places.sentences, marks.body, told),
        topics=article.topics,
        published=article.published,
        author=article.author,
        source=article.source,
        work=article.work,
        translations=translations,
        score=round(score, 4),
        missing=missing,
    )
