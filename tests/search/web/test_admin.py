import os
import signal
import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus import Collection, Settings
from indexer.building import build
from indexer.generations import IndexFolder
from indexer.runs import INTERRUPTED, begun, last_run
from search.web import create_app
from search.web.admin import ADDRESS
from tests.search.web.operators import BEARER, PATIENCE_SECONDS, TOKEN, guarded_by_token, sync_ended

# Articles, so that a sync is still at work when it is looked for.
MANY = 300


@pytest.fixture
def articles(tmp_path: Path, settings: Settings) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "pay.md").write_text("---\nlang: en\n---\n# Title\n\nPay follows.\n")
    return folder


@pytest.fixture
def client(articles: Path, settings: Settings) -> FlaskClient:
    """A client of a service with a token, over an index of one article."""
    build(IndexFolder(settings.index), Collection([articles], settings), settings, lambda read: None)
    return create_app(guarded_by_token(settings)).test_client()


def test_a_sync_is_started_and_goes_on_by_itself(client: FlaskClient, articles: Path, settings: Settings) -> None:
    (articles / "new.md").write_text("---\nlang: en\n---\n# Title\n\nZeppelins.\n")
    started = client.post(ADDRESS, headers=BEARER)
    assert started.status_code == 202
    assert started.headers["Location"] == ADDRESS
    assert started.json and started.json["state"] == "running"
    sync_ended(settings)
    said = client.get(ADDRESS, headers=BEARER)
    assert said.status_code == 200
    assert said.headers["Cache-Control"] == "no-store"
    assert "ETag" not in said.headers
    assert said.json
    assert {name: said.json[name] for name in ("kind", "state", "added", "unchanged", "read", "articles", "share")} == {
        "kind": "sync",
        "state": "done",
        "added": 1,
        "unchanged": 1,
        "read": 2,
        "articles": {"en": 2},
        "share": 1.0,
    }
    found = client.get("/api/v1/search?q=zeppelins").json
    assert found and found["total"] == 1


def test_a_second_one_is_told_of_the_first(client: FlaskClient, settings: Settings) -> None:
    folder = IndexFolder(settings.index)
    with folder.lock():
        begun(folder, "build", os.getpid())
        answer = client.post(ADDRESS, headers=BEARER)
    assert answer.status_code == 409
    assert answer.content_type.startswith("application/problem+json")
    assert answer.json and answer.json["run"]["kind"] == "build"
    assert answer.json["run"]["state"] == "running"
    assert "another build or sync is writing" in answer.json["detail"]


def test_before_the_first_run_the_state_is_none(settings: Settings) -> None:
    client = create_app(guarded_by_token(settings)).test_client()
    assert client.get(ADDRESS, headers=BEARER).json == {"state": "none"}
    answer = client.post(ADDRESS, headers=BEARER)
    assert answer.status_code == 409
    assert answer.json and "karjera index build" in answer.json["detail"]


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
def test_where_no_token_is_set_there_is_no_such_address(settings: Settings, method: str, client: FlaskClient) -> None:
    plain = create_app(settings).test_client()
    answer = plain.open(ADDRESS, method=method, headers=BEARER)
    assert answer.status_code == 404
    nothing = plain.open("/api/v1/nothing", method=method).json
    assert answer.json and nothing
    assert answer.json["detail"] == nothing["detail"].replace("nothing'", "index:sync'")
    assert answer.json["type"] == nothing["type"]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer x",
        pytest.param(f"Basic {TOKEN}", id="another scheme"),
        pytest.param(TOKEN, id="no scheme"),
        pytest.param(f"Bearer {TOKEN}x", id="a letter too many"),
        "Bearer \xff",
        pytest.param("Bearer " + "x" * 9000, id="too long"),
    ],
)
def test_without_the_token_nothing_is_said_or_done(
    client: FlaskClient, settings: Settings, method: str, header: str | None
) -> None:
    before = (settings.index / "run.json").read_bytes()
    answer = client.open(ADDRESS, method=method, headers={} if header is None else {"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].lower().startswith("bearer ")
    assert answer.content_type.startswith("application/problem+json")
    assert (settings.index / "run.json").read_bytes() == before


def test_no_path_comes_from_a_request(client: FlaskClient) -> None:
    for answer in (
        client.post(f"{ADDRESS}?path=/etc", headers=BEARER),
        client.post(ADDRESS, headers=BEARER, json={"paths": ["/etc"]}),
    ):
        assert answer.status_code == 400
        assert answer.json and ("this address takes none" in answer.json["detail"]) is not bool(answer.request.args)


def test_who_takes_no_json_is_told_that_there_is_nothing_else(client: FlaskClient) -> None:
    answer = client.get(ADDRESS, headers={**BEARER, "Accept": "text/html"})
    assert answer.status_code == 406


def halted(settings: Settings) -> int:
    """Stop the process of a sync where it stands, once it has begun, and return it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (run := last_run(IndexFolder(settings.index))) is None or run.process == os.getpid():
        assert time.monotonic() < deadline
        time.sleep(0.002)
    os.kill(run.process, signal.SIGSTOP)
    return run.process


# A stop of the service by systemd, or of its container, is the second: nothing can be said or cleared up any more.
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_one_whose_process_is_ended_has_failed_and_another_does_what_was_left(
    client: FlaskClient, articles: Path, settings: Settings, how: signal.Signals
) -> None:
    for number in range(MANY):
        (articles / f"new{number}.md").write_text("---\nlang: en\n---\n# Title\n\nZeppelins.\n")
    assert client.post(ADDRESS, headers=BEARER).status_code == 202
    process = halted(settings)
    going = client.get(ADDRESS, headers=BEARER).json
    assert going and (going["state"], going["process"]) == ("running", process)
    assert client.post(ADDRESS, headers=BEARER).status_code == 409
    os.kill(process, how)
    if how != signal.SIGKILL:  # which needs nobody who goes on
        os.kill(process, signal.SIGCONT)
    sync_ended(settings)
    said = client.get(ADDRESS, headers=BEARER).json
    assert said and (said["state"], said["error"]) == ("failed", INTERRUPTED)
    found = client.get("/api/v1/search?q=zeppelins").json
    assert found and found["total"] == 0
    assert client.post(ADDRESS, headers=BEARER).status_code == 202
    sync_ended(settings)
    said = client.get(ADDRESS, headers=BEARER).json
    assert said and (said["state"], said["added"]) == ("done", MANY)
    found = client.get("/api/v1/search?q=zeppelins").json
    assert found and found["total"] == MANY
