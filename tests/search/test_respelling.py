import pytest

from corpus import Article, Settings
from corpus.glossary import Glossary
from search import Engine
from search.page import Suggestion
from tests.conftest import make_knowing

ARTICLES = (
    *(Article(f"en{at}", "en", f"Title {at}", "Stressful callers at night. Strength.") for at in range(4)),
    *(Article(f"pl{at}", "pl", f"Tytuł {at}", "Stresujący klienci nocą. Siła.") for at in range(4)),
    *(Article(f"de{at}", "de", f"Titel {at}", "Nachts anrufende Kunden.") for at in range(4)),
    Article("rare", "en", "Caliers", "Stressful caliers, whatever they are."),
)


@pytest.fixture
def engine(settings: Settings) -> Engine:
    return make_knowing(settings, Glossary(()), ARTICLES)


def respelled(engine: Engine, text: str, *prefer: str) -> list[str]:
    return [found.text for found in engine.suggest(text, prefer) if found.kind == "spelling"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("stresful callers", "stressful callers"),
        ("stressful calers", "stressful callers"),
        ("Stresful  calers, nihgt", "stressful  callers, night"),
        ("stresujacy kleinci", "stresujący klienci"),  # accents are no typos, and are put right with the others
        ("nigth strenght", "night strength"),
    ],
)
def test_mistyped_words_are_exchanged_where_they_stand(engine: Engine, typed: str, meant: str) -> None:
    assert respelled(engine, typed) == [meant]


def test_it_comes_first_and_says_its_language(engine: Engine) -> None:
    assert engine.suggest("stresujacy kleinci", (), 8)[0] == Suggestion("stresujący klienci", "spelling", "pl")


@pytest.mark.parametrize(
    "typed",
    [
        "stresful",  # one word: completed by the others
        "stressful callers",  # right
        "stresujacy klienci",  # right but for accents, which find as much
        "stresful klienci",  # of no language all words
        "zeppelin qqqqq",  # like nothing
        "cal at",  # too short to be mistyped
    ],
)
def test_what_finds_no_more_is_not_asked(engine: Engine, typed: str) -> None:
    assert respelled(engine, typed) == []


def test_a_rare_word_may_be_mistyped_too(engine: Engine) -> None:
    assert respelled(engine, "stressful caliers") == ["stressful callers"]


def test_of_words_as_near_it_is_the_one_nearer_with_its_accents(settings: Settings) -> None:
    folder = [
        *(Article(f"a{at}", "pl", "X", "Rozmowę kwalifikacyjną odbyto.") for at in range(5)),
        *(Article(f"b{at}", "pl", "X", "To jest rozmowa kwalifikacyjna.") for at in range(3)),
    ]
    engine = make_knowing(settings, Glossary(()), folder)
    assert respelled(engine, "rozmowa kwalifikacyna") == ["rozmowa kwalifikacyjna"]
    assert respelled(engine, "rozmowę kwalifikacyną") == ["rozmowę kwalifikacyjną"]


def test_in_the_languages_preferred_before_others(settings: Settings) -> None:
    both = tuple(
        Article(f"{code}{at}", code, "X", "Hotel service manager training.") for code in ("en", "de") for at in range(3)
    )
    engine = make_knowing(settings, Glossary(()), both)
    for prefer in (("de",), ("en", "de"), ("pl", "de", "en")):
        found = engine.suggest("sevrice manger", prefer, 8)[0]
        assert (found.text, found.language) == ("service manager", next(code for code in prefer if code != "pl"))
