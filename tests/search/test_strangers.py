import pytest

from corpus import Settings
from corpus.glossary import Glossary
from search.snapshot import Snapshot
from tests.conftest import make_knowing
from tests.search.corpora import snapshot_of
from tests.search.namings import ARTICLES, CONCEPTS, places


@pytest.fixture
def snapshot(settings: Settings) -> Snapshot:
    make_knowing(settings, Glossary(CONCEPTS), ARTICLES)
    return snapshot_of(settings)


def test_what_is_a_word_of_an_article_is_no_other_word_without_its_accents(
    snapshot: Snapshot, settings: Settings
) -> None:
    assert places("place", snapshot, settings) == {}
    assert places("placa", snapshot, settings) == {(0, 0, "pay"): {"pl"}}


def test_a_word_of_an_article_is_no_inflection_of_a_name_in_another_language(
    snapshot: Snapshot, settings: Settings
) -> None:
    assert places("timos", snapshot, settings) == {(0, 0, "scam"): {"es"}}  # nowhere: it may be
    assert places("time", snapshot, settings) == {}
    assert places("timo", snapshot, settings) == {(0, 0, "scam"): {"es"}}


def test_a_word_with_a_letter_that_a_language_lacks_is_none_of_its_names(
    snapshot: Snapshot, settings: Settings
) -> None:
    assert places("wäge", snapshot, settings) == {}
    assert places("wagé", snapshot, settings) == {(0, 0, "pay"): {"en"}}
    assert places("płaca", snapshot, settings) == {(0, 0, "pay"): {"pl"}}


def test_an_inflection_that_is_nowhere_names_nothing_beside_words_of_other_languages(
    snapshot: Snapshot, settings: Settings
) -> None:
    assert places("timos cover", snapshot, settings) == {}
    assert places("timos zebra", snapshot, settings) == {(0, 0, "scam"): {"es"}}


def test_a_stop_word_of_another_language_is_a_name_only_beside_words_of_its_own(
    snapshot: Snapshot, settings: Settings
) -> None:
    assert places("kitas", snapshot, settings) == {(0, 0, "nursery"): {"de"}}
    assert places("kitas platz", snapshot, settings) == {(0, 0, "nursery"): {"de"}}
    assert places("kitas darbas", snapshot, settings) == {}


def test_a_word_is_no_name_in_one_language_where_the_stop_words_are_of_another(
    snapshot: Snapshot, settings: Settings
) -> None:
    assert places("mayor", snapshot, settings) == {(0, 0, "mayor"): {"en"}}
    assert places("tu mayor error", snapshot, settings) == {}
    assert places("of the mayor error", snapshot, settings) == {(2, 2, "mayor"): {"en"}}
    assert places("mayor wage", snapshot, settings) == {(0, 0, "mayor"): {"en"}, (1, 1, "pay"): {"en"}}
    # Spanish has no such word, so that it is an English one in a Spanish query.
    assert places("tu wage", snapshot, settings) == {(1, 1, "pay"): {"en"}}
