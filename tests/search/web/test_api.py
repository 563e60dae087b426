from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus import Article, Settings
from search import Engine, SearchRequest
from search.serialization import explanation_json, search_json
from search.web import create_app
from search.web.questions import MAX_BODY_BYTES
from tests.conftest import ARTICLES, MakeEngine


def problem(response: TestResponse) -> dict[str, Any]:
    """The one shape that every error has."""
    assert response.content_type == "application/problem+json; charset=utf-8"
    said: dict[str, Any] = response.get_json(force=True)
    assert said.keys() == {"type", "title", "status", "detail", "errors", "request_id"}
    assert said["status"] == response.status_code
    assert said["request_id"] == response.headers["X-Request-Id"]
    return said


def at_fault(said: dict[str, Any]) -> str:
    """The one parameter that a problem names."""
    [fault] = said["errors"]
    assert fault["detail"] == said["detail"]
    return str(fault["parameter"])


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
    expected["milliseconds"] = said["milliseconds"]
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
    assert at_fault(said) == parameter
    assert "llowed" in said["detail"]


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
    assert "Run `karjera index build` to make one" in problem(response)["detail"]


def test_an_index_that_cannot_be_read_sends_operators_to_the_log(client: FlaskClient, settings: Settings) -> None:
    (settings.index / "CURRENT").write_text("7\n")
    response = create_app(settings).test_client().get("/readyz")
    assert response.status_code == 503
    assert "the log of the service says what to do" in problem(response)["detail"]


def test_an_index_that_appears_is_found_without_a_restart(make_engine: MakeEngine, settings: Settings) -> None:
    client = create_app(settings).test_client()
    for path in ("/readyz", "/", "/about", "/api/v1/search", "/sitemap.xml"):
        assert client.get(path).status_code == 503, path
    make_engine(ARTICLES)
    for path in ("/readyz", "/", "/about", "/api/v1/search", "/sitemap.xml"):
        assert client.get(path).status_code == 200, path


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
    assert at_fault(said) == parameter
    assert "llowed" in said["detail"]


def test_years_filter_and_are_counted(client: FlaskClient) -> None:
    said = client.get("/api/v1/search?q=stres&year=2025,2026&collapse=false").get_json()
    assert said["filters"]["years"] == [2025, 2026]
    assert [(value["value"], value["count"]) for value in said["facets"]["years"]] == [("2026", 2), ("2025", 0)]


def test_an_explanation_says_why_an_article_is_a_hit_or_is_not(client: FlaskClient, engine: Engine) -> None:
    said = client.get("/api/v1/explanation?id=en/calls&q=stress").get_json()
    assert said == explanation_json(engine.explain(SearchRequest("stress"), "en/calls"))
    assert client.get("/api/v1/explanation?id=en/calls&q=stress&lang=pl").get_json()["absence"] == "filtered"
    assert client.get("/api/v1/explanation?id=en/pay&q=stress").get_json()["missing"] == ["stress"]


def test_an_explanation_names_what_stands_for_an_article_and_as_what_that_ranks(client: FlaskClient) -> None:
    # "stres" is a Polish word, and one letter beside it the stem of the Lithuanian one.
    asked = "q=stres&prefer=lt"
    [hit] = client.get(f"/api/v1/search?{asked}&fields=id,score,ranked_as&explain=true").get_json()["hits"]
    ranked_as = {"id": "pl/calls", "language": "pl", "score": hit["score"], "missing": []}
    assert (hit["id"], hit["ranked_as"]) == ("lt/calls", ranked_as)
    assert hit["explanation"]["ranked_as"] == ranked_as
    said = client.get(f"/api/v1/explanation?id=pl/calls&{asked}").get_json()
    assert (said["absence"], said["shown_as"]) == ("translation", {"id": "lt/calls", "language": "lt"})
    assert (said["ranked_as"], said["score"]) == (None, hit["score"])
    assert said["factors"] == {"preferred": 1.0, "missing": 1.0}


def test_a_hit_on_an_earlier_page_is_a_hit_too(client: FlaskClient) -> None:
    said = client.get("/api/v1/explanation?id=en/calls&q=stress&page=2").get_json()
    assert said["absence"] == "behind"


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
    assert [fault["parameter"] for fault in problem(response)["errors"]] == ([parameter] if parameter else [])


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
    assert (said["status"], at_fault(said)) == (400, parameter)
    assert "llowed" in said["detail"]


