"""The boundary between what is asked and where it runs: requests in, pages out.

Here it is the embedded index. Whoever answers from elsewhere answers these questions.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np

from corpus import Article, Settings
from indexer.analysis import query_analyzer
from indexer.errors import IndexerError
from indexer.generations import IndexFolder
from search.answered import AnsweredPages, Question
from search.answering import Ranked, Standing, matches_in, ranked_for
from search.costs import Budget, affordable
from search.errors import ArticleNotFound
from search.explanation import explanations
from search.facets import allowed, language_facet, topic_facet, year_facet
from search.highlighting import Marks, locate, segments
from search.hits import hits_of
from search.interpretation import interpretation_of
from search.live import LiveIndex
from search.page import (
    Absence,
    ArticlePage,
    Explanation,
    IndexStatus,
    Listed,
    Rewording,
    SearchPage,
    SimilarArticle,
    Suggestion,
    Translation,
)
from search.parsing import ParsedQuery, parse
from search.phases import Phases
from search.request import SearchRequest
from search.rewording import reworded
from search.similar import similar
from search.snapshot import Snapshot
from search.status import status
from search.suggestions import suggest

# Told of every search that was answered, in the thread that answers it.
Observer = Callable[[SearchPage, Phases], None]


class Engine:
    """Answers from the live generation of an index folder. Safe to share between threads."""

    def __init__(self, settings: Settings, observer: Observer | None = None) -> None:
        self.settings = settings
        self._observer = observer
        self._live = LiveIndex(IndexFolder(settings.index), settings)
        self._answered = AnsweredPages()

    def open(self) -> None:
        """Open the index, if there is one that can be read; else whoever asks first does, or is told why not."""
        with suppress(IndexerError):
            snapshot = self._live.snapshot()
            # What is otherwise opened when it is first needed.
            _ = snapshot.concepts, snapshot.columns

    def search(self, request: SearchRequest, budget: Budget | None = None) -> SearchPage:
        """Answer a request, with what is left of a budget if it has none of its own.

        Raises IndexerError if there is no index that can be read.
        """
        started = time.perf_counter()
        snapshot = self._live.snapshot()
        phases = Phases()
        budget = budget or Budget()
        allowed_cost = budget.left
        query = affordable(parse(request.query, self.settings), snapshot, budget)
        question = Question(snapshot.version, request, query, allowed_cost)
        page = self._answered.page(question)
        phases.end("parse")
        if page is None:
            page = self._answer(question, snapshot, phases)
            self._answered.keep(question, page)
        page = replace(page, milliseconds=round((time.perf_counter() - started) * 1000, 2))
        if self._observer:
            self._observer(page, phases)
        return page

    def _answer(self, question: Question, snapshot: Snapshot, phases: Phases) -> SearchPage:
        request, query = question.request, question.query
        ranked = ranked_for(request, query, snapshot, self.settings, phases)
        hits = hits_of(ranked, query, snapshot)
        phases.end("snippets")
        page = SearchPage(
            request=request,
            interpretation=replace(
                interpretation_of(query, ranked, hits, snapshot),
                did_you_mean=self._did_you_mean(request, query, ranked, snapshot, question.allowed_cost),
            ),
            total=len(ranked.found),
            articles=len(ranked.kept),
            complete=ranked.matches.complete_among(ranked.found),
            pages=-(-min(len(ranked.found), self.settings.max_results) // request.size),
            hits=hits,
            languages=language_facet(ranked.answering, request, snapshot.columns, ranked.works),
            topics=topic_facet(ranked.answering, request, snapshot.columns, ranked.works),
            years=year_facet(ranked.answering, request, snapshot.columns, ranked.works),
            generation=snapshot.generation.number,
            milliseconds=0.0,  # known when it is given
            first=ranked.first,
            next=ranked.next(hits),
            index_changed=ranked.paging.index_changed,
        )
        phases.end("facets")
        return page

    def _did_you_mean(
        self, request: SearchRequest, query: ParsedQuery, ranked: Ranked, snapshot: Snapshot, allowed_cost: int
    ) -> Rewording | None:
        def complete(ranked: Ranked) -> int:
            return ranked.matches.complete_among(ranked.found)

        def count(text: str) -> int:
            other = replace(request, query=text, page=1, after=None)
            asked = affordable(parse(text, self.settings), snapshot, Budget(allowed_cost))
            return complete(ranked_for(other, asked, snapshot, self.settings, Phases()))

        # What is the name of a concept is no slip, and what was corrected is said already.
        right = {group for expansion in ranked.expansions for group in expansion.groups}
        right.update(correction.group for correction in ranked.corrections)
        return reworded(request.query, query, ranked.matches, right, complete(ranked), count, snapshot, self.settings)

    def ranked_ids(self, request: SearchRequest) -> tuple[str, ...]:
        """Return only the ids of the hits on a request's page, of any size, in order; raises IndexerError."""
        snapshot = self._live.snapshot()
        query = affordable(parse(request.query, self.settings), snapshot)
        ranked = ranked_for(request, query, snapshot, self.settings, Phases())
        return tuple(snapshot.id(number) for number in ranked.page.tolist())

    def explain(self, request: SearchRequest, id: str) -> Explanation:
        """Return why an article is a hit, where it is, or why it is none; raises ArticleNotFound."""
        snapshot = self._live.snapshot()
        number = snapshot.number(id)
        if number is None:
            raise ArticleNotFound(f"there is no article {id[:80]!r}.")
        query = affordable(parse(request.query, self.settings), snapshot)
        ranked = ranked_for(request, query, snapshot, self.settings, Phases(), every=True)
        here = np.array([number])
        part = ranked.matches.part_of(number)
        absence: Absence = ""
        standing: Standing | None = None
        if not np.isin(number, ranked.matches.numbers):
            excluded = part is not None and np.isin(number - part.segment.base, part.excluded)
            absence = "excluded" if excluded else "words"
        elif not len(allowed(here, query, snapshot.columns)) or not np.isin(number, ranked.kept):
            absence = "filtered"
        else:
            standing = ranked.standing_of(number, snapshot)
            if standing.shown != number:
                absence = "translation"
            elif not np.isin(number, ranked.page):
                absence = "behind"
        standings = {number: standing} if standing else {}
        return explanations(here, ranked, snapshot, standings, absence)[number]

    def article(self, id: str, query: str = "", expand: bool = True) -> ArticlePage:
        """Return an article, with the words of a query marked; raises ArticleNotFound."""
        snapshot = self._live.snapshot()
        number = snapshot.number(id)
        if number is None:
            raise ArticleNotFound(f"there is no article {id[:80]!r}.")
        article, [places] = snapshot.article(number), snapshot.places([number])
        translations = [_translation(snapshot.article(other)) for other in snapshot.works(article.work)]
        asked = affordable(parse(query, self.settings), snapshot)
        found = matches_in(article.language, asked, snapshot, self.settings, expand)
        marks = locate(found.parts, np.array([number]))[number].marks(article, places) if found else Marks()
        return ArticlePage(
            article,
            segments(article.title, 0, len(article.title), marks.title),
            tuple((mark.start, mark.end) for mark in marks.body),
            tuple(
                sorted(
                    (other for other in translations if other.id != id),
                    key=lambda translation: (translation.language, translation.id),
                )
            ),
        )

    def has(self, id: str) -> bool:
        """Tell whether there is an article with this id; raises IndexerError if there is no index."""
        return self._live.snapshot().number(id) is not None

    def similar(self, id: str, size: int = 5, prefer: Sequence[str] = ()) -> tuple[SimilarArticle, ...]:
        """Return articles like one, each of another work, those in a language the reader reads first.

        Raises ArticleNotFound.
        """
        snapshot = self._live.snapshot()
        number = snapshot.number(id)
        if number is None:
            raise ArticleNotFound(f"there is no article {id[:80]!r}.")
        found = (snapshot.article(other) for other in similar(number, snapshot, prefer, size))
        return tuple(
            SimilarArticle(other.id, other.language, other.title, other.topics, other.published, other.work)
            for other in found
        )

    def version(self) -> str:
        """Return what tells this state of the index from every other; raises IndexerError if there is no index."""
        return self._live.snapshot().version

    def concepts(self, text: str, languages: Iterable[str] = ()) -> frozenset[str]:
        """Return the ids of the glossary's concepts that a text names in any of these languages, of all without any."""
        finders = self._live.snapshot().concepts
        if finders is None:
            return frozenset()
        codes = list(languages) or finders.table.languages
        matches = (match for code in codes for match in finders.of(code).find(text, query_analyzer(code).tokens(text)))
        return frozenset(finders.table.id(match.concept) for match in matches)

    def counts(self) -> dict[str, int]:
        """Return the number of articles in each language, most first; raises IndexerError if there is no index."""
        return dict(self._live.snapshot().counts)

    def suggest(self, text: str, prefer: Sequence[str] = (), size: int = 8) -> tuple[Suggestion, ...]:
        """Return what a reader of some languages, the best-liked first, may have begun to type."""
        return suggest(text[: self.settings.max_query_chars], prefer, size, self._live.snapshot())

    def status(self) -> IndexStatus:
        """Return how much there is and how fresh it is; raises IndexerError if there is no index."""
        return status(self._live.snapshot())

    def listing(self, first: int, count: int) -> tuple[Listed, ...]:
        """Return so many articles from the one with this number (from 0) on, in the order of their ids."""
        snapshot = self._live.snapshot()
        columns = snapshot.columns
        numbers = snapshot.by_id[first : first + count]
        return tuple(
            Listed(snapshot.id(number), columns.languages[columns.language_codes[number]], columns.published(number))
            for number in numbers.tolist()
        )


def _translation(article: Article) -> Translation:
    return Translation(article.id, article.language, article.title)
