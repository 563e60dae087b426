"""What an everyday word of the glossary does in a query: lead to the concept in other languages, and nothing else."""

import pytest

from corpus import Article, Settings
from corpus.glossary import Concept, Glossary
from search import Engine, SearchRequest
from tests.conftest import make_knowing

# "fired" is what people type; articles call it dismissal.
DISMISSAL = Concept(
    "dismissal",
    "law",
    {"en": ("dismissal", "fired"), "pl": ("zwolnienie z pracy", "wyrzucony"), "de": ("Kündigung", "gefeuert")},
    "x.toml",
    everyday={"en": ("fired",), "pl": ("wyrzucony",), "de": ("gefeuert",)},
)
GERMANY = Concept(
    "germany",
    "job-search",
    {"en": ("Germany",), "pl": ("Niemcy",)},
    "x.toml",
    everyday={"en": ("Germany",), "pl": ("Niemcy",)},
)
ARTICLES = (
    Article("en/dismissal", "en", "Dismissal", "What the law says of a dismissal.", work="1"),
    Article("en/kiln", "en", "Pots", "Clay is fired in a kiln.", work="2"),
    Article("pl/dismissal", "pl", "Zwolnienie z pracy", "Co mówi prawo.", work="3"),
    Article("pl/bag", "pl", "Worek", "Worek wyrzucony na śmietnik.", work="4"),
    Article("de/dismissal", "de", "Die Kündigung", "Was das Gesetz sagt.", work="5"),
    Article("de/gun", "de", "Schüsse", "Es wurde gefeuert.", work="6"),
    Article("pl/germany", "pl", "Niemcy", "Jak tam jest?", work="7"),
)


@pytest.fixture
def engine(settings: Settings) -> Engine:
    return make_knowing(settings, Glossary((DISMISSAL, GERMANY)), ARTICLES)


def found(engine: Engine, query: str) -> set[str]:
    return {hit.id for hit in engine.search(SearchRequest(query)).hits}


def test_an_everyday_word_leads_to_the_terms_of_other_languages_and_stays_itself_in_its_own(engine: Engine) -> None:
    assert found(engine, "fired") == {"en/kiln", "pl/dismissal", "de/dismissal"}
    assert found(engine, "wyrzucony") == {"pl/bag", "en/dismissal", "de/dismissal"}


def test_a_term_is_not_looked_for_by_everyday_words(engine: Engine) -> None:
    assert found(engine, "dismissal") == {"en/dismissal", "pl/dismissal", "de/dismissal"}


def test_a_concept_of_everyday_words_alone_is_looked_for_by_them(engine: Engine) -> None:
    assert found(engine, "Germany") == {"pl/germany"}


def test_where_a_concept_has_no_words_its_everyday_words_weigh_what_they_did(settings: Settings) -> None:
    spanish = [
        Article(f"es{at}", "es", "Texto", f"fired horno {'arcilla' if at else ''}", work=str(at)) for at in range(9)
    ]
    scores = []
    for glossary in (Glossary(()), Glossary((DISMISSAL,))):
        page = make_knowing(settings, glossary, spanish).search(SearchRequest("fired arcilla"))
        scores.append([(hit.id, hit.score, hit.missing) for hit in page.hits])
    assert scores[0] == scores[1]
