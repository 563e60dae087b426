"""The boundary between what is asked and where it runs: requests in, pages out.

Here it is the embedded index. Whoever answers from elsewhere answers these three questions.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus import Article, Settings
from indexer.generations import IndexFolder
from search.errors import ArticleNotFound
from search.facets import allowed, language_facet, passing, topic_facet
from search.highlighting import Highlighter, segments
from search.page import ArticlePage, FacetValue, Hit, Interpretation, SearchPage, Translation
from search.parsing import ParsedQuery, parse
from search.planning import Plan, plan
from search.ranking import Match, Matches, best_first, match, newest_first
from search.request import SearchRequest
from search.snapshot import LiveIndex, Snapshot
from search.snippets import snippet

# Words are marked in so much of an article; a snippet comes from there. Four times the longest that people write.
MAX_MARKED_CHARS = 200_000


class Engine:
    """Answers from the live generation of an index folder. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._live = LiveIndex(IndexFolder(settings.index), settings)

    def search(self, request: SearchRequest) -> SearchPage:
        """Answer a request; raises IndexerError if there is no index that can be read."""
        started = time.perf_counter()
        snapshot = self._live.snapshot()
        query = parse(request.query, self.settings)
        planned = plan(query, snapshot.by_language)
        with snapshot.lock:
            answer = _answer(request, query, planned, snapshot, self.settings)
        # Marking words in long articles takes longest, and needs the index no more.
        hits = _hits(answer, planned)
        return SearchPage(
            request=request,
            interpretation=_interpretation(query, answer.matches, planned, hits),
            total=answer.total,
            complete=answer.complete,
            pages=-(-min(answer.total, self.settings.max_results) // request.size),
            hits=hits,
            languages=answer.languages,
            topics=answer.topics,
            generation=snapshot.generation.number,
            milliseconds=round((time.perf_counter() - started) * 1000, 2),
        )

    def article(self, id: str, query: str = "") -> ArticlePage:
        """Return an article, with the words of a query marked; raises ArticleNotFound."""
        snapshot = self._live.snapshot()
        with snapshot.lock:
            number = snapshot.numbers.get(id)
            if number is None:
                raise ArticleNotFound(f"there is no article {id[:80]!r}.")
            article = snapshot.article(number)
            others = [other for other in snapshot.by_work[article.work] if other != number]
            translations = [_translation(snapshot.article(other)) for other in others]
        plans = plan(parse(query, self.settings), [article.language]).languages
        highlighter = Highlighter(plans[0])
        return ArticlePage(
            article,
            segments(article.title, 0, len(article.title), highlighter.marks(article.title, title=True)),
            tuple((mark.start, mark.end) for mark in highlighter.marks(article.body[:MAX_MARKED_CHARS])),
            tuple(sorted(translations, key=lambda translation: (translation.language, translation.id))),
        )

    def counts(self) -> dict[str, int]:
        """Return the number of articles in each language, most first; raises IndexerError if there is no index."""
        snapshot = self._live.snapshot()
        return {code: len(numbers) for code, numbers in snapshot.by_language.items()}


@dataclass(frozen=True, slots=True)
class _Answer:
    """What had to be read from the index for a page."""

    matches: Matches
    listed: tuple[tuple[Article, Match, float], ...]  # article, match, score of each hit on the page
    total: int
    complete: int
    languages: tuple[FacetValue, ...]
    topics: tuple[FacetValue, ...]


def _answer(
    request: SearchRequest, query: ParsedQuery, planned: Plan, snapshot: Snapshot, settings: Settings
) -> _Answer:
    documents = snapshot.documents

    def passes(numbers: Iterable[int]) -> list[int]:
        return passing(allowed(numbers, query, documents), request, documents)

    matches = match(planned, snapshot, settings, passes)
    # What stands in the query itself is no choice of a facet: nothing outside it counts anywhere.
    answering = allowed(matches.by_number, query, documents)
    kept = passing(answering, request, documents)
    if request.sort == "newest" or not planned.labels:
        ordered = newest_first(kept, matches, snapshot)
    else:
        ordered = best_first(kept, matches, planned, snapshot)
    first = (request.page - 1) * request.size
    page = ordered[: settings.max_results][first : first + request.size]
    return _Answer(
        matches,
        tuple((snapshot.article(number), matches.by_number[number], score) for number, score in page),
        len(ordered),
        sum(not matches.by_number[number].missing for number in kept),
        language_facet(answering, request, documents),
        topic_facet(answering, request, documents),
    )


def _hits(answer: _Answer, planned: Plan) -> tuple[Hit, ...]:
    plans = {language.language: language for language in planned.languages}
    highlighters: dict[str, Highlighter] = {}
    hits = []
    for article, found, score in answer.listed:
        code = article.language
        if code not in highlighters:
            highlighters[code] = Highlighter(plans[code])
        told = answer.matches.information.get(code, ())
        hits.append(_hit(article, highlighters[code], told, found, score, planned.labels))
    return tuple(hits)


def _hit(
    article: Article,
    highlighter: Highlighter,
    told: Sequence[float],
    found: Match,
    score: float,
    labels: Sequence[str],
) -> Hit:
    title_marks = highlighter.marks(article.title, title=True)
    return Hit(
        id=article.id,
        language=article.language,
        title=segments(article.title, 0, len(article.title), title_marks),
        snippet=snippet(article, highlighter.marks(article.body[:MAX_MARKED_CHARS]), told),
        topics=article.topics,
        published=article.published,
        author=article.author,
        source=article.source,
        work=article.work,
        score=round(score, 4),
        missing=tuple(labels[group] for group in found.missing),
    )


def _interpretation(query: ParsedQuery, matches: Matches, planned: Plan, hits: Sequence[Hit]) -> Interpretation:
    unknown = tuple(planned.labels[group] for group in matches.unknown)
    missing = {label for hit in hits for label in hit.missing}
    return Interpretation(
        words=planned.labels,
        excluded=tuple(excluded.label for excluded in query.excluded),
        languages=query.languages,
        topics=query.topics,
        unknown=unknown,
        left_out=tuple(label for label in planned.labels if label in missing and label not in unknown),
        notes=query.notes,
    )


def _translation(article: Article) -> Translation:
    return Translation(article.id, article.language, article.title)
