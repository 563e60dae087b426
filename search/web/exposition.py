"""/metrics: what all workers have counted, and what is so at the moment.

With several workers each counts in a file of its own, and whoever answers adds them up; `gunicorn.conf.py` makes the
folder they are in. What is the same for all of them, the index and its jobs, is looked at when it is asked for.
"""

import ipaddress
import os
import time
from collections.abc import Iterator, Mapping
from importlib.metadata import version

from flask import Blueprint, Response, abort, current_app, request
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from werkzeug.datastructures import Headers

from indexer.errors import IndexerError
from search.engine import Engine
from search.syncing import running_or_last
from search.web.access import brings_token
from search.web.current import engine
from search.web.metrics import Metrics

# Of the build or sync that runs or was the last. Each is a series of its own, 1 for the one that it is in: so alerts
# are written without a list of numbers.
JOB_STATES = ("running", "done", "failed")

# Where prometheus_client has the files of the workers; unset, there is one worker.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"

# What proxies add to a request that they pass on; one that adds none of these cannot be told from who asks here.
_FORWARDED = ("Forwarded", "Via", "X-Real-IP")
_FORWARDED_PREFIX = "x-forwarded"  # -For, -Proto, -Host, -Port, ...

Series = Mapping[tuple[tuple[str, str], ...], float]  # (label, its value) for each label -> number

blueprint = Blueprint("exposition", __name__)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Everything that is measured, in the format that the one who asks accepts; 404 for who may not read it."""
    if not _is_allowed():
        abort(404)
    registry = CollectorRegistry()
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_counted().registry)
    registry.register(Now(engine()))
    encode, kind = choose_encoder(request.headers.get("Accept", ""))
    return Response(encode(registry), content_type=kind, headers={"Cache-Control": "no-store"})


def _counted() -> Metrics:
    found = current_app.extensions["karjera.metrics"]
    assert isinstance(found, Metrics)
    return found


def _is_allowed() -> bool:
    match engine().settings.metrics:
        case "open":
            return True
        case "token":
            return brings_token(engine().settings)
        case "local":
            # A proxy on this machine speaks for the world.
            return _is_loopback(request.remote_addr) and not _is_forwarded(request.headers)
    return False


def _is_forwarded(headers: Headers) -> bool:
    prefixed = any(name.lower().startswith(_FORWARDED_PREFIX) for name, _ in headers)
    return prefixed or any(name in headers for name in _FORWARDED)


def _is_loopback(address: str | None) -> bool:
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:  # a Unix socket has no address
        return False


class Now(Collector):
    """The index and its jobs at the moment of the question. Of an index that cannot be read: that it cannot."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def collect(self) -> Iterator[Metric]:
        """Yield what there is."""
        yield _gauge("karjera_info", "The version that answers.", {(("version", version("karjera")),): 1})
        if run := running_or_last(self._engine.settings):
            states: Series = {(("job", run.kind), ("state", state)): float(state == run.state) for state in JOB_STATES}
            yield _gauge("karjera_job_state", "1 for the state that a job is in, 0 for the others.", states)
        try:
            status = self._engine.status()
        except IndexerError:
            yield _gauge("karjera_index_up", "Whether there is an index that can be read.", {(): 0})
            return
        yield _gauge("karjera_index_up", "Whether there is an index that can be read.", {(): 1})
        yield _gauge("karjera_index_generation", "The number of the live generation.", {(): status.generation})
        built, changed = status.built.timestamp(), status.changed.timestamp()
        yield _gauge("karjera_index_built_timestamp_seconds", "When the live generation was built.", {(): built})
        yield _gauge("karjera_index_changed_timestamp_seconds", "When it last changed by a sync.", {(): changed})
        age = max(0.0, time.time() - changed)
        yield _gauge("karjera_index_age_seconds", "How long ago the live generation was built or changed.", {(): age})
        articles: Series = {(("language", code),): float(count) for code, count in status.languages.items()}
        yield _gauge("karjera_index_articles", "Articles in each language.", articles)
        yield _gauge("karjera_index_works", "Works: articles, translations counted once.", {(): status.works})


def _gauge(name: str, help: str, series: Series) -> Metric:
    """Return a gauge of some series."""
    family = GaugeMetricFamily(name, help, labels=[label for label, _ in next(iter(series), ())])
    for labels, value in series.items():
        family.add_metric([text for _, text in labels], value)
    return family
