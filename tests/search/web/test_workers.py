"""What several gunicorn workers count together, whatever becomes of them."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from corpus import Settings
from search import Engine

ROOT = Path(__file__).parents[3]
# Far more than the seconds it takes, for a machine that does other things as well.
PATIENCE_SECONDS = 60
WORKERS = 2


@dataclass
class Service:
    """A gunicorn with WORKERS workers; `scratch` is where its temporary files are."""

    address: str
    process: subprocess.Popen[bytes]
    scratch: Path

    def get(self, path: str) -> str:
        with urlopen(f"{self.address}{path}", timeout=PATIENCE_SECONDS) as response:
            body: bytes = response.read()
        return body.decode()

    def counted(self) -> int:
        """Return how many searches all workers together have counted."""
        found = re.search(r"^karjera_search_results_count (\S+)$", self.get("/metrics"), re.MULTILINE)
        return int(float(found[1])) if found else 0

    def workers(self) -> set[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return {int(child) for child in children.read_text().split()}

    def is_renewed(self, before: set[int]) -> bool:
        """Tell whether all its workers are others than before."""
        return not self.workers() & before and len(self.workers()) == WORKERS

    def files(self) -> list[str]:
        return sorted(file.name for file in self.scratch.glob("karjera-metrics-*/*"))


def until(condition: Callable[[], object]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            if condition():
                return True
        except (URLError, OSError):
            pass
        time.sleep(0.1)
    return False


@pytest.fixture
def service(engine: Engine, settings: Settings, tmp_path: Path) -> Iterator[Service]:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ["wsgi", "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--threads", "2"]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *arguments],
        cwd=ROOT,
        env={**os.environ, "KARJERA_INDEX": str(settings.index), "TMPDIR": str(scratch)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    running = Service(f"http://127.0.0.1:{port}", process, scratch)
    assert until(lambda: running.get("/healthz"))
    yield running
    process.terminate()
    process.wait(PATIENCE_SECONDS)


def test_without_room_for_counts_a_worker_counts_by_itself(tmp_path: Path) -> None:
    code = """
import logging, os, runpy, types
from prometheus_client import values
hooks = runpy.run_path("gunicorn.conf.py")
worker = types.SimpleNamespace(place=0, log=logging.getLogger())
os.environ["PROMETHEUS_MULTIPROC_DIR"] = "/nowhere"
hooks["post_fork"](None, worker)
print(values.ValueClass is values.MutexValue, "PROMETHEUS_MULTIPROC_DIR" in os.environ)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout == "True False\n"
    assert "Metrics are of one worker at a time" in done.stderr


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="workers are found in /proc")
def test_counts_of_all_workers_add_up_and_outlive_them(service: Service) -> None:
    for _ in range(10):
        service.get("/api/v1/search?q=stres")
    assert service.counted() == 10

    before = service.workers()
    os.kill(min(before), signal.SIGKILL)
    assert until(lambda: len(service.workers()) == WORKERS and service.workers() != before)
    assert until(lambda: service.counted() == 10)

    for _ in range(2):
        before = service.workers()
        service.process.send_signal(signal.SIGHUP)
        assert until(partial(service.is_renewed, before))
    for _ in range(10):
        service.get("/api/v1/search?q=stres")
    assert service.counted() == 20
    # Places are taken again: a reload has both old and new workers for a moment, and no more.
    assert len(service.files()) <= 2 * 2 * WORKERS

    service.process.terminate()
    service.process.wait(PATIENCE_SECONDS)
    assert list(service.scratch.glob("karjera-metrics-*")) == []
