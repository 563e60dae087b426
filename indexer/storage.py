"""Whoosh's files in a folder, written so that a commit survives a power cut.

Whoosh makes a commit visible by one rename, but never asks the system to write anything to the disk. Here every file
is synced when it is closed, and the folder after every rename: 3 ms a commit.
"""

import io
import os
import pickle
import struct
import zlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import whoosh
import zstandard
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import FileFormatError
from whoosh.filedb.structfile import StructFile
from whoosh.index import IndexError as WhooshIndexError
from whoosh.reading import CorruptIndexError

from indexer.errors import IndexerError

# Several distributions install a package `whoosh`, into the same folder; indexes are pickled, so a stranger matters.
DISTRIBUTION, VERSION = "whoosh3", "3.54.0"

# What reading Whoosh's files raises when they are missing, cut short, zeroed or garbled. They are pickles and packed
# numbers throughout, without checksums, so it is almost anything.
UNREADABLE = (
    OSError, EOFError, pickle.UnpicklingError, struct.error, zlib.error, zstandard.ZstdError, ValueError,
    LookupError, TypeError, AttributeError, ImportError, OverflowError, MemoryError, AssertionError, CorruptIndexError,
    FileFormatError, WhooshIndexError,
)  # fmt: skip


def check_whoosh() -> None:
    """Raise IndexerError unless the package `whoosh` is that of the pinned distribution."""
    try:
        installed = version(DISTRIBUTION)
    except PackageNotFoundError:
        installed = "none"
    imported = ".".join(str(part) for part in whoosh.__version__[:3])
    if not installed == imported == VERSION:
        raise IndexerError(
            f"Karjera needs {DISTRIBUTION} {VERSION}; installed is {installed}, and `import whoosh` finds {imported}. "
            "Uninstall every other distribution of Whoosh, then: "
            f"pip install --force-reinstall {DISTRIBUTION}=={VERSION}"
        )


class DurableStorage(FileStorage):
    """A folder whose files are on the disk once they are closed or renamed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))  # type: ignore[no-untyped-call]  # of Whoosh

    def create_file(self, name: str, excl: bool = False, mode: str = "wb", **kwargs: Any) -> StructFile:
        raw = _SyncedFile(Path(self.folder, name), ("x" if excl else "w") + ("b+" if "+" in mode else "b"))
        opened = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return StructFile(opened, name=name, **kwargs)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        super().rename_file(oldname, newname, safe=safe)  # type: ignore[no-untyped-call]  # of Whoosh
        sync_folder(Path(self.folder))


class _SyncedFile(io.FileIO):
    def close(self) -> None:
        if not self.closed:
            os.fsync(self.fileno())
        super().close()


def sync_folder(folder: Path) -> None:
    """Ask the system to write a folder's list of files to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(file: Path, text: str) -> None:
    """Replace a file as a whole: readers see the old text or the new one, also after a power cut."""
    aside = file.with_name(file.name + ".new")
    with aside.open("w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    aside.replace(file)
    sync_folder(file.parent)
