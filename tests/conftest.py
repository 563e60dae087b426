"""Three tiny articles in each of three languages, readable at a glance; expectations are computed from these by eye."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus import Article, Settings
from corpus.glossary import Concept, Glossary
from indexer.concepts import write_compiled
from indexer.generations import CONCEPTS, IndexFolder
from indexer.storage import DurableStorage
from indexer.writer import write_all
from search import Engine
from search.web import create_app

ARTICLES = (
    Article("en/calls", "en", "Call center stress", "Calls never stop. Stress grows in a call center.",
            ("customer-service", "wellbeing"), date(2026, 3, 1), work="calls"),
    Article("en/pay", "en", "Asking for a raise", "Pay follows from what you ask. Workers who ask earn more.",
            ("pay",), date(2026, 5, 1), work="pay"),
    Article("en/night", "en", "Working at night", "Night workers sleep by day. Sleep is their main job.",
            ("wellbeing",), None, work="night"),
    Article("pl/calls", "pl", "Stres w call center", "Pracownicy call center odbierają telefony. Stres rośnie.",
            ("customer-service", "wellbeing"), date(2026, 3, 2), work="calls"),
    Article("pl/pay", "pl", "Rozmowa o podwyżce", "Pracownik pyta o płacę. Kto pyta, zarabia więcej.",
            ("pay",), date(2026, 5, 2), work="pay"),
    Article("pl/night", "pl", "Praca w nocy", "Wielu pracowników śpi w dzień. Sen jest najważniejszy.",
            ("wellbeing",), date(2026, 7, 2), work="night"),
    Article("lt/calls", "lt", "Stresas skambučių centre", "Darbuotojai kalba telefonu. Stresas auga.",
            ("customer-service", "wellbeing"), date(2026, 3, 3), work="calls"),
    Article("lt/pay", "lt", "Pokalbis dėl atlyginimo", "Darbuotojas klausia apie algą. Kas klausia, uždirba daugiau.",
            ("pay",), date(2026, 5, 3), work="pay"),
    Article("lt/night", "lt", "Darbas naktį", "Daug darbuotojų miega dieną. Miegas svarbiausias.",
            (), date(2026, 7, 3), work="night"),
)  # fmt: skip

# Seven articles have a word, and one a slip of it.
SLIPS = (
    *(Article(f"head{at}", "pl", f"Praca {at}", "Kierownik zespołu, pensja i premia.") for at in range(7)),
    Article("slip", "pl", "Rada", "Kierownig zespołu."),
)

CALL_CENTER = Concept(
    "call-center",
    "customer-service",
    {
        "en": ("call center", "call centre", "hotline"),
        "pl": ("call center", "infolinia"),
        "lt": ("skambučių centras",),
    },
    "service.toml",
)

MakeEngine = Callable[[Iterable[Article]], Engine]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings for an index of this test's own; every request looks for a newer one."""
    return Settings(index=tmp_path / "index", glossary=tmp_path / "glossary", refresh_ms=0)


@pytest.fixture
def make_engine(settings: Settings) -> MakeEngine:
    """Build a real index of some articles, and return an engine over it. A second call builds the next generation."""

    def make(articles: Iterable[Article]) -> Engine:
        folder = IndexFolder(settings.index)
        with folder.lock():
            with folder.new_generation() as index:
                write_all(index, articles)
            folder.publish(settings.keep_generations)
        return Engine(settings)

    return make


@pytest.fixture
def engine(make_engine: MakeEngine) -> Engine:
    """An engine over ARTICLES."""
    return make_engine(ARTICLES)


def make_knowing(settings: Settings, glossary: Glossary, articles: Iterable[Article] = ARTICLES) -> Engine:
    """Build a real index of some articles that has a glossary, and return an engine over it."""
    folder = IndexFolder(settings.index)
    with folder.lock():
        with folder.new_generation(glossary=glossary.digest) as index:
            assert isinstance(index.storage, DurableStorage)
            concepts = Path(index.storage.folder, CONCEPTS)
            write_compiled(glossary, concepts)
            write_all(index, articles, concepts=concepts)
        folder.publish(settings.keep_generations)
    return Engine(settings)


@pytest.fixture
def knowing(settings: Settings) -> Engine:
    """An engine over ARTICLES that knows what a call center is called."""
    return make_knowing(settings, Glossary((CALL_CENTER,)))


@pytest.fixture
def app(engine: Engine, settings: Settings) -> Flask:
    """The application over ARTICLES."""
    return create_app(settings)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    """A client of the application over ARTICLES."""
    with app.test_client() as client:
        yield client


@pytest.fixture
def knowing_client(knowing: Engine) -> Iterator[FlaskClient]:
    """A client of the application over ARTICLES that knows what a call center is called."""
    with create_app(knowing.settings).test_client() as client:
        yield client
