import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus import Settings
from corpus.errors import SettingsError
from search.tokens import hash_of
from search.web import create_app
from search.web.limits import MAX_ADDRESS_BYTES, client
from tests.programs import program
from tests.search.web.services import served, status

BEARER = {"Authorization": "Bearer the-token"}
PATIENCE_SECONDS = 20


def ask(
    browser: FlaskClient, address: str = "192.0.2.1", path: str = "/api/v1/suggest", **headers: str
) -> TestResponse:
    return browser.get(path, headers=headers, environ_overrides={"REMOTE_ADDR": address})


def limited(settings: Settings, **changes: Any) -> FlaskClient:
    return create_app(replace(settings, **changes)).test_client()


@pytest.fixture
def built(app: object, settings: Settings) -> Settings:
    """Settings for an index of a few articles."""
    return settings


def test_without_a_setting_a_client_may_ask_as_often_as_it_likes(built: Settings) -> None:
    browser = create_app(built).test_client()
    assert {ask(browser).status_code for _ in range(300)} == {200}


def test_who_asks_too_often_is_told_when_to_come_again_and_others_are_answered(built: Settings) -> None:
    browser = limited(built, rate_limit=("3/hour",))
    assert [ask(browser).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = ask(browser)
    assert refused.content_type.startswith("application/problem+json")
    assert refused.json and refused.json["status"] == 429
    assert "3 per 1 hour" in refused.json["detail"]
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    page = ask(browser, path="/?q=stress")
    assert (page.status_code, page.mimetype) == (429, "text/html")
    assert ask(browser, "192.0.2.2").status_code == 200


def test_every_rate_holds(built: Settings) -> None:
    browser = limited(built, rate_limit=("5/second", "2/day"))
    assert [ask(browser).status_code for _ in range(3)] == [200, 200, 429]


def test_what_machines_ask_all_the_time_is_free(built: Settings) -> None:
    browser = limited(built, rate_limit=("1/day",))
    for path in ("/healthz", "/readyz", "/static/style.css"):
        assert 429 not in {ask(browser, path=path).status_code for _ in range(3)}, path
    assert ask(browser).status_code == 200


def test_requests_with_the_token_are_counted_apart(built: Settings) -> None:
    browser = limited(built, admin_token_hash=hash_of("the-token"), rate_limit=("1/day",), token_rate_limit=("3/day",))
    assert [ask(browser).status_code for _ in range(2)] == [200, 429]
    assert [ask(browser, **BEARER).status_code for _ in range(2)] == [200, 200]
    assert [ask(browser, "192.0.2.9", **BEARER).status_code for _ in range(2)] == [200, 429]
    # A wrong token is no token.
    assert ask(browser, Authorization="Bearer another").status_code == 429


def test_a_proxy_is_believed_only_by_setting(built: Settings) -> None:
    def answers(browser: FlaskClient) -> list[int]:
        return [ask(browser, **{"X-Forwarded-For": f"198.51.100.{number}"}).status_code for number in range(3)]

    assert answers(limited(built, rate_limit=("1/day",))) == [200, 429, 429]
    assert answers(limited(built, rate_limit=("1/day",), trusted_proxies=1)) == [200, 200, 200]


def test_of_several_addresses_the_one_that_our_proxy_added_counts(built: Settings) -> None:
    browser = limited(built, rate_limit=("1/day",), trusted_proxies=1)
    made_up = [{"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.1"} for number in range(2)]
    assert [ask(browser, **headers).status_code for headers in made_up] == [200, 429]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "20010db800010002::/64"),
        ("2001:db8:1:2:ffff::", "20010db800010002::/64"),
        ("", "unknown"),
        (None, "unknown"),
        ("/run/socket", "unknown"),
    ],
)
def test_a_household_of_ipv6_is_one_client(address: str | None, name: str) -> None:
    assert client(address) == name


def test_an_address_that_is_too_long_is_refused_before_anything_looks_at_it(built: Settings) -> None:
    browser = create_app(built).test_client()
    assert browser.get("/api/v1/search?q=" + "x" * (MAX_ADDRESS_BYTES - 30)).status_code == 200
    refused = browser.get("/api/v1/search?q=" + "x" * MAX_ADDRESS_BYTES)
    assert refused.status_code == 414
    assert refused.json and f"allowed are {MAX_ADDRESS_BYTES}" in refused.json["detail"]


@pytest.mark.parametrize(("path", "kind"), [("/api/v1/search", "application/problem+json"), ("/", "text/html")])
def test_the_server_hands_on_what_the_application_can_refuse_in_its_words(
    built: Settings, tmp_path: Path, path: str, kind: str
) -> None:
    with served(built.index, tmp_path / "service") as service:
        assert status(f"{service.address}{path}?q={'%e5%b7%a5' * (100_000 // 3)}") == 200
        with pytest.raises(HTTPError) as refused:
            service.get(f"{path}?q={'x' * MAX_ADDRESS_BYTES}")
        with refused.value as answer:
            assert answer.code == 414
            assert answer.headers.get_content_type() == kind
        assert status(f"{service.address}{path}?q={'x' * 2 * MAX_ADDRESS_BYTES}") in (0, 414)  # not read to its end


def test_a_body_that_is_too_large_is_refused(built: Settings) -> None:
    browser = limited(built, max_request_bytes=1_000)
    for method in ("GET", "POST"):
        refused = browser.open("/api/v1/search", method=method, data=b"x" * 1_001)
        assert refused.status_code == 413
        assert refused.json and "allowed are 1000" in refused.json["detail"]
    assert browser.get("/api/v1/search", data=b"x" * 1_000).status_code == 200


def test_where_the_store_does_not_answer_requests_pass(built: Settings, caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        browser = limited(
            built, rate_limit=("1/day",), rate_limit_store=f"redis://127.0.0.1:{closed.getsockname()[1]}/0"
        )
        assert {ask(browser).status_code for _ in range(3)} == {200}
    assert sum("requests are not counted" in record.message for record in caplog.records) == 1


def test_a_store_nobody_knows_stops_the_start(built: Settings) -> None:
    with pytest.raises(SettingsError, match="KARJERA_RATE_LIMIT_STORE cannot be used"):
        limited(built, rate_limit=("1/day",), rate_limit_store="nonsense://x")


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    server = program("redis-server", "valkey-server")
    place = tmp_path / "redis"
    place.mkdir()
    with subprocess.Popen(
        [server, "--port", "0", "--unixsocket", "socket", "--save", "", "--appendonly", "no"],
        cwd=place,
        stdout=subprocess.DEVNULL,
    ) as process:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (place / "socket").exists():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        yield f"redis+unix://{place / 'socket'}"
        process.terminate()


def test_workers_count_together_in_redis(built: Settings, redis: str) -> None:
    workers = [limited(built, rate_limit=("3/hour",), rate_limit_store=redis) for _ in range(2)]
    assert [ask(workers[number % 2]).status_code for number in range(5)] == [200, 200, 200, 429, 429]
