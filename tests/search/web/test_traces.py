import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from flask import Flask
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from corpus import Settings
from corpus.errors import SettingsError
from search import Engine
from search.phases import PHASES
from search.web import create_app
from search.web.traces import Traces

TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[ExportTraceServiceRequest]]:
    """A collector on a free port, to which traces are sent; what it received."""
    received = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append(ExportTraceServiceRequest.FromString(body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("OTEL_SERVICE_NAME", "search-of-ours")
    yield received
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def traced(collector: object, engine: Engine, settings: Settings) -> Iterator[Flask]:
    app = create_app(replace(settings, traces="on"))
    yield app
    traces(app).provider.shutdown()


def traces(app: Flask) -> Traces:
    found = app.extensions["karjera.traces"]
    assert isinstance(found, Traces)
    return found


def spans(app: Flask, address: str, **headers: str) -> list[ReadableSpan]:
    memory = InMemorySpanExporter()
    traces(app).provider.add_span_processor(SimpleSpanProcessor(memory))
    app.test_client().get(address, headers=headers)
    return list(memory.get_finished_spans())


def test_a_request_is_a_span_in_the_trace_of_who_asks(traced: Flask) -> None:
    (span,) = spans(traced, "/articles/pl/pay", traceparent=f"00-{TRACE}-b7ad6b7169203331-01")
    assert span.name == "GET /articles/<id:id>"
    assert span.context and format(span.context.trace_id, "032x") == TRACE
    assert span.parent and format(span.parent.span_id, "016x") == "b7ad6b7169203331"
    assert span.attributes and span.attributes["http.response.status_code"] == 200


def test_a_search_and_its_phases_are_spans_within(traced: Flask) -> None:
    found = spans(traced, "/api/v1/search?q=stres")
    named = {span.name: span for span in found}
    request, search = named["GET /api/v1/search"], named["search"]
    assert search.parent and request.context and search.parent.span_id == request.context.span_id
    assert search.attributes and search.attributes["karjera.results"] == 1
    inside = [
        span for span in found if span.parent and search.context and span.parent.span_id == search.context.span_id
    ]
    assert [span.name for span in inside] == list(PHASES)
    for span in inside:
        assert request.start_time and span.start_time and span.end_time and request.end_time
        assert request.start_time <= span.start_time + 1_000_000
        assert span.start_time <= span.end_time <= request.end_time + 1_000_000


def test_a_span_knows_neither_who_asked_nor_what(traced: Flask) -> None:
    for span in spans(traced, "/?q=secretword", **{"User-Agent": "Agent/7", "X-Forwarded-For": "203.0.113.7"}):
        said = span.to_json()
        assert not any(personal in said for personal in ("secretword", "Agent/7", "203.0.113.7", "127.0.0.1"))


def test_a_failure_of_ours_is_an_error(traced: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Engine) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Engine, "status", broken)
    (span,) = spans(traced, "/about")
    assert span.status.status_code.name == "ERROR"


def test_they_are_sent_where_opentelemetry_is_told(traced: Flask, collector: list[ExportTraceServiceRequest]) -> None:
    traced.test_client().get("/healthz")
    assert traces(traced).provider.force_flush()
    (resource,) = collector[0].resource_spans
    names = {attribute.key: attribute.value.string_value for attribute in resource.resource.attributes}
    assert names["service.name"] == "search-of-ours"
    assert [span.name for span in resource.scope_spans[0].spans] == ["GET /healthz"]


def test_off_they_cost_no_import() -> None:
    code = "import sys; from search.web import create_app; create_app(); print('opentelemetry' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert printed == "False\n"


def test_on_without_the_extra_they_stop_the_start(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(SettingsError, match=r"KARJERA_TRACES is 'on'.*pip install 'karjera\[traces\]'"):
        create_app(replace(settings, traces="on"))
