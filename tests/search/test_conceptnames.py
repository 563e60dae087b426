import pytest

from corpus import Article, Settings
from corpus.glossary import Concept, Glossary
from search.conceptnames import named, spelled_to_name, spells_a_name
from search.parsing import Group, Operand, ParsedQuery, parse
from search.snapshot import Snapshot
from tests.conftest import make_knowing
from tests.search.corpora import snapshot_of

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


@pytest.fixture
def snapshot(settings: Settings) -> Snapshot:
    make_knowing(settings, Glossary(CONCEPTS), ARTICLES)
    return snapshot_of(settings)


def places(text: str, snapshot: Snapshot, settings: Settings) -> dict[tuple[int, int, str], set[str]]:
    assert snapshot.concepts is not None
    found = named(parse(text, settings), snapshot.concepts, snapshot)
    return {
        (first, last, snapshot.concepts.table.id(concept)): set(said) for (first, last, concept), said in found.items()
    }


def test_words_of_a_query_name_concepts_in_any_language(snapshot: Snapshot, settings: Settings) -> None:
    assert places("a Cover-Letter about wages", snapshot, settings) == {(1, 1, "letter"): {"en"}, (3, 3, "pay"): {"en"}}
    assert places("cover letter płaca", snapshot, settings) == {(0, 1, "letter"): {"en"}, (2, 2, "pay"): {"pl"}}


@pytest.mark.parametrize("text", ['"cover letter"', "cover letter*", "cover title:letter", "cover OR letter", "cover"])
def test_words_with_syntax_name_nothing(text: str, snapshot: Snapshot, settings: Settings) -> None:
    assert places(text, snapshot, settings) == {}


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


def test_a_word_is_no_name_in_one_language_where_another_has_all_of_the_query(
    snapshot: Snapshot, settings: Settings
) -> None:
    assert places("mayor", snapshot, settings) == {(0, 0, "mayor"): {"en"}}
    assert places("tu mayor error", snapshot, settings) == {}
    assert places("tu mayor zebra", snapshot, settings) == {}  # what no language has tells nothing
    assert places("mayor zebra", snapshot, settings) == {(0, 0, "mayor"): {"en"}}
    assert places("mayor wage", snapshot, settings) == {(0, 0, "mayor"): {"en"}, (1, 1, "pay"): {"en"}}
    # Spanish has no *time*, and so not all of it.
    assert places("tu mayor time", snapshot, settings) == {(1, 1, "mayor"): {"en"}}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("trabajo de fin de semana", {(0, 3, "weekend"): {"es"}}),
        ("wage trabajo de fin de semana", {(0, 0, "pay"): {"en"}, (1, 4, "weekend"): {"es"}}),
        ("curso fin de curso", {(1, 2, "weekend"): {"es"}}),
        ("fin de curso fin de curso", {(0, 2, "weekend"): {"es"}}),
        ("wage wage", {(0, 0, "pay"): {"en"}}),
        ('trabajo de "fin" de semana', {}),
    ],
)
def test_a_word_that_comes_again_is_part_of_a_name_and_stands_where_it_came_first(
    text: str, found: dict[tuple[int, int, str], set[str]], snapshot: Snapshot, settings: Settings
) -> None:
    assert places(text, snapshot, settings) == found


@pytest.mark.parametrize(
    ("text", "group", "word", "makes"),
    [
        ("cover leter", 1, "letter", True),
        ("cover leter", 1, "later", False),
        ("covr letter", 0, "cover", True),
        ("trabajo de fin de semama", 3, "semana", True),
        ("trabajo ed fin ed semana", 1, "de", True),
        ("my cover leter please", 2, "letter", True),
        ("cover leter", 0, "wage", False),  # it is a name by itself, and not with its neighbour
        ("waje", 0, "wage", False),
        ('cover "leter"', 0, "letter", False),
    ],
)
def test_a_word_makes_a_name_with_its_neighbours(
    text: str, group: int, word: str, makes: bool, snapshot: Snapshot, settings: Settings
) -> None:
    assert spells_a_name(parse(text, settings), group, word, snapshot) is makes


def test_a_query_is_spelled_as_the_first_spelling_that_names_something(snapshot: Snapshot, settings: Settings) -> None:
    query = parse("cover leter waje", settings)
    spelled = spelled_to_name(query, {1: ("later", "letter"), 2: ("wave", "wage", "pay")}, snapshot)
    assert spelled == ParsedQuery(
        (query.groups[0], Group("leter", (Operand("letter"),)), Group("waje", (Operand("wage"),)))
    )
    assert spelled_to_name(query, {1: ("later",)}, snapshot) == query


def test_without_a_glossary_nothing_has_a_name(settings: Settings) -> None:
    make_knowing(settings, Glossary(()), ARTICLES)
    assert not spells_a_name(parse("cover leter", settings), 1, "letter", snapshot_of(settings))
