import pytest
from prometheus_client import CollectorRegistry

from search import Engine
from search.page import SearchPage
from search.phases import PHASES, Phases
from search.request import SearchRequest
from search.web.metrics import Metrics


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


def value(registry: CollectorRegistry, name: str, **labels: str) -> float | None:
    return registry.get_sample_value(name, labels)


def test_requests_are_counted_by_route_method_and_status(metrics: Metrics) -> None:
    for status in (200, 200, 404):
        metrics.request("/articles/<path:id>", "GET", status, 0.004)
    labels = {"route": "/articles/<path:id>", "method": "GET"}
    assert value(metrics.registry, "karjera_requests_total", **labels, status="200") == 2
    assert value(metrics.registry, "karjera_requests_total", **labels, status="404") == 1


def test_seconds_fall_into_buckets_by_route(metrics: Metrics) -> None:
    for seconds in (0.004, 0.03, 70.0):
        metrics.request("/", "GET", 200, seconds)
    bucket = "karjera_request_seconds_bucket"
    counts = [value(metrics.registry, bucket, route="/", le=le) for le in ("0.002", "0.005", "0.05", "10.0", "+Inf")]
    assert counts == [0, 1, 2, 2, 3]


def test_each_phase_of_a_search_is_counted(metrics: Metrics) -> None:
    phases = Phases()
    for phase in (*PHASES, "match"):
        phases.end(phase)
    metrics.phases(phases)
    for phase in PHASES:
        assert value(metrics.registry, "karjera_search_phase_seconds_count", phase=phase) == 1


def test_results_are_counted_and_searches_without_any_by_language(metrics: Metrics, engine: Engine) -> None:
    def never() -> str:
        raise AssertionError("what has results needs no guess")

    found: SearchPage = engine.search(SearchRequest("stres"))
    missed = engine.search(SearchRequest("zeppelin"))
    metrics.search(found, never)
    metrics.search(missed, lambda: "pl")
    assert value(metrics.registry, "karjera_search_results_count") == 2
    assert value(metrics.registry, "karjera_search_results_sum") == found.total == 1
    assert value(metrics.registry, "karjera_search_results_bucket", le="0.0") == 1
    assert value(metrics.registry, "karjera_searches_without_results_total", language="pl") == 1


def test_what_the_query_log_could_not_take_is_counted(metrics: Metrics) -> None:
    assert value(metrics.registry, "karjera_query_log_failures_total") == 0
    metrics.unlogged()
    assert value(metrics.registry, "karjera_query_log_failures_total") == 1
