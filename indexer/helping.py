"""What a helper does: `python -m indexer.helping`, with a socket as its standard input.

A thread receives, so that the next task is here before the one before is done. It also notices that whoever asked is
gone; then nothing is worth finishing.
"""

import os
import pickle
import socket
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any

from indexer.processes import Channel, Kind


def main() -> None:
    """Do what is asked until nobody is there to ask."""
    channel = Channel(socket.socket(fileno=os.dup(sys.stdin.fileno())))
    given: SimpleQueue[bytearray] = SimpleQueue()  # a function, then tasks for it
    Thread(target=_receive, args=(channel, given), daemon=True).start()
    do = pickle.loads(given.get())
    while True:
        kind, what = _done(do, given)
        with suppress(OSError):  # nobody is there, and the thread is about to end all
            channel.send(kind, what)


def _receive(channel: Channel, given: "SimpleQueue[bytearray]") -> None:
    task = bytearray()
    while True:
        try:
            kind, data = channel.receive()
        except (EOFError, OSError):
            os._exit(0)
        if kind == Kind.TASK:
            task = data
        else:
            given.put(data if kind == Kind.FUNCTION else task)
            task = bytearray()


def _done(do: Callable[[Any], Any], given: "SimpleQueue[bytearray]") -> tuple[Kind, bytes]:
    try:
        return Kind.RESULT, pickle.dumps(do(pickle.loads(given.get())))
    except Exception as error:  # of whatever kind, it is for whoever asks
        return Kind.ERROR, _pickled(error)


def _pickled(error: Exception) -> bytes:
    where = "".join(traceback.format_exception(error))
    error.add_note(where)
    try:
        pickled = pickle.dumps(error)
        pickle.loads(pickled)
    except Exception:  # an error is pickled and made again by code of its own, which may raise anything
        return pickle.dumps(RuntimeError(where))
    return pickled


if __name__ == "__main__":
    main()
