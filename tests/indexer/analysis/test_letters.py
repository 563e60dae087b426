import pytest

from corpus import LANGUAGES
from indexer.analysis.letters import LETTERS, may_be_spelled
from indexer.concepts.accents import LASTING_LETTERS


@pytest.mark.parametrize(
    ("form", "language", "may"),
    [
        ("größer", "de", True),
        ("größer", "en", False),
        ("café", "en", True),
        ("algún", "lt", False),
        ("alga", "lt", True),
        ("größer", "uk", True),  # whose letters are not listed
        ("e-mail’ą", "lt", True),  # what is no letter says nothing
    ],
)
def test_a_word_has_the_letters_of_its_language(form: str, language: str, may: bool) -> None:
    assert may_be_spelled(form, language) is may


def test_letters_besides_count_as_its_own() -> None:
    assert not may_be_spelled("señor", "pl")
    assert may_be_spelled("señor", "pl", besides="señora")


def test_letters_are_listed_of_known_languages_and_hold_those_that_last() -> None:
    assert LETTERS.keys() <= LANGUAGES.keys()
    assert all(lasting <= LETTERS[language] for language, lasting in LASTING_LETTERS.items())
