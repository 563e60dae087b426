"""OpenTelemetry traces: a span for each request and each search, and for the phases of a search.

They need the extra `traces`, which is imported only when KARJERA_TRACES is on. Where they are sent, under what name and
how many of them is said by OpenTelemetry's own variables (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME,
OTEL_TRACES_SAMPLER). A span has the route and never the address: no query, no client.
"""

import os
import time
from typing import TYPE_CHECKING

from flask import Flask, Response, g, has_request_context, request

from corpus import Settings
from corpus.errors import SettingsError
from search.page import SearchPage
from search.phases import Phases
from search.web import logs
from search.web.request_id import request_id

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

NAME = "karjera"
_SERVER_ERROR = 500


class Traces:
    """Writes the spans of one application; `provider` is where they go."""

    def __init__(self, provider: "TracerProvider") -> None:
        from opentelemetry import propagate, trace

        self.provider = provider
        self._tracer = provider.get_tracer(NAME)
        self._propagate, self._trace = propagate, trace

    @classmethod
    def of(cls, app: Flask, settings: Settings) -> "Traces | None":
        """Have an application's requests traced if the settings say so.

        Raises SettingsError if they do and OpenTelemetry is not installed.
        """
        if settings.traces != "on":
            return None
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
        except ImportError as error:
            raise SettingsError(
                f"KARJERA_TRACES is 'on', but {error.name} is not installed. "
                "Install it with `pip install 'karjera[traces]'`, or set KARJERA_TRACES to off."
            ) from None
        name = os.environ.get("OTEL_SERVICE_NAME") or NAME
        provider = TracerProvider(resource=Resource.create({"service.name": name}))
        # It sends from a thread of its own, and drops what it cannot send.
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        traces = cls(provider)
        app.before_request(traces.begun)
        app.after_request(traces.answered)
        app.teardown_request(traces.ended)
        app.extensions["karjera.traces"] = traces
        return traces

    def begun(self) -> None:
        """Begin the span of a request, within the trace of whoever asks."""
        name = f"{logs.method()} {logs.route()}"
        asking = self._propagate.extract(request.headers)
        g.span = self._tracer.start_span(name, context=asking, kind=self._trace.SpanKind.SERVER)
        g.span.set_attributes(
            {"http.request.method": logs.method(), "http.route": logs.route(), "karjera.request_id": request_id()}
        )

    def answered(self, response: Response) -> Response:
        """Say how a request was answered."""
        if "span" in g:
            g.span.set_attribute("http.response.status_code", response.status_code)
            if response.status_code >= _SERVER_ERROR:
                g.span.set_status(self._trace.StatusCode.ERROR)
        return response

    def ended(self, error: BaseException | None) -> None:
        """End the span of a request."""
        if "span" in g:
            g.span.end()

    def search(self, page: SearchPage, phases: Phases) -> None:
        """Write the spans of a search that is over, within that of the request."""
        # Laps are readings of a clock without a date.
        shift = time.time_ns() - time.perf_counter_ns()
        within = self._trace.set_span_in_context(g.span) if has_request_context() and "span" in g else None
        first, last = phases.laps[0][1], phases.laps[-1][2]
        search = self._tracer.start_span("search", context=within, start_time=first + shift)
        search.set_attributes({"karjera.results": page.total, "karjera.generation": page.generation})
        inside = self._trace.set_span_in_context(search)
        for phase, start, end in phases.laps:
            self._tracer.start_span(phase, context=inside, start_time=start + shift).end(end + shift)
        search.end(last + shift)