def test_all_faulty_parameters_are_named_at_once(client: FlaskClient) -> None:
    said = problem(client.get("/api/v1/search?size=0&lang=xx&sise=3&q=a&q=b"))
    assert [fault["parameter"] for fault in said["errors"]] == ["q", "lang", "size", "sise"]
    assert "did you mean size?" in said["errors"][3]["detail"]
    assert said["detail"] == "4 parameters cannot be used; `errors` says why."
    assert said["type"] == "http://localhost/problems/invalid-parameters"


def test_hits_have_the_fields_that_are_asked_for(client: FlaskClient) -> None:
    said = client.get("/api/v1/search?q=stress&fields=title,id&fields=score&lang=en").get_json()
    assert [hit.keys() for hit in said["hits"]] == [{"title", "id", "score"}]
    fault = problem(client.get("/api/v1/search?fields=titel"))["errors"]
    assert fault == [
        {
            "parameter": "fields",
            "detail": "fields is 'titel'; allowed are id, language, title, title_highlighted, snippet, topics, "
            "published, author, source, work, translations, score, ranked_as, missing.",
        }
    ]


def test_a_cursor_leads_from_page_to_page(client: FlaskClient) -> None:
    first = client.get("/api/v1/search?size=2").get_json()
    second = client.get(f"/api/v1/search?size=2&cursor={first['next']}").get_json()
    assert (first["page"], first["first"], second["page"], second["first"]) == (1, 0, None, 2)
    assert [hit["work"] for hit in first["hits"] + second["hits"]] == ["night", "pay", "calls"]
    assert (second["next"], second["index_changed"]) == (None, False)


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ("size=1&cursor={}", "cursor is of another search"),
        ("q=stress&collapse=false&size=1&cursor={}&page=2", "cursor and page (2) exclude each other"),
        ("q=stress&collapse=false&size=1&prefer=lt&cursor={}", "cursor is of another search"),
        ("q=stress&collapse=false&size=1&cursor=x{}", "allowed is the `next` of an answer, whole"),
    ],
)
def test_a_cursor_that_cannot_be_used_is_explained(client: FlaskClient, parameters: str, said: str) -> None:
    cursor = client.get("/api/v1/search?q=stress&collapse=false&size=1").get_json()["next"]
    refused = problem(client.get(f"/api/v1/search?{parameters.format(cursor)}"))
    assert at_fault(refused) == "cursor"
    assert said in refused["detail"]


def test_a_cursor_outlives_the_index_and_says_so(client: FlaskClient, make_engine: MakeEngine) -> None:
    first = client.get("/api/v1/search?size=2").get_json()
    make_engine(ARTICLES[:6])
    second = client.get(f"/api/v1/search?size=2&cursor={first['next']}").get_json()
    assert (second["index_changed"], second["generation"], second["first"]) == (True, 2, 2)
    assert [hit["work"] for hit in second["hits"]] == ["calls"]


@pytest.mark.parametrize("address", ["search?q=stress", "articles/en/pay", "suggest?q=st", "topics", "languages"])
def test_who_has_an_answer_is_told_so_until_the_index_changes(
    client: FlaskClient, make_engine: MakeEngine, address: str
) -> None:
    etag = client.get(f"/api/v1/{address}").headers["ETag"]
    assert etag.startswith('W/"1-')
    known = {"If-None-Match": f'"another", {etag}'}
    again = client.get(f"/api/v1/{address}", headers=known)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    assert client.get(f"/api/v1/{address}", headers=known | {"Accept-Language": "pl"}).status_code in (200, 304)
    make_engine(ARTICLES)
    changed = client.get(f"/api/v1/{address}", headers=known)
    assert changed.status_code == 200
    assert changed.headers["ETag"].startswith('W/"2-')


def test_what_is_not_there_is_not_unchanged(client: FlaskClient) -> None:
    assert client.get("/api/v1/articles/nope", headers={"If-None-Match": "*"}).status_code == 404
    assert client.get("/api/v1/articles/en/pay", headers={"If-None-Match": "*"}).status_code == 304


def test_another_language_asked_for_is_another_answer(client: FlaskClient) -> None:
    english = client.get("/api/v1/topics", headers={"Accept-Language": "en"})
    polish = client.get("/api/v1/topics", headers={"Accept-Language": "pl", "If-None-Match": english.headers["ETag"]})
    assert polish.status_code == 200
    assert polish.get_json()["ui"] == "pl"
    assert "Accept-Language" in polish.headers["Vary"]


