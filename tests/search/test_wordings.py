from collections.abc import Callable

import pytest

from corpus.glossary import Concept
from indexer.concepts import ConceptTable
from indexer.concepts.table import Term
from search import wordings
from search.planning import Tier
from search.wordings import TermPatterns
from tests.indexer.concepts.conftest import compile

__all__ = ["compile"]

CENTER = Concept("call-center", "job-search", {"en": ("call center", "hotline"), "pl": ("infolinia",)}, "")


@pytest.fixture
def table(compile: Callable[..., ConceptTable]) -> ConceptTable:
    return compile(CENTER)


def terms_of(table: ConceptTable, language: str) -> list[Term]:
    return [term for term in table.terms_of(0) if term.language == language]


def test_words_are_looked_for_in_a_row_and_a_word_by_its_stem(table: ConceptTable) -> None:
    row, single = TermPatterns(table).of(terms_of(table, "en"))
    assert (row.stems, row.offsets, row.label, row.tier) == (("call", "center"), (0, 1), "call center", Tier.GLOSSARY)
    assert (single.stems, single.form, single.folded, single.tier) == (
        ("hotlin",), "hotline", "hotline", Tier.GLOSSARY,
    )  # fmt: skip
    assert [pattern.stems for pattern in TermPatterns(table).of(terms_of(table, "pl"))] == [("infolin",)]


def test_a_row_has_the_number_of_its_term_and_two_terms_that_are_one_after_analysis_are_one_row(
    compile: Callable[..., ConceptTable],
) -> None:
    table = compile(CENTER, Concept("hotline", "job-search", {"en": ("Call Centers",), "de": ("call center",)}, ""))
    every = [*table.terms_of(0), *table.terms_of(1)]
    patterns = TermPatterns(table)
    numbers = {(term.language, term.text): patterns.of([term])[0].term for term in every}
    first, german = (next(term.number for term in every if term.language == code) for code in ("en", "de"))
    assert numbers["en", "call center"] == numbers["en", "Call Centers"] == first
    assert numbers["de", "call center"] == german
    assert numbers["pl", "infolinia"] is None


def test_of_rows_with_short_stems_only_the_words_of_these_tell_them_apart(compile: Callable[..., ConceptTable]) -> None:
    table = compile(
        Concept(
            "site",
            "pay",
            {"es": ("bolsa de trabajo", "bolsas de trabajo", "bolsa en trabajo", "bolsa del trabajo")},
            "",
        )
    )
    numbers = [TermPatterns(table).of([term])[0].term for term in table.terms_of(0)]
    patterns = TermPatterns(table)
    shared = [patterns.of([term])[0].term for term in table.terms_of(0)]
    assert shared == [numbers[0], numbers[0], numbers[2], numbers[3]]


@pytest.mark.parametrize(
    ("language", "term", "forms"),
    [
        ("sv", "LAS", ("las",)),  # not by its stem, which is that of "läsa" (to read) too
        ("de", "AU", ("au",)),  # "aus" is no plural
        ("en", "NGO", ("ngo", "ngos")),
        ("en", "IT", ("it",)),  # nor is "its"
    ],
)
def test_an_abbreviation_is_looked_for_as_it_is_written(
    compile: Callable[..., ConceptTable], language: str, term: str, forms: tuple[str, ...]
) -> None:
    table = compile(Concept("concept", "law", {language: (term,)}, ""))
    [pattern] = TermPatterns(table).of(terms_of(table, language))
    assert (pattern.forms, pattern.stems, pattern.tier) == (forms, (), Tier.GLOSSARY)


def test_patterns_are_made_once_and_few_are_kept(table: ConceptTable, monkeypatch: pytest.MonkeyPatch) -> None:
    patterns, terms = TermPatterns(table), terms_of(table, "en")
    first = patterns.of(terms)
    assert all(known is again for known, again in zip(first, patterns.of(terms), strict=True))
    monkeypatch.setattr(wordings, "MAX_TERMS", 1)
    assert patterns.of(terms) == TermPatterns(table).of(terms) == first
