"""`python -m benchmarks.kills`: SIGKILL at random moments of builds and syncs, and what is there afterwards.

A process builds and syncs without end and says what it commits. It is killed with all that it started, or alone, or in
one of the processes that help it. Then, with nothing put right by hand,

- the live index opens, every article of it is read and a sample found (`verify`), every checksum holds, and it holds
  exactly the version last reported, or the one whose commit was under way;
- a reader opened before the kill still reads every article of the commit it was opened on;
- the next process goes on from there.

SIGKILL loses nothing that the operating system has taken, so this says nothing of power cuts.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import NamedTuple

import click

from benchmarks.aftermath import Aftermath, Outcome
from benchmarks.processes import session, tree
from benchmarks.versions import VERSIONS, Versions
from corpus import Settings

# Of work before each kill, at most: some builds and syncs. The moment is uniform in this time.
LONGEST_SECONDS = 12.0
# How often one of the helpers is killed, if there is one, and how often the process that leads, alone; else all.
A_HELPER, LEADER_ALONE = 0.3, 0.3
# What a killed process leaves running should have noticed by then.
PATIENCE_SECONDS = 10.0
LAST_OPERATIONS = 12


class Line(NamedTuple):
    """What the victim says; see there."""

    what: str
    operation: str
    version: int


class Trial:
    """Kills upon kills of the writers of one index folder."""

    def __init__(self, work: Path, seed: int) -> None:
        self._settings = Settings(index=work / "index", keep_generations=2)
        self._versions = Versions(work / "versions")
        self._versions.folder.mkdir()
        self._versions.write()
        contents = [self._versions.contents(version) for version in range(VERSIONS)]
        self._aftermath = Aftermath(self._settings.index, contents)
        self._said, self._complained = work / "said", work / "complained"
        self._random = Random(seed)
        self._orphaned: list[tuple[int, float]] = []  # session, when its leader died

    @property
    def outcome(self) -> Outcome:
        return self._aftermath.outcome

    def kill_once(self) -> None:
        """Start a victim where the last one ended, kill it, and check everything."""
        victim = self._started(1_000_000)
        while not self._said.stat().st_size and victim.poll() is None:
            time.sleep(0.005)
        time.sleep(self._random.uniform(0, LONGEST_SECONDS))
        how = self._kill(victim)
        self._check(how, victim)
        self._orphaned.append((victim.pid, time.monotonic()))
        self._bury(PATIENCE_SECONDS)

    def finish(self) -> None:
        """Let builds and syncs succeed once more, and note files that are of no use to anybody then."""
        victim = self._started(LAST_OPERATIONS)
        victim.wait()
        self._check("not killed", victim)
        # These take longer than what a killed leader leaves running has to notice.
        self._bury(0.0)
        self._aftermath.note_leftovers()

    def _started(self, operations: int) -> subprocess.Popen[bytes]:
        live, seed = self._aftermath.live, self._random.random()
        arguments = [self._settings.index, self._versions.folder, live, seed, operations]
        command = [sys.executable, "-m", "benchmarks.victim", *map(str, arguments)]
        with self._said.open("wb") as said, self._complained.open("wb") as complained:
            # A session of its own, so that all of it can be killed, and found again.
            return subprocess.Popen(command, stdout=said, stderr=complained, start_new_session=True)

    def _kill(self, victim: subprocess.Popen[bytes]) -> str:
        how = self._random.random()
        helpers = tree(victim.pid)[1:]
        if helpers and how < A_HELPER:
            _send(self._random.choice(helpers), signal.SIGKILL)
            try:
                victim.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:  # it had no more to do
                victim.kill()
            said = "a helper"
        elif how < A_HELPER + LEADER_ALONE:
            victim.kill()
            said = "leader alone"
        else:
            for process in (victim.pid, *helpers):
                _send(process, signal.SIGKILL)
            said = "all at once"
        victim.wait()
        return said

    def _check(self, how: str, victim: subprocess.Popen[bytes]) -> None:
        lines = [
            Line(what, operation, int(version))
            for what, operation, version in map(str.split, self._said.read_text().splitlines())
        ]
        committed = [line.version for line in lines if line.what == "committed"]
        under_way = lines[-1] if lines and lines[-1].what == "begin" else None
        self._aftermath.check(how, committed, under_way.operation if under_way else "", under_way and under_way.version)
        expected = {"not killed": (0,), "a helper": (1, -signal.SIGKILL)}.get(how, (-signal.SIGKILL,))
        if victim.returncode not in expected:
            said = self._complained.read_text(errors="replace").strip().splitlines()[-1:]
            self.outcome.stuck += 1
            self.outcome.problems.append(f"a writer ended by itself with {victim.returncode}: {said}")

    def _bury(self, patience_seconds: float) -> None:
        """End what killed leaders have left running for so long, and count it."""
        waiting = []
        for leader, died in self._orphaned:
            if time.monotonic() - died < patience_seconds:
                waiting.append((leader, died))
                continue
            for process in session(leader):
                self.outcome.left_running += 1
                _send(process, signal.SIGKILL)
        self._orphaned = waiting


def _send(process: int, number: signal.Signals) -> None:
    try:
        os.kill(process, number)
    except ProcessLookupError:  # it was quicker
        return


@click.command()
@click.option("--times", type=click.IntRange(min=1), default=200, show_default=True, help="How many kills.")
@click.option("--seed", default=20261122, show_default=True, help="Of the moments and operations.")
@click.option("--json", "as_json", is_flag=True, help="The outcome as JSON, instead of tables.")
def kills(times: int, seed: int, as_json: bool) -> None:
    """Kill builds and syncs at random moments, and check what is there afterwards."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="karjera-kills-") as work:
        trial = Trial(Path(work), seed)
        for number in range(1, times + 1):
            trial.kill_once()
            if number % 10 == 0:
                outcome = trial.outcome
                told = f"{number} kills, {outcome.commits_reported} commits, {len(outcome.problems)} problems"
                click.echo(told, err=True)
        trial.finish()
    outcome = trial.outcome
    click.echo(json.dumps(asdict(outcome), indent=1) if as_json else outcome.markdown(time.monotonic() - started))
    sys.exit(1 if outcome.problems else 0)


if __name__ == "__main__":
    kills()
