"""The file of the query log: any number of workers add lines to it, and it is begun anew when it has grown.

Each line is one write to a file opened for appending, which the kernel keeps apart from those of others. Who finds the
file too large renames it, under a lock that nobody waits for, and the others notice by its inode: a line that somebody
writes in between goes to the file that was just renamed, and is not lost.

    FILE, FILE.1 (the one before) … FILE.5, FILE.lock
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock


class QueryLogFile:
    """A file of lines with numbered predecessors. Safe to share between threads and processes."""

    def __init__(self, path: Path, max_bytes: int, kept: int) -> None:
        """Keep `kept` numbered files, each of about `max_bytes`."""
        self.path = path
        self._max_bytes = max_bytes
        self._kept = kept
        self._lock = Lock()
        self._descriptor = -1
        self._is_cut = False  # the last write ended within a line

    def append(self, line: str) -> None:
        """Add a line, which has no end of line in it; raises OSError if it cannot be written, as on a full disk."""
        with self._lock:
            self._open()
            data = f"{line}\n".encode("utf-8", "replace")
            if self._is_cut:  # what came before it stays one damaged line
                data = b"\n" + data
            written = os.write(self._descriptor, data)
            self._is_cut = written < len(data)
            if self._is_cut:
                raise OSError(f"only {written} of {len(data)} bytes could be written to {self.path}")
            if os.fstat(self._descriptor).st_size >= self._max_bytes:
                self._rotate()

    def close(self) -> None:
        """Close it; adding a line opens it again."""
        with self._lock:
            self._close()

    def _open(self) -> None:
        """Open the file that has the name now, unless it is the one that is open."""
        if self._descriptor >= 0:
            known = os.fstat(self._descriptor)
            with suppress(FileNotFoundError):
                there = self.path.stat()
                if (there.st_ino, there.st_dev) == (known.st_ino, known.st_dev):
                    return
            self._close()
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        self._descriptor = os.open(self.path, flags, 0o640)
        self._is_cut = False

    def _close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _rotate(self) -> None:
        lock = os.open(f"{self.path}.lock", os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o640)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Somebody may have done it since the size was looked at.
            if self.path.stat().st_ino != os.fstat(self._descriptor).st_ino:
                return
            for number in range(self._kept, 1, -1):
                with suppress(FileNotFoundError):
                    numbered(self.path, number - 1).rename(numbered(self.path, number))
            self.path.rename(numbered(self.path, 1))
        except (BlockingIOError, FileNotFoundError):  # another worker is at it
            pass
        finally:
            os.close(lock)


def numbered(path: Path, number: int) -> Path:
    """Return the name of the file that was begun so many files before the one that is written to, 0 for itself."""
    return path.with_name(f"{path.name}.{number}") if number else path


def files(path: Path) -> Iterator[Path]:
    """Yield the files of a query log that there are, the oldest first."""
    numbers = [0]
    for file in path.parent.glob(f"{_escaped(path.name)}.*"):
        end = file.name.removeprefix(f"{path.name}.")
        if end.isascii() and end.isdecimal() and end == str(int(end)):
            numbers.append(int(end))
    return (file for number in sorted(numbers, reverse=True) if (file := numbered(path, number)).is_file())


def _escaped(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)