def test_an_article_whose_id_ends_like_an_address_is_found(make_engine: MakeEngine, settings: Settings) -> None:
    make_engine(
        [
            Article("a", "en", "Stress at work", "Stress in a call center."),
            Article("a/similar", "en", "Similar stress", "Stress in a call center, similar."),
            Article("b//c", "en", "Two slashes", "Nothing else."),
        ]
    )
    client = create_app(settings).test_client()
    assert client.get("/api/v1/articles/a/similar").get_json()["title"] == "Similar stress"
    assert [row["id"] for row in client.get("/api/v1/articles/a/similar/similar").get_json()["similar"]] == ["a"]
    assert [row["id"] for row in client.get("/api/v1/similar?id=a").get_json()["similar"]] == ["a/similar"]
    assert client.get("/api/v1/articles/b//c").get_json()["id"] == "b//c"
    assert client.get("/articles/b//c").status_code == 200
    assert at_fault(problem(client.get("/api/v1/articles/a/similar?size=2"))) == "size"
    assert problem(client.get("/api/v1/similar?id=nope"))["status"] == 404


@pytest.mark.parametrize("id", ["/a", "a/", "//", "a b ", "ą/%2F/?#", "search:batch", "similar"])
def test_an_article_is_read_whatever_its_id(make_engine: MakeEngine, settings: Settings, id: str) -> None:
    make_engine([Article(id, "en", "Stress at work", "Stress in a call center.")])
    client = create_app(settings).test_client()
    for path in (quote(id), quote(id, safe="")):
        assert client.get(f"/api/v1/articles/{path}").get_json()["id"] == id
        assert client.get(f"/articles/{path}").status_code == 200
        assert client.get(f"/api/v1/articles/{path}/similar").get_json() == {"similar": []}


@pytest.mark.parametrize(
    ("address", "faults"),
    [
        ("articles/en/pay?id=pl/pay", {"id": "There is no parameter 'id'. None is allowed here."}),
        ("articles/en/pay?q=1", {"q": "There is no parameter 'q'. None is allowed here."}),
        (
            "articles/en/pay?ids=1&id=2",
            {
                "id": "There is no parameter 'id'. None is allowed here.",
                "ids": "There is no parameter 'ids'. None is allowed here.",
            },
        ),
        (
            "articles/en/pay/similar?id=pl/pay&size=0&sizes=1",
            {
                "id": "There is no parameter 'id'. Allowed are prefer, size.",
                "size": "size is 0; allowed is a whole number from 1 to 20.",
                "sizes": "There is no parameter 'sizes'; did you mean size? Allowed are prefer, size.",
            },
        ),
        ("openapi.json?x=1", {"x": "There is no parameter 'x'. None is allowed here."}),
    ],
)
def test_a_parameter_of_the_path_is_none_of_the_query(
    client: FlaskClient, address: str, faults: dict[str, str]
) -> None:
    said = problem(client.get(f"/api/v1/{address}"))
    assert {fault["parameter"]: fault["detail"] for fault in said["errors"]} == faults
    assert len(said["errors"]) == len(faults)
    assert said["status"] == 400


def test_an_id_that_no_article_can_have_is_a_fault_of_the_path(client: FlaskClient) -> None:
    said = problem(client.get(f"/api/v1/articles/{'x' * 501}"))
    assert at_fault(said) == "id"


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json", 200),
        ("*/*", 200),
        ("text/html,application/xhtml+xml,*/*;q=0.8", 200),
        ("application/problem+json", 200),
        ("text/html", 406),
        ("application/json;q=0", 406),
    ],
)
def test_who_wants_no_json_is_told_that_there_is_nothing_else(client: FlaskClient, accept: str, status: int) -> None:
    for address in ("/api/v1/search?q=stress", "/api/v1/openapi.json"):
        response = client.get(address, headers={"Accept": accept})
        assert response.status_code == status
        if status == 406:
            assert "allowed is application/json" in problem(response)["detail"]


def batch(client: FlaskClient, body: object) -> TestResponse:
    return client.post("/api/v1/search:batch", json=body)


