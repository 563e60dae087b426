import gzip

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    "address", ["/", "/?q=stres", "/articles/pl/pay", "/about", "/feed.atom", "/sitemap.xml", "/api/v1/search?q=stres"]
)
def test_what_a_browser_has_is_not_sent_again(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/", "/about", "/feed.atom", "/sitemap.xml", "/api/v1/search?q=stres", "/api/v1/articles/pl/pay",
     "/api/v1/topics", "/api/v1/openapi.json"],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["gzip", ""])
def test_that_nothing_has_changed_is_said_with_the_headers_of_what_has_not(
    client: FlaskClient, address: str, encoding: str
) -> None:
    first = client.get(address, headers={"Accept-Encoding": encoding})
    tag = first.headers["ETag"]
    again = client.get(address, headers={"Accept-Encoding": encoding, "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    for name in ("Vary", "Cache-Control", "ETag"):
        assert again.headers.get(name) == first.headers.get(name), name
    assert "Content-Type" not in again.headers
    assert "Content-Encoding" not in again.headers


def test_what_was_asked_in_a_body_cannot_be_told_apart(client: FlaskClient) -> None:
    answer = client.post("/api/v1/search:batch", json={"requests": [{}]})
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-cache"


def test_another_language_is_another_answer(client: FlaskClient) -> None:
    first = client.get("/about", headers={"Accept-Language": "pl"})
    assert first.headers["Content-Language"] == "pl"
    assert {"Accept-Language", "Cookie", "Accept-Encoding"} <= {
        name.strip() for name in first.headers["Vary"].split(",")
    }
    tag = first.headers["ETag"]
    assert client.get("/about", headers={"Accept-Language": "de", "If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("address", ["/?q=stres", "/feed.atom", "/api/v1/search?q=stres", "/nothing"])
def test_answers_are_compressed_for_who_understands(client: FlaskClient, address: str) -> None:
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data)
    assert gzip.decompress(packed.data)[:100] == plain.data[:100]
    assert "Content-Encoding" not in plain.headers


def test_a_short_answer_is_sent_as_it_is(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/healthz", headers={"Accept-Encoding": "gzip"}).headers


@pytest.mark.parametrize("address", ["/", "/nothing", "/api/v1/nope", "/robots.txt", "/static/mark-000000000000.svg"])
def test_every_answer_is_guarded(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_how_long_a_search_took_is_no_part_of_the_page(client: FlaskClient) -> None:
    response = client.get("/?q=stres")
    assert response.headers["Server-Timing"].startswith("search;dur=")
    assert " ms" not in response.text
