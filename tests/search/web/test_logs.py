import io
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus import Settings
from search import Engine
from search.web import create_app, logs


@pytest.fixture
def written(app: Flask, settings: Settings) -> Iterator[io.StringIO]:
    to = io.StringIO()
    logs.configure(settings, to)
    yield to
    logs.configure(settings)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_request_is_one_line(client: FlaskClient, written: io.StringIO) -> None:
    answer = client.get("/api/v1/search?q=stres", headers={"X-Request-Id": "trace-0001"})
    (line,) = lines(written)
    said = {name: line[name] for name in ("event", "level", "request_id", "method", "route", "status", "results")}
    assert said == {
        "event": "request",
        "level": "info",
        "request_id": "trace-0001",
        "method": "GET",
        "route": "/api/v1/search",
        "status": 200,
        "results": answer.get_json()["total"],
    }
    assert line["milliseconds"] > 0
    assert line["timestamp"].endswith("Z")


def test_a_line_knows_neither_who_asked_nor_what(client: FlaskClient, written: io.StringIO) -> None:
    headers = {"User-Agent": "Agent/7", "X-Forwarded-For": "203.0.113.7", "Cookie": "prefer=pl", "Referer": "http://me"}
    client.get("/?q=secretword&lang=pl", headers=headers)
    client.get("/articles/pl/calls?q=secretword", headers=headers)
    client.get("/no/such/secretword", headers=headers)
    assert len(lines(written)) == 3
    for personal in ("secretword", "Agent", "203.0.113.7", "127.0.0.1", "prefer", "http://me", "pl/calls"):
        assert personal not in written.getvalue()


def test_whatever_is_sent_there_are_few_routes_and_methods(client: FlaskClient, written: io.StringIO) -> None:
    client.open("/x\n{}", method="BREW")
    client.delete("/")
    assert [(line["route"], line["method"], line["status"]) for line in lines(written)] == [
        ("none", "other", 404),
        ("none", "DELETE", 405),
    ]


def test_an_error_has_its_traceback_under_the_id_of_its_request(
    app: Flask, client: FlaskClient, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Engine) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(Engine, "status", broken)
    assert client.get("/about", headers={"X-Request-Id": "trace-0002"}).status_code == 500
    error, request = lines(written)
    assert "ZeroDivisionError: a fault of ours" in error["exception"]
    assert "in broken" in error["exception"]
    assert (error["level"], error["request_id"]) == ("error", "trace-0002")
    assert (request["status"], request["request_id"]) == (500, "trace-0002")


def test_text_that_came_in_cannot_end_a_line(app: Flask, written: io.StringIO) -> None:
    logging.getLogger("search.web").error("bad: %s", 'a\nb"\x1b[31m\u2028')
    assert len(written.getvalue().splitlines()) == 1 or "\u2028" in written.getvalue()
    assert written.getvalue().count("\n") == 1
    assert json.loads(written.getvalue())["event"] == 'bad: a\nb"\x1b[31m\u2028'


def test_a_plain_line_has_names_and_values(app: Flask, settings: Settings) -> None:
    to = io.StringIO()
    logs.configure(replace(settings, log_format="plain"), to)
    app.test_client().get("/healthz")
    (line,) = to.getvalue().splitlines()
    assert "level=info" in line
    assert "event=request method=GET route=/healthz status=200" in line
    logging.getLogger("search.web").error("two\nlines = %s", "x y")
    assert to.getvalue().count("\n") == 2


def test_a_higher_level_leaves_out_requests(engine: Engine, settings: Settings) -> None:
    quiet = replace(settings, log_level="warning")
    client = create_app(quiet).test_client()
    to = io.StringIO()
    logs.configure(quiet, to)
    client.get("/healthz")
    assert to.getvalue() == ""
    logging.getLogger("search.web").warning("something")
    assert "something" in to.getvalue()


def test_applications_of_one_process_write_each_line_once(app: Flask, settings: Settings) -> None:
    create_app(settings)
    create_app(settings)
    handlers = logging.getLogger("search").handlers
    assert len([handler for handler in handlers if type(handler).__module__ == "search.web.logs"]) == 1
