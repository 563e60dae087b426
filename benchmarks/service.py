"""The whole service under load: gunicorn as `make run` starts it, asked through sockets by another process.

A closed load is so many connections, each of which asks again when it has its answer. An offered load is so many
requests a second whatever the answers do, each timed from the moment it was due: who is late makes the next ones late.
"""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from benchmarks.fresh import fresh
from benchmarks.lockstep import percentile_99
from benchmarks.processes import cpu_seconds, machine_cpu_seconds, tree_cpu_seconds

WORKERS, THREADS = 2, 2
HOST = "127.0.0.1"
READY_SECONDS = 60.0
WARMING_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Served:
    """What was answered: `offered` requests a second, or as many as came of it if that is 0.

    `service_cpu` and `load_cpu` are processors' worth of time that the service and its client took, `busy_elsewhere`
    the share of all processors that other programs took.
    """

    connections: int
    offered: int
    requests: int
    failed: int
    seconds: float
    median_ms: float
    p99_ms: float
    service_cpu: float
    load_cpu: float
    busy_elsewhere: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.requests / self.seconds


def served(index: Path, queries: Sequence[str], loads: Sequence[tuple[int, int]], seconds: float) -> list[Served]:
    """Start the service on an index, and measure loads, each (connections, requests a second or 0)."""
    with running(index) as (process, port):
        fresh(load, port, process, queries, WORKERS * THREADS, 0, WARMING_SECONDS)
        return [fresh(load, port, process, queries, *one, seconds) for one in loads]


@contextmanager
def running(index: Path, ready: bool = True) -> Iterator[tuple[int, int]]:
    """Run gunicorn on a free port, and yield its process and the port, once it can answer or, if not `ready`, is up."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "wsgi", "--bind", f"{HOST}:{port}", "--log-level", "warning"]
    command += ["--workers", str(WORKERS), "--threads", str(THREADS)]
    # A line for every request is part of the service, but nobody reads it here.
    environment = {**os.environ, "KARJERA_INDEX": str(index)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait_until_ready(f"http://{HOST}:{port}{'/readyz' if ready else '/healthz'}")
        yield process.pid, port
    finally:
        process.terminate()
        process.wait()


def _wait_until_ready(address: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            urlopen(address).close()
            return
        except URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def load(port: int, service: int, queries: Sequence[str], connections: int, offered: int, seconds: float) -> Served:
    """Put a load on a service, whose first process is `service`, and return what came of it."""
    client = _Client(port, queries, offered, seconds)
    own, theirs, machine, started = cpu_seconds(), tree_cpu_seconds(service), machine_cpu_seconds(), time.perf_counter()
    asyncio.run(client.run(connections))
    taken = time.perf_counter() - started
    spent, served_for = cpu_seconds() - own, tree_cpu_seconds(service) - theirs
    elsewhere = max(0.0, machine_cpu_seconds() - machine - spent - served_for) / (taken * (os.cpu_count() or 1))
    times = sorted(client.seconds)
    return Served(
        connections,
        offered,
        len(times),
        client.failed,
        taken,
        times[len(times) // 2] * 1000,
        percentile_99(times) * 1000,
        served_for / taken,
        spent / taken,
        elsewhere,
    )


class _Client:
    """Connections that share queries, and the times of their answers."""

    def __init__(self, port: int, queries: Sequence[str], offered: int, seconds: float) -> None:
        self.seconds: list[float] = []
        self.failed = 0
        self._port = port
        self._requests = cycle(
            f"GET /api/v1/search?q={quote(query)} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode() for query in queries
        )
        self._offered = offered
        self._duration = seconds
        self._due = 0  # how many requests have been taken

    async def run(self, connections: int) -> None:
        self._begun = time.perf_counter()
        await asyncio.gather(*(self._ask_on() for _ in range(connections)))

    async def _ask_on(self) -> None:
        stream: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        while (begun := await self._turn()) is not None:
            stream = stream or await asyncio.open_connection(HOST, self._port)
            try:
                ok, closing = await _answer(stream, next(self._requests))
            except (asyncio.IncompleteReadError, ConnectionError):
                ok, closing = False, True
            if ok:
                self.seconds.append(time.perf_counter() - begun)
            else:
                self.failed += 1
            if closing:
                stream[1].close()
                stream = None
        if stream:
            stream[1].close()

    async def _turn(self) -> float | None:
        """Return when the next request begins or was due, None if the time is over."""
        now = time.perf_counter()
        if not self._offered:
            return now if now < self._begun + self._duration else None
        due = self._begun + self._due / self._offered
        self._due += 1
        if due >= self._begun + self._duration:
            return None
        await asyncio.sleep(max(0.0, due - now))
        return due


async def _answer(stream: tuple[asyncio.StreamReader, asyncio.StreamWriter], request: bytes) -> tuple[bool, bool]:
    """Return whether a request was answered, and whether the connection is at its end."""
    reader, writer = stream
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
    await reader.readexactly(int(fields[b"content-length"]))
    return head.startswith(b"http/1.1 200"), fields.get(b"connection") == b"close"
