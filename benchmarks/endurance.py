"""`python -m benchmarks.endurance`: the service asked on and on while its index is synced and built anew.

Connections ask without a pause. Every so many requests are a probe: for a word that stands in one article alone, whose
number every sync raises. Its answer is right if it is that article with a number which is committed, or being so, and
which is not older than one that was seen before the question; anything else is an answer from half an index.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import cycle
from pathlib import Path
from threading import Thread
from urllib.parse import quote
from urllib.request import urlopen

import click

from benchmarks.articles import Corpus, prepare
from benchmarks.lockstep import percentile_99
from benchmarks.processes import memory_bytes, tree
from benchmarks.questions import questions
from benchmarks.report import MIB, table
from benchmarks.service import HOST, running

# One request of so many is a probe.
PROBES = 10
PROBE = "endurancexprobe"
QUERIES = 2_000
# Memory is read each time so many requests are answered, and told of every twentieth reading.
READING_REQUESTS = 1_000
TOLD_READINGS = 20
# In no article: what is loaded only when nothing is found, each worker loads at the first of these requests.
NOWHERE_REQUESTS = 20
NOWHERE = "endurancexnowhere"
# A build anew stands in the middle of so many syncs.
SYNCS = 100


@dataclass(slots=True)
class Endured:
    """What came of it. `memory` is that of all processes of the service, in bytes, by requests answered before."""

    requests: int = 0
    failed: int = 0
    probes: int = 0
    wrong: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    memory: list[tuple[int, int]] = field(default_factory=list)
    syncs: int = 0
    builds: int = 0
    refused: list[str] = field(default_factory=list)  # what a build or sync complained of

    def markdown(self) -> str:
        """Return it as Markdown."""
        times = sorted(self.milliseconds)
        told_memory = dict([*self.memory[::TOLD_READINGS], self.memory[-1]])
        rows = [
            ["requests answered", f"{self.requests:,}"],
            ["requests failed", f"{self.failed:,}"],
            ["probes, wrong answers among them", f"{self.probes:,}, {len(self.wrong)}"],
            ["syncs, builds meanwhile", f"{self.syncs}, {self.builds}"],
            ["syncs and builds that failed", f"{len(self.refused)}"],
            ["median, ms", f"{times[len(times) // 2]:.1f}"],
            ["p99, ms", f"{percentile_99(times):.1f}"],
            *([f"memory after {count:,} requests, MiB", f"{size / MIB:.0f}"] for count, size in told_memory.items()),
        ]
        told = [*dict.fromkeys(self.wrong + self.refused)][:20]
        return "\n".join([*table("what|measured", rows), "", *(f"- {line}" for line in told)]) + "\n"


class Changing:
    """One article with a number, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._file = folder / "probe.md"
        self.number = 0  # of the one that is being committed, or is
        self.seen = 0  # no answer from now on may be older
        self.write(0)

    def write(self, number: int) -> None:
        self.number = number
        text = (
            f"---\nid: probe\nlang: en\ntitle: Probe {number}\n---\n\nThe word is {PROBE}, and the number {number}.\n"
        )
        self._file.write_text(text, encoding="utf-8")

    def check(self, answer: bytes, oldest: int) -> str:
        """Return what is wrong with the answer to a probe, "" if nothing is."""
        titles = [hit["title"] for hit in json.loads(answer)["hits"]]
        if len(titles) != 1:
            return f"the probe has {len(titles)} answers: {titles}"
        number = int(titles[0].rpartition(" ")[2])
        if not oldest <= number <= self.number:
            return f"the probe's number is {number}, not from {oldest} to {self.number}"
        return ""


class Client:
    """Connections that ask until they are told to stop."""

    def __init__(self, port: int, service: int, queries: Sequence[str], changing: Changing, endured: Endured) -> None:
        self._port, self._service = port, service
        self._queries = cycle(queries)
        self._changing = changing
        self._endured = endured
        self.stopped = False

    async def run(self, connections: int) -> None:
        await asyncio.gather(*(self._ask_on() for _ in range(connections)))

    async def _ask_on(self) -> None:
        stream: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        while not self.stopped:
            probing = (self._endured.requests + self._endured.failed) % PROBES == 0
            oldest, begun = self._changing.seen, time.perf_counter()
            try:
                stream = stream or await asyncio.open_connection(HOST, self._port)
                status, closing, body = await _asked(stream, PROBE if probing else next(self._queries))
            except (asyncio.IncompleteReadError, OSError) as error:
                status, closing, body = 0, True, repr(error).encode()
            self._note(status, body, oldest if probing else None, (time.perf_counter() - begun) * 1000)
            if closing and stream:
                stream[1].close()
                stream = None
        if stream:
            stream[1].close()

    def _note(self, status: int, body: bytes, oldest: int | None, milliseconds: float) -> None:
        endured = self._endured
        if status != 200:
            endured.failed += 1
            endured.wrong.append(f"status {status}: {body[:200]!r}")
            return
        endured.requests += 1
        endured.milliseconds.append(milliseconds)
        if oldest is not None:
            endured.probes += 1
            if problem := self._changing.check(body, oldest):
                endured.wrong.append(problem)
        if endured.requests % READING_REQUESTS == 0:
            endured.memory.append((endured.requests, sum(map(memory_bytes, tree(self._service)))))


