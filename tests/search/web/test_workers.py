"""What several gunicorn workers count together, whatever becomes of them."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from corpus import Settings
from search import Engine
from tests.search.web.services import PATIENCE_SECONDS, ROOT, WORKERS, Service, served, until


@pytest.fixture
def service(engine: Engine, settings: Settings, tmp_path: Path) -> Iterator[Service]:
    with served(settings.index, tmp_path / "service") as running:
        yield running


def counted(service: Service) -> int:
    """Return how many searches all workers together have counted."""
    found = re.search(r"^karjera_search_results_count (\S+)$", service.get("/metrics"), re.MULTILINE)
    return int(float(found[1])) if found else 0


def workers(service: Service) -> set[int]:
    children = Path(f"/proc/{service.process.pid}/task/{service.process.pid}/children")
    return {int(child) for child in children.read_text().split()}


def are_renewed(service: Service, before: set[int]) -> bool:
    """Tell whether all workers are others than before."""
    return not workers(service) & before and len(workers(service)) == WORKERS


def files(service: Service) -> list[str]:
    return sorted(file.name for file in service.scratch.glob("karjera-metrics-*/*"))


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
    assert counted(service) == 10

    before = workers(service)
    os.kill(min(before), signal.SIGKILL)
    assert until(lambda: len(workers(service)) == WORKERS and workers(service) != before)
    assert until(lambda: counted(service) == 10)

    for _ in range(2):
        before = workers(service)
        service.process.send_signal(signal.SIGHUP)
        assert until(partial(are_renewed, service, before))
    for _ in range(10):
        service.get("/api/v1/search?q=stres")
    assert counted(service) == 20
    # Places are taken again: a reload has both old and new workers for a moment, and no more.
    assert len(files(service)) <= 2 * 2 * WORKERS

    service.process.terminate()
    service.process.wait(PATIENCE_SECONDS)
    assert list(service.scratch.glob("karjera-metrics-*")) == []
