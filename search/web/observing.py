"""What is seen of every request and search: a line in the log, numbers for Prometheus, a trace, the query log.

Whatever of this fails costs no reader an answer: what can fail for reasons of the machine (a full disk) is counted,
and said in the log once a minute.
"""

import logging
import time
from collections.abc import Iterable
from datetime import UTC, datetime

from flask import Flask, Response, g, has_request_context

from corpus import Settings
from search.engine import Engine, Observer
from search.guessing import guess
from search.page import SearchPage
from search.phases import Phases
from search.querylog.entry import entry_of
from search.querylog.file import QueryLogFile
from search.web import logs
from search.web.metrics import Metrics
from search.web.traces import Traces

_log = logging.getLogger(__name__)

REPEAT_SECONDS = 60.0


class Observation:
    """What one application does with what it sees."""

    def __init__(self, app: Flask, settings: Settings, metrics: Metrics, traces: Traces | None) -> None:
        self._app = app
        self._metrics = metrics
        self._traces = traces
        self._query_log: QueryLogFile | None = None
        if settings.query_log:
            self._query_log = QueryLogFile(settings.query_log, settings.query_log_bytes, settings.query_log_files)
        self._said = -REPEAT_SECONDS

    def search(self, page: SearchPage, phases: Phases) -> None:
        """Take note of a search that was answered."""
        if has_request_context() and g.get("asked_by_nobody"):
            return
        self._metrics.phases(phases)
        if self._traces:
            self._traces.search(page, phases)
        if has_request_context():
            g.results = page.total
        if not page.interpretation.words:  # every article, as on the start page
            return
        engine: Engine = self._app.extensions["karjera"]
        languages = engine.counts()
        self._metrics.search(page, lambda: guess(page.request.query, languages))
        if self._query_log:
            self._keep(self._query_log, page, languages)

    def _keep(self, file: QueryLogFile, page: SearchPage, languages: Iterable[str]) -> None:
        entry = entry_of(page, lambda text: guess(text, languages), datetime.now(UTC))
        try:
            file.append(entry.to_json())
        except OSError as error:
            self._metrics.unlogged()
            if time.monotonic() - self._said >= REPEAT_SECONDS:
                self._said = time.monotonic()
                _log.error("The query log cannot be written, and searches go on without: %s", error)

    def answered(self, response: Response) -> Response:
        """Take note of a request that was answered."""
        self._metrics.request(logs.route(), logs.method(), response.status_code, logs.seconds())
        logs.write(response)
        return response


def observe(app: Flask, settings: Settings) -> Observer:
    """Have an application observed as the settings say, and return what its engine tells of searches."""
    logs.configure(settings)
    metrics = app.extensions["karjera.metrics"] = Metrics()
    traces = Traces.of(app, settings)
    observation = Observation(app, settings, metrics, traces)
    app.after_request(observation.answered)
    return observation.search
