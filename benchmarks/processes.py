"""What /proc says of a process and those it started: memory together, processor time, and how busy the machine is."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

PROC = Path("/proc")
SAMPLE_SECONDS = 0.05

_TICKS = os.sysconf("SC_CLK_TCK")


def tree(root: int) -> list[int]:
    """Return a process and all that descend from it, as far as they are alive."""
    found = [root]
    for process in found:
        try:
            tasks = list((PROC / str(process) / "task").iterdir())
            found += (int(child) for task in tasks for child in (task / "children").read_text().split())
        except OSError:  # it has ended meanwhile
            continue
    return found


def memory_bytes(process: int) -> int:
    """Return the memory of a process, pages that several share divided among them (PSS); 0 if it has ended."""
    try:
        lines = (PROC / str(process) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def resident_bytes() -> int:
    """Return the resident memory of this process now."""
    return int((PROC / "self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def peak_resident_bytes() -> int:
    """Return the most resident memory that this process has had.

    Not getrusage: its ru_maxrss begins with what the process was forked from.
    """
    lines = (PROC / "self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))


def cpu_seconds() -> float:
    """Return the processor time of this process and all that it started, those still running too."""
    spent = os.times()
    own = spent.user + spent.system + spent.children_user + spent.children_system
    return own + sum(map(_cpu_of, tree(os.getpid())[1:]))


def tree_cpu_seconds(root: int) -> float:
    """Return the processor time of another process and all that descend from it, those still running too."""
    return sum(map(_cpu_of, tree(root)))


def machine_cpu_seconds() -> float:
    """Return the time that all processors together have worked since the machine was started."""
    user, nice, system, _, _, irq, softirq, steal = (
        int(ticks) for ticks in (PROC / "stat").read_text().split("\n", 1)[0].split()[1:9]
    )
    return (user + nice + system + irq + softirq + steal) / _TICKS


@dataclass(slots=True)
class Peak:
    """The most memory that a tree of processes had together at any moment looked at."""

    bytes: int = 0
    processes: int = 0


@contextmanager
def peak_of(root: int) -> Iterator[Peak]:
    """Watch the memory of a process and its descendants during the block."""
    peak, ended = Peak(), Event()

    def watch() -> None:
        while not ended.wait(SAMPLE_SECONDS):
            sizes = [size for size in map(memory_bytes, tree(root)) if size]
            if sum(sizes) > peak.bytes:
                peak.bytes, peak.processes = sum(sizes), len(sizes)

    thread = Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        ended.set()
        thread.join()


def _cpu_of(process: int) -> float:
    try:
        # The name may hold anything; what follows it is numbers.
        values = (PROC / str(process) / "stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return sum(int(ticks) for ticks in values[11:15]) / _TICKS


def session(leader: int) -> list[int]:
    """Return the living processes of the session that a process leads or led."""
    return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdecimal() and _session_of(entry) == leader]


def _session_of(entry: Path) -> int:
    try:
        values = (entry / "stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return -1
    return int(values[3]) if values[0] != "Z" else -1
