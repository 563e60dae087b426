from pathlib import Path

import pytest

from corpus import LIBRARY, Article, Collection, Settings
from corpus.glossary import Concept, load_glossary
from indexer.concepts import ConceptTable, TopicAssigner, write_compiled
from indexer.concepts.agreement import Agreement, agreement, overall
from tests.indexer.concepts.conftest import Compile

SALARY = Concept("salary", "pay", {"en": ("salary",), "pl": ("pensja",)}, "x.toml")
STRESS = Concept("stress", "wellbeing", {"en": ("stress",)}, "x.toml", second_topics=("workplace",))
ARTICLES = (
    Article("a", "en", "Salary", "A salary.", topics=("pay",)),
    Article("b", "en", "Stress", "Stress.", topics=("wellbeing", "law")),
    Article("c", "pl", "Pensja", "Pensja.", topics=("law",)),
    Article("d", "pl", "Pensja", "Pensja."),
    Article("e", "pl", "Pensja", "Pensja.", topics=("pay",), topics_assigned=True),
)


def test_what_is_assigned_is_compared_with_what_editors_gave(compile: Compile) -> None:
    measured = agreement(ARTICLES, TopicAssigner(compile(SALARY, STRESS)))
    # Of b wellbeing is right, workplace is not, and law is missed; of c pay is not right. Nobody gave d and e any.
    assert measured == {"en": Agreement(2, given=3, assigned=3, right=2), "pl": Agreement(1, 1, 1, 0)}
    assert list(measured) == ["en", "pl"]
    assert (measured["en"].precision, measured["en"].recall) == (2 / 3, 2 / 3)
    assert overall(measured.values()) == Agreement(3, 4, 4, 2)


def test_of_nothing_everything_is_right() -> None:
    nothing = overall([])
    assert (nothing.precision, nothing.recall) == (1.0, 1.0)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Agreement]:
    folder = tmp_path_factory.mktemp("shipped")
    write_compiled(load_glossary(Path(folder, "none")), folder / "concepts")
    return agreement(Collection([LIBRARY], Settings()), TopicAssigner(ConceptTable(folder / "concepts")))


# Measured .88 and .81; see indexer/concepts/topics.py.
def test_the_topics_of_the_library_are_found_without_its_metadata(library: dict[str, Agreement]) -> None:
    whole = overall(library.values())
    assert whole.articles >= 200
    assert whole.precision >= 0.865
    assert whole.recall >= 0.80


def test_they_are_found_in_every_language(library: dict[str, Agreement]) -> None:
    for language, measured in library.items():
        assert measured.precision >= 0.8, language
        # Four articles each say little of Chinese and Japanese.
        assert measured.recall >= (0.72 if measured.articles >= 9 else 0.6), language
