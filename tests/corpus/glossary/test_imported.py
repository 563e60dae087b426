from pathlib import Path

import pytest

from corpus.glossary import Concept, Imported, merged, read_imported, write_imported
from corpus.glossary.imported import FILE

NURSE = Concept("esco-nurse", "occupations", {"en": ("nurse",)}, "http://data.europa.eu/esco/nurse", "ESCO")
COOK = Concept("esco-cook", "occupations", {"en": ("cook",), "pl": ("kucharz",)}, "http://…/cook", "ESCO")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_imported(tmp_path / "new/folder", [COOK, NURSE])
    assert read_imported(tmp_path / "new/folder") == ([COOK, NURSE], [])


def test_a_folder_that_is_not_there_has_no_concepts(tmp_path: Path) -> None:
    assert read_imported(tmp_path / "none") == ([], [])


def test_what_is_brought_again_is_replaced_and_the_rest_kept() -> None:
    cleaner = Concept("esco-cleaner", "occupations", {"en": ("cleaner",)}, "http://…/cleaner", "ESCO")
    chef = Concept("esco-cook", "occupations", {"en": ("chef",)}, "http://…/cook", "ESCO")
    concepts, imported = merged([COOK, NURSE], [chef, cleaner])
    assert imported == Imported(added=1, replaced=1, kept=1)
    assert [concept.id for concept in concepts] == ["esco-cleaner", "esco-cook", "esco-nurse"]
    assert concepts[1].terms == {"en": ("chef",), "pl": ("kucharz",)}  # what was not brought stays


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    write_imported(tmp_path, [NURSE])
    unwritable = Concept("esco-cook", "occupations", {"en": ("half of a pair: \ud800",)}, "http://…", "ESCO")
    with pytest.raises(UnicodeEncodeError):
        write_imported(tmp_path, [COOK, unwritable])
    assert read_imported(tmp_path) == ([NURSE], [])
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "null",
        '{"id": "a"}',
        '{"id": 1, "topic": "pay", "terms": {}, "source": "", "attribution": ""}',
        '{"id": "a", "topic": "pay", "terms": {"en": "x"}, "source": "", "attribution": ""}',
        "[" * 10_000,
    ],
)
def test_a_line_that_is_no_concept_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    write_imported(tmp_path, [NURSE])
    file = tmp_path / FILE
    file.write_text(file.read_text() + line + "\n")
    concepts, flaws = read_imported(tmp_path)
    assert concepts == [NURSE]
    assert [flaw.source for flaw in flaws] == [f"{file}:2"]


def test_a_file_of_other_bytes_is_one_flaw(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe")
    concepts, flaws = read_imported(tmp_path)
    assert concepts == [] and "not UTF-8" in flaws[0].reason
