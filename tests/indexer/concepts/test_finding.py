from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.glossary import Concept, Glossary
from indexer.analysis import query_analyzer
from indexer.analysis.tokenizer import find_pieces
from indexer.concepts import ConceptFinder, ConceptFinders, ConceptTable, write_compiled
from indexer.concepts.compiling import GlossaryCompiler
from tests.indexer.concepts.conftest import Compile
from tests.indexer.concepts.handful import CONCEPTS


def found(table: ConceptTable, language: str, text: str) -> list[str]:
    return [table.id(match.concept) for match in ConceptFinder(table, query_analyzer(language)).find(text)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "call centers"),
        ("en", "CALL CENTRE"),
        ("en", "call-centre"),
        ("en", "Callcenter"),
        ("pl", "Praca w call center"),
        ("pl", "na infolinii"),
        ("pl", "infolinia"),
        ("pl", "dwie infolinie"),
        ("lt", "Skambučių centre"),
        ("lt", "skambuciu centrai"),
        ("de", "in einem Callcenter"),
        ("de", "Call Center"),
        ("de", "des Call-Centers"),
        ("fr", "les centres d’appels"),
        ("uk", "у кол-центрі"),
        ("uk", "колцентр"),
        ("zh", "在呼叫中心工作"),
    ],
)
def test_a_concept_is_found_in_any_form_of_its_terms(table: ConceptTable, language: str, text: str) -> None:
    assert found(table, language, text) == ["call-center"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "call the center"),
        ("en", "call"),
        ("en", "it works"),
        ("en", "they pay"),  # PAYE is an abbreviation
        ("lt", "darbas, darbo"),
        ("pl", "Callcentrum"),
        ("zh", "呼叫"),
        ("ko", "call center"),  # no terms in that language
        ("en", ""),
    ],
)
def test_what_only_looks_like_a_term_is_not_found(table: ConceptTable, language: str, text: str) -> None:
    assert found(table, language, text) == []


def test_a_short_abbreviation_that_is_a_stop_word_counts_in_capitals(table: ConceptTable) -> None:
    assert found(table, "en", "IT works because it is IT.") == ["it", "it"]
    assert found(table, "pl", "praca w it") == ["it"]  # no stop word in Polish


def test_a_stop_word_is_no_other_word_with_other_accents(compile: Compile) -> None:
    table = compile(Concept("rides", "law", {"de": ("Uber",), "cs": ("byt",)}, "a.toml"))
    assert found(table, "de", "über Uber") == ["rides"]
    assert found(table, "de", "mit UBER fahren") == ["rides"]
    assert found(table, "cs", "být v bytě") == ["rides"]


def test_a_stem_that_says_too_little_is_not_enough(table: ConceptTable) -> None:
    assert found(table, "lt", "Darbuotojų darbas: darbuotojams darbo netrūksta.") == ["employee", "employee"]


def test_the_longest_term_is_taken_and_none_overlaps(table: ConceptTable) -> None:
    finder = ConceptFinder(table, query_analyzer("en"))
    matches = finder.find("A call center agent in a call center hotline")
    assert [(table.term(match.term), match.start, match.end) for match in matches] == [
        ("call center agent", 1, 4),
        ("call center", 6, 8),
        ("hotline", 8, 9),
    ]


def test_the_tokens_of_the_caller_may_be_used(table: ConceptTable) -> None:
    analyzer = query_analyzer("en")
    text = "Stress in call-centres"
    finder = ConceptFinder(table, analyzer)
    assert finder.find(text, analyzer.tokens(text)) == finder.find(text) != []


def test_of_two_terms_with_one_stem_the_nearer_one_is_meant(compile: Compile) -> None:
    table = compile(
        Concept("employer", "law", {"en": ("big employer",)}, "a.toml"),
        Concept("employment", "law", {"en": ("big employment",)}, "a.toml"),
    )
    assert found(table, "en", "big employers, big employments") == ["employer", "employment"]


