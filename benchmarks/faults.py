"""`python -m benchmarks.faults`: what readers and operators see when something goes wrong, and what is lost.

A service answers over a small index in a file system of its own, which can be made full and read-only; that takes root
on Linux, and a fault that cannot be made here is said to be so. After each fault every checksum of the index holds and
every article is there, but where the fault is that somebody destroyed it.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import click

from benchmarks.processes import tree
from benchmarks.report import table
from benchmarks.service import HOST, WORKERS, load, running
from benchmarks.versions import Versions

ARTICLES = 150
# Three generations with a compiled glossary each: one that workers still read when it is deleted, and two more.
DISK_MIB = 64
CONNECTIONS = 8
SECONDS = 6.0
QUERIES = ("call center", "work pay", "job interview", "stress")
# So long after a change of the index every worker has seen it.
SEEN_SECONDS = 2.5


@dataclass(frozen=True, slots=True)
class Fault:
    """What was done, and what the two sides saw. `lost` is "nothing" or what is no longer there."""

    what: str
    readers: str
    operators: str
    lost: str


class Ground:
    """An index in a file system of its own, and the commands of an operator."""

    def __init__(self, work: Path) -> None:
        self.disk = work / "disk"
        self.index = self.disk / "index"
        self.versions = Versions(work / "versions")
        self.versions.folder.mkdir()
        self.versions.write()
        self.expected = len(self.versions.contents(0))

    def karjera(self, *arguments: str) -> tuple[int, str]:
        """Run a command, and return its status and the last line that it said."""
        done = subprocess.run(self._command(*arguments), env=self.environment, capture_output=True, text=True)
        lines = (done.stdout + done.stderr).strip().splitlines()
        return done.returncode, lines[-1] if lines else ""

    def started(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self._command(*arguments), env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "KARJERA_INDEX": str(self.index)}

    def rebuilt(self) -> None:
        shutil.rmtree(self.index, ignore_errors=True)
        status, said = self.karjera("index", "build", str(self.versions[0]))
        assert status == 0, said

    def lost(self) -> str:
        """Return what is missing of the index as it was built, "nothing" if every checksum and article is there."""
        status, said = self.karjera("index", "verify")
        return "nothing" if status == 0 and f"{self.expected:,} articles" in said.replace("\xa0", " ") else said

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "search.cli", *arguments]


def worker_killed(ground: Ground) -> Fault:
    with running(ground.index) as (service, port):
        time.sleep(SEEN_SECONDS)
        workers = tree(service)[1:]
        asking = subprocess.Popen(
            [sys.executable, "-c", _LOAD, str(port), str(service)], stdout=subprocess.PIPE, text=True
        )
        time.sleep(SECONDS / 3)
        os.kill(workers[0], signal.SIGKILL)
        said, _ = asking.communicate()
        answered, failed = map(int, said.split())
        again = load(port, service, QUERIES, CONNECTIONS, 0, SECONDS / 3)
        living = len(tree(service)) - 1
    return Fault(
        "a worker is killed under load",
        f"{failed} of {answered + failed:,} requests fail, on the connections of that worker; "
        f"{again.failed} of {again.requests + again.failed:,} after it",
        f"gunicorn starts another: {living} of {WORKERS} workers live",
        ground.lost(),
    )


# In a process of its own, so that the worker can be killed meanwhile.
_LOAD = f"""
import sys
from benchmarks.service import load
one = load(int(sys.argv[1]), int(sys.argv[2]), {QUERIES!r}, {CONNECTIONS}, 0, {SECONDS})
print(one.requests, one.failed)
"""


def read_only(ground: Ground) -> Fault:
    with running(ground.index) as (_, port):
        _mount("-o", "remount,ro", str(ground.disk))
        try:
            status, said = ground.karjera("index", "sync", str(ground.versions[1]))
            readers = _seen_by_readers(port)
        finally:
            _mount("-o", "remount,rw", str(ground.disk))
    return Fault("the index folder is read-only during a sync", readers, _ended(status, said), ground.lost())


def disk_full(ground: Ground) -> Fault:
    filling = ground.disk / "filling"
    with running(ground.index) as (_, port):
        free = shutil.disk_usage(ground.disk).free
        filling.write_bytes(b"\0" * (free - 64 * 1024))
        try:
            status, said = ground.karjera("index", "build", str(ground.versions[1]))
            readers = _seen_by_readers(port)
        finally:
            filling.unlink()
    return Fault("the disk fills up during a build", readers, _ended(status, said), ground.lost())


def two_builds(ground: Ground) -> Fault:
    with running(ground.index) as (_, port):
        first = ground.started("index", "build", str(ground.versions[0]))
        time.sleep(1.0)
        status, said = ground.karjera("index", "build", str(ground.versions[1]))
        readers = _seen_by_readers(port)
        first.communicate()
    assert first.returncode == 0
    return Fault("a second build while one runs", readers, f"the second {_ended(status, said)}", ground.lost())


def clock_jumps(ground: Ground) -> Fault:
    """Sync with a clock that is a day late, then one that is two days early, and serve throughout."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
    if library is None:
        return Fault("the clock jumps between syncs", "", "not tried: libfaketime is not installed", "")
    readers, said = [], ""
    with running(ground.index) as (_, port):
        for jump, version in (("-1d", 1), ("+2d", 0)):
            faked = {"LD_PRELOAD": str(library), "FAKETIME": jump, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
            with _environment(faked):
                status, said = ground.karjera("index", "sync", str(ground.versions[version]))
            assert status == 0, said
            readers.append(_seen_by_readers(port))
    seen = " and ".join(dict.fromkeys(readers))
    return Fault("the clock jumps back by a day, then on by three", seen, _ended(0, said), ground.lost())


def deleted(ground: Ground) -> Fault:
    with running(ground.index) as (_, port):
        time.sleep(SEEN_SECONDS)  # both workers have it open
        shutil.rmtree(ground.index)
        readers = _seen_by_readers(port)
        status, said = ground.karjera("index", "build", str(ground.versions[0]))
        again = _seen_by_readers(port)
    return Fault(
        "the index is deleted while it is served",
        f"{readers}; after a build: {again}",
        _ended(status, said),
        ground.lost(),
    )


def corrupt(ground: Ground) -> Fault:
    with running(ground.index) as (_, port):
        file = max(ground.index.rglob("*.places"), key=lambda path: path.stat().st_size)
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 0xFF
        file.write_bytes(data)
        status, said = ground.karjera("index", "verify")
        readers = _seen_by_readers(port)
        rebuilt, _ = ground.karjera("index", "build", str(ground.versions[0]))
        again = _seen_by_readers(port)
    assert status and not rebuilt
    return Fault(
        "a byte of a file is altered", f"{readers}; after a build: {again}", _ended(status, said), ground.lost()
    )


def truncated(ground: Ground) -> Fault:
    file = max(ground.index.rglob("*.terms"), key=lambda path: path.stat().st_size)
    # As a copy that broke off would be: what a reader has mapped is not touched.
    whole = file.read_bytes()
    file.unlink()
    file.write_bytes(whole[: len(whole) // 2])
    status, said = ground.karjera("index", "verify")
    with running(ground.index, ready=False) as (_, port):
        readers = _seen_by_readers(port)
        ground.karjera("index", "build", str(ground.versions[0]))
        again = _seen_by_readers(port)
    return Fault(
        "a file is cut off before a start", f"{readers}; after a build: {again}", _ended(status, said), ground.lost()
    )


FAULTS: tuple[Callable[[Ground], Fault], ...] = (
    worker_killed, read_only, disk_full, two_builds, clock_jumps, deleted, corrupt, truncated,
)  # fmt: skip


def _seen_by_readers(port: int) -> str:
    """Return what a search is answered, once every worker has had the time to see a change."""
    time.sleep(SEEN_SECONDS)
    answers = []
    for path in ("/api/v1/search?q=work", "/readyz"):
        try:
            with urlopen(f"http://{HOST}:{port}{path}") as answer:
                answers.append(str(answer.status))
        except HTTPError as error:
            answers.append(f"{error.code} ({_detail(error)})")
    return f"a search {answers[0]}, /readyz {answers[1]}"


def _detail(error: HTTPError) -> str:
    return str(json.loads(error.read()).get("detail", ""))


def _ended(status: int, said: str) -> str:
    return f"ends with {status}: {said}"


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


@contextmanager
def _environment(more: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(more)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _disk(folder: Path) -> Iterator[None]:
    folder.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs", str(folder))
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@click.command()
@click.option("--only", multiple=True, type=click.Choice([fault.__name__ for fault in FAULTS]), help="Only this one.")
def main(only: tuple[str, ...]) -> None:
    """Let things go wrong, and say what readers and operators see."""
    if os.geteuid() != 0:
        raise click.ClickException("mounting a file system that can be made full and read-only takes root.")
    rows = []
    with tempfile.TemporaryDirectory(prefix="karjera-faults-") as work, _disk(Path(work, "disk")):
        ground = Ground(Path(work))
        for fault in FAULTS:
            if only and fault.__name__ not in only:
                continue
            click.echo(fault.__name__, err=True)
            ground.rebuilt()
            seen = fault(ground)
            rows.append([seen.what, seen.readers, seen.operators.replace(work, "…"), seen.lost])
    click.echo("\n".join(table("fault|readers see|operators see|lost", rows)))
    if any(row[3] != "nothing" for row in rows if row[1]):
        sys.exit(1)


if __name__ == "__main__":
    main()
