from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus import Settings
from search import Engine, SearchRequest
from search.serialization import explanation_json, search_json
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
    assert said["filters"] == {
        "languages": ["pl"],
        "topics": ["pay"],
        "years": [],
        "from": "2026-05-01",
        "to": "2026-06-01",
    }
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


def test_suggestions_are_what_a_reader_may_have_begun_to_type(client: FlaskClient) -> None:
    said = client.get("/api/v1/suggest?q=stres&lang=pl&size=2").get_json()
    assert said == {
        "suggestions": [
            {
                "text": "Stres w call center",
                "kind": "title",
                "language": "pl",
                "article_id": "pl/calls",
                "concept": None,
            },
            {
                "text": "Stresas skambučių centre",
                "kind": "title",
                "language": "lt",
                "article_id": "lt/calls",
                "concept": None,
            },
        ]
    }
    assert client.get("/api/v1/suggest").get_json() == {"suggestions": []}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("q=a&size=21", "size"), ("q=a&size=0", "size"), ("q=a&lang=xx", "lang"), ("q=a&topic=pay", "topic")],
)
def test_a_bad_parameter_of_suggestions_is_named(client: FlaskClient, query: str, parameter: str) -> None:
    response = client.get(f"/api/v1/suggest?{query}")
    assert response.status_code == 400
    said = problem(response)
    assert said["parameter"] == parameter
    assert "allowed" in said["detail"]


def test_years_filter_and_are_counted(client: FlaskClient) -> None:
    said = client.get("/api/v1/search?q=stres&year=2025,2026&collapse=false").get_json()
    assert said["filters"]["years"] == [2025, 2026]
    assert [(value["value"], value["count"]) for value in said["facets"]["years"]] == [("2026", 2), ("2025", 0)]


def test_an_explanation_says_why_an_article_is_a_hit_or_is_not(client: FlaskClient, engine: Engine) -> None:
    said = client.get("/api/v1/explanation?id=en/calls&q=stress").get_json()
    assert said == explanation_json(engine.explain(SearchRequest("stress"), "en/calls"))
    assert client.get("/api/v1/explanation?id=en/calls&q=stress&lang=pl").get_json()["absence"] == "filtered"
    assert client.get("/api/v1/explanation?id=en/pay&q=stress").get_json()["missing"] == ["stress"]


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("q=x", 400, "id"),
        ("id=en/pay&q=x&size=0", 400, "size"),
        ("id=en/pay&ids=2", 400, "ids"),
        ("id=nope&q=x", 404, ""),
    ],
)
def test_an_explanation_of_nothing_is_a_problem(client: FlaskClient, query: str, status: int, parameter: str) -> None:
    response = client.get(f"/api/v1/explanation?{query}")
    assert response.status_code == status
    assert problem(response).get("parameter", "") == parameter


def test_hits_are_explained_when_asked(client: FlaskClient) -> None:
    said = client.get("/api/v1/search?q=stress&explain=true&expand=false").get_json()
    assert all(hit["explanation"]["score"] == pytest.approx(hit["score"], abs=0.001) for hit in said["hits"])
    assert said["expand"] is False


def test_similar_articles_are_of_other_works(client: FlaskClient) -> None:
    response = client.get("/api/v1/articles/en/pay/similar?size=2&prefer=pl")
    said = response.get_json()["similar"]
    assert [article["work"] for article in said] == ["night"]  # Workers.
    assert said[0]["id"] == "pl/night"
    assert said[0].keys() == {"id", "language", "title", "topics", "published", "work"}
    assert "Accept-Language" in response.headers["Vary"]
    assert problem(client.get("/api/v1/articles/nope/similar"))["status"] == 404


@pytest.mark.parametrize(("query", "parameter"), [("size=21", "size"), ("prefer=xx", "prefer"), ("lang=pl", "lang")])
def test_a_bad_parameter_of_similar_articles_is_named(client: FlaskClient, query: str, parameter: str) -> None:
    said = problem(client.get(f"/api/v1/articles/en/pay/similar?{query}"))
    assert (said["status"], said["parameter"]) == (400, parameter)
    assert "allowed" in said["detail"]
