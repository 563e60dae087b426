"""The service as it runs: gunicorn with two workers, while an operator changes the index."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[3]
# Far more than the second it takes, for a machine that does other things as well.
PATIENCE_SECONDS = 20


def karjera(index: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "search.cli", *arguments]
    subprocess.run(command, check=True, cwd=ROOT, env=environment(index), capture_output=True)


def environment(index: Path) -> dict[str, str]:
    return {**os.environ, "KARJERA_INDEX": str(index)}


def ask(address: str, query: str) -> list[str]:
    with urlopen(f"{address}/api/v1/search?q={quote(query)}", timeout=PATIENCE_SECONDS) as response:
        return [hit["id"] for hit in json.load(response)["hits"]]


def until(condition: object) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "pay.md").write_text("---\ntitle: Salary\nlang: en\n---\nAsk for a salary that fits.\n")
    (folder / "night.md").write_text("---\ntitle: Night\nlang: en\n---\nSleep by day, salary by night.\n")
    return folder


@pytest.fixture
def service(tmp_path: Path, articles: Path) -> Iterator[str]:
    index = tmp_path / "index"
    karjera(index, "index", "build", str(articles))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(index), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )

    def is_up() -> bool:
        try:
            return bool(ask(address, "salary"))
        except URLError:
            return False

    assert until(is_up)
    yield address
    process.terminate()
    process.wait()


def test_the_index_changes_under_the_service_without_a_failed_request(
    service: str, tmp_path: Path, articles: Path
) -> None:
    index = tmp_path / "index"
    problems: list[object] = []
    answers = 0
    stop = threading.Event()

    def read() -> None:
        nonlocal answers
        while not stop.is_set():
            try:
                if "pay" not in ask(service, "salary"):
                    problems.append("an article that was there all along is missing")
            except OSError as error:
                problems.append(error)
            answers += 1

    reader = threading.Thread(target=read)
    reader.start()
    try:
        (articles / "new.md").write_text("---\ntitle: Zeppelins\nlang: en\n---\nZeppelin pilots are paid.\n")
        karjera(index, "index", "sync", str(articles))
        assert until(lambda: ask(service, "zeppelin") == ["new"])
        (articles / "newer.md").write_text("---\ntitle: Submarines\nlang: en\n---\nSubmarine cooks are paid.\n")
        karjera(index, "index", "build", str(articles))
        assert until(lambda: ask(service, "submarine") == ["newer"])
        karjera(index, "index", "rollback")
        assert until(lambda: ask(service, "submarine") == [])
    finally:
        stop.set()
        reader.join()
    assert answers > 0
    assert problems == []
