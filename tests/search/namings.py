"""A handful of concepts and articles, and what a query names of them."""

from corpus import Article, Settings
from corpus.glossary import Concept
from search.conceptnames import named
from search.parsing import parse
from search.snapshot import Snapshot

CONCEPTS = (
    Concept("letter", "job-search", {"en": ("cover letter",), "pl": ("list motywacyjny",)}, "x.toml"),
    Concept("pay", "pay", {"en": ("wage", "pay"), "pl": ("płaca",)}, "x.toml"),
    Concept("scam", "pay", {"es": ("timo",)}, "x.toml"),
    Concept("nursery", "pay", {"de": ("Kita", "Kitas")}, "x.toml"),
    Concept("mayor", "pay", {"en": ("mayor",), "es": ("alcalde",)}, "x.toml"),
    Concept("weekend", "pay", {"es": ("trabajo de fin de semana", "fin de curso")}, "x.toml"),
)
ARTICLES = (
    Article("a", "en", "A cover letter", "A page on the letter that covers a wage in one place."),
    Article("b", "pl", "List motywacyjny", "Płace."),
    Article("c", "lt", "Kitas darbas", "Apie kitą darbą."),
    Article("d", "de", "Ein Platz", "Time is money."),
    Article("e", "es", "Tu mayor error", "Trabajo de mayor."),
)


def places(text: str, snapshot: Snapshot, settings: Settings) -> dict[tuple[int, int, str], set[str]]:
    """Return (first group, last group, concept) -> the languages that name it so."""
    assert snapshot.concepts is not None
    found = named(parse(text, settings), snapshot.concepts, snapshot)
    return {
        (first, last, snapshot.concepts.table.id(concept)): set(said) for (first, last, concept), said in found.items()
    }
