"""`python -m benchmarks.fuzz`: inputs nobody wrote with care, for whatever reads what others wrote.

Hypothesis makes the inputs and, of one that shows a fault, the smallest that still does. Counted are inputs that were
really read. The slowest of each target is told, since an input that takes seconds is a fault as well.
"""

import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from hypothesis import HealthCheck, Phase, given, seed, settings

from benchmarks.fuzzed import Target, targets
from corpus import LIBRARY, Collection, Settings
from indexer.building import build
from indexer.generations import IndexFolder
from search import Engine

# More processor time than this for one input is a fault.
LONGEST_SECONDS = 5.0
SHOWN_CHARS = 2_000
# Hypothesis remembers all it tried in one run.
AT_ONCE = 2_000


@dataclass(slots=True)
class Outcome:
    """Of one target: inputs read, the processor time of all and of the slowest (seconds), and what was found."""

    target: str
    inputs: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    found: str = ""


def fuzz(target: Target, inputs: int, start: int) -> Outcome:
    """Give a target so many inputs; `start` is the seed."""
    outcome = Outcome(target.name)

    def run(value: Any) -> None:
        before = time.process_time()
        target.run(value)
        took = time.process_time() - before
        outcome.inputs += 1
        outcome.seconds += took
        outcome.slowest = max(outcome.slowest, took)
        assert took < LONGEST_SECONDS, f"took {took:.1f} s"

    wanted = settings(
        max_examples=min(inputs, AT_ONCE),
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    # Another seed goes on where it stops.
    while outcome.inputs < inputs and not outcome.found:
        before = outcome.inputs
        try:
            seed(start + outcome.inputs)(wanted(given(target.inputs)(run)))()
        except Exception as error:  # a fault of whatever kind is what is looked for
            outcome.found = "".join(traceback.format_exception(error))[-SHOWN_CHARS:]
        if outcome.inputs == before:
            break
    return outcome


@contextmanager
def workplace() -> Iterator[tuple[Path, Engine]]:
    """Give a folder, and an engine over some articles of the library."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        used = Settings(index=folder / "index", glossary=folder / "none")
        sources = [LIBRARY / "en", LIBRARY / "pl", LIBRARY / "zh"]
        build(IndexFolder(used.index), Collection(sources, used), used, lambda articles: None)
        yield folder, Engine(used)


@click.command()
@click.option("--inputs", type=click.IntRange(100), default=200_000, show_default=True, help="In all.")
@click.option("--seed", "start", default=1, show_default=True, help="Another one makes other inputs.")
@click.option("--only", default="", metavar="NAME", help="One target alone.")
def main(inputs: int, start: int, only: str) -> None:
    """Give every reader of what others wrote what nobody wrote with care."""
    outcomes = []
    with workplace() as (folder, engine):
        chosen = [target for target in targets(folder, engine) if only in ("", target.name)]
        whole = sum(target.share for target in chosen)
        for target in chosen:
            outcome = fuzz(target, round(inputs * target.share / whole), start)
            outcomes.append(outcome)
            click.echo(
                f"{outcome.target:<18}{outcome.inputs:>8} inputs{outcome.seconds:>9.1f} s"
                f"   slowest {outcome.slowest * 1000:>7.1f} ms   {'FAULT' if outcome.found else 'no fault'}"
            )
            if outcome.found:
                click.echo(outcome.found)
    faults = sum(bool(outcome.found) for outcome in outcomes)
    click.echo(f"{sum(outcome.inputs for outcome in outcomes)} inputs, {faults} targets with a fault")
    sys.exit(faults > 0)


if __name__ == "__main__":
    main()
