import pytest

from indexer.analysis import query_analyzer
from indexer.concepts.spelling import MAX_WORDS, Spelling, hasty_spellings, spellings


def test_two_words_may_stand_in_a_row_or_be_one() -> None:
    assert spellings("Call centers", query_analyzer("en")) == [
        Spelling(("call", "center"), ("call", "centers")),
        Spelling(("callcent",), ("callcenters",)),
    ]


def test_a_hyphen_is_both() -> None:
    assert [found.symbols for found in spellings("Call-Center", query_analyzer("de"))] == [
        ("call", "cent"),
        ("callcent",),
    ]


def test_a_term_with_accents_is_found_without_them() -> None:
    assert [found.symbols for found in spellings("obsługa klientów", query_analyzer("pl"))][:2] == [
        ("obslug", "klient"),
        ("obslug", "klientow"),
    ]


def test_an_abbreviation_that_is_a_stop_word_wants_capitals() -> None:
    assert spellings("IT", query_analyzer("en")) == [Spelling(("it",), ("it",), exact=True, capitals=True)]
    assert spellings("HR", query_analyzer("en")) == [Spelling(("hr",), ("hr",), exact=True)]


@pytest.mark.parametrize("term", ["", "?!", "it is", "w", " ".join(["word"] * (MAX_WORDS + 1))])
def test_what_says_nothing_or_too_much_is_not_looked_for(term: str) -> None:
    assert spellings(term, query_analyzer("pl" if term == "w" else "en")) == []


def test_where_words_are_not_separated_a_term_is_a_row_of_bigrams() -> None:
    assert [found.symbols for found in spellings("呼叫中心", query_analyzer("zh"))] == [("呼叫", "叫中", "中心")]


@pytest.mark.parametrize(
    ("language", "term", "symbols"),
    [
        ("es", "jefe de la obra", ("jef", "obra")),
        ("fr", "aide à domicile", ("aid", "domicil")),
        ("it", "addetto alle vendite", ("addett", "vend")),
        ("pt", "auxiliar de limpeza geral", ("auxili", "limpez", "geral")),
    ],
)
def test_in_haste_the_words_that_link_others_are_not_typed(language: str, term: str, symbols: tuple[str, ...]) -> None:
    assert hasty_spellings(term, query_analyzer(language))[0].symbols == symbols


@pytest.mark.parametrize(
    ("language", "term"),
    [("es", "trabajar sin contrato"), ("es", "la obra"), ("es", "obra"), ("es", ""), ("en", "head of sales")],
)
def test_where_nothing_links_there_is_no_shorter_spelling(language: str, term: str) -> None:
    assert hasty_spellings(term, query_analyzer(language)) == []
