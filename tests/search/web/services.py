"""The service as it runs: a gunicorn of its own for a test."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[3]
# Far more than the seconds it takes, for a machine that does other things as well.
PATIENCE_SECONDS = 60
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Service:
    """A running gunicorn with WORKERS workers.

    `log` has a line `worker status` for each answer; `scratch` is where its temporary files are.
    """

    process: subprocess.Popen[bytes]
    address: str
    log: Path
    scratch: Path

    @property
    def answers(self) -> list[list[str]]:
        return [line.split() for line in self.log.read_text().splitlines()]

    @property
    def workers(self) -> set[str]:
        """The workers that have answered."""
        return {worker for worker, _ in self.answers}

    def get(self, path: str) -> str:
        with urlopen(f"{self.address}{path}", timeout=PATIENCE_SECONDS) as response:
            body: bytes = response.read()
        return body.decode()


@contextmanager
def served(index: Path, scratch: Path, *options: str) -> Iterator[Service]:
    """Start a service over the folder of an index, and end it.

    `scratch` is a folder that there is not yet, `options` are more of gunicorn's.
    """
    scratch.mkdir()
    log = scratch / "log"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "wsgi", "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS),
               "--threads", "2", "--access-logfile", str(log), "--access-logformat", "%(p)s %(s)s",
               *options]  # fmt: skip
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**environment(index), "TMPDIR": str(scratch)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    running = Service(process, f"http://127.0.0.1:{port}", log, scratch)
    try:
        assert until(lambda: status(f"{running.address}/healthz") == 200)
        yield running
    finally:
        process.terminate()
        process.wait()


def karjera(index: Path, *arguments: str) -> None:
    """Run a command over the folder of an index."""
    command = [sys.executable, "-m", "search.cli", *arguments]
    subprocess.run(command, check=True, cwd=ROOT, env=environment(index), capture_output=True)


def environment(index: Path) -> dict[str, str]:
    return {**os.environ, "KARJERA_INDEX": str(index)}


def status(address: str) -> int:
    """Return the status of an answer, 0 if there is none."""
    try:
        with urlopen(address, timeout=PATIENCE_SECONDS) as response:
            return int(response.status)
    except HTTPError as error:
        return error.code
    except OSError:
        return 0


def until(condition: Callable[[], object]) -> bool:
    """Tell whether a condition comes true while there is patience; while it cannot be asked, it is not."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            if condition():
                return True
        except URLError:
            pass
        time.sleep(0.05)
    return False
