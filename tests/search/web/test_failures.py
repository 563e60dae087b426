"""What goes wrong is said in one shape to services, and on a page to people."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from werkzeug.exceptions import TooManyRequests

from corpus import Settings
from search.web import create_app
from search.web.limits import MAX_ADDRESS_BYTES
from search.web.problem_types import PROBLEM_TYPES


def broken() -> str:
    return str(1 // 0)


def busy() -> str:
    raise TooManyRequests(retry_after=7)


def teapot() -> str:
    abort(418)


@pytest.fixture
def failing(app: Flask) -> Iterator[FlaskClient]:
    """A client of an application of which some addresses fail."""
    for prefix in ("", "/api/v1"):
        for view in (broken, busy, teapot):
            app.add_url_rule(f"{prefix}/{view.__name__}", f"{prefix}{view.__name__}", view)
    with app.test_client() as client:
        yield client


@pytest.mark.parametrize(
    ("method", "path", "status", "name"),
    [
        ("GET", "/nowhere", 404, "not-found"),
        ("PUT", "/search", 405, "method-not-allowed"),
        ("GET", "/search:batch", 405, "method-not-allowed"),
        ("GET", "/search?q=" + "x" * MAX_ADDRESS_BYTES, 414, "address-too-long"),
        ("GET", "/broken", 500, "internal-error"),
        ("GET", "/busy", 429, "too-many-requests"),
    ],
)
def test_a_service_is_told_in_one_shape(failing: FlaskClient, method: str, path: str, status: int, name: str) -> None:
    response = failing.open(f"/api/v1{path}", method=method)
    assert response.status_code == status
    assert response.content_type == "application/problem+json; charset=utf-8"
    said = response.get_json(force=True)
    assert said == {
        "type": f"http://localhost/problems/{name}",
        "title": PROBLEM_TYPES[name].title,
        "status": status,
        "detail": said["detail"],
        "errors": [],
        "request_id": response.headers["X-Request-Id"],
    }
    assert said["detail"]
    assert "division" not in response.text


def test_what_is_in_no_row_of_the_table_has_only_its_status(failing: FlaskClient) -> None:
    said = failing.get("/api/v1/teapot").get_json(force=True)
    assert (said["type"], said["status"], said["title"]) == ("about:blank", 418, "I'm a teapot")


@pytest.mark.parametrize(
    ("method", "path", "status", "title"),
    [
        ("GET", "/nowhere", 404, "Nie ma takiej strony"),
        ("POST", "/about", 405, "Tę stronę można tylko czytać"),
        ("GET", "/?q=" + "x" * MAX_ADDRESS_BYTES, 414, "To za dużo naraz"),
        ("GET", "/busy", 429, "Zbyt wiele zapytań naraz"),
        ("GET", "/broken", 500, "Coś poszło tu nie tak"),
        ("GET", "/teapot", 418, "Coś się nie udało"),
    ],
)
def test_a_reader_is_told_on_a_page_in_their_language(
    failing: FlaskClient, method: str, path: str, status: int, title: str
) -> None:
    response = failing.open(path, method=method, headers={"Accept-Language": "pl"})
    assert response.status_code == status
    assert response.mimetype == "text/html"
    [heading] = re.findall("<h1>(.+)</h1>", response.text)
    assert heading == title
    assert "division" not in response.text
    assert (response.headers["X-Request-Id"] in response.text) == (status == 500)


def test_who_takes_no_page_is_told_so_on_one(client: FlaskClient) -> None:
    for address in ("/", "/?q=stress", "/about", "/articles/en/pay"):
        response = client.get(address, headers={"Accept": "application/json, image/*;q=0.5", "Accept-Language": "pl"})
        assert (response.status_code, response.mimetype) == (406, "text/html")
        assert "<h1>Coś się nie udało</h1>" in response.text
        for accept in ("text/html", "application/xhtml+xml", "text/*;q=0.1", "*/*", ""):
            assert client.get(address, headers={"Accept": accept}).status_code == 200, accept


@pytest.mark.parametrize("prefix", ["", "/api/v1"])
def test_headers_that_say_what_to_do_are_kept(failing: FlaskClient, prefix: str) -> None:
    assert failing.get(f"{prefix}/busy").headers["Retry-After"] == "7"
    not_allowed = failing.delete(f"{prefix}/broken")
    assert not_allowed.status_code == 405
    assert set(not_allowed.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_service_without_an_index_says_when_to_come_again(settings: Settings) -> None:
    client = create_app(Settings(index=settings.index / "nowhere")).test_client()
    for address in ("/api/v1/search", "/api/v1/topics", "/readyz", "/", "/about"):
        response = client.get(address)
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "10"
        assert "nowhere" not in response.text
    [said] = client.post("/api/v1/search:batch", json={"requests": [{}]}).get_json()["answers"]
    assert (said["status"], said["problem"]["type"]) == (503, "http://localhost/problems/index-unavailable")
    assert client.get("/api/v1/openapi.json").status_code == client.get("/api").status_code == 200


@pytest.mark.parametrize("host", ["<script> x", "a/b", "", ":80", "[::1"])
def test_a_host_that_is_none_is_in_no_address(client: FlaskClient, host: str) -> None:
    said = client.get("/api/v1/nowhere", headers={"Host": host}).get_json(force=True)
    assert said["type"] == "/problems/not-found"
