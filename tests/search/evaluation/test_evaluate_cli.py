import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search.cli import karjera
from tests.search.evaluation.conftest import QUERIES, MakeSet


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(karjera, ["evaluate", *map(str, arguments)])


def test_sets_are_measured_and_printed_as_a_table(make_set: MakeSet, tmp_path: Path) -> None:
    make_set("sets/a")
    make_set("sets/b")
    printed = run(tmp_path / "sets")
    assert printed.exit_code == 0
    lines = [line.split() for line in printed.stdout.splitlines()]
    # Everything is found, with what answers best first in one of two orders of q2.
    assert [line[:3] for line in lines[1:]] == [
        ["sets/a", "en", "2"],
        ["sets/b", "en", "2"],
        ["mean,", "sets", *lines[3][2:3]],
    ]
    assert lines[1][4:7] == ["1.000", "1.000", "0.0%"]
    assert "sets/a: 2 queries of 3 documents" in printed.stderr


def test_json_is_all_that_stands_on_standard_output(make_set: MakeSet) -> None:
    said = json.loads(run(make_set("sets/a"), "--json").stdout)
    assert said["rows"][0]["set"] == "sets/a"
    assert said["rows"][0]["recall@100"] == 1.0
    assert said["means"] == []


def test_the_first_queries_of_a_language_can_be_asked_alone(make_set: MakeSet) -> None:
    queries = [QUERIES[0], {**QUERIES[1], "lang": "pl"}]
    folder = make_set(queries=queries)
    rows = json.loads(run(folder, "--language", "pl", "--queries", "1", "--json").stdout)["rows"]
    assert [(row["language"], row["queries"]) for row in rows] == [("pl", 1)]
    rows = json.loads(run(folder, "--queries", "1", "--json").stdout)["rows"]
    assert [(row["language"], row["queries"]) for row in rows] == [("en", 1)]


def test_a_language_that_no_set_has_is_an_error(make_set: MakeSet) -> None:
    printed = run(make_set(), "--language", "lt")
    assert printed.exit_code == 1
    assert "no set has a query in lt" in printed.stderr
    assert "--language is 'xx'; allowed are" in run(make_set("b"), "--language", "xx").stderr


def test_a_bad_set_is_explained(make_set: MakeSet) -> None:
    printed = run(make_set(qrels=["q1\tnone\t1"]))
    assert printed.exit_code == 1
    assert "qrels.tsv:1: there is no document 'none' in the set." in printed.stderr


def test_a_run_file_is_of_one_set(make_set: MakeSet, tmp_path: Path) -> None:
    first = make_set("sets/a")
    assert run(first, "--run", tmp_path / "run.txt").exit_code == 0
    assert (tmp_path / "run.txt").read_text().startswith("q1 Q0 calls 1 1 karjera\nq2 Q0 ")
    make_set("sets/b")
    printed = run(tmp_path / "sets", "--run", tmp_path / "run.txt")
    assert printed.exit_code == 2
    assert "--run writes the run of one set, and DATA are 2; name one." in printed.stderr


def test_a_gate_is_written_passed_and_failed(make_set: MakeSet, tmp_path: Path) -> None:
    folder, gate = make_set("sets/a"), tmp_path / "gate.toml"
    assert run(folder, "--gate", gate).exit_code == 1
    assert run(folder, "--gate", gate, "--update-gate").exit_code == 0
    assert run(folder, "--gate", gate).exit_code == 0
    gate.write_text(gate.read_text().replace('"recall@100" = 1.0', '"recall@100" = 1.1'))
    printed = run(folder, "--gate", gate)
    assert printed.exit_code == 1
    assert "sets/a, en: recall@100 is 1.0000, under its floor of 1.100." in printed.stderr


def test_an_update_lowers_no_floor_unless_it_is_allowed_to(make_set: MakeSet, tmp_path: Path) -> None:
    folder, gate = make_set("sets/a"), tmp_path / "gate.toml"
    run(folder, "--gate", gate, "--update-gate")
    pinned = gate.read_text()
    # No answer of q2 holds its words any more.
    (folder / "qrels.tsv").write_text("q1\tcalls\t2\nq2\tcalls\t1\n")
    assert "its data differ" in run(folder, "--gate", gate).stderr
    printed = run(folder, "--gate", gate, "--update-gate")
    assert printed.exit_code == 1
    assert "the floor of recall@100 would go from 1.000 to 0.500." in printed.stderr
    assert "add --allow-regression" in printed.stderr
    assert gate.read_text() == pinned
    assert run(folder, "--gate", gate, "--update-gate", "--allow-regression").exit_code == 0
    assert '"recall@100" = 0.5' in gate.read_text()
    assert run(folder, "--gate", gate).exit_code == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--update-gate"], "name it by --gate FILE"),
        (["--gate", "x", "--allow-regression"], "--allow-regression is for --update-gate"),
        (["--gate", "x", "--update-gate", "--language", "en"], "leave out --language"),
    ],
)
def test_options_that_do_not_go_together_are_explained(options: list[str], message: str, make_set: MakeSet) -> None:
    printed = run(make_set(), *options)
    assert printed.exit_code == 2
    assert message in printed.stderr


def test_without_the_extra_it_is_named(make_set: MakeSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    printed = run(make_set())
    assert printed.exit_code == 1
    assert "install Karjera with its extra" in printed.stderr
