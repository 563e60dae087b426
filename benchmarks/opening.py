"""Time and memory until a searcher is there, and until it has answered its first query; the files are in the cache."""

import gc
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from statistics import median

from benchmarks.fresh import fresh
from benchmarks.processes import resident_bytes
from benchmarks.systems import System

# Each in a process of its own; the medians are reported.
REPEATS = 5


@dataclass(frozen=True, slots=True)
class Opened:
    """Seconds and growth of resident memory: opening in a fresh process, once more in it, opening and answering."""

    seconds: float
    bytes: int
    again_seconds: float
    answered_seconds: float
    answered_bytes: int
    found: int


@dataclass(frozen=True, slots=True)
class Opening:
    """One process."""

    seconds: float
    bytes: int
    again_seconds: float
    found: int


def opened(system: System, folder: Path, word: str) -> Opened:
    """Measure a system on an index it has built."""
    opening = [fresh(open_once, system, folder) for _ in range(REPEATS)]
    answering = [fresh(open_once, system, folder, word) for _ in range(REPEATS)]
    return Opened(
        median(one.seconds for one in opening),
        int(median(one.bytes for one in opening)),
        median(one.again_seconds for one in opening),
        median(one.seconds for one in answering),
        int(median(one.bytes for one in answering)),
        answering[0].found,
    )


def open_once(system: System, folder: Path, word: str = "") -> Opening:
    """Open an index in this process, and ask it for a word if there is one."""
    if system.package:  # what is imported is not yet opened
        import_module(system.package)
    gc.collect()
    before, started = resident_bytes(), time.perf_counter()
    kept = system.answer(folder, word) if word else system.open(folder)
    seconds, grown = time.perf_counter() - started, resident_bytes() - before
    again = time.perf_counter()
    second = None if word else system.open(folder)
    again_seconds = time.perf_counter() - again
    del second
    return Opening(seconds, grown, again_seconds, kept if isinstance(kept, int) else 0)
