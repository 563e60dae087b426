"""The process that is killed: builds and syncs, and says what it begins and what is committed.

`python -m benchmarks.victim INDEX VERSIONS LIVE SEED OPERATIONS`, LIVE being the version that the index holds, -1 for
none. Each line on standard output is written at once: begin or committed, build or sync, version.
"""

import sys
from pathlib import Path
from random import Random

from benchmarks.versions import VERSIONS, Versions
from corpus import Collection, Settings
from indexer import segments
from indexer.building import build, sync
from indexer.generations import IndexFolder

# The articles are few, so that there are many commits to kill; this makes segments enough of them for all processes.
CHUNK_BYTES = 60_000
BUILDS = 0.3  # of all operations


def work(folder: IndexFolder, settings: Settings, versions: Versions, live: int, random: Random, count: int) -> None:
    """Go from one version to another so many times, or until this process is killed."""
    for _ in range(count):
        version = random.choice([other for other in range(VERSIONS) if other != live])
        operation = "build" if live < 0 or random.random() < BUILDS else "sync"
        _say("begin", operation, version)
        if operation == "build":
            build(folder, Collection([versions[version]], settings), settings, _nothing)
        else:
            sync(folder, Collection([versions[version]], settings), settings, _nothing)
        _say("committed", operation, version)
        live = version


def _say(what: str, operation: str, version: int) -> None:
    sys.stdout.write(f"{what} {operation} {version}\n")
    sys.stdout.flush()


def _nothing(written: int) -> None:
    pass


if __name__ == "__main__":
    segments.CHUNK_BYTES = CHUNK_BYTES
    index, inputs, live_version, seed, operations = sys.argv[1:]
    chosen = Settings(index=Path(index), keep_generations=2)
    work(IndexFolder(chosen.index), chosen, Versions(Path(inputs)), int(live_version), Random(seed), int(operations))
