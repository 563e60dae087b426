"""What is live now: noticing that there is a newer index, without a request that waits for it.

A reader's request goes on with the snapshot it has while one thread opens the newer one.
"""

import time
from threading import Lock

from corpus import Settings
from indexer.errors import IndexerError
from indexer.generations import IndexFolder
from search.snapshot import Snapshot, open_snapshot


class LiveIndex:
    """The snapshot of what is live now. Safe to share between threads."""

    def __init__(self, folder: IndexFolder, settings: Settings) -> None:
        self._folder = folder
        self._refresh_seconds = settings.refresh_ms / 1000
        self._lock = Lock()
        self._snapshot: Snapshot | None = None
        self._seen: tuple[object, ...] = ()
        self._looked = 0.0

    def snapshot(self) -> Snapshot:
        """Return the newest snapshot, looking for a newer one at most every `refresh_ms`.

        Raises IndexMissing, IndexMismatch or IndexDamaged if nothing live can be opened; but while an index that was
        opened before can still be read, a newer one that cannot is passed over.
        """
        snapshot = self._snapshot
        now = time.monotonic()
        if snapshot is not None and now - self._looked < self._refresh_seconds:
            return snapshot
        # One thread looks; the others go on with what there is, unless there is nothing yet.
        if not self._lock.acquire(blocking=snapshot is None):
            assert snapshot is not None
            return snapshot
        try:
            return self._renewed()
        finally:
            self._lock.release()

    def _renewed(self) -> Snapshot:
        stamp, known = self._folder.stamp(), self._snapshot
        if known is not None and (stamp, known.generation.path, known.newest_commit()) == self._seen:
            self._looked = time.monotonic()
            return known
        try:
            generation = self._folder.live()
            snapshot = open_snapshot(generation)
        except IndexerError:
            if known is None:
                raise
            snapshot = known
        else:
            self._seen = (stamp, generation.path, snapshot.commit)
        self._snapshot = snapshot
        self._looked = time.monotonic()
        return snapshot
