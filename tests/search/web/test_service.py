"""The service as it runs: gunicorn with two workers, while an operator changes the index."""

import json
import os
import signal
import threading
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from search.tokens import hash_of, new_token
from search.web.admin import ADDRESS
from tests.search.web.services import PATIENCE_SECONDS, karjera, served, status, until

READERS = 4


def ask(address: str, query: str) -> list[str]:
    with urlopen(f"{address}/api/v1/search?q={quote(query)}", timeout=PATIENCE_SECONDS) as response:
        return [hit["id"] for hit in json.load(response)["hits"]]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "pay.md").write_text("---\ntitle: Salary\nlang: en\n---\nAsk for a salary that fits.\n")
    (folder / "night.md").write_text("---\ntitle: Night\nlang: en\n---\nSleep by day, salary by night.\n")
    return folder


@pytest.fixture
def index(tmp_path: Path, articles: Path) -> Path:
    """The folder of an index of the articles."""
    karjera(tmp_path / "index", "index", "build", str(articles))
    return tmp_path / "index"


@pytest.fixture
def service(tmp_path: Path, index: Path) -> Iterator[str]:
    with served(index, tmp_path / "service") as service:
        yield service.address


class Load:
    """Readers who ask again as soon as they are answered, until they are told to stop, each by a new connection."""

    def __init__(self, address: str) -> None:
        self.answered = 0
        self.problems: list[object] = []
        self.refused = 0
        self._address = address
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._readers = [threading.Thread(target=self._read) for _ in range(READERS)]

    def __enter__(self) -> "Load":
        for reader in self._readers:
            reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for reader in self._readers:
            reader.join()

    def _read(self) -> None:
        while not self._stop.is_set():
            try:
                found = ask(self._address, "salary")
            except (OSError, HTTPException) as error:
                reason = getattr(error, "reason", error)
                with self._lock:
                    # Nobody has taken such a connection, so nobody has begun to answer.
                    if isinstance(reason, ConnectionRefusedError | ConnectionResetError):
                        self.refused += 1
                    else:
                        self.problems.append(error)
                continue
            with self._lock:
                self.answered += 1
                if "pay" not in found:
                    self.problems.append(found)


def test_the_index_changes_under_the_service_without_a_failed_request(
    service: str, index: Path, articles: Path
) -> None:
    with Load(service) as load:
        (articles / "new.md").write_text("---\ntitle: Zeppelins\nlang: en\n---\nZeppelin pilots are paid.\n")
        karjera(index, "index", "sync", str(articles))
        assert until(lambda: ask(service, "zeppelin") == ["new"])
        (articles / "newer.md").write_text("---\ntitle: Submarines\nlang: en\n---\nSubmarine cooks are paid.\n")
        karjera(index, "index", "build", str(articles))
        assert until(lambda: ask(service, "submarine") == ["newer"])
        karjera(index, "index", "rollback")
        assert until(lambda: ask(service, "submarine") == [])
    assert load.answered > 0
    assert (load.problems, load.refused) == ([], 0)


def test_it_starts_without_an_index_and_finds_the_one_that_appears(tmp_path: Path, articles: Path) -> None:
    with served(tmp_path / "index", tmp_path / "service") as service:
        assert status(f"{service.address}/readyz") == 503
        assert status(service.address) == 503
        karjera(tmp_path / "index", "index", "build", str(articles))
        assert until(lambda: status(f"{service.address}/readyz") == 200)
        assert ask(service.address, "zeppelin salary")


def test_a_sync_outlives_the_workers_of_the_service_that_started_it(
    tmp_path: Path, index: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = new_token()
    monkeypatch.setenv("KARJERA_ADMIN_TOKEN_HASH", hash_of(token))
    for number in range(200):
        (articles / f"new{number}.md").write_text("---\ntitle: Zeppelins\nlang: en\n---\nZeppelin pilots are paid.\n")
    with served(index, tmp_path / "service") as service:
        address = f"{service.address}{ADDRESS}"
        bearer = {"Authorization": f"Bearer {token}"}

        def state() -> dict[str, object]:
            with urlopen(Request(address, headers=bearer), timeout=PATIENCE_SECONDS) as response:
                return dict(json.load(response))

        with urlopen(Request(address, method="POST", headers=bearer), timeout=PATIENCE_SECONDS) as response:
            assert response.status == 202
        for worker in service.workers:
            os.kill(int(worker.strip("<>")), signal.SIGKILL)
        assert until(lambda: state()["state"] != "running")
        assert (state()["state"], state()["added"]) == ("done", 200)
        assert until(lambda: ask(service.address, "zeppelin"))


def test_a_reload_under_load_loses_no_request(tmp_path: Path, index: Path) -> None:
    with served(index, tmp_path / "service") as service, Load(service.address) as load:
        assert until(lambda: len(service.workers) == 2)
        before = service.workers
        service.process.send_signal(signal.SIGHUP)
        assert until(lambda: len(service.workers - before) == 2)
    assert (load.problems, load.refused) == ([], 0)
    assert {status for _, status in service.answers} == {"200"}


def test_at_its_end_it_answers_what_it_has_begun(tmp_path: Path, index: Path) -> None:
    with served(index, tmp_path / "service") as service, Load(service.address) as load:
        assert until(lambda: load.answered > 20)
        before = len(service.answers)
        service.process.terminate()
        assert service.process.wait(PATIENCE_SECONDS) == 0
        assert until(lambda: load.refused > 0)
    assert load.problems == []
    health = sum(status == "200" for _, status in service.answers) - load.answered
    assert len(service.answers) >= before
    assert health == 1  # the one question of this test itself; every other answer was received
