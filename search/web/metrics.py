"""What is counted for Prometheus: requests, searches and their phases.

Labels have few values whatever is asked: routes and never addresses, languages of the table, no query.
"""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics

from search.page import SearchPage
from search.phases import PHASES, Phases

# Seconds. A page is a few milliseconds on an idle machine, and nobody waits for more than some seconds.
REQUEST_BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
PHASE_BUCKETS = (0.0001, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2)
RESULT_BUCKETS = (0, 1, 5, 10, 50, 100, 500, 1_000, 10_000)

# When a series began: as many series again, which the files of several workers do not have.
disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """What one application counts. Where workers have files, applications of a process share its files."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "karjera_requests", "Requests answered.", ("route", "method", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "karjera_request_seconds",
            "How long a request took.",
            ("route",),
            buckets=REQUEST_BUCKETS,
            registry=self.registry,
        )
        phases = Histogram(
            "karjera_search_phase_seconds",
            "How long a phase of a search took.",
            ("phase",),
            buckets=PHASE_BUCKETS,
            registry=self.registry,
        )
        self._phases = {phase: phases.labels(phase) for phase in PHASES}
        self._results = Histogram(
            "karjera_search_results",
            "How many hits a search with words had.",
            buckets=RESULT_BUCKETS,
            registry=self.registry,
        )
        self._without = Counter(
            "karjera_searches_without_results",
            "Searches with words and without a hit, by the language that the words seem to be in.",
            ("language",),
            registry=self.registry,
        )
        self._unlogged = Counter(
            "karjera_query_log_failures", "Searches that the query log could not take.", registry=self.registry
        )

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def phases(self, phases: Phases) -> None:
        """Count what the time of a search went to."""
        for phase, seconds in phases.seconds().items():
            self._phases[phase].observe(seconds)

    def search(self, page: SearchPage, guess: Callable[[], str]) -> None:
        """Count a search with words; `guess` returns the code of the language they seem to be in."""
        self._results.observe(page.total)
        if not page.total:
            self._without.labels(guess()).inc()

    def unlogged(self) -> None:
        """Count a search that the query log could not take."""
        self._unlogged.inc()
