import pytest

from corpus import Article, Settings
from corpus.glossary import Concept, Glossary
from search.completions import concepts, words
from search.snapshot import Snapshot
from search.typed import Typed
from tests.conftest import make_knowing
from tests.search.corpora import snapshot_of

NIGHT = Concept("night-shift", "wellbeing", {"en": ("night shift", "nights"), "pl": ("praca w nocy",)}, "x.toml")
NURSE = Concept("nurse", "occupations", {"en": ("nurse",), "pl": ("pielęgniarka",)}, "x.toml")
NIGHTMARE = Concept("nightmare", "wellbeing", {"en": ("nightmare",)}, "x.toml")
NAVVY = Concept("navvy", "occupations", {"en": ("navvy",), "lt": ("pielininkas",)}, "x.toml")
ARTICLES = (
    *(Article(f"n{at}", "en", "Night shift", "A night shift, the night after.") for at in range(3)),
    Article("nurse", "en", "Nurses", "A nurse works. A nightly walk."),
    Article("pl", "pl", "Pielęgniarki", "Praca w nocy."),
    *(Article(f"p{at}", "pl", "Noc", "Długa noc. Praca i sen.") for at in range(4)),
    *(Article(f"q{at}", "pl", "Noc", "Długie noce. Praca zdalna.") for at in range(2)),
)


@pytest.fixture
def snapshot(settings: Settings) -> Snapshot:
    make_knowing(settings, Glossary((NIGHT, NURSE, NIGHTMARE, NAVVY)), ARTICLES)
    return snapshot_of(settings)


def offered(text: str, snapshot: Snapshot, *prefer: str, mistyped: bool = False, count: int = 8) -> list[str]:
    return [found.text for found in concepts(Typed.of(text), prefer, count, snapshot, mistyped)]


def completed(text: str, snapshot: Snapshot, *prefer: str, mistyped: bool = False, count: int = 8) -> list[str]:
    return [found.text for found in words(Typed.of(text), prefer, count, snapshot, mistyped)]


def test_a_concept_is_offered_by_the_term_that_was_begun_in_its_language(snapshot: Snapshot) -> None:
    (found,) = concepts(Typed.of("pieleg"), (), 8, snapshot, False)
    assert (found.text, found.kind, found.language, found.concept) == ("pielęgniarka", "concept", "pl", "nurse")
    assert offered("praca no", snapshot) == ["praca w nocy"]
    assert offered("shift", snapshot) == ["night shift"]


def test_what_no_article_is_about_is_not_offered(snapshot: Snapshot) -> None:
    # There are no nightmares here, nor navvies.
    assert offered("night", snapshot) == ["nights"]
    assert offered("nav", snapshot) == []


def test_a_term_that_only_articles_of_another_language_answer_is_offered_too(snapshot: Snapshot) -> None:
    # No English article has "nights"; three have the night shift.
    assert offered("nights", snapshot) == ["nights"]


def test_terms_in_the_languages_preferred_come_first_then_what_more_articles_have(snapshot: Snapshot) -> None:
    assert offered("n", snapshot, "en") == ["nights", "nurse"]
    assert offered("n", snapshot, "pl", "en") == ["praca w nocy", "nurse"]


def test_a_letter_may_be_mistyped(snapshot: Snapshot) -> None:
    assert offered("nures", snapshot) == []
    assert offered("nures", snapshot, mistyped=True) == ["nurse"]


def test_a_word_of_several_articles_is_completed(snapshot: Snapshot) -> None:
    (found,) = words(Typed.of("nig"), (), 8, snapshot, False)
    assert (found.text, found.kind, found.language) == ("night", "term", "en")
    assert completed("nurs", snapshot) == []  # one article has it


def test_of_several_forms_the_most_common_is_completed(snapshot: Snapshot) -> None:
    # Polish: "noc" stands in four articles and "nocy" in one; "długa" is not "długie".
    assert completed("no", snapshot, "pl") == ["noc"]


def test_what_was_typed_before_has_to_stand_in_a_row_with_it(snapshot: Snapshot) -> None:
    assert completed("a night sh", snapshot) == ["a night shift"]
    assert completed("walk sh", snapshot) == []


def test_no_more_than_asked_for(snapshot: Snapshot) -> None:
    assert len(offered("n", snapshot, count=1)) == 1
    assert len(completed("n", snapshot, count=1)) == 1


def test_an_index_without_a_glossary_has_no_concepts(settings: Settings) -> None:
    make_knowing(settings, Glossary(()), ARTICLES)
    assert offered("night", snapshot_of(settings)) == []
