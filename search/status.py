"""How much is in an index, and how fresh it is."""

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from search.page import IndexStatus
from search.snapshot import Snapshot


def status(snapshot: Snapshot) -> IndexStatus:
    """Return the counts of a snapshot; raises IndexDamaged if its generation has no usable manifest."""
    columns, live = snapshot.columns, snapshot.live
    built = datetime.fromisoformat(snapshot.generation.manifest().built)
    topics: dict[str, int] = {}
    counts = np.bincount(columns.topic_codes[live], minlength=len(columns.topics)).tolist()
    for some, count in zip(columns.topics, counts, strict=True):
        for topic in some if count else ():
            topics[topic] = topics.get(topic, 0) + count
    newest = int(columns.days[live].max(initial=0))
    return IndexStatus(
        articles=len(live),
        works=snapshot.work_count,
        languages=dict(snapshot.counts),
        topics=dict(sorted(topics.items(), key=lambda item: (-item[1], item[0]))),
        newest=date.fromordinal(newest) if newest else None,
        built=built,
        changed=max(built, _changed(snapshot.generation.path)),
        generation=snapshot.generation.number,
    )


def _changed(folder: Path) -> datetime:
    try:
        return datetime.fromtimestamp(folder.stat().st_mtime, UTC)  # every commit makes files in it and removes others
    except OSError:  # it went away under a snapshot that goes on
        return datetime.min.replace(tzinfo=UTC)