def test_a_batch_answers_each_search_as_if_it_came_alone(client: FlaskClient) -> None:
    said = batch(
        client,
        {
            "requests": [
                {"q": "stress", "lang": ["en"], "size": 1},
                {"q": "stress", "size": "1", "langs": []},
                7,
                {"q": "pracownik", "from": "2026-05-01", "prefer": ["pl"], "fields": ["id"]},
            ]
        },
    ).get_json()["answers"]
    assert [item["status"] for item in said] == [200, 400, 400, 200]
    alone = client.get("/api/v1/search?q=stress&lang=en&size=1").get_json()
    alone["milliseconds"] = said[0]["answer"]["milliseconds"]
    assert said[0]["answer"] == alone
    assert [fault["parameter"] for fault in said[1]["problem"]["errors"]] == ["size", "langs"]
    assert "allowed is one with any of q, lang" in said[2]["problem"]["detail"]
    assert [hit["id"] for hit in said[3]["answer"]["hits"]] == ["pl/pay", "pl/night"]


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({}, "requests is missing; it is needed"),
        ({"requests": []}, "requests is []; allowed is a list of 1 to 50 values"),
        ({"requests": [{}] * 51}, "requests has 51 values; allowed are 50"),
        ({"requests": [{}], "request": 1}, "There is no parameter 'request'; did you mean requests?"),
        ([], "[] is no object; allowed is one with any of requests"),
    ],
)
def test_a_batch_that_is_none_is_refused_whole(client: FlaskClient, body: object, detail: str) -> None:
    response = batch(client, body)
    assert response.status_code == 400
    assert detail in problem(response)["detail"]


@pytest.mark.parametrize(
    ("body", "type", "status", "kind"),
    [
        (b"{", "application/json", 400, "malformed-body"),
        (b'{"requests": [{"q": NaN}]}', "application/json", 400, "malformed-body"),
        (b"\xff\xfe", "application/json", 400, "malformed-body"),
        (b"[" * 100_000, "application/json", 400, "malformed-body"),
        (b'{"requests": [' + b"9" * 5000 + b"]}", "application/json", 400, "malformed-body"),
        (b'{"requests": [{}]}', "text/plain", 415, "unsupported-media-type"),
        (b'{"requests": [{}]}', "", 415, "unsupported-media-type"),
        (b" " * (MAX_BODY_BYTES + 1), "application/json", 413, "body-too-large"),
    ],
)
def test_a_body_that_cannot_be_read_is_a_problem(
    client: FlaskClient, body: bytes, type: str, status: int, kind: str
) -> None:
    response = client.post("/api/v1/search:batch", data=body, content_type=type)
    assert response.status_code == status
    assert problem(response)["type"].endswith(f"/problems/{kind}")


def test_a_number_is_whole_however_it_is_written(client: FlaskClient) -> None:
    body = '{"requests": [{"size": 2.0}, {"size": 0.2e1}, {"size": 2.5}, {"size": 1e300}, {"size": 1e400}]}'
    response = client.post("/api/v1/search:batch", data=body, content_type="application/json")
    said = response.get_json()["answers"]
    assert [len(item["answer"]["hits"]) for item in said[:2]] == [2, 2]
    assert [item["status"] for item in said[2:]] == [400, 400, 400]
    for item, came in zip(said[2:], ("2.5", "10000", "a number too large to be read"), strict=True):
        assert item["problem"]["detail"].startswith(f"size is {came}")
        assert item["problem"]["detail"].endswith("; allowed is a whole number from 1 to 50.")


def test_null_in_a_batch_is_the_same_as_nothing(client: FlaskClient) -> None:
    nothing = {"cursor": None, "from": None, "to": None}
    said = batch(client, {"requests": [{"q": "stress", **nothing}, {"q": "stress"}]}).get_json()["answers"]
    assert [item["status"] for item in said] == [200, 200]
    assert said[0]["answer"]["hits"] == said[1]["answer"]["hits"] != []


def test_a_batch_takes_nothing_from_its_address(client: FlaskClient) -> None:
    response = client.post("/api/v1/search:batch?requests=1", json={"requests": [{}]})
    assert at_fault(problem(response)) == "requests"


def test_a_lone_surrogate_is_told_and_harms_nothing(client: FlaskClient) -> None:
    body = '{"requests": [{"q": "\\ud800"}]}'
    response = client.post("/api/v1/search:batch", data=body, content_type="application/json")
    [said] = response.get_json()["answers"]
    assert said["problem"]["detail"] == "q is '\\ud800'; allowed is a text of Unicode characters."
