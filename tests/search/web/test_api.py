from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus import Settings
from search import Engine, SearchRequest
from search.serialization import search_json
from search.web import create_app


def problem(response: TestResponse) -> dict[str, Any]:
    """The one shape that every error has."""
    assert response.content_type == "application/problem+json; charset=utf-8"
    said: dict[str, Any] = response.get_json(force=True)
    assert {"type", "title", "status", "detail"} <= said.keys() <= {"type", "title", "status", "detail", "parameter"}
    assert said["status"] == response.status_code
    return said


def test_search_answers_with_hits_and_facets(client: FlaskClient) -> None:
    response = client.get(
        "/api/v1/search?q=pracownik&lang=pl&topic=pay&from=2026-05-01&to=2026-06-01&sort=newest&size=5"
    )
    assert response.content_type == "application/json"
    said = response.get_json()
    assert [hit["id"] for hit in said["hits"]] == ["pl/pay"]
    assert said["filters"] == {"languages": ["pl"], "topics": ["pay"], "from": "2026-05-01", "to": "2026-06-01"}
    assert (said["sort"], said["size"], said["total"]) == ("newest", 5, 1)


def test_the_api_says_what_the_engine_says(client: FlaskClient, engine: Engine) -> None:
    said = client.get("/api/v1/search?q=call+center").get_json()
    expected = search_json(engine.search(SearchRequest("call center")))
    said.pop("milliseconds")
    expected.pop("milliseconds")
    assert said == expected


def test_letters_are_not_escaped_away(client: FlaskClient) -> None:
    assert "płacę" in client.get("/api/v1/search?q=pracownik").text


def test_an_article_is_found_by_an_id_with_slashes(client: FlaskClient) -> None:
    said = client.get("/api/v1/articles/pl/pay").get_json()
    assert (said["id"], said["title"], said["language"]) == ("pl/pay", "Rozmowa o podwyżce", "pl")
    assert [other["id"] for other in said["translations"]] == ["en/pay", "lt/pay"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("page=0", "page"),
        ("size=1000", "size"),
        ("lang=xx", "lang"),
        ("sort=best", "sort"),
        ("language=pl", "language"),
    ],
)
def test_a_bad_parameter_is_named(client: FlaskClient, query: str, parameter: str) -> None:
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 400
    said = problem(response)
    assert said["parameter"] == parameter
    assert "allowed" in said["detail"]


@pytest.mark.parametrize("address", ["/api/v1/articles/nope", "/api/v1/nope", "/api/nope"])
def test_what_is_not_there_is_a_problem_in_json(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    problem(response)


def test_a_method_that_is_not_allowed_is_a_problem_in_json(client: FlaskClient) -> None:
    response = client.post("/api/v1/search")
    assert response.status_code == 405
    problem(response)
    assert "GET" in response.headers["Allow"]


def test_readiness_is_about_the_index_and_health_about_the_process(client: FlaskClient, settings: Settings) -> None:
    assert client.get("/readyz").get_json() == {"status": "ok", "articles": 9}
    assert client.get("/healthz").get_json() == {"status": "ok"}
    nowhere = create_app(Settings(index=settings.index / "nowhere")).test_client()
    assert nowhere.get("/healthz").status_code == 200
    response = nowhere.get("/readyz")
    assert response.status_code == 503
    assert "nowhere" not in problem(response)["detail"]


def test_the_query_may_be_anything(client: FlaskClient) -> None:
    response = client.get("/api/v1/search", query_string={"q": "\x00 <script> \u202e" + "ą" * 5000})
    assert response.status_code == 200
    assert response.get_json()["interpretation"]["notes"]
