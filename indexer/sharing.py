"""Tasks that a process shares with others: whoever is free takes the next one.

The process that asks does its part. It also finds out what there is to do, and the others are not to wait for that: it
does a task only when others wait besides, one for each process, and at the end those that none of them has begun.
Deliberately not by the queue of a pool: what is in that has been sent, to processes that are all still busy, and
cannot be taken back. Here a thread for each process waits for it, and sends the next task when it is free.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from itertools import chain, islice
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from indexer.processes import process_pool

Task = TypeVar("Task")
Result = TypeVar("Result")


def shared(function: Callable[[Task], Result], tasks: Iterable[Task], processes: int) -> list[Result]:
    """Return what the function gives for each task, in their order, of so many processes of which this is one.

    The others are started when there is a second task. An error, whoever meets it, ends them and is raised here.
    """
    tasks = iter(tasks)
    ahead = list(islice(tasks, 2))
    if processes == 1 or len(ahead) < 2:
        return [function(task) for task in chain(ahead, tasks)]
    others = processes - 1
    # In this order: after an error the pool ends its processes, and then no thread has anything to wait for.
    with ThreadPoolExecutor(others) as threads, process_pool(others) as pool:
        sharing = _Sharing(function, threads, pool, others)
        try:
            for task in chain(ahead, tasks):
                sharing.add(task)
                if sharing.enough_waits():
                    sharing.do_next()
            return sharing.finish()
        finally:
            sharing.close()


class _Sharing(Generic[Task, Result]):
    """The tasks that wait, those who do them, and what has come of it."""

    def __init__(
        self,
        function: Callable[[Task], Result],
        threads: ThreadPoolExecutor,
        pool: ProcessPoolExecutor,
        others: int,
    ) -> None:
        self._function, self._pool = function, pool
        self._added = 0
        self._waiting: SimpleQueue[tuple[int, Task] | None] = SimpleQueue()  # None: there are no more
        self._results: dict[int, Result] = {}
        self._others = [threads.submit(self._have_all_done) for _ in range(others)]

    def add(self, task: Task) -> None:
        self._waiting.put((self._added, task))
        self._added += 1

    def enough_waits(self) -> bool:
        return self._waiting.qsize() > len(self._others)

    def do_next(self) -> None:
        """Do here what has waited longest; raises the error that another has met meanwhile."""
        if taken := self._taken():  # unless another was quicker
            number, task = taken
            self._results[number] = self._function(task)
        for other in self._others:
            if other.done():
                other.result()

    def finish(self) -> list[Result]:
        while not self._waiting.empty():
            self.do_next()
        self.close()
        for other in as_completed(self._others):
            other.result()
        return [self._results[number] for number in range(self._added)]

    def close(self) -> None:
        """Let nobody begin anything more."""
        while self._taken():
            pass
        for _ in self._others:
            self._waiting.put(None)

    def _taken(self) -> tuple[int, Task] | None:
        try:
            return self._waiting.get_nowait()
        except Empty:
            return None

    def _have_all_done(self) -> None:
        while self._have_next_done():
            pass

    def _have_next_done(self) -> bool:
        # A function of its own, so that nothing keeps a task while the thread waits for the next.
        taken = self._waiting.get()
        if taken is None:
            return False
        number, task = taken
        self._results[number] = self._pool.submit(self._function, task).result()
        return True