def test_a_name_is_found_as_it_is_typed_in_haste_but_for_what_is_called_so_itself(compile: Compile) -> None:
    site = Concept("site-manager", "occupations", {"es": ("jefe de obra", "vista de la obra")}, "a.toml")
    works = Concept("works", "occupations", {"es": ("vista obra",)}, "a.toml")
    assert GlossaryCompiler(Glossary((site, works))).claims == []
    table = compile(site, works)
    assert found(table, "es", "jefes obra") == found(table, "es", "jefes de obra") == ["site-manager"]
    assert found(table, "es", "vista obra; vista de la obra") == ["works", "site-manager"]


def test_words_that_begin_no_term_are_told_without_looking_further(table: ConceptTable) -> None:
    finders = ConceptFinders(table)
    assert finders.of("en").may_find(["my", "call"])
    assert not finders.of("en").may_find(["centers", "and", "Callcentrum"])
    assert not finders.of("lt").may_find(["lietus"])
    assert not finders.of("ko").may_find(["call"])
    assert not finders.of("en").may_find([])


def test_a_word_of_a_million_letters_takes_no_longer_than_others(table: ConceptTable) -> None:
    text = "x" * 1_000_000 + " call-center " + "call-" * 100_000
    matches = list(ConceptFinder(table, query_analyzer("en")).find_in_article(text))
    assert [table.id(match.concept) for match in matches] == ["call-center"]


WORDS = [
    "call", "calls", "Call-Center", "center", "centre", "agent", "agents", "hotline", "callcenter", "IT", "it", "the",
    "salary", "salaries", "PAYE", "pay", "information", "technology", "-", ". ", "employee", "employees",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14), st.sampled_from([" ", "  ", "-"]), st.sampled_from([1, 3, 1_000]))
def test_the_automaton_finds_what_comparing_with_every_term_finds(
    words: list[str], between: str, max_remembered: int
) -> None:
    text = between.join(words)
    with TemporaryDirectory() as folder:
        file = Path(folder, "concepts")
        write_compiled(Glossary(CONCEPTS), file)
        table = ConceptTable(file)
        matches = ConceptFinder(table, query_analyzer("en")).find(text)
        finders = ConceptFinders(table, max_remembered=max_remembered)
        in_article = list(finders.of("en").find_in_article(text))
        assert finders.of("en").find(text) == matches
        assert finders.of("en").may_find(find_pieces(text)) >= bool(matches)
    assert [(match.start, match.end, table.id(match.concept)) for match in matches] == brute_force(text)
    assert [(match.concept, match.term, match.end - match.start) for match in in_article] == [
        (match.concept, match.term, match.end - match.start) for match in matches
    ]


# How the English terms of CONCEPTS may be written, word by word: the forms, case-folded, that count for each.
ACCEPTED: dict[str, list[tuple[set[str], ...]]] = {
    "call-center": [
        ({"call", "calls"}, {"center", "centers", "centre"}),
        ({"callcenter"},),
        ({"hotline"},),
    ],
    "call-center-agent": [({"call", "calls"}, {"center", "centers"}, {"agent", "agents"})],
    "employee": [({"employee", "employees"},)],
    "it": [({"IT"},), ({"information"}, {"technology"})],
    "salary": [({"salary", "salaries"},), ({"paye"},)],
}  # fmt: skip


def brute_force(text: str) -> list[tuple[int, int, str]]:
    tokens = query_analyzer("en").tokens(text)
    runs = [token for token in tokens if not token.joined]
    # (start, end, the ways in which it may be read), in words
    pieces = [(run.position, run.position + 1, readings(text[run.start : run.end])) for run in runs]
    for token in tokens:
        if token.joined:
            inside = [run for run in runs if token.start <= run.start and run.end <= token.end]
            pieces.append((inside[0].position, inside[-1].position + 1, {token.form}))
    found = []
    at = 0
    for start in range(len(runs)):
        if start < at:
            continue
        ends = [(end, id) for id, ways in ACCEPTED.items() for way in ways for end in reach(pieces, start, way)]
        if ends:
            end, id = max(ends)
            found.append((start, end, id))
            at = end
    return found


def readings(word: str) -> set[str]:
    # It is a stop word, and counts in capitals only.
    return {"IT"} if word == "IT" else {word.casefold()} - {"it"}


def reach(pieces: list[tuple[int, int, set[str]]], start: int, way: tuple[set[str], ...]) -> set[int]:
    ends = {start}
    for accepted in way:
        ends = {end for begin, end, readings in pieces if begin in ends and readings & accepted}
    return ends
