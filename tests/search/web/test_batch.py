"""What searches in one request may cost together; that each is answered as if it came alone is in test_api."""

from dataclasses import fields, replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from corpus import Settings
from search.costs import Budget
from search.tokens import hash_of
from search.web import create_app
from search.web.questions import MAX_BODY_BYTES


def batch(client: FlaskClient, *requests: object, **headers: str) -> list[Any]:
    response = client.post("/api/v1/search:batch", json={"requests": requests}, headers=headers)
    assert response.status_code == 200
    said: list[Any] = response.get_json()["answers"]
    return said


def status_of(client: FlaskClient, searches: int, **headers: str) -> int:
    return client.post("/api/v1/search:batch", json={"requests": [{}] * searches}, headers=headers).status_code


def test_a_batch_explains_no_more_hits_than_a_search(client: FlaskClient) -> None:
    explaining = {"q": "stress", "explain": True}
    said = batch(
        client,
        {**explaining, "size": 45},
        {"q": "stress", "size": 50},
        {**explaining, "size": 6},
        {**explaining, "size": 5},
        explaining,
    )
    assert [item["status"] for item in said] == [200, 200, 400, 200, 400]
    [fault] = said[2]["problem"]["errors"]
    assert fault == {
        "parameter": "explain",
        "detail": "explain is true, and with this search those that explain have a `size` of 51 together; allowed is "
        "50 in a batch. Lower `size`, or send this search in another request.",
    }
    assert "of 60 together" in str(said[4]["problem"]["detail"])


def test_what_a_search_may_not_ask_takes_nothing_from_the_others(client: FlaskClient) -> None:
    said = batch(client, {"explain": True, "size": 50, "cursor": "x"}, {"explain": True, "size": 50})
    assert [item["status"] for item in said] == [400, 200]


def test_the_searches_of_a_batch_have_one_budget_in_their_order(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    # stress, stres and stresas, each in a title and a body: six postings, and ten are allowed.
    monkeypatch.setattr(Budget.__init__, "__defaults__", (10,))
    said = batch(client, {"q": "stres*"}, {"q": "stress"}, {"q": "stre*"}, {"q": "stress stre*"})
    notes = [item["answer"]["interpretation"]["notes"] for item in said]
    left_out = ["Left out, because it would be looked for in too much: stre*"]
    assert notes == [[], [], left_out, left_out]
    assert said[1]["answer"]["total"] == said[3]["answer"]["total"] != said[2]["answer"]["total"]
    # The next request has a budget of its own.
    assert batch(client, {"q": "stre*"})[0]["answer"]["total"] == said[0]["answer"]["total"]


def test_each_search_of_a_batch_counts_as_a_request(app: object, settings: Settings) -> None:
    browser = create_app(replace(settings, rate_limit=("10/hour",))).test_client()
    assert [status_of(browser, searches) for searches in (4, 1, 6, 5)] == [200, 200, 429, 429]
    # Those that were refused counted as one each.
    refused = browser.post("/api/v1/search:batch", json={"requests": [{}] * 4})
    assert refused.get_json()["detail"].startswith("Allowed are 10 per 1 hour for one client; this is 4. Come again in")
    assert 0 < int(refused.headers["Retry-After"]) <= 3600


def test_a_batch_takes_no_more_than_a_whole_rate(app: object, settings: Settings) -> None:
    browser = create_app(replace(settings, rate_limit=("3/hour", "60/day"))).test_client()
    assert status_of(browser, 50) == 200
    assert status_of(browser, 1) == 429


def test_with_the_token_a_batch_is_counted_by_its_rates(app: object, settings: Settings) -> None:
    token = hash_of("the-token")
    limited = replace(settings, rate_limit=("1/hour",), token_rate_limit=("5/hour",), admin_token_hash=token)
    browser = create_app(limited).test_client()
    bearer = {"Authorization": "Bearer the-token"}
    assert [status_of(browser, searches, **bearer) for searches in (3, 2, 1)] == [200, 200, 429]


def test_the_settings_say_how_large_a_batch_may_be() -> None:
    [setting] = [each for each in fields(Settings) if each.name == "max_request_bytes"]
    assert f"so is a batch of more than {MAX_BODY_BYTES} bytes" in setting.metadata["help"]
