"""The boundary between what is asked and where it runs: requests in, pages out.

Here it is the embedded index. Whoever answers from elsewhere answers these three questions.
"""

import time
from collections.abc import Sequence

from corpus import Article, Settings
from indexer.generations import IndexFolder
from search.errors import ArticleNotFound
from search.facets import language_facet, passing, topic_facet
from search.highlighting import Highlighter, segments
from search.page import ArticlePage, Hit, Interpretation, SearchPage, Translation
from search.parsing import ParsedQuery, parse
from search.planning import Plan, plan
from search.ranking import Match, Matches, best_first, match, newest_first
from search.request import SearchRequest
from search.snapshot import LiveIndex, Snapshot
from search.snippets import snippet


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
        with snapshot.lock:
            return _search(request, query, snapshot, self.settings, started)

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
            tuple((mark.start, mark.end) for mark in highlighter.marks(article.title, title=True)),
            tuple((mark.start, mark.end) for mark in highlighter.marks(article.body)),
            tuple(sorted(translations, key=lambda translation: (translation.language, translation.id))),
        )

    def counts(self) -> dict[str, int]:
        """Return the number of articles in each language, most first; raises IndexerError if there is no index."""
        snapshot = self._live.snapshot()
        return {code: len(numbers) for code, numbers in snapshot.by_language.items()}


def _search(
    request: SearchRequest, query: ParsedQuery, snapshot: Snapshot, settings: Settings, started: float
) -> SearchPage:
    planned = plan(query, snapshot.by_language)
    documents = snapshot.documents
    matches = match(planned, snapshot, settings, request.languages or query.languages)
    # What stands in the query itself is no choice of a facet: nothing outside it counts anywhere.
    typed = SearchRequest(languages=query.languages, topics=query.topics)
    answering = passing(matches.by_number, typed, documents)
    kept = passing(answering, request, documents)
    if request.sort == "newest" or not planned.labels:
        ordered = newest_first(kept, matches, snapshot)
    else:
        ordered = best_first(kept, matches, planned, snapshot)
    first = (request.page - 1) * request.size
    hits = _hits(ordered[first : first + request.size], matches, planned, snapshot)
    listed = min(len(ordered), settings.max_results)
    return SearchPage(
        request=request,
        interpretation=_interpretation(query, matches, planned, hits),
        total=len(ordered),
        complete=sum(not matches.by_number[number].missing for number in kept),
        pages=-(-listed // request.size),
        hits=hits,
        languages=language_facet(answering, request, documents),
        topics=topic_facet(answering, request, documents),
        generation=snapshot.generation.number,
        milliseconds=round((time.perf_counter() - started) * 1000, 2),
    )


def _hits(page: Sequence[tuple[int, float]], matches: Matches, planned: Plan, snapshot: Snapshot) -> tuple[Hit, ...]:
    plans = {language.language: language for language in planned.languages}
    highlighters: dict[str, Highlighter] = {}
    hits = []
    for number, score in page:
        article = snapshot.article(number)
        code = article.language
        if code not in highlighters:
            highlighters[code] = Highlighter(plans[code])
        told = matches.information.get(code, ())
        hits.append(_hit(article, highlighters[code], told, matches.by_number[number], score, planned.labels))
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
        snippet=snippet(article, highlighter.marks(article.body), told),
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
        excluded=tuple(operand.text for operand in query.excluded),
        languages=query.languages,
        topics=query.topics,
        unknown=unknown,
        left_out=tuple(label for label in planned.labels if label in missing and label not in unknown),
        notes=query.notes,
    )


def _translation(article: Article) -> Translation:
    return Translation(article.id, article.language, article.title)
