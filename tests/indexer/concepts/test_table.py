from pathlib import Path

import pytest

from corpus.glossary import Concept, Glossary
from indexer.concepts import ConceptTable, write_compiled
from indexer.errors import IndexDamaged
from tests.indexer.concepts.conftest import Compile
from tests.indexer.concepts.handful import CONCEPTS


def test_a_concept_is_given_back_whole(table: ConceptTable) -> None:
    assert [table.concept(number) for number in range(len(table))] == list(CONCEPTS)
    assert (table.id(0), table.topics(0), table.is_ours(0)) == (
        "call-center",
        ("customer-service", "occupations"),
        True,
    )
    assert table.topics(1) == ("occupations",)


def test_an_imported_concept_keeps_its_source(compile: Compile) -> None:
    nurse = Concept("esco-nurse", "occupations", {"pl": ("pielęgniarka",)}, "http://example.org/nurse", "ESCO")
    table = compile(*CONCEPTS, nurse)
    assert table.concept(5) == nurse and not table.is_ours(5)


def test_a_broader_concept_is_given_back_by_its_number(compile: Compile) -> None:
    bonus = Concept("bonus", "pay", {"en": ("bonus",)}, "x.toml", broader="salary")
    lost = Concept("lost", "pay", {"en": ("lost",)}, "x.toml", broader="nobody")
    table = compile(bonus, lost, Concept("salary", "pay", {"en": ("salary",)}, "x.toml"))
    assert [table.broader(number) for number in range(3)] == [2, None, None]
    assert [table.concept(number).broader for number in range(3)] == ["salary", "", ""]


def test_everyday_words_are_told_from_the_other_terms(compile: Compile) -> None:
    pay = Concept("pay", "pay", {"en": ("salary", "earn"), "lt": ("alga",)}, "pay.toml", everyday={"en": ("earn",)})
    table = compile(pay)
    assert table.concept(0) == pay
    assert [table.term(number) for number in range(3) if table.is_everyday(number)] == ["earn"]


def typed(table: ConceptTable, letters: str, typos: int = 0) -> set[str]:
    found = table.typed.like(letters, typos) if typos else table.typed.beginning(letters)
    return {table.term(number) for number in table.typed.texts(found.words)[0].tolist()}


def test_terms_are_found_by_the_beginnings_of_their_words(table: ConceptTable) -> None:
    assert typed(table, "centr") == {"call centre", "skambučių centras", "centre d'appels"}
    assert typed(table, "skambuc") == {"skambučių centras"}
    assert typed(table, "skabmuc", typos=1) == {"skambučių centras"}
    assert typed(table, "x") == set()


def test_each_term_has_its_language_and_concept(table: ConceptTable) -> None:
    (term,) = table.typed.texts(table.typed.beginning("infolinia").words)[0].tolist()
    assert table.languages[table.term_languages[term]] == "pl"
    assert table.id(table.term_concepts[term]) == "call-center"


def test_a_file_that_is_not_whole_cannot_be_opened(tmp_path: Path) -> None:
    file = tmp_path / "concepts"
    with pytest.raises(IndexDamaged):
        ConceptTable(file)
    write_compiled(Glossary(CONCEPTS), file)
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(IndexDamaged, match="truncated or altered"):
        ConceptTable(file)


def test_an_altered_byte_is_found_by_verifying(tmp_path: Path) -> None:
    file = tmp_path / "concepts"
    write_compiled(Glossary(CONCEPTS), file)
    data = bytearray(file.read_bytes())
    data[64] ^= 1
    file.write_bytes(data)
    with pytest.raises(IndexDamaged, match="section ids is altered"):
        ConceptTable(file).verify()


def test_words_are_found_by_what_they_begin_with_however_short(table: ConceptTable) -> None:
    every = list(table.words_beginning("", "lt"))
    assert every == sorted(every) and len(every) > 2
    asked = {word[:end] for word, _ in every for end in range(len(word) + 1)} | {"zzz", "skamx", "skambuciux", "\ud83d"}
    for letters in asked:
        expected = [(word, symbol) for word, symbol in every if word.startswith(letters)]
        assert list(table.words_beginning(letters, "lt")) == expected
