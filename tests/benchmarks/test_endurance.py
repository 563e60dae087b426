"""What counts as an answer from half an index."""

import json
from pathlib import Path

from benchmarks.endurance import Changing


def answer(*titles: str) -> bytes:
    return json.dumps({"hits": [{"title": title} for title in titles]}).encode()


def test_the_probe_is_one_article_neither_older_than_seen_nor_newer_than_written(tmp_path: Path) -> None:
    changing = Changing(tmp_path / "changing")
    changing.write(3)
    assert changing.check(answer("Probe 2"), oldest=2) == ""
    assert changing.check(answer("Probe 3"), oldest=2) == ""
    assert "1, not from 2 to 3" in changing.check(answer("Probe 1"), oldest=2)
    assert "4, not from 2 to 3" in changing.check(answer("Probe 4"), oldest=2)
    assert "0 answers" in changing.check(answer(), oldest=2)
    assert "2 answers" in changing.check(answer("Probe 2", "Probe 3"), oldest=2)
