import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus import LANGUAGES, TOPICS
from search.web.endpoints import ENDPOINTS, ROOT
from search.web.problem_types import PROBLEM_TYPES


def test_topics_have_labels_and_counts(client: FlaskClient) -> None:
    said = client.get("/api/v1/topics?ui=pl").get_json()
    assert said["ui"] == "pl"
    assert said["topics"][:3] == [
        {"key": "wellbeing", "label": "Zdrowie i równowaga", "within": None, "articles": 5},
        {"key": "pay", "label": "Wynagrodzenie i benefity", "within": None, "articles": 3},
        {"key": "customer-service", "label": "Obsługa klienta", "within": None, "articles": 3},
    ]
    assert {row["key"] for row in said["topics"]} == set(TOPICS)


def test_languages_say_how_they_are_analysed(client: FlaskClient) -> None:
    said = client.get("/api/v1/languages", headers={"Accept-Language": "lt"}).get_json()
    rows = {row["code"]: row for row in said["languages"]}
    assert rows.keys() == LANGUAGES.keys()
    assert [row["code"] for row in said["languages"][:3]] == ["en", "lt", "pl"]
    assert rows["pl"] == {
        "code": "pl",
        "label": "Lenkų",
        "endonym": "Polski",
        "script": "Latin",
        "direction": "ltr",
        "analysis": "stems",
        "stemmer": "polish",
        "articles": 3,
    }
    assert (rows["ja"]["analysis"], rows["ja"]["stemmer"], rows["ja"]["articles"]) == ("bigrams", None, 0)
    assert (rows["he"]["analysis"], rows["he"]["direction"]) == ("words", "rtl")


@pytest.mark.parametrize("endpoint", ["topics", "languages"])
def test_labels_are_in_a_language_of_the_interface(client: FlaskClient, endpoint: str) -> None:
    assert client.get(f"/api/v1/{endpoint}").get_json()["ui"] == "en"
    assert client.get(f"/api/v1/{endpoint}", headers={"Accept-Language": "xx, de;q=0.5"}).get_json()["ui"] == "de"
    client.set_cookie("ui", "fr")  # of the pages, which are for people
    assert client.get(f"/api/v1/{endpoint}").get_json()["ui"] == "en"
    assert client.get(f"/api/v1/{endpoint}?ui=xx").status_code == 400


def test_the_table_names_what_there_is(app: Flask) -> None:
    served = {rule.rule.replace("<id:id>", "{id}"): rule.methods for rule in app.url_map.iter_rules()}
    for endpoint in ENDPOINTS:
        assert endpoint.method.upper() in (served[ROOT + endpoint.path] or ())
        assert set(endpoint.problems) <= PROBLEM_TYPES.keys()
