"""No process outlives the one that started it, whatever ends that."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.errors import HelperEnded
from indexer.processes import Helper, Kind, ended_by_sigterm, helpers

PATIENCE_SECONDS = 30
# What a process may take to end; it is busy, and shares its processors with whatever else the machine does.
END_SECONDS = 30

# Whoever runs the tests in the background has SIGINT ignored, and so would the process.
AT_WORK = """
import signal
import sys
from pathlib import Path
from indexer.processes import ended_by_sigterm, helpers
from tests.indexer.test_processes import begin, busy
signal.signal(signal.SIGINT, signal.default_int_handler)
with ended_by_sigterm(), helpers(2) as started:
    for number, helper in enumerate(started):
        begin(helper, busy, Path(sys.argv[1], str(number)))
    helper.result()
"""


def busy(announced: Path) -> None:
    """Be busy until this process is ended."""
    announced.write_text(str(os.getpid()))
    while True:
        pass


def written(task: tuple[Path, str]) -> str:
    folder, text = task
    (folder / text).touch()
    return text


class _Unsendable(Exception):
    """Cannot be made of its message alone, as unpickling would."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"{what} {where}")


class _Unloadable:
    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return int, ("no number",)


def failing(text: str) -> None:
    raise _Unsendable(text, "there") if text == "unsendable" else ValueError(text)


def begin(helper: Helper, function: Callable[..., object], task: object) -> None:
    helper.send(Kind.FUNCTION, function)
    helper.send(Kind.TASK, task)
    helper.send(Kind.BEGIN)


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@contextmanager
def at_work(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], list[int]]]:
    """Run a process with two busy helpers; give it and their numbers."""
    with subprocess.Popen([sys.executable, "-c", AT_WORK, str(folder)], stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(numbers := [text for file in folder.iterdir() if (text := file.read_text())]) < 2:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.02)
        try:
            yield process, [int(number) for number in numbers]
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_a_signal_ends_the_busy_helpers_too(tmp_path: Path, number: signal.Signals) -> None:
    with at_work(tmp_path) as (process, workers):
        assert all(is_running(worker) for worker in workers)
        process.send_signal(number)
        process.wait(END_SECONDS)
        deadline = time.monotonic() + END_SECONDS
        while any(is_running(worker) for worker in workers):
            assert time.monotonic() < deadline, f"after {number.name} a process goes on"
            time.sleep(0.02)


def test_sigterm_ends_a_command_with_the_status_of_a_signal(tmp_path: Path) -> None:
    with at_work(tmp_path) as (process, _):
        process.terminate()
        assert process.wait(END_SECONDS) == 143


def test_an_error_in_the_block_does_not_wait_for_what_is_being_done(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="enough"), helpers(1) as [helper]:
        begin(helper, busy, tmp_path / "0")
        raise ValueError("enough")


@pytest.mark.parametrize("chars", [0, 1, 5_000_000])
def test_what_came_of_a_task_comes_back_whole(chars: int) -> None:
    with helpers(1) as [helper]:
        begin(helper, str.upper, "ą" * chars)
        assert helper.result() == "Ą" * chars


def test_what_is_sent_is_not_begun_and_gives_way_to_what_is_sent_next(tmp_path: Path) -> None:
    with helpers(1) as [helper]:
        begin(helper, written, (tmp_path, "first"))
        helper.send(Kind.TASK, (tmp_path, "second"))
        assert helper.result() == "first"
        helper.send(Kind.TASK, (tmp_path, "third"))
        helper.send(Kind.BEGIN)
        assert helper.result() == "third"
    assert {file.name for file in tmp_path.iterdir()} == {"first", "third"}


def test_a_helper_imports_nothing_from_the_folder_that_it_was_started_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("socket", "numpy", "indexer"):
        (tmp_path / f"{module}.py").write_text("raise ImportError('of the folder')")
    monkeypatch.chdir(tmp_path)
    with helpers(1) as [helper]:
        begin(helper, str.upper, "here")
        assert helper.result() == "HERE"


def test_an_error_is_raised_here_and_says_where_it_was_met() -> None:
    with helpers(1) as [helper]:
        begin(helper, failing, "no such thing")
        with pytest.raises(ValueError, match="no such thing") as met:
            helper.result()
        assert "in failing" in met.value.__notes__[0]
        # One that fails has not ended.
        helper.send(Kind.TASK, "nor this")
        helper.send(Kind.BEGIN)
        with pytest.raises(ValueError, match="nor this"):
            helper.result()


def test_an_error_that_cannot_be_sent_is_told_in_words() -> None:
    with helpers(1) as [helper]:
        begin(helper, failing, "unsendable")
        with pytest.raises(RuntimeError, match="_Unsendable: unsendable there"):
            helper.result()


def test_a_helper_that_was_killed_is_told_as_that(tmp_path: Path) -> None:
    with helpers(1) as [helper]:
        begin(helper, busy, tmp_path / "0")
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (tmp_path / "0").exists() or not (number := (tmp_path / "0").read_text()):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        os.kill(int(number), signal.SIGKILL)
        with pytest.raises(HelperEnded, match="by signal 9, perhaps for want of memory; nothing was changed"):
            helper.result()
        with pytest.raises(HelperEnded, match="by signal 9"):
            helper.send(Kind.TASK, "x" * 1_000_000)


def test_what_cannot_be_loaded_there_ends_the_helper() -> None:
    with helpers(1) as [helper]:
        helper.send(Kind.FUNCTION, _Unloadable())
        with pytest.raises(HelperEnded, match="with status 1"):
            helper.result()


def test_after_the_block_sigterm_is_what_it_was() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with ended_by_sigterm():
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before