async def _asked(stream: tuple[asyncio.StreamReader, asyncio.StreamWriter], query: str) -> tuple[int, bool, bytes]:
    """Return the status of an answer, whether its connection is at its end, and its body."""
    reader, writer = stream
    writer.write(f"GET /api/v1/search?q={quote(query)} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
    body = await reader.readexactly(int(fields[b"content-length"]))
    return int(head.split(b" ", 2)[1]), fields.get(b"connection") == b"close", body


def endure(work: Path, corpus: Corpus, requests: int, syncs: int, connections: int) -> Endured:
    """Ask so many requests while there are so many syncs, and a build anew in their middle."""
    folder = work / "articles"
    folder.mkdir()
    with (folder / "corpus.jsonl").open("w", encoding="utf-8") as lines:
        for article in corpus:
            row = {"id": article.id, "lang": article.language, "title": article.title, "text": article.body}
            lines.write(json.dumps({**row, "topics": list(article.topics)}, ensure_ascii=False) + "\n")
    changing, endured = Changing(work / "changing"), Endured()
    index = work / "index"
    sources = [str(folder), str(work / "changing")]
    _indexed(index, endured, "build", *sources)
    endured.builds = 0  # while it is asked
    with running(index) as (service, port):
        client = Client(port, service, questions(corpus, QUERIES), changing, endured)
        for _ in range(NOWHERE_REQUESTS):
            _found(port, NOWHERE)
        asking = Thread(target=asyncio.run, args=(client.run(connections),))
        asking.start()
        try:
            for number in range(1, syncs + 1):
                changing.write(number)
                _indexed(index, endured, "sync")
                changing.seen = _seen(port, number)
                if number == syncs // 2:
                    _indexed(index, endured, "build", *sources)
            while endured.requests < requests and asking.is_alive():
                time.sleep(0.2)
        finally:
            client.stopped = True
            asking.join()
        endured.memory.append((endured.requests, sum(map(memory_bytes, tree(service)))))
    return endured


def _indexed(index: Path, endured: Endured, *arguments: str) -> None:
    command = [sys.executable, "-m", "search.cli", "index", *arguments]
    done = subprocess.run(command, env={**os.environ, "KARJERA_INDEX": str(index)}, capture_output=True, text=True)
    if done.returncode:
        endured.refused.append(f"{' '.join(arguments)} ended with {done.returncode}: {done.stderr.strip()[-200:]}")
    elif arguments[0] == "sync":
        endured.syncs += 1
    else:
        endured.builds += 1


def _seen(port: int, number: int) -> int:
    """Ask until every worker has had the time to see a commit, and return the number that readers have from then on."""
    time.sleep(1.2)  # twice KARJERA_REFRESH_MS
    _found(port, PROBE)
    return number


def _found(port: int, query: str) -> int:
    """Ask on a connection of its own, and return how many articles are found."""
    with urlopen(f"http://{HOST}:{port}/api/v1/search?q={query}") as answer:
        total: int = json.load(answer)["total"]
    return total


@click.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True, file_okay=False), help="A folder of *.jsonl.gz.")
@click.option("--articles", type=int, help="Index only so many articles.")
@click.option("--requests", default=20_000, show_default=True, help="Requests at least.")
@click.option("--syncs", default=SYNCS, show_default=True, help="Syncs meanwhile, one build in their middle.")
@click.option("--connections", default=8, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="All figures, as JSON.")
def main(data: Path | None, articles: int | None, requests: int, syncs: int, connections: int, as_json: bool) -> None:
    """Ask the service without a pause while its index is synced and built anew, and count what goes wrong."""
    with tempfile.TemporaryDirectory(prefix="karjera-endurance-") as work:
        corpus = prepare(Path(work) / "articles.jsonl", data, articles)
        endured = endure(Path(work), corpus, requests, syncs, connections)
        click.echo(json.dumps(asdict(endured)) if as_json else endured.markdown())
    if endured.failed or endured.wrong or endured.refused:
        sys.exit(1)


if __name__ == "__main__":
    main()
