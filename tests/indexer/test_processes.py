"""No process outlives the one that started it, whatever ends that."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.processes import ended_by_sigterm, process_pool

PATIENCE_SECONDS = 30
# What a process may take to end; it is busy, and shares its processors with whatever else the machine does.
END_SECONDS = 30

# Whoever runs the tests in the background has SIGINT ignored, and so would the process.
AT_WORK = """
import signal
import sys
from pathlib import Path
from indexer.processes import ended_by_sigterm, process_pool
from tests.indexer.test_processes import busy
signal.signal(signal.SIGINT, signal.default_int_handler)
with ended_by_sigterm(), process_pool(2) as pool:
    for number in range(2):
        pool.submit(busy, Path(sys.argv[1], str(number)))
"""


def busy(announced: Path) -> None:
    """Be busy until this process is ended."""
    announced.write_text(str(os.getpid()))
    while True:
        pass


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@contextmanager
def at_work(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], list[int]]]:
    """Run a process with a pool of two busy ones; give it and their numbers."""
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
def test_a_signal_ends_the_busy_processes_of_a_pool_too(tmp_path: Path, number: signal.Signals) -> None:
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
    with pytest.raises(ValueError, match="enough"), process_pool(1) as pool:
        future = pool.submit(busy, tmp_path / "0")
        raise ValueError("enough")
    with pytest.raises(BrokenProcessPool):
        future.result()


def test_what_is_done_is_given_back() -> None:
    with process_pool(2) as pool:
        assert list(pool.map(abs, range(-3, 3))) == [3, 2, 1, 0, 1, 2]


def test_after_the_block_sigterm_is_what_it_was() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with ended_by_sigterm():
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before


def test_what_writes_segments_is_there_before_a_process_is_asked_for_it() -> None:
    # A built-in function imports nothing.
    with process_pool(1) as pool:
        assert pool.submit(eval, "'indexer.segments' in __import__('sys').modules").result() is True
