"""Processes that write segments, and end with the one that asked for them, however that ends.

A pool waits for its processes, and they for work, so what is killed leaves them behind until they have written what
they are at, or for ever. Here each holds one end of a pipe whose other end is held by the process that started the
pool alone: when that is closed, which the system does for a killed process, they are gone at once. What they have
written by then nobody sees: no table of contents names it.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from types import FrameType

# What the processes need is imported once, by the one that they are forked from.
PRELOADED = ("indexer.segments",)


@contextmanager
def process_pool(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of so many processes; if the block raises, what they are at is not waited for."""
    # A fresh process has none of this one's threads and locks, as a forked one would.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    their_end, our_end = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_end_with, initargs=(their_end,))
    try:
        yield pool
    except BaseException:
        our_end.close()
        pool.shutdown(cancel_futures=True)
        raise
    else:
        pool.shutdown()
    finally:
        our_end.close()
        their_end.close()


def _end_with(pipe: Connection) -> None:
    def wait() -> None:
        with suppress(EOFError, OSError):
            pipe.recv_bytes()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


@contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end the block as an error does, so that what is unfinished is taken away; exit status 143.

    For the main thread of a command.
    """

    def end(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one is not to disturb the taking away
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
