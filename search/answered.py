"""Pages that were answered: kept, since readers go back, reload, and ask what others have asked before them."""

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from search.page import SearchPage
from search.parsing import ParsedQuery
from search.request import SearchRequest

# On the pages that are kept. A hit takes some 2.5 kB, and what a page says of its query, other words and counts, as
# much as five: the 187 questions of the judged set and their 1,765 hits 6.8 MB (2026-11-24).
MAX_KEPT_HITS = 3_000
HITS_A_PAGE = 5


class Question(NamedTuple):
    """All that an answer depends on: the state of the index, what is asked, and what of it may be looked for.

    `query` is the request's own, without what is too much of it, and `allowed_cost` what another one may take.
    """

    version: str
    request: SearchRequest
    query: ParsedQuery
    allowed_cost: int


class AnsweredPages:
    """The pages that were asked for last, of so many hits together. Safe to share between threads."""

    def __init__(self, max_hits: int = MAX_KEPT_HITS) -> None:
        self._max_hits = max_hits
        self._hits = 0
        self._pages: OrderedDict[Question, SearchPage] = OrderedDict()
        self._lock = Lock()

    def page(self, question: Question) -> SearchPage | None:
        """Return what was answered to a question, None if that is not known."""
        with self._lock:
            page = self._pages.get(question)
            if page is not None:
                self._pages.move_to_end(question)
            return page

    def keep(self, question: Question, page: SearchPage) -> None:
        """Keep an answer, and forget those that nobody has asked for the longest."""
        # Explanations take much room, and who reads one has it.
        if question.request.explain:
            return
        with self._lock:
            if question not in self._pages:
                self._pages[question] = page
                self._hits += _size(page)
            while self._hits > self._max_hits:
                _, forgotten = self._pages.popitem(last=False)
                self._hits -= _size(forgotten)


def _size(page: SearchPage) -> int:
    return len(page.hits) + HITS_A_PAGE
