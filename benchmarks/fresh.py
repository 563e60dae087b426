"""A measurement in a process of its own, so that what it takes is its own: `fresh(function, …)` returns its result.

It is a new interpreter, not a fork: a fork would share this one's memory. It reads (function, arguments) from standard
input and answers on standard output, both pickled.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from benchmarks.processes import Peak, peak_of

P = ParamSpec("P")
R = TypeVar("R")


def fresh(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call a function of a module in a new process; raises CalledProcessError if it fails there."""
    with _started() as process:
        return _result(function, process, pickle.dumps((function, args, kwargs)))


def fresh_and_peak(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> tuple[R, Peak]:
    """Do the same, and watch how much memory it takes with all that it starts; that slows it down a little."""
    with _started() as process, peak_of(process.pid) as peak:
        return _result(function, process, pickle.dumps((function, args, kwargs))), peak


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _result(function: Callable[P, R], process: subprocess.Popen[bytes], call: bytes) -> R:
    answer, _ = process.communicate(call)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, function.__qualname__)
    result: R = pickle.loads(answer)
    return result


def _main() -> None:
    # What anything prints goes to standard error, and does not get into the answer.
    with os.fdopen(os.dup(1), "wb") as answer:
        os.dup2(2, 1)
        function, args, kwargs = pickle.load(sys.stdin.buffer)
        pickle.dump(function(*args, **kwargs), answer)


if __name__ == "__main__":
    _main()
