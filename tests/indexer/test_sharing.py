"""Tasks are done by whoever is free, this process too, and it makes no difference to what comes of them."""

import gc
import os
import time
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest

from indexer.processes import Helper
from indexer.sharing import shared

PATIENCE_SECONDS = 30


@dataclass(frozen=True)
class Task:
    """What a task is told: where tasks announce themselves, its number, and which process asks."""

    folder: Path
    number: int
    asker: int
    text: str = ""

    def announce(self) -> None:
        (self.folder / str(self.number)).write_text(str(os.getpid()))

    def wait_for(self, *announced: int | str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not all((self.folder / str(what)).exists() for what in announced):
            if time.monotonic() > deadline:
                raise TimeoutError(f"not all of {announced} were announced")
            time.sleep(0.01)


def tasks(folder: Path, numbers: range) -> list[Task]:
    return [Task(folder, number, os.getpid()) for number in numbers]


def done(task: Task) -> int:
    task.announce()
    return os.getpid()


def squared(task: Task) -> int:
    return task.number**2


def keeping_the_other_busy(task: Task) -> int:
    """The first task of the other process begins before any ends, and ends when all others are done."""
    busy = task.folder / "busy"
    if os.getpid() != task.asker and not busy.exists():
        busy.touch()
        task.wait_for(*({*range(8)} - {task.number}))
    task.wait_for("busy")
    return done(task)


def failing_here(task: Task) -> None:
    if os.getpid() == task.asker:
        raise ValueError("met here")
    while True:
        time.sleep(1)


def failing_there(task: Task) -> None:
    if os.getpid() != task.asker:
        raise ValueError("met there")
    time.sleep(0.01)


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_results_are_in_the_order_of_the_tasks(tmp_path: Path, processes: int) -> None:
    assert shared(squared, tasks(tmp_path, range(20)), processes) == [number**2 for number in range(20)]


def helpers_there() -> int:
    return sum(isinstance(found, Helper) for found in gc.get_objects())


def test_when_tasks_are_announced_the_others_are_there_before_the_first(tmp_path: Path) -> None:
    there = []

    def announced() -> Iterator[Task | None]:
        there.append(helpers_there())
        yield None
        there.append(helpers_there())
        yield from tasks(tmp_path, range(3))

    assert shared(squared, announced(), 3) == [0, 1, 4]
    assert there == [0, 2]


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("order", [(None,), (None, 0), (0, None), (0, None, 1, None), (None, None, 0, 1)])
def test_an_announcement_is_no_task(tmp_path: Path, order: tuple[int | None, ...], processes: int) -> None:
    first, second = tasks(tmp_path, range(1, 3))
    given = [None if at is None else (first, second)[at] for at in order]
    assert shared(squared, given, processes) == [1, 4][: len(order) - order.count(None)]


def test_of_no_task_there_is_no_result() -> None:
    assert shared(squared, [], 2) == []


@pytest.mark.parametrize(("processes", "number"), [(1, 3), (2, 1)])
def test_one_task_alone_or_for_one_process_is_done_here(tmp_path: Path, processes: int, number: int) -> None:
    assert shared(done, tasks(tmp_path, range(number)), processes) == [os.getpid()] * number


def test_who_is_busy_has_no_task_waiting_for_it(tmp_path: Path) -> None:
    # Were one of the others sent to the other process, none of them would end.
    by = Counter(shared(keeping_the_other_busy, tasks(tmp_path, range(8)), 2))
    assert by.pop(os.getpid()) == 7
    assert list(by.values()) == [1]


def waiting_for_the_last(task: Task) -> int:
    """The first of two ends when the other is done."""
    if task.number == 0:
        (task.folder / "busy").touch()
        task.wait_for(1)
    return done(task)


def test_what_is_on_its_way_to_who_is_busy_is_taken_back(tmp_path: Path) -> None:
    first, last = tasks(tmp_path, range(2))

    def found() -> Iterator[Task]:
        yield first
        yield replace(last, text="x" * 200_000_000)  # it takes a while to get there
        first.wait_for("busy")

    there, here = shared(waiting_for_the_last, found(), 2)
    assert there != here == os.getpid()


def test_what_another_was_sent_is_done_before_what_came_after_it(tmp_path: Path) -> None:
    # The other is busy with the first, and has been sent the second: that is done here, before the third.
    asked = [replace(task, text="x" * 50_000_000) if task.number == 1 else task for task in tasks(tmp_path, range(3))]

    def found() -> Iterator[Task | None]:
        yield None  # or nothing would begin before there is a second
        yield asked[0]
        asked[0].wait_for("busy")
        yield asked[1]
        time.sleep(1)  # until it is there
        yield asked[2]

    there, *here = shared(ending_last, found(), 2)
    assert there != os.getpid()
    assert here == [os.getpid()] * 2
    assert (tmp_path / "1").stat().st_mtime_ns <= (tmp_path / "2").stat().st_mtime_ns


def ending_last(task: Task) -> int:
    """The first of three ends when the others are done."""
    if task.number == 0:
        (task.folder / "busy").touch()
        task.wait_for(1, 2)
    return done(task)


def keeping_this_process_busy(task: Task) -> int:
    """The first task of this process begins before any ends, and ends when the other has done two."""
    busy = task.folder / "busy"
    if os.getpid() == task.asker and not busy.exists():
        busy.touch()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while sum(file.name.isdigit() for file in task.folder.iterdir()) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.01)
    task.wait_for("busy")
    return done(task)


def test_while_this_process_is_busy_the_other_has_two_tasks_to_do(tmp_path: Path) -> None:
    by = Counter(shared(keeping_this_process_busy, tasks(tmp_path, range(8)), 2))
    assert by[os.getpid()] < 7
    assert by.total() == 8


def test_finding_out_what_there_is_to_do_does_not_wait_for_this_process(tmp_path: Path) -> None:
    def found_slowly() -> Iterator[Task]:
        for task in tasks(tmp_path, range(8)):
            yield task
            task.wait_for(*range(task.number))
        task.wait_for(7)

    # No more than two are there that nobody has begun, and for each of the others two may wait.
    assert os.getpid() not in shared(done, found_slowly(), 3)


@pytest.mark.parametrize(("failing", "where"), [(failing_here, "here"), (failing_there, "there")])
def test_an_error_ends_what_would_have_no_end(tmp_path: Path, failing: Callable[[Task], None], where: str) -> None:
    endless = (Task(tmp_path, number, os.getpid()) for number in count())
    with pytest.raises(ValueError, match=f"met {where}"):
        shared(failing, endless, 2)


def test_what_is_done_is_let_go_of(tmp_path: Path) -> None:
    alive: weakref.WeakSet[Task] = weakref.WeakSet()
    most = 0

    def watched() -> Iterator[Task]:
        nonlocal most
        for number in range(40):
            gc.collect()
            most = max(most, len(alive))
            task = Task(tmp_path, number, os.getpid())
            alive.add(task)
            yield task

    assert len(shared(squared, watched(), 2)) == 40
    # Two that wait, one here, one that is added, and one that is just on its way out.
    assert most <= 5
    gc.collect()
    assert not alive
