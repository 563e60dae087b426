import pytest

from corpus import Article, Settings
from corpus.glossary import Glossary
from search import Engine
from search.nearby import CommonWord, common_words
from search.typed import words_like
from tests.conftest import make_knowing

ARTICLES = (
    *(Article(f"en{at}", "en", "Rest", "Stressful callers, stressful calls.") for at in range(4)),
    *(Article(f"pl{at}", "pl", "Sen", "Stresujący klienci dzwonią.") for at in range(5)),
)


@pytest.fixture
def engine(settings: Settings) -> Engine:
    return make_knowing(settings, Glossary(()), ARTICLES)


@pytest.mark.parametrize(
    ("word", "typos", "near"),
    [
        ("stresful", 1, [CommonWord("en", "stressful", 1, 4)]),
        ("stressful", 1, [CommonWord("en", "stressful", 0, 4)]),
        ("stresujacy", 2, [CommonWord("pl", "stresujący", 0, 5)]),  # accents aside
        ("callerz", 1, [CommonWord("en", "callers", 1, 4)]),
        ("callerz", 2, [CommonWord("en", "callers", 1, 4)]),  # calls begins alike, and is three letters away
        ("zeppelin", 2, []),
    ],
)
def test_common_words_some_letters_away_are_near(engine: Engine, word: str, typos: int, near: list[CommonWord]) -> None:
    table = engine._live.snapshot().typed
    assert table is not None
    assert list(common_words(word, words_like(table.typed, word, mistyped=True), typos, table)) == near
