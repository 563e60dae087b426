"""Complete indexes side by side, and which one of them is live.

    <index>/CURRENT                     the number of the live generation, then those live before; replaced atomically
    <index>/generations/<number>/       a Whoosh index, its compiled glossary, and manifest.json
    <index>/generations/<number>.….new/ one being built; what a killed build leaves behind
    <index>/lock                        held by the process that writes, and dies with it

A build writes a new generation and puts it live when it has proved itself; a sync commits to the live one. Readers
hold files they have opened, so neither a build nor the removal of old generations harms them.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from whoosh.index import FileIndex
from whoosh.reading import IndexReader

from indexer.analysis import analysis_version
from indexer.concepts import ConceptTable
from indexer.errors import AnotherWriter, IndexDamaged, IndexerError, IndexForbidden, IndexMismatch, IndexMissing
from indexer.schema import schema
from indexer.storage import UNREADABLE, DurableStorage, check_whoosh, sync_folder, write_durably

# Raise it when fields or stored values change their meaning.
FORMAT_VERSION = 5

REBUILD = "karjera index build"

# The compiled glossary of a generation.
CONCEPTS = "concepts"

_UNFINISHED = ".new"

# Who looks whether there is a writer holds the lock for a moment, and is not to turn a writer away.
LOCK_ATTEMPTS = 5
LOCK_RETRY_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was built with, and from. How many articles it holds now is in the index itself."""

    format: int
    analysis: str
    built: str  # ISO 8601, UTC
    sources: tuple[str, ...] = ()  # the paths it was built from
    articles: dict[str, int] = field(default_factory=dict)  # language -> how many it was built with
    glossary: str = ""  # digest of the glossary whose concepts are found in it; empty if none are


@dataclass(frozen=True, slots=True)
class Generation:
    """One complete index; `path` is its folder."""

    number: int
    path: Path

    def manifest(self) -> Manifest:
        """Read the manifest; raises IndexDamaged if it cannot be, IndexForbidden if this user may not."""
        try:
            said = json.loads((self.path / "manifest.json").read_text(encoding="utf-8"))
            return Manifest(
                int(said["format"]),
                str(said["analysis"]),
                str(said["built"]),
                tuple(str(source) for source in said.get("sources", ())),
                {str(code): int(count) for code, count in said.get("articles", {}).items()},
                str(said.get("glossary", "")),
            )
        except PermissionError as error:
            raise IndexForbidden(error) from None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexDamaged(
                f"generation {self.number} has no usable manifest ({error}). "
                f"Go back with `karjera index rollback`, or run `{REBUILD}`."
            ) from None

    def check(self) -> None:
        """Raise IndexMismatch unless this version of Karjera writes and reads such an index."""
        manifest = self.manifest()
        if manifest.format != FORMAT_VERSION:
            was, now = f"format {manifest.format}", f"format {FORMAT_VERSION}"
        elif manifest.analysis != analysis_version():
            was, now = f"analysis ({manifest.analysis})", f"analysis ({analysis_version()})"
        else:
            return
        raise IndexMismatch(
            f"generation {self.number} was built with {was}, but this is {now}. Run `{REBUILD}` to build it anew."
        )

    def open(self) -> FileIndex:
        """Open its Whoosh index, after check(); raises IndexDamaged if its table of contents cannot be read."""
        self.check()
        try:
            return FileIndex(DurableStorage(self.path))
        except UNREADABLE as error:
            raise self.damaged(error) from None

    def reader(self) -> IndexReader:
        """Open it for reading, after check(); raises IndexDamaged if any of its files cannot be opened."""
        index = self.open()
        try:
            reader: IndexReader = index.reader()
        except (IndexDamaged, *UNREADABLE) as error:
            raise self.damaged(error) from None
        return reader

    def concepts(self) -> ConceptTable | None:
        """Open its compiled glossary, or return None if it was built without; raises IndexDamaged if it cannot be."""
        return ConceptTable(self.path / CONCEPTS) if self.manifest().glossary else None

    def damaged(self, error: BaseException) -> IndexerError:
        """Return the error that says that it cannot be opened, and what to do."""
        if isinstance(error, PermissionError):
            return IndexForbidden(error)
        return IndexDamaged(
            f"generation {self.number} cannot be opened ({error}). "
            f"Go back with `karjera index rollback`, or run `{REBUILD}`."
        )


