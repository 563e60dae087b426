"""Processes that help this one, and end with it, however that ends.

Each is a fresh interpreter, with none of this one's threads and locks, and does tasks one after the other: they come
through a socket, and what came of them goes back. When that is closed, which the system does for a killed process, the
helper is gone at once. What it has written by then nobody sees: no table of contents names it.

A task may be sent while another is being done. It is there then, and not begun: to begin it is a message of its own,
and a task that is sent next takes its place.
"""

import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from enum import IntEnum
from pathlib import Path
from types import FrameType
from typing import Any

from indexer.errors import HelperEnded


class Kind(IntEnum):
    """What a message says."""

    FUNCTION = 0  # what is to be done with each task
    TASK = 1
    BEGIN = 2  # the task that was sent last
    RESULT = 3
    ERROR = 4


_HEAD = struct.Struct("<BQ")  # the kind of a message, and how many bytes follow


class Channel:
    """One end of a socket between two processes; a thread may send while another receives."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def send(self, kind: Kind, data: bytes = b"") -> None:
        """Send a message; raises OSError if nobody is there any more."""
        self._connection.sendall(_HEAD.pack(kind, len(data)))
        if data:
            self._connection.sendall(data)

    def receive(self) -> tuple[Kind, bytearray]:
        """Wait for a message; raises EOFError if the other end is closed."""
        kind, count = _HEAD.unpack(self._read(_HEAD.size))
        return Kind(kind), self._read(count)

    def _read(self, count: int) -> bytearray:
        data = bytearray(count)
        left = memoryview(data)
        while left:
            # All in one call: after each the thread would wait until a busy one lets go of the interpreter.
            read = self._connection.recv_into(left, 0, socket.MSG_WAITALL)
            if not read:
                raise EOFError
            left = left[read:]
        return data

    def close(self) -> None:
        """Let go of the socket; whoever waits at either end waits no more."""
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
        self._connection.close()


class Helper:
    """Another process that does tasks."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "indexer.helping"],  # -P: not from whatever folder this is
                stdin=theirs.fileno(),
                env={**os.environ, "PYTHONPATH": paths},
                process_group=0,  # what is typed at a terminal is for whoever asks
            )
        self._channel = Channel(ours)

    def send(self, kind: Kind, what: object = None) -> None:
        """Send a message; raises HelperEnded if the process is no more."""
        try:
            self._channel.send(kind, pickle.dumps(what, pickle.HIGHEST_PROTOCOL) if what is not None else b"")
        except OSError:
            raise self._ended() from None

    def result(self) -> Any:
        """Wait until the task that was begun is done, and return what came of it; raises its error, or HelperEnded."""
        try:
            kind, data = self._channel.receive()
        except (EOFError, OSError):
            raise self._ended() from None
        what = pickle.loads(data)
        if kind == Kind.ERROR:
            raise what
        return what

    def close(self) -> None:
        """End the process, whatever it is at."""
        self._channel.close()
        self._process.wait()

    def _ended(self) -> HelperEnded:
        return HelperEnded(self._process.wait())


@contextmanager
def helpers(count: int) -> Iterator[Sequence[Helper]]:
    """Give so many processes, which end with the block."""
    with ExitStack() as stack:
        yield [stack.enter_context(closing(Helper())) for _ in range(count)]


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
