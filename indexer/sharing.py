"""Tasks that a process shares with others: whoever is free takes the next one.

The process that asks does its part. It also finds out what there is to do, and the others are not to wait for that: it
does a task only when enough others wait besides, and at the end those that none of them has begun.

A task is large, and takes a while to get to another process. So each is sent its next one while it does one. What has
been sent is not begun, and this process may still do it, if that is sooner free.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import chain
from threading import Condition
from typing import Generic, TypeVar

from indexer.processes import Helper, Kind, helpers

# Of tasks that nobody has begun: the one that another process has been sent, and the one that it is to be sent when it
# has begun that, while this process does one itself.
_WAITING_EACH = 2

Task = TypeVar("Task")
Result = TypeVar("Result")


def shared(function: Callable[[Task], Result], tasks: Iterable[Task | None], processes: int) -> list[Result]:
    """Return what the function gives for each task, in their order, of so many processes of which this is one.

    The others are started when there is a second task. None among the tasks announces that there will be one: then the
    others are ready when it comes. An error, whoever meets it, ends them and is raised here.
    """
    coming = iter(tasks)
    ahead = list(_until_there_are_several(coming))
    known = (task for task in chain(ahead, coming) if task is not None)
    if processes == 1 or (len(ahead) < 2 and None not in ahead):
        return list(map(function, known))
    others = processes - 1
    # In this order: after an error the others end, and then no thread has anything to wait for.
    with ThreadPoolExecutor(2 * others) as threads, helpers(others) as started:
        sharing = _Sharing(function, threads, started)
        try:
            for task in known:
                sharing.add(task)
                if sharing.enough_waits():
                    sharing.do_next()
            return sharing.finish()
        finally:
            sharing.close()


def _until_there_are_several(tasks: Iterator[Task | None]) -> Iterator[Task | None]:
    for number, task in enumerate(tasks):
        yield task
        if number or task is None:
            return


@dataclass(slots=True, eq=False)
class _Other(Generic[Task]):
    """Another process, the number of the task it is at, and the one, with its number, that it has been sent.

    `sending`: one is on its way to it, which is neither waiting any more nor sent.
    """

    helper: Helper
    at: int | None = None
    sent: tuple[int, Task] | None = None
    sending: bool = False


class _Sharing(Generic[Task, Result]):
    """The tasks that wait, those who do them, and what has come of it."""

    def __init__(
        self, function: Callable[[Task], Result], threads: ThreadPoolExecutor, started: Sequence[Helper]
    ) -> None:
        self._function = function
        self._results: dict[int, Result] = {}
        self._added = 0
        self._changed = Condition()  # guards what waits, and what each of the others is at
        self._waiting: deque[tuple[int, Task]] = deque()
        self._closed = False
        self._others: list[_Other[Task]] = [_Other(helper) for helper in started]
        self._threads = [threads.submit(part, other) for other in self._others for part in (self._send, self._receive)]

    def add(self, task: Task) -> None:
        with self._changed:
            self._waiting.append((self._added, task))
            self._changed.notify_all()
        self._added += 1

    def enough_waits(self) -> bool:
        with self._changed:
            sent = sum(other.sent is not None for other in self._others)
            return len(self._waiting) + sent > _WAITING_EACH * len(self._others)

    def do_next(self, at_last: bool = False) -> bool:
        """Do here what nobody has begun, and tell if there was any; raises the error that another has met meanwhile.

        `at_last`, when nothing more is added, what is on its way to another is waited for, and what another was sent
        is done first: it was added before what waits, and so may take longer.
        """
        with self._changed:
            if at_last:
                self._changed.wait_for(lambda: self._is_any_left() or not any(other.sending for other in self._others))
            taken = (self._taken_back() or self._taken()) if at_last else (self._taken() or self._taken_back())
        if taken:
            number, task = taken
            self._results[number] = self._function(task)
        for thread in self._threads:
            if thread.done():
                thread.result()
        return taken is not None

    def finish(self) -> list[Result]:
        while self.do_next(at_last=True):
            pass
        self.close()
        for thread in as_completed(self._threads):
            thread.result()
        return [self._results[number] for number in range(self._added)]

    def close(self) -> None:
        """Let nobody begin anything more."""
        with self._changed:
            self._closed = True
            while self._taken() or self._taken_back():
                pass
            self._changed.notify_all()

    def _is_any_left(self) -> bool:
        return bool(self._waiting) or any(other.sent for other in self._others)

    def _taken(self) -> tuple[int, Task] | None:
        with self._changed:
            return self._waiting.popleft() if self._waiting else None

    def _taken_back(self) -> tuple[int, Task] | None:
        with self._changed:
            for other in self._others:
                if taken := other.sent:
                    other.sent = None
                    self._changed.notify_all()
                    return taken
        return None

    def _send(self, other: _Other[Task]) -> None:
        other.helper.send(Kind.FUNCTION, self._function)
        while self._send_next(other):
            pass

    def _send_next(self, other: _Other[Task]) -> bool:
        # A function of its own, so that nothing keeps a task while the thread waits for the next.
        with self._changed:
            self._changed.wait_for(lambda: self._closed or (self._waiting and not other.sent))
            if self._closed:
                return False
            number, task = self._waiting.popleft()
            other.sending = True
        sent = None
        try:
            other.helper.send(Kind.TASK, task)
            sent = number, task
        finally:
            with self._changed:
                other.sending, other.sent = False, sent
                self._changed.notify_all()
                self._begin(other)
        return True

    def _begin(self, other: _Other[Task]) -> None:
        """Let a process begin what it has been sent, if it has nothing else to do."""
        if other.at is None and other.sent:
            # Before anything else can be sent, which would take its place.
            other.helper.send(Kind.BEGIN)
            other.at, _ = other.sent
            other.sent = None
            self._changed.notify_all()

    def _receive(self, other: _Other[Task]) -> None:
        while True:
            with self._changed:
                self._begin(other)
                self._changed.wait_for(lambda: self._closed or other.at is not None)
                at = other.at
            if at is None:
                return
            self._results[at] = other.helper.result()
            with self._changed:
                other.at = None
