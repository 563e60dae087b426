from dataclasses import replace
from pathlib import Path

from corpus.glossary import Concept, Glossary
from indexer.concepts import ConceptTable, GlossaryCompiler, write_compiled
from indexer.concepts.compiling import Claim, compiled
from tests.indexer.concepts.handful import AGENT, CALL_CENTER, CONCEPTS, PAY


def imported(id: str, *terms: str) -> Concept:
    return Concept(id, "occupations", {"en": terms}, f"http://example.org/{id}", "ESCO")


def test_the_same_glossary_gives_the_same_file() -> None:
    assert GlossaryCompiler(Glossary(CONCEPTS)).compiled() == GlossaryCompiler(Glossary(CONCEPTS)).compiled()


def test_a_compiled_glossary_is_known_by_what_it_was_compiled_from(tmp_path: Path) -> None:
    write_compiled(Glossary(CONCEPTS), tmp_path / "concepts")
    table = ConceptTable(tmp_path / "concepts")
    assert table.is_of(Glossary(CONCEPTS))
    assert not table.is_of(Glossary(CONCEPTS[1:]))


def test_the_last_one_is_kept_for_a_process_that_builds_again() -> None:
    assert compiled(Glossary(CONCEPTS)) is compiled(Glossary(CONCEPTS))


def test_a_term_of_two_concepts_is_the_first_ones() -> None:
    other = Concept("phones", "skills", {"en": ("telephone", "Call Centres")}, "skills.toml")
    assert GlossaryCompiler(Glossary((CALL_CENTER, other))).claims == [Claim(1, "en", "Call Centres", claimed_by=0)]


def test_ours_claim_before_imported_ones_whatever_their_order() -> None:
    theirs = imported("agents", "call center agent", "telephonist")
    assert GlossaryCompiler(Glossary((theirs, AGENT))).claims == [Claim(0, "en", "call center agent", claimed_by=1)]


def test_of_imported_ones_that_claims_which_is_called_so_first() -> None:
    first, second = imported("a", "manager", "chef"), imported("b", "chef", "cook")
    assert GlossaryCompiler(Glossary((first, second))).claims == [Claim(0, "en", "chef", claimed_by=1)]


def test_terms_with_one_stem_that_differ_in_more_than_an_ending_are_two() -> None:
    work = Concept("work", "workplace", {"lt": ("darbas",)}, "a.toml")
    employee = Concept("employee", "workplace", {"lt": ("darbuotojas",)}, "a.toml")
    assert GlossaryCompiler(Glossary((work, employee))).claims == []


def test_a_term_repeated_in_its_concept_is_no_claim() -> None:
    same = replace(PAY, terms={"en": ("salary", "salaries", "Salaries!")})
    assert GlossaryCompiler(Glossary((same,))).claims == []


def test_a_glossary_of_nothing_can_be_compiled(tmp_path: Path) -> None:
    write_compiled(Glossary(()), tmp_path / "concepts")
    assert len(ConceptTable(tmp_path / "concepts")) == 0
