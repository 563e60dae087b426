import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from corpus import Settings
from search import Engine, SearchRequest
from search.web import create_app


@pytest.fixture
def kept(engine: Engine, settings: Settings, tmp_path: Path) -> Settings:
    """Settings that keep a query log."""
    return replace(settings, query_log=tmp_path / "queries.log")


def entries(settings: Settings) -> list[dict[str, Any]]:
    assert settings.query_log
    if not settings.query_log.exists():
        return []
    return [json.loads(line) for line in settings.query_log.read_text().splitlines()]


def test_no_query_log_is_kept_unless_it_is_asked_for(client: FlaskClient, tmp_path: Path) -> None:
    client.get("/?q=stres")
    assert [file.name for file in tmp_path.iterdir()] == ["index"]


def test_searches_of_page_and_api_are_kept(kept: Settings) -> None:
    client = create_app(kept).test_client()
    client.get("/?q=Praca+w+nocy&lang=pl")
    client.get("/api/v1/search?q=call+center")
    first, second = entries(kept)
    assert (first["query"], first["language"], first["filters"]) == ("praca w nocy", "pl", {"lang": ["pl"]})
    assert (second["query"], second["languages"]) == ("call center", {"en": 1, "pl": 1})
    assert set(first) == {
        "hour", "query", "language", "filters", "page", "total", "complete", "languages", "milliseconds",
    }  # fmt: skip


@pytest.mark.parametrize(
    "address", ["/", "/?topic=pay", "/about", "/feed.atom", "/articles/pl/pay?q=stres", "/?q=lang:pl"]
)
def test_what_asks_for_no_words_is_not_kept(kept: Settings, address: str) -> None:
    assert create_app(kept).test_client().get(address).status_code == 200
    assert entries(kept) == []


def test_nothing_that_tells_who_asked_is_kept(kept: Settings) -> None:
    client = create_app(kept).test_client()
    client.set_cookie("prefer", "fr")
    headers = {"User-Agent": "Agent/7", "X-Forwarded-For": "203.0.113.7", "X-Request-Id": "trace-0001"}
    client.get("/?q=stres", headers=headers)
    (entry,) = entries(kept)
    line = json.dumps(entry)
    assert not any(personal in line for personal in ("Agent", "203.0.113.7", "trace-0001", "127.0.0.1", '"fr"'))


def test_a_search_that_asks_the_index_in_vain_has_its_language_guessed_among_all(kept: Settings) -> None:
    create_app(kept).test_client().get("/?q=zzzzzz+qqqqqq+xxxxxx")
    (entry,) = entries(kept)
    assert (entry["total"], entry["languages"]) == (0, {})


@pytest.mark.parametrize("path", ["/dev/full", "/nowhere/queries.log"])
def test_a_log_that_cannot_be_written_costs_no_answer_and_is_said_once(
    engine: Engine, settings: Settings, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(replace(settings, query_log=Path(path))).test_client()
    for _ in range(3):
        assert client.get("/api/v1/search?q=stres").get_json()["total"] == 1
    said = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert len(said) == 1
    assert said[0].startswith("The query log cannot be written, and searches go on without: ")
    assert "karjera_query_log_failures_total 3.0" in client.get("/metrics").text


def test_a_search_outside_of_any_request_is_seen_too(kept: Settings) -> None:
    engine: Engine = create_app(kept).extensions["karjera"]
    engine.search(SearchRequest("stres"))
    assert [entry["query"] for entry in entries(kept)] == ["stres"]
