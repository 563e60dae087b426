import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from search.querylog.entry import MAX_LINE_BYTES, Entry
from search.querylog.file import numbered
from search.querylog.reading import entries, recent

HOUR = datetime(2026, 11, 22, 8, tzinfo=UTC)


def line(query: str, hour: datetime = HOUR) -> str:
    return Entry(hour, query, "en", {}, 1, 3, 3, {"en": 3}, 1.5).to_json() + "\n"


def test_files_are_read_from_the_oldest_on(tmp_path: Path) -> None:
    path = tmp_path / "queries.log"
    numbered(path, 2).write_text(line("first"))
    numbered(path, 1).write_text(line("second"))
    path.write_text(line("third") + line("fourth"))
    assert [entry.query for entry in entries(path)] == ["first", "second", "third", "fourth"]


def test_what_is_no_entry_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "queries.log"
    damaged = "x" * 3 * MAX_LINE_BYTES
    path.write_bytes(
        f"{line('first')}\n{damaged}\n{line('second')}".encode() + b"\xff\xfe\n" + line("third").encode()[:-9]
    )
    assert [entry.query for entry in entries(path)] == ["first", "second"]


def test_entries_of_a_time_are_those_of_its_hour_and_later(tmp_path: Path) -> None:
    path = tmp_path / "queries.log"
    path.write_text("".join(line(str(hours), HOUR + timedelta(hours=hours)) for hours in range(4)))
    assert [entry.query for entry in entries(path, HOUR + timedelta(hours=2))] == ["2", "3"]


def test_a_log_that_was_never_begun_is_empty(tmp_path: Path) -> None:
    assert list(entries(tmp_path / "queries.log")) == []


def test_the_last_days_end_today(tmp_path: Path) -> None:
    path = tmp_path / "queries.log"
    path.write_text("".join(line(str(days), HOUR - timedelta(days=days)) for days in range(4)))
    late = HOUR.replace(hour=23, minute=59)
    assert [entry.query for entry in recent(path, 1, late)] == ["0"]
    assert [entry.query for entry in recent(path, 3, late)] == ["0", "1", "2"]


def test_a_file_that_nothing_was_added_to_since_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "queries.log"
    path.write_text(line("late"))
    long_ago = (HOUR - timedelta(days=2)).timestamp()
    os.utime(path, (long_ago, long_ago))
    assert [entry.query for entry in entries(path)] == ["late"]
    assert list(entries(path, HOUR - timedelta(days=1))) == []
