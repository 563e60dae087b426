"""`python -m benchmarks.expanding`: what the other words for a query's concepts cost, on the live index.

The queries of the judged set over the library are asked with expansion and without. Each side has a process of its own,
newly started, which has answered one other query: there every query comes for the first time, one after the other, and
then all come again, for a hit less, since a page that was answered is kept. What is said of a query is the least of
several rounds. Times are the processor's.
"""

import gc
import json
import os
import time
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt

from benchmarks.fresh import fresh
from corpus import Settings
from search import Engine, SearchRequest

QUERIES = Path("tests/judged/library/queries.jsonl")
ROUNDS = 5
# No query of the set has one of its words.
OTHER = "zebra crossing"
# Hits on a page, the first time and again.
SIZES = (10, 9)
# The bar: times with expansion, against without.
BAR = 1.5

Spent = npt.NDArray[np.float64]


@click.command()
@click.option("--queries", type=click.Path(exists=True, path_type=Path), default=QUERIES, help="JSON lines with text.")
@click.option("--rounds", default=ROUNDS, show_default=True)
def main(queries: Path, rounds: int) -> None:
    """Measure expansion on the index that KARJERA_INDEX names."""
    texts = [json.loads(line)["text"] for line in queries.read_text(encoding="utf-8").splitlines()]
    # In turn, so that what else the machine does falls on both.
    every = [(fresh(spent_on, texts, expand=True), fresh(spent_on, texts, expand=False)) for _ in range(rounds)]
    with_expansion, without = (least(list(side)) for side in zip(*every, strict=True))
    click.echo(f"{len(texts)} queries, {rounds} rounds, bar {BAR}")
    for at, name in enumerate(("first", "again")):
        click.echo(f"{name:<6} {compared(with_expansion[at], without[at])}")


def spent_on(texts: list[str], expand: bool) -> Spent:
    """Return how many milliseconds each query takes when it is asked first, and again."""
    engine = Engine(Settings.from_environment(os.environ))
    engine.search(SearchRequest(OTHER, expand=expand))
    # As in a worker of the service: what is there to stay is not looked at.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    return np.array(
        [[_milliseconds(engine, SearchRequest(text, size=size, expand=expand)) for text in texts] for size in SIZES]
    )


def _milliseconds(engine: Engine, request: SearchRequest) -> float:
    started = time.process_time()
    engine.search(request)
    return (time.process_time() - started) * 1000


def least(rounds: list[Spent]) -> Spent:
    """Return the least of each query, first and again, in several rounds."""
    found: Spent = np.min(rounds, axis=0)
    return found


def compared(with_expansion: Spent, without: Spent) -> str:
    """Say how two sides compare, query by query the same, in milliseconds."""
    medians = np.median(with_expansion), np.median(without)
    means = with_expansion.mean(), without.mean()
    return (
        f"median {medians[0]:.2f} ms with, {medians[1]:.2f} without, {medians[0] / medians[1]:.2f} times; "
        f"mean {means[0]:.2f} with, {means[1]:.2f} without, {means[0] / means[1]:.2f} times"
    )


if __name__ == "__main__":
    # Another process finds the functions of this module by its name, and not by __main__.
    from benchmarks import expanding

    expanding.main()
