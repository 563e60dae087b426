import pytest

from corpus import Article
from search import Engine
from search.page import Suggestion
from tests.conftest import MakeEngine


def suggested(engine: Engine, text: str, *prefer: str, size: int = 8) -> list[str]:
    return [suggestion.text for suggestion in engine.suggest(text, prefer, size)]


def test_a_title_is_suggested_by_the_beginning_of_any_of_its_words(engine: Engine) -> None:
    expected = (Suggestion("Praca w nocy", "title", "pl", "pl/night"),)
    assert engine.suggest("noc") == expected
    assert engine.suggest("pra") == expected


def test_every_word_typed_has_to_begin_one_of_the_title_in_any_order(engine: Engine) -> None:
    assert suggested(engine, "cent stre") == ["Stresas skambučių centre", "Stres w call center", "Call center stress"]
    assert suggested(engine, "cent stre xyz") == []


def test_accents_may_be_left_out_or_put_in(engine: Engine) -> None:
    assert suggested(engine, "podwyzc") == suggested(engine, "PODWYŻC") == ["Rozmowa o podwyżce"]


def test_the_language_preferred_comes_first_then_titles_that_go_on_as_typed(engine: Engine) -> None:
    lithuanian, polish, english = "Stresas skambučių centre", "Stres w call center", "Call center stress"
    assert suggested(engine, "stres") == [lithuanian, polish, english]
    assert suggested(engine, "stres", "pl") == [polish, lithuanian, english]
    assert suggested(engine, "stres", "en") == [english, lithuanian, polish]


@pytest.mark.parametrize("text", ["", "   ", "-", "\x00", "\U0010ffff", '"'])
def test_what_is_no_word_suggests_nothing(engine: Engine, text: str) -> None:
    assert suggested(engine, text) == []


def test_what_is_too_long_is_cut(engine: Engine) -> None:
    assert suggested(engine, "praca " * 20_000) == []
    assert suggested(engine, "stres", size=1) == ["Stresas skambučių centre"]


def test_titles_are_those_of_the_live_index(make_engine: MakeEngine) -> None:
    engine = make_engine([Article("a", "en", "Zeppelins", "Text.")])
    assert suggested(engine, "zep") == ["Zeppelins"]
    make_engine([Article("b", "en", "Zephyrs", "Text.")])
    assert suggested(engine, "zep") == ["Zephyrs"]


def test_scripts_without_spaces_are_suggested_from_their_first_letters(make_engine: MakeEngine) -> None:
    engine = make_engine([Article("ja", "ja", "職場のストレス", "職場のストレス。")])
    assert suggested(engine, "職場") == ["職場のストレス"]
