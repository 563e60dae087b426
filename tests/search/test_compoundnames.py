import pytest

from corpus import Article, Settings
from corpus.glossary import Concept, Glossary
from search import Engine, SearchRequest
from search.compoundnames import concepts_of_parts
from search.snapshot import Snapshot
from tests.conftest import make_knowing
from tests.search.corpora import snapshot_of

CONCEPTS = (
    Concept("overtime", "pay", {"de": ("Überstunden",), "en": ("overtime",)}, "x.toml"),
    Concept("food", "occupations", {"de": ("Lebensmittel",), "en": ("food",)}, "x.toml"),
    Concept("pay", "pay", {"de": ("Lohn",), "en": ("wage",)}, "x.toml"),
    Concept("contract", "pay", {"de": ("Arbeitsvertrag",), "sv": ("avtal",), "en": ("contract",)}, "x.toml"),
    Concept(
        "technician",
        "occupations",
        {"de": ("Techniker",), "en": ("technician",)},
        "x.toml",
        everyday={"de": ("Techniker",), "en": ("technician",)},
    ),
)
ARTICLES = (
    Article("de", "de", "Regelungen", "Eine Regelung, eine Anlage, ein Haus, eine Liste, ein Arbeitsvertragsmuster."),
    Article("de/overtime", "de", "Mehr Stunden", "Wann Überstunden bezahlt werden."),
    Article("sv", "sv", "Regler", "En regel om semester och arbetsrum."),
    Article("en/overtime", "en", "Overtime", "Paid hours."),
    Article("en/food", "en", "Food", "A technician."),
    Article("en/fish", "en", "Fish", "Some Lohnliste was copied."),
)


@pytest.fixture
def knowing(settings: Settings) -> Engine:
    return make_knowing(settings, Glossary(CONCEPTS), ARTICLES)


@pytest.fixture
def snapshot(knowing: Engine, settings: Settings) -> Snapshot:
    return snapshot_of(settings)


def concepts(word: str, language: str, snapshot: Snapshot) -> set[str]:
    assert snapshot.concepts is not None
    finder = snapshot.concepts.of(language)
    return {snapshot.concepts.table.id(match.concept) for match in concepts_of_parts(word, finder, snapshot)}


@pytest.mark.parametrize(
    ("word", "named"),
    [
        ("Überstundenregelung", {"overtime"}),  # Regelung is a word of an article
        ("Uberstundenregelungen", {"overtime"}),
        ("Hausüberstunden", {"overtime"}),
        ("Lebensmitteltechniker", {"food", "technician"}),
        ("Lebensmitteltechnikern", {"food", "technician"}),
        ("Überstundenlohn", {"overtime", "pay"}),
        ("Arbeitsvertragsliste", {"contract"}),  # with a letter that links
    ],
)
def test_a_word_written_together_names_what_its_parts_name(word: str, named: set[str], snapshot: Snapshot) -> None:
    assert concepts(word, "de", snapshot) == named


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("Überstundenblabla", "the other part is no word"),
        ("Lohnanlage", "the part that names something is too short to tell"),
        ("Haustechniker", "an everyday word tells nothing without another name"),
        ("Regelungsanlage", "neither part names anything"),
        ("Überstund", "it is not two parts"),
        ("Überstunden4regelung", "it is no word"),
    ],
)
def test_other_words_name_nothing_by_their_parts(word: str, why: str, snapshot: Snapshot) -> None:
    assert concepts(word, "de", snapshot) == set(), why


def test_what_another_language_writes_is_no_word_made_of_parts(snapshot: Snapshot) -> None:
    assert concepts("Lohntechniker", "de", snapshot) == {"pay", "technician"}
    assert concepts("Arbeitsvertragsmuster", "de", snapshot) == set()  # Muster is no word by itself
    # A Swede would read semesteravtal so; an English article that has it knows better.
    assert concepts("semesteravtal", "sv", snapshot) == set()  # avtal is too short
    assert concepts("Lohnliste", "de", snapshot) == set()


def test_languages_that_write_no_words_together_have_none(snapshot: Snapshot) -> None:
    assert concepts("overtimefood", "en", snapshot) == set()


def test_articles_in_other_languages_are_found_by_the_parts(knowing: Engine) -> None:
    page = knowing.search(SearchRequest("Überstundenregelung"))
    assert [hit.id for hit in page.hits] == ["en/overtime", "de/overtime"]
    assert [(also.words, also.concept) for also in page.interpretation.also] == [("Überstundenregelung", "overtime")]
    assert [hit.id for hit in knowing.search(SearchRequest("Lebensmitteltechniker")).hits] == ["en/food"]
    assert knowing.search(SearchRequest("Lebensmitteltechniker", expand=False)).hits == ()


def test_other_languages_are_asked_for_the_parts_of_a_word_that_has_a_name_of_its_own_too(settings: Settings) -> None:
    whole = Concept("food-technician", "occupations", {"de": ("Lebensmitteltechniker",)}, "x.toml")
    engine = make_knowing(settings, Glossary((*CONCEPTS, whole)), ARTICLES)
    also = engine.search(SearchRequest("Lebensmitteltechniker")).interpretation.also
    assert [(each.concept, dict(each.terms)) for each in also] == [
        ("food-technician", {"de": ("Lebensmitteltechniker",)}),
        ("food", {"en": ("food",)}),
        ("technician", {"en": ("technician",)}),
    ]
