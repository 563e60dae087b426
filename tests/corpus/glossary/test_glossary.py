from pathlib import Path

import pytest

from corpus.errors import GlossaryError
from corpus.glossary import Concept, Flaw, Glossary, load_glossary, raise_for, write_imported
from corpus.glossary.imported import FILE

PAY = Concept("salary", "pay", {"en": ("salary",)}, "pay.toml")
NURSE = Concept("esco-nurse", "occupations", {"en": ("nurse",)}, "http://…/nurse", "ESCO")


def test_ours_come_before_those_imported(tmp_path: Path) -> None:
    (tmp_path / "pay.toml").write_text('[salary]\ntopic = "pay"\nen = ["salary"]\n')
    write_imported(tmp_path / "imported", [NURSE])
    assert load_glossary(tmp_path / "imported", tmp_path).concepts == (PAY, NURSE)


def test_what_is_shipped_is_all_there_is_without_imports(tmp_path: Path) -> None:
    assert all(not concept.attribution for concept in load_glossary(tmp_path).concepts)


def test_two_glossaries_are_equal_if_they_say_the_same() -> None:
    same = Glossary((Concept("salary", "pay", {"en": ("salary",)}, "pay.toml"),))
    assert Glossary((PAY,)) == same and hash(Glossary((PAY,))) == hash(same)
    assert Glossary((PAY,)).digest != Glossary((PAY, NURSE)).digest
    other_order = Glossary((Concept("salary", "pay", {"en": ("wage", "salary")}, "pay.toml"),))
    assert other_order != Glossary((Concept("salary", "pay", {"en": ("salary", "wage")}, "pay.toml"),))


def test_a_glossary_with_a_flaw_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"id": "a"}\n')
    with pytest.raises(GlossaryError, match=r"imported\.jsonl:1: no concept"):
        load_glossary(tmp_path)


def test_of_many_flaws_the_first_are_named_and_the_rest_counted() -> None:
    with pytest.raises(GlossaryError, match=r"a0: x\n(.|\n)*a4: x\nand 3 more"):
        raise_for(Flaw(f"a{number}", "", "", "", "x") for number in range(8))
