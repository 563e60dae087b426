import pytest

from benchmarks.features import PARTS, without
from corpus import Article, Settings
from corpus.glossary import Glossary
from search import Engine, SearchRequest
from tests.conftest import CALL_CENTER, make_knowing

# A word in the title and one in the text, in several forms, next to each other, mistyped, written together, in another
# language; and a small language beside a large one.
ARTICLES = (
    Article("both", "en", "Salary", "A salary negotiation, and later salaries."),
    Article("apart", "en", "Negotiation", "Whoever negotiates thinks of other things first, and then of a salary."),
    Article("de/word", "de", "Vorstellung", "Die Vorstellung und das Gespräch."),
    Article("de/compound", "de", "Stress", "Das Vorstellungsgespräch."),
    Article("lt/concept", "lt", "Stresas", "Skambučių centras ir stresas."),
    *(Article(f"en/{at}", "en", "Zebras", "Zebras graze under stress.") for at in range(9)),
)
QUERIES = ("salary negotiation", "negotiations salaries", "Vorstellung", "salray", "call center stress", "stress")


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_ranking_can_be_switched_off_and_changes_what_is_found(settings: Settings, part: str) -> None:
    make_knowing(settings, Glossary((CALL_CENTER,)), ARTICLES)

    def found() -> list[tuple[str, float]]:
        # Another engine remembers nothing of the one before.
        engine = Engine(settings)
        return [(hit.id, hit.score) for query in QUERIES for hit in engine.search(SearchRequest(query)).hits]

    everything = found()
    with without(part):
        assert found() != everything
    assert found() == everything
