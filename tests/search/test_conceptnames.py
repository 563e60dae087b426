import pytest

from corpus import Settings
from corpus.glossary import Glossary
from search.conceptnames import spelled_to_name, spells_a_name
from search.parsing import Group, Operand, ParsedQuery, parse
from search.snapshot import Snapshot
from tests.conftest import make_knowing
from tests.search.corpora import snapshot_of
from tests.search.namings import ARTICLES, CONCEPTS, places


@pytest.fixture
def snapshot(settings: Settings) -> Snapshot:
    make_knowing(settings, Glossary(CONCEPTS), ARTICLES)
    return snapshot_of(settings)


def test_words_of_a_query_name_concepts_in_any_language(snapshot: Snapshot, settings: Settings) -> None:
    assert places("a Cover-Letter about wages", snapshot, settings) == {(1, 1, "letter"): {"en"}, (3, 3, "pay"): {"en"}}
    assert places("cover letter płaca", snapshot, settings) == {(0, 1, "letter"): {"en"}, (2, 2, "pay"): {"pl"}}


@pytest.mark.parametrize("text", ['"cover letter"', "cover letter*", "cover title:letter", "cover OR letter", "cover"])
def test_words_with_syntax_name_nothing(text: str, snapshot: Snapshot, settings: Settings) -> None:
    assert places(text, snapshot, settings) == {}


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
