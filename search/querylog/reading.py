"""The query log read back: entries, the oldest file first, whatever else its files hold."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from search.querylog.entry import MAX_LINE_BYTES, Entry
from search.querylog.file import files


def entries(path: Path, since: datetime | None = None) -> Iterator[Entry]:
    """Yield the searches of a query log, of an hour and later if one is given.

    Lines that are damaged are passed over, and so is a file that went away. Raises OSError for one that cannot be read.
    """
    for file in files(path):
        try:
            opened = file.open("rb")
        except FileNotFoundError:  # rotated away
            continue
        with opened:
            if since and os.fstat(opened.fileno()).st_mtime < since.timestamp():
                continue  # nothing was added since
            while line := opened.readline(MAX_LINE_BYTES):
                entry = Entry.from_json(line.decode("utf-8", "replace"))
                if entry and (since is None or entry.hour >= since):
                    yield entry


def recent(path: Path, days: int, now: datetime) -> Iterator[Entry]:
    """Yield the searches of the last days (UTC), today being one of them; raises OSError like `entries`."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return entries(path, today - timedelta(days=days - 1))
