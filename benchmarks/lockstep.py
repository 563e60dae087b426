"""Several systems on the same queries, each in a process of its own, in turn: whatever else the machine does, it does
to all of them.
"""

import gc
import multiprocessing
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median, quantiles

from benchmarks.answering import Answer, Asked


@dataclass(frozen=True, slots=True)
class Opener:
    """What a process opens; it answers each query only if that is among the first `limit`."""

    open: Callable[[Path], Asked]
    folder: Path
    limit: int


@dataclass(frozen=True, slots=True)
class Timed:
    """One query: how long its answer took, and how much of a processor's time; none of them uses a second thread."""

    seconds: float
    cpu_seconds: float
    answer: Answer


@dataclass(frozen=True, slots=True)
class Latency:
    """All queries that a system answered."""

    queries: int
    median_ms: float
    p99_ms: float
    cpu_median_ms: float
    cpu_p99_ms: float
    total_mean: float
    marked_mean: float

    @classmethod
    def of(cls, timed: Sequence[Timed]) -> "Latency":
        """Return what the times of at least two queries add up to."""
        taken = [one.seconds * 1000 for one in timed]
        spent = [one.cpu_seconds * 1000 for one in timed]
        return cls(
            len(timed),
            median(taken),
            percentile_99(taken),
            median(spent),
            percentile_99(spent),
            sum(one.answer.total for one in timed) / len(timed),
            sum(one.answer.snippets for one in timed) / len(timed),
        )


def percentile_99(values: Sequence[float]) -> float:
    """Return what 99 of 100 values are not above."""
    return quantiles(values, n=100, method="inclusive")[98]


def in_lockstep(
    openers: Mapping[str, Opener], warming: Sequence[str], queries: Sequence[str]
) -> dict[str, list[Timed]]:
    """Ask every system the queries, one after the other, who begins changing each time; `warming` are not timed."""
    context = multiprocessing.get_context("spawn")
    timed: dict[str, list[Timed]] = {name: [] for name in openers}
    with ExitStack() as stack:
        pipes: dict[str, Connection] = {}
        for name, opener in openers.items():
            pipes[name], theirs = context.Pipe()
            process = context.Process(target=_answer, args=(theirs, opener), daemon=True)
            process.start()
            theirs.close()
            stack.callback(process.join)
            stack.callback(pipes[name].close)
        for number, query in enumerate([*warming, *queries]):
            counted = number - len(warming)
            names = [name for name in openers if counted < openers[name].limit]
            turn = number % len(names)
            for name in names[turn:] + names[:turn]:
                pipes[name].send(query)
                one: Timed = pipes[name].recv()
                if counted >= 0:
                    timed[name].append(one)
    return timed


def _answer(pipe: Connection, opener: Opener) -> None:
    ask = opener.open(opener.folder)
    gc.collect()
    while True:
        try:
            query = pipe.recv()
        except EOFError:
            return
        cpu, started = time.thread_time(), time.perf_counter()
        answer = ask(query)
        seconds = time.perf_counter() - started
        pipe.send(Timed(seconds, time.thread_time() - cpu, answer))
