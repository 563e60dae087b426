import pytest

from corpus import LANGUAGES
from indexer.analysis import query_analyzer
from indexer.concepts.comparison import agree, is_abbreviation, same_abbreviation, shared, symbols


@pytest.mark.parametrize(
    ("language", "word", "expected"),
    [
        ("en", "centers", ("center",)),
        ("pl", "klientów", ("klient", "klientow")),  # and as those find it who leave the accents out
        ("sk", "zmlúv", ("zmluv",)),  # whose stemmer reads words without accents
        ("he", "משכורות", ("משכורות",)),  # there is no stemmer
        ("pl", "L4", ("l4",)),
    ],
)
def test_a_word_is_looked_up_by_its_stem(language: str, word: str, expected: tuple[str, ...]) -> None:
    (token,) = query_analyzer(language).tokens(word)
    assert symbols(token, LANGUAGES[language]) == expected


@pytest.mark.parametrize(("form", "other"), [("zarplata", "zarplatoju"), ("infolinia", "infolinii"), ("b2b", "b2b")])
def test_forms_that_differ_in_an_ending_agree(form: str, other: str) -> None:
    assert agree(form, other, 3) and agree(other, form, 3)


OTHERS = [("praca", "pracownikami"), ("b2b", "b2c"), ("2024", "2025"), ("職場", "職業"), ("darbas", "algas")]


@pytest.mark.parametrize(("form", "other"), OTHERS)
def test_others_do_not(form: str, other: str) -> None:
    assert not agree(form, other, 3) and not agree(other, form, 3)


def test_shared_letters_are_those_at_the_beginning() -> None:
    assert [shared("praca", other) for other in ("pracy", "praca", "", "raca")] == [4, 5, 0, 0]


def test_an_abbreviation_is_in_capitals_and_has_a_plural_at_most() -> None:
    assert is_abbreviation("HR") and is_abbreviation("B2B")
    assert not is_abbreviation("Hr") and not is_abbreviation("A")
    assert same_abbreviation("cv", "cvs") and not same_abbreviation("paye", "pay")
