import pytest

from corpus import LANGUAGES
from search.guessing import guess

INDEXED = ("ar", "de", "en", "es", "fr", "lt", "pl", "zh")


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("how to ask for a raise", "en"),
        ("wypalenie zawodowe objawy", "pl"),
        ("kaip prašyti didesnio atlyginimo", "lt"),
        ("wie viel Gehalt soll ich verlangen", "de"),
        ("工作", "zh"),
    ],
)
def test_a_query_of_some_words_tells_its_language(query: str, language: str) -> None:
    assert guess(query, INDEXED) == language


@pytest.mark.parametrize("query", ["", "  ", "123 456", "stres", "\x00\ud800", "C++"])
def test_what_may_be_any_language_stays_undetermined(query: str) -> None:
    assert guess(query, INDEXED) == "und"


def test_a_language_that_neither_index_nor_page_has_is_not_guessed() -> None:
    czech = "syndrom vyhoření v práci příznaky"
    assert guess(czech, ("cs", "pl")) == "cs"
    assert guess(czech, ("pl",)) != "cs"


def test_a_language_of_the_page_is_guessed_where_the_index_has_none_of_it() -> None:
    assert guess("wypalenie zawodowe objawy", ("en",)) == "pl"


def test_all_languages_of_the_table_may_be_asked_for() -> None:
    assert guess("wypalenie zawodowe objawy", LANGUAGES) == "pl"