class IndexFolder:
    """The folder of an index: its generations, which is live, and the lock of those who write."""

    def __init__(self, path: Path, lock_descriptor: int | None = None) -> None:
        """`lock_descriptor` is that of the lock, if the process that started this one took it and handed it down."""
        check_whoosh()
        self.path = path
        self._lock_descriptor = lock_descriptor
        self._generations = path / "generations"
        self._current = path / "CURRENT"
        self._lock_file = path / "lock"

    def live(self) -> Generation:
        """Return the live generation; raises IndexMissing, IndexDamaged, or IndexForbidden if not for this user."""
        try:
            history = self._current.read_text(encoding="ascii").split()
            text = history[0] if history else ""
            generation = self._numbered(int(text)) if text.isdecimal() else None
            is_there = generation is not None and generation.path.is_dir()
        except PermissionError as error:
            raise IndexForbidden(error) from None
        except FileNotFoundError:
            raise IndexMissing(f"there is no index in {self.path}. Run `{REBUILD}` to make one.") from None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexDamaged(
                f"{self._current} cannot be read ({error}). Go back with `karjera index rollback`, or run `{REBUILD}`."
            ) from None
        if generation is None or not is_there:
            raise IndexDamaged(
                f"{self._current} names generation {text!r}, which does not exist. "
                f"Go back with `karjera index rollback`, or run `{REBUILD}`."
            )
        return generation

    def manifest(self) -> Manifest | None:
        """Return the live generation's manifest as far as it can be read, whatever its versions; None if it cannot."""
        try:
            return self.live().manifest()
        except IndexerError:
            return None

    def stamp(self) -> tuple[int, int, int] | None:
        """Return something that differs when another generation is live, cheaply; None if none is."""
        try:
            status = self._current.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino, status.st_size

    def all(self) -> list[Generation]:
        """Return the complete generations, oldest first."""
        if not self._generations.is_dir():
            return []
        names = (entry.name for entry in self._generations.iterdir() if entry.is_dir())
        return [self._numbered(number) for number in sorted(int(name) for name in names if name.isdecimal())]

    def live_before(self) -> list[Generation]:
        """Return the generations that a rollback goes back to, the first one first."""
        return [self._numbered(number) for number in self._history()[1:]]

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only writer; raises AnotherWriter at once if somebody else is. The lock dies with its process."""
        with self._inherited_lock() or self.take_lock() as file:
            name_holder(file, os.getpid())
            yield

    def take_lock(self) -> IO[str]:
        """Take the lock and return its file, which holds it until it is closed wherever it was handed down to.

        Raises AnotherWriter.
        """
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self._lock_file.open("a+", encoding="ascii")
        for attempt in range(1, LOCK_ATTEMPTS + 1):
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return file
            except BlockingIOError:
                if attempt < LOCK_ATTEMPTS:
                    time.sleep(LOCK_RETRY_SECONDS)
        with file:
            raise AnotherWriter(
                f"another build or sync is writing to {self.path} ({_holder(file)}). "
                "Wait for it to end, or stop it, and run the command again; nothing was changed."
            )

    def is_being_written(self) -> bool:
        """Tell whether anybody holds the lock."""
        try:
            with self._lock_file.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:  # there never was a writer, or none of whom this process may know
            return False
        return False

    def _inherited_lock(self) -> IO[str] | None:
        if self._lock_descriptor is None:
            return None
        os.set_inheritable(self._lock_descriptor, False)  # or it would outlive this process in another
        return os.fdopen(self._lock_descriptor, "a+", encoding="ascii")

    def synced(self, sources: Sequence[str], articles: Mapping[str, int], glossary: str = "") -> None:
        """Note in the live generation's manifest what a sync has made it hold, from where, and with which glossary."""
        live = self.live()
        before = live.manifest()
        _write_manifest(live.path, replace(before, sources=tuple(sources), articles=dict(articles), glossary=glossary))
        if glossary != before.glossary:
            self._point_at(self._history())  # for running services to see: there may have been no commit

    @contextmanager
    def new_generation(self, sources: Sequence[str] = (), glossary: str = "") -> Iterator[FileIndex]:
        """Give an empty index to fill; needs the lock. It is not live, and is removed if the block raises.

        With `glossary`, a digest, the block has to put the compiled glossary beside it.
        """
        self._generations.mkdir(exist_ok=True, mode=0o700)
        for leftover in self._generations.glob(f"*{_UNFINISHED}"):
            shutil.rmtree(leftover, ignore_errors=True)  # a worker of the killed build may be writing still
        aside = self._aside()
        aside.mkdir(mode=0o700)
        try:
            built = datetime.now(UTC).isoformat(timespec="seconds")
            _write_manifest(aside, Manifest(FORMAT_VERSION, analysis_version(), built, tuple(sources), {}, glossary))
            yield FileIndex.create(DurableStorage(aside), schema())
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise

    def publish(self, keep: int, articles: Mapping[str, int] | None = None) -> Generation:
        """Make the generation just built the live one; of those that were live before, the last ones are kept.

        `keep` counts them all, the new one included; a generation that was rolled back is not among them. `articles`
        goes into the manifest.
        """
        aside = self._aside()
        manifest = Generation(0, aside).manifest()
        _write_manifest(aside, replace(manifest, articles=dict(articles or {})))
        generation = self._numbered(self._next_number())
        sync_folder(aside)
        aside.rename(generation.path)
        sync_folder(self._generations)
        # Where nothing says what was live, the newest ones are the best guess of what to keep.
        before = self._history() or [old.number for old in reversed(self.all()) if old != generation]
        history = [generation.number, *before][:keep]
        self._point_at(history)
        for old in self.all():
            if old.number not in history:
                shutil.rmtree(old.path)
        return generation

    def rollback(self) -> Generation:
        """Make live again what was live before; raises IndexerError if there is nothing that can be read.

        Where nothing says what is live, it is the newest generation that can be read.
        """
        with self.lock():
            history = self._history()
            try:
                self.live()
                before = history[1:]
            except IndexDamaged:
                before = [generation.number for generation in reversed(self.all())]
            for at, number in enumerate(before):
                earlier = self._numbered(number)
                try:
                    earlier.reader().close()
                except IndexerError:
                    continue
                self._point_at(before[at:])
                return earlier
        raise IndexerError("there is no generation to go back to that can be read. Nothing was changed.")

    def _history(self) -> list[int]:
        """Return the numbers of generations that were live, the live one first, as far as they are still there."""
        try:
            numbers = self._current.read_text(encoding="ascii").split()
        except (OSError, UnicodeDecodeError):
            return []
        there = {generation.number for generation in self.all()}
        return [int(number) for number in numbers if number.isdecimal() and int(number) in there]

    def _aside(self) -> Path:
        # With the process in its name: a worker of a killed build may be writing still, to a folder of its own.
        return self._generations / f"{self._next_number():06}.{os.getpid()}{_UNFINISHED}"

    def _next_number(self) -> int:
        return max((generation.number for generation in self.all()), default=0) + 1

    def _numbered(self, number: int) -> Generation:
        return Generation(number, self._generations / f"{number:06}")

    def _point_at(self, history: Sequence[int]) -> None:
        write_durably(self._current, " ".join(map(str, history)) + "\n")


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    write_durably(folder / "manifest.json", json.dumps(asdict(manifest), indent=1) + "\n")


def name_holder(lock: IO[str], process: int) -> None:
    """Write into the file of a lock that is held which process holds it, for whoever finds it taken."""
    lock.truncate(0)
    lock.write(str(process))
    lock.flush()


def _holder(file: IO[str]) -> str:
    file.seek(0)
    process = file.read(20).strip()
    return f"process {process}" if process.isdecimal() else "another process"
