"""`python -m benchmarks.timing`: does the time of an answer tell how much of the operators' token was guessed?

Wrong tokens that share nothing, half, and all but one character with the right one are tried in turn, in random order,
in rounds: by the check itself, and by requests to the service. A round gives one difference of medians a kind; their
mean, next to their spread over all rounds, says whether two kinds can be told apart. Two controls say what the method
is worth: another token that shares nothing has to look the same, and a check that stops at the first wrong character
has to be told.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import fmean, median, stdev

import click

from benchmarks.report import table
from benchmarks.service import HOST, running
from corpus import Settings
from search.tokens import hash_of, new_token
from search.web.access import is_token
from search.web.admin import ADDRESS

NOTHING = "nothing"
# What a guess shares with the token, from the left; the second that shares nothing is a control.
KINDS = (NOTHING, "nothing, another guess", "half", "all but one character")
# Of a kind, in a row of all kinds; the median of so many is a round's.
TRIES = 25
# Standard errors beyond which two kinds count as told apart: by chance once in some 15,000 comparisons.
BEYOND = 4.0

Try = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Difference:
    """How much longer a kind of guess takes than one that shares nothing: the mean of all rounds and its error."""

    kind: str
    median_ns: float
    mean_ns: float
    error_ns: float

    @property
    def told(self) -> bool:
        """Tell whether it is told apart from a guess that shares nothing."""
        return abs(self.mean_ns) > BEYOND * self.error_ns


def guesses(token: str, order: random.Random) -> dict[str, str]:
    """Return a wrong token of each kind, all as long as the right one."""
    shared = dict(zip(KINDS, (0, 0, len(token) // 2, len(token) - 1), strict=True))
    # All made in the same way, in random order, so that where one lies in memory says nothing.
    return {kind: _sharing(token, shared[kind]) for kind in order.sample(KINDS, len(KINDS))}


def _sharing(token: str, count: int) -> str:
    while True:
        other = new_token()
        if other[count] != token[count]:
            return (token[:count] + other[count:]).encode().decode()


def differences(token: str, attempt: Try, rounds: int, order: random.Random) -> list[Difference]:
    """Return how the kinds differ when they are tried so many rounds; every round has guesses of its own."""
    medians: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for _ in range(rounds):
        tried = guesses(token, order)
        row = list(KINDS) * TRIES
        order.shuffle(row)
        times: dict[str, list[int]] = {kind: [] for kind in KINDS}
        for kind in row:
            guess = tried[kind]
            before = time.perf_counter_ns()
            attempt(guess)
            after = time.perf_counter_ns()
            times[kind].append(after - before)
        for kind in KINDS:
            medians[kind].append(median(times[kind]))
    return [difference(kind, medians[kind], medians[NOTHING]) for kind in KINDS if kind != NOTHING]


def difference(kind: str, these: list[float], others: list[float]) -> Difference:
    """Return the difference of two kinds, of which each round has one median."""
    apart = [one - other for one, other in zip(these, others, strict=True)]
    return Difference(kind, median(these), fmean(apart), stdev(apart) / len(apart) ** 0.5)


def stops_early(token: str) -> Try:
    """Return a check that does what ours must not: it stops at the first wrong character."""
    return lambda guess: all(one == other for one, other in zip(guess, token, strict=True))


@contextmanager
def asking(token: str) -> Iterator[Try]:
    """Run the service, and give a way to ask an operators' address of it, on one connection."""
    os.environ["KARJERA_ADMIN_TOKEN_HASH"] = hash_of(token)
    with tempfile.TemporaryDirectory() as work, running(Path(work), ready=False) as (_, port):
        connection = HTTPConnection(HOST, port)

        def ask(guess: str) -> None:
            connection.request("GET", ADDRESS, headers={"Authorization": f"Bearer {guess}"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 401:
                raise ValueError(f"a guess was answered {answer.status}")

        yield ask


@click.command()
@click.option("--rounds", default=2_000, show_default=True, help="Of the check itself; of requests a tenth of it.")
@click.option("--seed", default=1, show_default=True, help="Of the order.")
def main(rounds: int, seed: int) -> None:
    """Measure whether the time of an answer tells how much of the operators' token was guessed."""
    token, order = new_token(), random.Random(seed)
    settings = Settings(admin_token_hash=hash_of(token))
    found = {
        "a check that stops early": differences(token, stops_early(token), rounds // 10, order),
        "the check": differences(token, lambda guess: is_token(guess, settings), rounds, order),
    }
    with asking(token) as ask:
        found["an answer of the service"] = differences(token, ask, rounds // 10, order)
    rows = [
        (
            what,
            one.kind,
            f"{one.median_ns:,.0f}",
            f"{one.mean_ns:+,.1f}",
            f"{one.error_ns:,.1f}",
            "yes" if one.told else "no",
        )
        for what, kinds in found.items()
        for one in kinds
    ]
    click.echo("\n".join(table("timed|guess shares|median, ns|longer by, ns|error, ns|told apart", rows)))


if __name__ == "__main__":
    main()
