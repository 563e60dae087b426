"""A sync that somebody asks a running service for: a process of its own, started and then left alone.

The service takes the writer's lock and hands it down, so that of two who ask at once one gets the sync and the other is
told of it, in whatever processes they are answered. What is read are the paths that the index itself names. From then
on the process tells how it goes (`indexer.runs`), and neither a reload nor the end of the service ends it.
"""

import os
import subprocess
import sys
from threading import Thread

from corpus import Collection, Settings
from corpus.configuration import PREFIX
from indexer.building import sources_of
from indexer.errors import AnotherWriter
from indexer.generations import IndexFolder
from indexer.runs import Run, begun, last_run
from search.errors import SyncRefused


def start_sync(settings: Settings) -> Run:
    """Start a sync of the live index with what it was built from, and return it as it begins.

    Raises SyncRefused if a build or sync is running, IndexMissing if there is nothing to sync with, another
    IndexerError if nothing tells what it was built from, and CorpusError if that is not there any more.
    """
    folder = IndexFolder(settings.index)
    folder.live()
    Collection(sources_of(folder), settings)
    try:
        lock = folder.take_lock()
    except AnotherWriter as error:
        raise SyncRefused(str(error)) from None
    with lock:
        run = begun(folder, "sync", os.getpid())
        process = subprocess.Popen(
            [sys.executable, "-m", "search.cli", "index", "sync", "--lock-descriptor", str(lock.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # problems go to the service's own log
            env={**_without_settings(), **settings.to_environment()},
            pass_fds=(lock.fileno(),),
            start_new_session=True,
        )
    Thread(target=process.wait, daemon=True).start()  # or it would stay in the list of processes when it has ended
    return run


def running_or_last(settings: Settings) -> Run | None:
    """Return the build or sync that is running, else the last one; None if there was none."""
    return last_run(IndexFolder(settings.index))


def _without_settings() -> dict[str, str]:
    return {name: text for name, text in os.environ.items() if not name.startswith(PREFIX)}
