from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus import Settings
from search.tokens import hash_of
from search.web import create_app

ORIGIN = "https://app.example.org"


@pytest.fixture
def client(app: Flask, settings: Settings) -> FlaskClient:
    """A client of a service that one origin may read."""
    return create_app(replace(settings, cors_origins=(ORIGIN,), admin_token_hash=hash_of("token"))).test_client()


def test_an_origin_of_the_settings_may_read_the_api(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=stress", headers={"Origin": ORIGIN})
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Origin" in answer.vary
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_errors_may_be_read_too(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?size=x", headers={"Origin": ORIGIN})
    assert answer.status_code == 400
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN


def test_what_is_as_before_may_be_read_too(client: FlaskClient) -> None:
    first = client.get("/api/v1/search?q=stress", headers={"Origin": ORIGIN})
    again = client.get("/api/v1/search?q=stress", headers={"Origin": ORIGIN, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Access-Control-Allow-Origin"] == ORIGIN


@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://app.example.org", f"{ORIGIN}.evil.org"])
def test_others_may_not(client: FlaskClient, origin: str) -> None:
    answer = client.get("/api/v1/search", headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Origin" in answer.vary  # so that no cache gives the one the answer of the other


def test_pages_are_for_nobody_elses_script(client: FlaskClient) -> None:
    for path in ("/", "/about", "/healthz", "/operator"):
        assert "Access-Control-Allow-Origin" not in client.get(path, headers={"Origin": ORIGIN}).headers


def test_before_another_method_a_browser_is_told_what_is_allowed(client: FlaskClient) -> None:
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
    answer = client.options("/api/v1/search", headers=asked)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST"
    assert answer.headers["Access-Control-Max-Age"] == "3600"


def test_the_operators_token_is_not_let_through(client: FlaskClient) -> None:
    asked = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    answer = client.options("/api/v1/index:sync", headers=asked)
    assert "authorization" not in answer.headers["Access-Control-Allow-Headers"].lower()


def test_every_origin_may_be_allowed(app: Flask, settings: Settings) -> None:
    client = create_app(replace(settings, cors_origins=("*",))).test_client()
    answer = client.get("/api/v1/search", headers={"Origin": "https://any.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Origin" not in answer.vary


def test_without_a_setting_nothing_is_said_of_it(app: Flask) -> None:
    answer = app.test_client().get("/api/v1/search", headers={"Origin": ORIGIN})
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]
