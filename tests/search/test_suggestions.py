import pytest

from corpus import Article, Settings
from corpus.glossary import Concept, Glossary
from search import Engine
from tests.conftest import ARTICLES, CALL_CENTER, make_knowing

STRESS = Concept("stress", "wellbeing", {"en": ("stress", "stressed"), "pl": ("stres",), "lt": ("stresas",)}, "x.toml")
MORE = tuple(Article(f"more{at}", "en", f"Stressed {at}", "Stressful callers, strength.") for at in range(8))


@pytest.fixture
def suggesting(settings: Settings) -> Engine:
    return make_knowing(settings, Glossary((CALL_CENTER, STRESS)), (*ARTICLES, *MORE))


def suggested(engine: Engine, text: str, *prefer: str, size: int = 8) -> list[tuple[str, str]]:
    return [(found.kind, found.text) for found in engine.suggest(text, prefer, size)]


def test_searches_come_before_titles(suggesting: Engine) -> None:
    assert suggested(suggesting, "call", "en")[:2] == [("concept", "call center"), ("term", "callers")]
    assert ("title", "Call center stress") in suggested(suggesting, "call", "en")


def test_no_kind_takes_all_the_room_from_the_others(suggesting: Engine) -> None:
    kinds = [kind for kind, _ in suggested(suggesting, "stre", "en")]
    assert kinds.count("concept") == 1 and kinds.count("term") == 1
    assert len(kinds) == 8 and kinds.count("title") == 6


def test_nothing_is_said_twice(suggesting: Engine) -> None:
    found = suggested(suggesting, "stre", "en")
    assert len(found) == len(set(found))
    # "stress" and "stressed" are one concept, and "stressful" names it.
    assert [text for kind, text in found if kind != "title"] == ["stress", "strength"]


def test_what_was_typed_already_is_no_suggestion(suggesting: Engine) -> None:
    assert ("concept", "call center") not in suggested(suggesting, "Call Center", "en")
    assert ("title", "Call center stress") in suggested(suggesting, "Call Center", "en")


def test_the_readers_languages_come_first(suggesting: Engine) -> None:
    assert suggested(suggesting, "stre", "pl", "lt")[0] == ("concept", "stres")
    titles = [text for kind, text in suggested(suggesting, "stre", "lt", "pl") if kind == "title"]
    assert titles[:2] == ["Stresas skambučių centre", "Stres w call center"]


@pytest.mark.parametrize("text", ["strss", "sterss", "stresx", "strexs", "stresz"])
def test_one_letter_may_be_mistyped(suggesting: Engine, text: str) -> None:
    assert ("concept", "stress") in suggested(suggesting, text, "en")
    assert ("title", "Call center stress") in suggested(suggesting, f"center {text}", "en")


def test_where_enough_begins_as_typed_nothing_is_taken_for_mistyped(suggesting: Engine) -> None:
    # "call" is one letter from "all"-anything, but there is enough that begins so.
    assert all("call" in text.lower() for _, text in suggested(suggesting, "call", "en"))


@pytest.mark.parametrize("text", ["", " ", "-", "\x00", "\U0010ffff", '"', "🙂", "x" * 100_000, "a b " * 50_000])
def test_what_is_no_beginning_of_anything_suggests_nothing(suggesting: Engine, text: str) -> None:
    assert suggested(suggesting, text) == []


def test_there_are_no_more_than_asked_for(suggesting: Engine) -> None:
    for size in (1, 2, 3, 20):
        assert len(suggested(suggesting, "s", size=size)) <= size


def test_suggestions_are_those_of_the_live_index(suggesting: Engine, settings: Settings) -> None:
    assert suggested(suggesting, "zep") == []
    make_knowing(settings, Glossary(()), [Article("z", "en", "Zeppelins", "Text.")])
    assert suggested(suggesting, "zep") == [("title", "Zeppelins")]
