"""Several searches in one request, and what they may cost together: that of a few searches, not of fifty.

Each is checked and answered as if it came alone, but for three things. The beginnings and phrases of all of them have
one budget (`costs.py`), in their order. Together they explain no more hits than one search may have. And where requests
are counted, each of them counts.
"""

from indexer.errors import IndexerError
from search import answers
from search.costs import Budget
from search.errors import BadRequest, Fault, SearchError
from search.request import bounded
from search.serialization import search_json
from search.web import failures, limits, readers
from search.web.current import engine
from search.web.questions import BatchQuestion, SearchQuestion


def answered(asked: BatchQuestion) -> answers.BatchAnswer:
    """Return what each search came to, in order; raises TooManyRequests for more of them than a client may make."""
    limits.count_as(len(asked.requests))
    allowance = _Allowance(engine().settings.max_page_size)
    model = bounded(SearchQuestion, engine().settings)
    said: list[answers.BatchItem] = []
    for values in asked.requests:
        try:
            said.append({"status": 200, "answer": _search(model.of_values(values), allowance)})
        except (SearchError, IndexerError) as error:
            failure = failures.failure_of(error)
            said.append({"status": failure.status, "problem": failures.problem(failure)})
    return {"answers": said}


class _Allowance:
    """What the searches of a batch have together."""

    def __init__(self, explained_hits: int) -> None:
        self.budget = Budget()
        self._most = explained_hits
        self._explained = 0

    def explain(self, hits: int) -> None:
        """Take so many hits to explain; raises BadRequest if they are too many with those before."""
        together = self._explained + hits
        if together > self._most:
            raise BadRequest(
                Fault(
                    "explain",
                    f"explain is true, and with this search those that explain have a `size` of {together} together; "
                    f"allowed is {self._most} in a batch. Lower `size`, or send this search in another request.",
                )
            )
        self._explained = together


def _search(asked: SearchQuestion, allowance: _Allowance) -> answers.SearchAnswer:
    request = asked.request(readers.accepted())
    if request.explain:
        allowance.explain(request.size)
    return search_json(engine().search(request, allowance.budget), asked.fields)
