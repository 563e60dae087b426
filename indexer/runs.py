"""What the last build or sync did, or the one that runs is doing: a file beside the index, for whoever asks.

Whoever holds the writer's lock writes it, so there is one at a time, whichever process runs or asks. It outlives them
all. That a run goes on is told by the lock and not by the file: a killed process cannot say that it ended, but its lock
does.
"""

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from corpus import Collection, CorpusError
from indexer.errors import IndexerError
from indexer.generations import IndexFolder

Kind = Literal["build", "sync"]
State = Literal["running", "done", "failed"]

FILE = "run.json"
# Of its problems; the rest are counted.
KEPT_PROBLEMS = 50
# How often, at most, a run says how far it is.
SAY_EVERY_SECONDS = 0.5
# More than a run ever writes.
MAX_FILE_BYTES = 1_000_000

INTERRUPTED = "its process was ended before it was done. What readers see is whole; start it again."


@dataclass(frozen=True, slots=True)
class Run:
    """One build or sync. Times are ISO 8601, UTC; `error` says why it failed and what to do.

    `read` counts articles, `bytes_total` is 0 where it cannot be told; what it changed is known when it is done.
    """

    kind: Kind
    state: State
    started: str
    process: int
    finished: str = ""
    seconds: float = 0.0
    read: int = 0
    bytes_read: int = 0
    bytes_total: int = 0
    generation: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    kept: int = 0  # not come upon, but not removed either: their files could not be read
    articles: Mapping[str, int] = field(default_factory=dict)  # language -> how many there are now
    problems: tuple[str, ...] = ()
    problem_count: int = 0
    skipped: int = 0
    error: str = ""

    @property
    def share(self) -> float | None:
        """How much of the input is read, from 0 to 1; None where that cannot be told."""
        return min(1.0, self.bytes_read / self.bytes_total) if self.bytes_total else None


class Recorder:
    """Writes down how a run goes, from the process that runs it. Its last word is what `done` was told."""

    def __init__(self, folder: IndexFolder, kind: Kind, collection: Collection) -> None:
        self._file = folder.path / FILE
        self._collection = collection
        self._began = self._said = time.monotonic()
        self.run = begun(folder, kind, os.getpid(), collection.total_bytes() or 0)

    def progress(self, read: int) -> None:
        """Note how many articles are read."""
        self.run = replace(self.run, read=read)
        if time.monotonic() - self._said >= SAY_EVERY_SECONDS:
            self._say()

    def done(self, generation: int, articles: Mapping[str, int], **changes: int) -> None:
        """Note what the index holds now, and what was added, changed, removed, unchanged and kept."""
        self.run = replace(self.run, generation=generation, articles=dict(articles), **changes)  # type: ignore[arg-type]

    def ended(self, state: State, error: str = "") -> None:
        """Note that it is over."""
        self.run = replace(self.run, state=state, error=error, finished=_now())
        self._say()

    def _say(self) -> None:
        self._said = time.monotonic()
        found = self._collection
        self.run = replace(
            self.run,
            seconds=round(self._said - self._began, 2),
            bytes_read=found.bytes_read,
            problems=tuple(str(problem) for problem in found.problems[:KEPT_PROBLEMS]),
            problem_count=found.problem_count,
            skipped=found.skipped_count,
        )
        _write(self._file, self.run)


@contextmanager
def recorded(folder: IndexFolder, kind: Kind, collection: Collection) -> Iterator[Recorder]:
    """Record a run, which is the block; needs the lock."""
    recorder = Recorder(folder, kind, collection)
    try:
        yield recorder
    except (IndexerError, CorpusError) as error:
        recorder.ended("failed", str(error))
        raise
    except OSError as error:
        recorder.ended("failed", f"{error.strerror or error}: {error.filename or 'the index'}")
        raise
    except BaseException as error:  # a signal, or a mistake of ours
        recorder.ended(
            "failed", INTERRUPTED if not isinstance(error, Exception) else f"{type(error).__name__}: {error}"
        )
        raise
    recorder.ended("done")


def begun(folder: IndexFolder, kind: Kind, process: int, total: int = 0) -> Run:
    """Write down that a run begins, and return it; needs the lock."""
    run = Run(kind, "running", _now(), process, bytes_total=total)
    _write(folder.path / FILE, run)
    return run


def last_run(folder: IndexFolder) -> Run | None:
    """Return the last run or the one that goes on; None if there was none, or none that can be read."""
    file = folder.path / FILE
    run = _read(file)
    if run is None or run.state != "running" or folder.is_being_written():
        return run
    # It may have come to its end in between.
    run = _read(file)
    return replace(run, state="failed", error=INTERRUPTED) if run and run.state == "running" else run


def _write(file: Path, run: Run) -> None:
    # That a disk is full is told by what the run itself writes; and a power cut ends the run as well.
    with suppress(OSError):
        aside = file.with_name(file.name + ".new")
        aside.write_text(json.dumps(asdict(run), indent=1, ensure_ascii=True) + "\n", encoding="ascii")
        aside.replace(file)


def _read(file: Path) -> Run | None:
    try:
        with file.open("rb") as opened:
            said = json.loads(opened.read(MAX_FILE_BYTES))
        kind, state = said.pop("kind"), said.pop("state")
        run = Run(kind=kind, state=state, **said)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    known = kind in get_args(Kind) and state in get_args(State)
    return replace(run, problems=tuple(map(str, run.problems)), articles=dict(run.articles)) if known else None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
