import os
import shutil
import time
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from corpus import Settings
from indexer.generations import IndexFolder
from indexer.runs import begun
from search import Engine
from search.web import create_app
from tests.conftest import ARTICLES, MakeEngine
from tests.search.web.operators import TOKEN, guarded_by_token

Series = dict[tuple[str, frozenset[tuple[str, str]]], float]


def read(client: FlaskClient) -> Series:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain")
    families = text_string_to_metric_families(answer.text)
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
    }


def series(name: str, **labels: str) -> tuple[str, frozenset[tuple[str, str]]]:
    return name, frozenset(labels.items())


def test_what_was_asked_is_there(client: FlaskClient) -> None:
    for address in (
        "/?q=stres",
        "/api/v1/search?q=stres",
        "/api/v1/search?q=zeppelin",
        "/articles/pl/pay",
        "/articles/x",
    ):
        client.get(address)
    found = read(client)
    requests = "karjera_requests_total"
    assert found[series(requests, route="/api/v1/search", method="GET", status="200")] == 2
    assert found[series(requests, route="/articles/<id:id>", method="GET", status="404")] == 1
    assert found[series("karjera_search_results_count")] == 3
    assert found[series("karjera_search_phase_seconds_count", phase="parse")] == 3
    # Of what was asked twice the page was kept.
    assert found[series("karjera_search_phase_seconds_count", phase="match")] == 2
    assert sum(found[known] for known in found if known[0] == "karjera_searches_without_results_total") == 1


def test_searches_of_the_page_itself_are_not_counted(client: FlaskClient) -> None:
    client.get("/")  # looks which of its examples find something
    client.get("/?q=zeppelin")  # lists all topics
    found = read(client)
    assert found[series("karjera_search_results_count")] == 1
    assert found[series("karjera_search_phase_seconds_count", phase="match")] == 2


def test_the_index_is_there(client: FlaskClient) -> None:
    found = read(client)
    assert found[series("karjera_index_up")] == 1
    assert found[series("karjera_index_generation")] == 1
    assert found[series("karjera_index_works")] == 3
    assert found[series("karjera_index_articles", language="pl")] == 3
    assert 0 <= found[series("karjera_index_age_seconds")] < 600
    assert time.time() - found[series("karjera_index_changed_timestamp_seconds")] < 600


def test_without_an_index_it_says_so(settings: Settings) -> None:
    found = read(create_app(settings).test_client())
    assert found[series("karjera_index_up")] == 0
    assert series("karjera_index_generation") not in found


def test_an_index_that_went_away_is_down(client: FlaskClient, settings: Settings) -> None:
    client.get("/?q=stres")
    shutil.rmtree(settings.index)
    assert read(client)[series("karjera_index_up")] == 0


def test_a_new_generation_is_seen(client: FlaskClient, make_engine: MakeEngine) -> None:
    make_engine(ARTICLES[:2])
    found = read(client)
    assert found[series("karjera_index_generation")] == 2
    assert found[series("karjera_index_articles", language="en")] == 2
    assert series("karjera_index_articles", language="pl") not in found


def test_a_job_is_in_one_of_its_states(client: FlaskClient, settings: Settings) -> None:
    folder = IndexFolder(settings.index)
    with folder.lock():
        begun(folder, "sync", os.getpid())
        found = read(client)
    states = {
        state: found[series("karjera_job_state", job="sync", state=state)] for state in ("running", "done", "failed")
    }
    assert states == {"running": 1, "done": 0, "failed": 0}


def test_open_metrics_are_for_who_asks_for_them(client: FlaskClient) -> None:
    answer = client.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert answer.content_type.startswith("application/openmetrics-text")
    assert answer.text.endswith("# EOF\n")


def who(settings: Settings, allowed: str) -> FlaskClient:
    return create_app(replace(settings, metrics=allowed)).test_client()


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_reads_them(engine: Engine, settings: Settings, address: str) -> None:
    answer = who(settings, "local").get("/metrics", environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["203.0.113.7", "10.0.0.1", "2001:db8::1", "::ffff:203.0.113.7", "", "unix:"])
def test_others_do_not_find_them(engine: Engine, settings: Settings, address: str) -> None:
    assert who(settings, "local").get("/metrics", environ_base={"REMOTE_ADDR": address}).status_code == 404


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-For", "X-Forwarded-Proto", "x-forwarded-host", "X-Forwarded-Port", "Forwarded", "X-Real-IP", "Via"],
)
def test_a_proxy_on_this_machine_speaks_for_others(client: FlaskClient, header: str) -> None:
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 404


def test_the_setting_opens_and_closes_them(engine: Engine, settings: Settings) -> None:
    far = {"REMOTE_ADDR": "203.0.113.7"}
    assert who(settings, "open").get("/metrics", environ_base=far).status_code == 200
    assert who(settings, "off").get("/metrics").status_code == 404
    guarded = create_app(guarded_by_token(replace(settings, metrics="token"))).test_client()
    assert guarded.get("/metrics").status_code == 404
    token = {"Authorization": f"Bearer {TOKEN}"}
    assert guarded.get("/metrics", environ_base=far, headers=token).status_code == 200
