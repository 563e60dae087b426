import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from search.cli import karjera
from search.querylog.entry import Entry

NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)


def entry(query: str, language: str, found: dict[str, int], days_ago: int = 0) -> str:
    total = max(found.values(), default=0)
    return Entry(NOW - timedelta(days=days_ago), query, language, {}, 1, total, total, found, 12.0).to_json() + "\n"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    path = tmp_path / "queries.log"
    path.write_text(
        entry("praca zdalna", "pl", {"en": 3})
        + entry("praca zdalna", "pl", {"en": 3}, 1)
        + entry("zeppelin pilot", "en", {})
        + entry("long ago", "en", {"en": 1}, 40)
    )
    return {"KARJERA_QUERY_LOG": str(path)}


def run(environment: dict[str, str], *arguments: str) -> str:
    result = CliRunner().invoke(karjera, ["report", *arguments], env=environment)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_report_is_a_table(environment: dict[str, str]) -> None:
    printed = run(environment)
    assert printed.startswith("3 searches, 1 of them without results\n")
    assert "\nMost asked\n       2  praca zdalna  (3 hits, pl)\n" in printed
    assert "\nWithout results, English\n       1  zeppelin pilot\n" in printed
    assert "\nAsked in one language, answered only in others\n       2  Polish → English  (praca zdalna)\n" in printed
    assert f"  {NOW:%Y-%m-%d}  {'█' * 40}  2 (1)" in printed
    assert "long ago" not in printed


def test_the_report_is_json(environment: dict[str, str]) -> None:
    said = json.loads(run(environment, "--json", "--days", "1"))
    assert said["searches"] == 2
    assert said["popular"][0] == {"query": "praca zdalna", "language": "pl", "times": 1, "total": 3}


def test_more_days_reach_further_back(environment: dict[str, str]) -> None:
    assert "long ago" in run(environment, "--days", "60")


def test_a_time_in_which_nothing_was_asked_says_so(tmp_path: Path) -> None:
    printed = run({"KARJERA_QUERY_LOG": str(tmp_path / "queries.log")})
    assert printed == "Nothing was asked in this time.\n"


def test_without_a_log_it_says_how_to_keep_one() -> None:
    result = CliRunner().invoke(karjera, ["report"])
    assert result.exit_code == 1
    assert result.output.startswith("Error: no query log is kept. Set KARJERA_QUERY_LOG to a file")


def test_a_log_that_cannot_be_read_is_named() -> None:
    result = CliRunner().invoke(karjera, ["report"], env={"KARJERA_QUERY_LOG": "/proc/self/mem"})
    assert result.exit_code == 1
    assert result.output == "Error: /proc/self/mem: Input/output error.\n"


def test_days_are_bounded(environment: dict[str, str]) -> None:
    result = CliRunner().invoke(karjera, ["report", "--days", "0"], env=environment)
    assert result.exit_code == 2
    assert "1<=x<=366" in result.output
