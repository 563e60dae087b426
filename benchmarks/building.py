"""Articles a second, bytes on disk, and peak memory of a build.

The time ends when all articles are committed: they survive the process and can be searched. What a system merges in the
background after that is timed apart, and done before the bytes are counted.
"""

import gc
import os
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.articles import Corpus
from benchmarks.processes import cpu_seconds, machine_cpu_seconds
from benchmarks.systems import System


@dataclass(frozen=True, slots=True)
class Built:
    """A build: `busy_elsewhere` is the share of all processors that other programs took meanwhile."""

    articles: int
    chars: int
    seconds: float
    cpu_seconds: float
    busy_elsewhere: float
    seconds_after: float  # of merges in the background
    bytes: int

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.seconds

    @property
    def cpu_rate(self) -> float:
        """Articles a second of processor time."""
        return self.articles / self.cpu_seconds


def build(system: System, corpus: Corpus, folder: Path, workers: int, sample: int | None = None) -> Built:
    """Build an index of a corpus or a sample, all articles in memory; raises ValueError if any are missing."""
    articles = list(corpus) if sample is None else corpus.sample(sample)
    gc.collect()
    started, cpu, machine = time.perf_counter(), cpu_seconds(), machine_cpu_seconds()
    work_left = system.build(articles, folder, workers)
    seconds, spent = time.perf_counter() - started, cpu_seconds() - cpu
    elsewhere = max(0.0, machine_cpu_seconds() - machine - spent) / (seconds * (os.cpu_count() or 1))
    committed = time.perf_counter()
    work_left()
    after = time.perf_counter() - committed
    if system.count(folder) != len(articles):
        raise ValueError(f"{system.name} holds {system.count(folder)} of {len(articles)} articles.")
    chars = sum(len(article.title) + len(article.body) for article in articles)
    return Built(len(articles), chars, seconds, spent, elsewhere, after, folder_bytes(folder))


def build_streamed(system: System, corpus: Corpus, folder: Path, workers: int, twice: bool = False) -> None:
    """Build an index of articles that are read one by one: for its memory, not its time."""
    system.build(corpus.twice() if twice else corpus, folder, workers)()


def folder_bytes(folder: Path) -> int:
    """Return the bytes of all files in a folder, one below the other."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
