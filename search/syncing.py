"""A sync that somebody asks a running service for: a process of its own, started and then left alone.

The service takes the writer's lock and hands it down, so that of two who ask at once one gets the sync and the other is
told of it, and of its process, in whatever processes they are answered. What is read are the paths that the index
itself names. From then on the process tells how it goes (`indexer.runs`), and neither a reload nor the end of the
service ends it.
"""

import os
import subprocess
import sys
from threading import Thread

from corpus import Collection, Settings
from corpus.configuration import PREFIX
from indexer.building import sources_of
from indexer.errors import AnotherWriter, IndexerError
from indexer.generations import IndexFolder, name_holder
from indexer.runs import Run, begun, last_run
from search.errors import SyncRefused


def start_sync(settings: Settings) -> Run:
    """Start a sync of the live index with what it was built from, and return it as it begins.

    Raises SyncRefused if a build or sync is running, IndexMissing if there is nothing to sync with, another
    IndexerError if nothing tells what it was built from or this process may not write there, and CorpusError if what it
    was built from is not there any more.
    """
    folder = IndexFolder(settings.index)
    folder.live()
    Collection(sources_of(folder), settings)
    try:
        with folder.take_lock() as lock:
            process = _sync_process(settings, lock.fileno())
            assert process.stdin
            with process.stdin:  # to the end of which it waits, so that nothing it says itself is written over
                name_holder(lock, process.pid)
                run = begun(folder, "sync", process.pid)
    except AnotherWriter as error:
        raise SyncRefused(str(error)) from None
    except OSError as error:
        raise IndexerError(
            f"no sync can be started: {error.strerror}: {error.filename}. Let the service write to {folder.path}, "
            "or run `karjera index sync` as somebody who may."
        ) from None
    Thread(target=process.wait, daemon=True).start()  # or it would stay in the list of processes when it has ended
    return run


def running_or_last(settings: Settings) -> Run | None:
    """Return the build or sync that is running, else the last one; None if there was none."""
    return last_run(IndexFolder(settings.index))


def _sync_process(settings: Settings, lock_descriptor: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "search.cli", "index", "sync", "--lock-descriptor", str(lock_descriptor)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,  # problems go to the service's own log
        env={**_without_settings(), **settings.to_environment()},
        pass_fds=(lock_descriptor,),
        start_new_session=True,
    )


def _without_settings() -> dict[str, str]:
    return {name: text for name, text in os.environ.items() if not name.startswith(PREFIX)}
