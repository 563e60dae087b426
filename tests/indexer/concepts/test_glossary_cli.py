import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus import Settings
from corpus.glossary import read_imported
from indexer.concepts.cli import glossary

Run = Callable[..., Result]
URI = "http://data.europa.eu/esco/occupation/"


@pytest.fixture
def run(settings: Settings) -> Run:
    """Run `karjera glossary …` over the shipped glossary and imports of this test's own."""

    def run(*arguments: str | Path) -> Result:
        result = CliRunner().invoke(glossary, [str(argument) for argument in arguments], obj=settings)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


def esco(folder: Path, *concepts: tuple[str, dict[str, list[str]]]) -> Path:
    file = folder / "esco.jsonl"
    file.write_text("".join(json.dumps({"uri": URI + name, "labels": labels}) + "\n" for name, labels in concepts))
    return file


def test_the_shipped_glossary_has_no_flaws(run: Run) -> None:
    result = run("lint")
    assert result.exit_code == 0, result.output
    assert result.output.endswith("concepts, and nothing wrong with them.\n")


@pytest.mark.parametrize("text", ["call center", "Call-Centres", "infolinia", "skambuciu centras"])
def test_show_tells_which_concept_a_text_names(run: Run, text: str) -> None:
    result = run("show", text)
    assert result.exit_code == 0
    assert result.output.startswith("call-center: Customer service + Occupations; ")
    assert "\n  lt  skambučių centras" in result.output


def test_show_says_so_when_no_concept_is_named(run: Run) -> None:
    result = run("show", "xyzzy")
    assert (result.exit_code, result.output) == (1, "No concept is named so.\n")


def test_stats_count_concepts_and_terms(run: Run) -> None:
    output = run("stats").output
    assert "  Karjera " in output and "  Pay and benefits " in output and "  Lithuanian " in output
    assert output.splitlines()[-1].endswith("languages.")


def test_topics_are_measured_by_language(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nlang: en\ntopics: [pay, law]\n---\n# Salary\n\nA salary.\n")
    (tmp_path / "b.md").write_text("---\nlang: pl\ntopics: [pay]\n---\n# Wynagrodzenie\n\nO wynagrodzeniu.\n")
    lines = [line.split() for line in run("measure-topics", tmp_path).output.splitlines()]
    assert lines == [
        ["articles", "precision", "recall"],
        ["English", "1", "1.00", "0.50"],
        ["Polish", "1", "1.00", "1.00"],
        ["All", "2", "1.00", "0.67"],
    ]


def test_there_is_nothing_to_measure_without_topics(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Salary\n\nA salary.\n")
    result = run("measure-topics", tmp_path)
    assert (result.exit_code, "nothing to compare with" in result.output) == (1, True)


def test_an_import_is_kept_beside_ours_with_its_source(run: Run, settings: Settings, tmp_path: Path) -> None:
    labels = {"en": ["peat cutter"], "pl": ["torfiarz/torfiarka"]}
    result = run("import", esco(tmp_path, ("peat", labels)))
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"1 concept added, 0 replaced, 0 as before, in {settings.glossary}.\n")
    shown = run("show", "torfiarka").output
    assert shown.startswith(f"esco-occupation-peat: Occupations; {URI}peat (ESCO, European Commission)\n")
    assert "  pl  torfiarz, torfiarka\n" in shown
    assert "  ESCO, European Commission " in run("stats").output


def test_importing_again_replaces_what_is_the_same(run: Run, settings: Settings, tmp_path: Path) -> None:
    run("import", esco(tmp_path, ("peat", {"en": ["peat cutter"]}), ("reed", {"en": ["reed cutter"]})))
    result = run("import", esco(tmp_path, ("peat", {"en": ["turf cutter"]})))
    assert result.output.startswith("0 concepts added, 1 replaced, 1 as before")
    concepts, _ = read_imported(settings.glossary)
    assert [concept.terms["en"] for concept in concepts] == [("turf cutter",), ("reed cutter",)]


def test_a_term_that_is_ours_stays_ours(run: Run, tmp_path: Path) -> None:
    file = esco(tmp_path, ("phones", {"en": ["Call Centers", "peat phone"]}), ("peat", {"en": ["peat phones"]}))
    result = run("import", file)
    assert "1 of their terms are ours already, and stay ours; 1 are one term of two, and the first's." in result.output
    assert run("show", "call centers").output.startswith("call-center: ")


def test_bad_lines_are_reported_and_cost_no_other(run: Run, tmp_path: Path) -> None:
    file = esco(tmp_path, ("peat", {"en": ["peat cutter"]}))
    file.write_text("bad\x1b\n" + file.read_text())
    result = run("import", file)
    assert result.exit_code == 0
    assert f"  ! {file}:1: no JSON" in result.output and "\x1b" not in result.output


def test_an_import_of_nothing_changes_nothing(run: Run, settings: Settings, tmp_path: Path) -> None:
    run("import", esco(tmp_path, ("peat", {"en": ["peat cutter"]})))
    (tmp_path / "empty.jsonl").write_text("\n")
    result = run("import", tmp_path / "empty.jsonl")
    assert result.exit_code == 1 and "nothing was changed" in result.output
    assert len(read_imported(settings.glossary)[0]) == 1


def test_a_file_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    result = run("import", tmp_path / "none.jsonl")
    assert result.exit_code == 1
    assert result.output == f"Error: No such file or directory: {tmp_path}/none.jsonl\n"
