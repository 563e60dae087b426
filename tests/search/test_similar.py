from pathlib import Path

import pytest

from corpus import Article, Settings
from corpus.glossary import Concept, Glossary
from indexer.concepts import write_compiled
from indexer.generations import CONCEPTS, IndexFolder
from indexer.storage import DurableStorage
from indexer.writer import write_all
from search import ArticleNotFound, Engine
from tests.conftest import ARTICLES, MakeEngine, make_knowing

CALLS = Concept(
    "call-center", "customer-service", {"en": ("call center",), "lt": ("skambučių centras",), "pl": ("infolinia",)}, "x"
)
PAY = Concept("salary", "pay", {"en": ("salary",), "lt": ("alga",), "pl": ("pensja",)}, "x")

LIBRARY = (
    Article("en/calls", "en", "Life in a call center", "Calls never stop.", work="calls"),
    Article("lt/centre", "lt", "Skambučių centre", "Darbuotojai kalba telefonu.", work="centre"),
    Article("en/centre", "en", "On the telephone", "People talk all day.", work="centre"),
    Article("pl/line", "pl", "Infolinia jako praca", "Telefony dzwonią.", work="line"),
    Article("pl/pay", "pl", "Pensja", "Ile wynosi pensja?", work="pay"),
    Article("lt/calls", "lt", "Gyvenimas centre", "Skambučių centras.", work="calls"),
)


@pytest.fixture
def engine(settings: Settings) -> Engine:
    """An engine over LIBRARY with a glossary of two concepts."""
    folder, glossary = IndexFolder(settings.index), Glossary((CALLS, PAY))
    with folder.lock():
        with folder.new_generation(glossary=glossary.digest) as index:
            assert isinstance(index.storage, DurableStorage)
            write_compiled(glossary, Path(index.storage.folder, CONCEPTS))
            write_all(index, LIBRARY)
        folder.publish(settings.keep_generations)
    return Engine(settings)


def ids(engine: Engine, id: str, *prefer: str, size: int = 5) -> list[str]:
    return [article.id for article in engine.similar(id, size, prefer)]


def test_a_concept_leads_to_other_languages(engine: Engine) -> None:
    # The work on centres is there in English too, where it lacks the term.
    assert set(ids(engine, "en/calls")) == {"en/centre", "pl/line"}


def test_an_everyday_word_makes_no_articles_alike(settings: Settings) -> None:
    pay = Concept("salary", "pay", {"en": ("salary", "earn"), "pl": ("pensja",)}, "x", everyday={"en": ("earn",)})
    articles = (
        Article("en/trust", "en", "How to earn trust", "Trust is slow to earn.", work="trust"),
        Article("en/pay", "en", "Your salary", "It comes monthly.", work="pay"),
        Article("pl/pay", "pl", "Pensja", "Ile wynosi pensja?", work="pensja"),
    )
    engine = make_knowing(settings, Glossary((pay,)), articles)
    assert ids(engine, "en/pay") == ["pl/pay"]
    assert ids(engine, "en/trust") == []


def test_articles_of_the_same_work_and_of_other_concepts_are_not_similar(engine: Engine) -> None:
    assert not {"lt/calls", "pl/pay"} & set(ids(engine, "en/calls", "lt", "pl"))


def test_a_work_is_shown_once_in_the_language_the_reader_likes_best(engine: Engine) -> None:
    assert set(ids(engine, "en/calls", "lt", "pl")) == {"lt/centre", "pl/line"}
    assert set(ids(engine, "en/calls", "pl")) == {"pl/line", "en/centre"}


def test_works_in_a_language_the_reader_reads_come_first(engine: Engine) -> None:
    assert ids(engine, "en/calls", "pl") == ["pl/line", "en/centre"]
    assert ids(engine, "en/calls", "lt") == ["lt/centre", "pl/line"]
    assert ids(engine, "en/calls", "pl", size=1) == ["pl/line"]
    assert ids(engine, "en/calls", "pl") == ["pl/line", "en/centre"]  # remembered


def test_what_has_nothing_in_common_is_similar_to_nothing(engine: Engine) -> None:
    assert ids(engine, "pl/pay") == []


def test_without_a_glossary_rare_words_of_the_own_language_lead_on(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [
            *ARTICLES,
            Article("en/owls", "en", "Owls", "Night workers and owls sleep by day.", work="owls"),
            Article("en/stopped", "en", "The", "The by their is.", work="stopped"),
        ]
    )
    assert ids(engine, "en/owls")[0] == "en/night"
    assert ids(engine, "en/owls", "pl")[0] == "pl/night"
    assert ids(engine, "en/stopped") == []


def test_a_similar_article_says_what_a_link_shows(engine: Engine) -> None:
    found = engine.similar("en/calls", 1, ("pl",))[0]
    assert (found.title, found.language, found.work) == ("Infolinia jako praca", "pl", "line")


def test_of_an_id_nobody_has_nothing_is_similar(engine: Engine) -> None:
    with pytest.raises(ArticleNotFound, match="nope"):
        engine.similar("nope")
