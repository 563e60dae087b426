import sys
from pathlib import Path

import pytest

from search.evaluation import BadGate, ExtraMissing, Gate, Measured, Values


def row(
    scores: tuple[float, float, float] = (0.81239, 0.75, 1.0),
    name: str = "judged/library",
    language: str = "pl",
    sha256: str = "a" * 64,
    queries: int = 30,
) -> Measured:
    return Measured(name, sha256, language, queries, Values(scores, 0.0, 5.0, 9.0))


@pytest.fixture
def gate() -> Gate:
    return Gate({}).updated([row()])


def test_what_was_measured_is_written_rounded_down_and_read_again(gate: Gate, tmp_path: Path) -> None:
    gate.write(tmp_path / "gate.toml")
    text = (tmp_path / "gate.toml").read_text()
    for line in (
        "queries = 30",
        '"nDCG@10" = 0.812',
        '"MRR@10" = 0.75',
        '"recall@100" = 1.0',
        f'sha256 = "{"a" * 64}"',
    ):
        assert line in text.splitlines()
    again = Gate.read(tmp_path / "gate.toml")
    assert again.sets == ("judged/library",)
    assert again.failures([row((0.812, 0.75, 1.0))]) == []


def test_a_value_under_its_floor_fails_and_is_named(gate: Gate) -> None:
    assert gate.failures([row((0.8119, 0.75, 1.0))]) == [
        "judged/library, pl: nDCG@10 is 0.8119, under its floor of 0.812."
    ]


def test_what_arithmetic_alone_takes_away_is_no_failure() -> None:
    gate = Gate({}).updated([row((0.29, 0.57, 0.1 + 0.2))])
    assert gate.failures([row((0.29 - 1e-15, 0.57 - 1e-15, 0.3 - 1e-15))]) == []
    assert gate.failures([row((0.2899, 0.57, 0.3))]) != []


def test_other_data_fail_and_what_to_do_is_said(gate: Gate) -> None:
    (failure,) = gate.failures([row(sha256="b" * 64)])
    assert "its data differ from those the floors were measured on (SHA-256 bbbbbbbbbbbb…" in failure
    assert "pin them anew with --update-gate; if not, restore them" in failure


def test_another_number_of_queries_fails(gate: Gate) -> None:
    (failure,) = gate.failures([row(queries=5)])
    assert "5 queries were asked, the floors are of 30; ask as many (see --queries)" in failure


def test_a_set_without_floors_and_floors_without_a_set_fail(gate: Gate) -> None:
    failures = gate.failures([row(name="judged/other")])
    assert failures == [
        "judged/library, pl: has floors, but was not measured; name its folder too, or remove its floors.",
        "judged/other, pl: has no floors; --update-gate pins them.",
    ]


def test_languages_that_were_not_asked_for_are_not_missed(gate: Gate) -> None:
    both = gate.updated([row(), row(language="lt")])
    assert both.failures([row()], ["pl"]) == []
    assert len(both.failures([row()])) == 1


def test_an_update_names_the_floors_it_would_lower(gate: Gate) -> None:
    assert gate.lowered([row((0.9, 0.9, 1.0))]) == []
    assert gate.lowered([row((0.8, 0.9, 1.0), sha256="b" * 64)]) == [
        "judged/library, pl: the floor of nDCG@10 would go from 0.812 to 0.800."
    ]


def test_an_update_names_the_floors_it_would_drop(gate: Gate) -> None:
    assert gate.lowered([row(language="lt")]) == [
        "judged/library, pl: its floors would be gone, since the set has no such queries any more."
    ]


def test_an_update_leaves_other_sets_as_they_are(gate: Gate) -> None:
    updated = gate.updated([row(name="judged/other")])
    assert updated.sets == ("judged/library", "judged/other")
    assert updated.failures([row(), row(name="judged/other")]) == []


def test_a_set_may_be_called_anything(tmp_path: Path) -> None:
    name = 'a "b"\\\n[c].d'
    Gate({}).updated([row(name=name)]).write(tmp_path / "gate.toml")
    assert Gate.read(tmp_path / "gate.toml").failures([row(name=name)]) == []


def test_a_gate_file_that_is_not_there_is_explained(tmp_path: Path) -> None:
    with pytest.raises(BadGate, match=r"there is no gate file .*; --update-gate writes it"):
        Gate.read(tmp_path / "gate.toml")


@pytest.mark.parametrize("text", ["a = 1", "[a]\nb = 1", "[a]\nsha256 = 'x'\n[a.pl]\nqueries = 'x'", "[a.pl]"])
def test_a_file_that_is_no_gate_is_explained(text: str, tmp_path: Path) -> None:
    (tmp_path / "gate.toml").write_text(text)
    with pytest.raises(BadGate, match=r"is no gate file .*; remove it, and write it with --update-gate"):
        Gate.read(tmp_path / "gate.toml")


def test_a_file_that_is_no_toml_is_explained(tmp_path: Path) -> None:
    (tmp_path / "gate.toml").write_text("[")
    with pytest.raises(BadGate, match="cannot be read"):
        Gate.read(tmp_path / "gate.toml")


def test_without_the_extra_it_is_named(gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tomli_w", None)
    with pytest.raises(ExtraMissing, match=r"tomli_w is not installed.*pip install '\.\[evaluate\]'"):
        gate.write(tmp_path / "gate.toml")
