"""Over an index of articles made so that the counts are known."""

import pytest

from corpus import Article, Settings
from indexer.generations import IndexFolder
from indexer.writer import write_changes
from search import Engine, SearchRequest
from search.costs import Budget, affordable, cost_of
from search.parsing import parse
from search.planning import Pattern, plan
from search.snapshot import Snapshot, open_snapshot
from tests.conftest import MakeEngine

# In each of ten articles: four words that begin with s, and "the the" three times over.
ARTICLES = tuple(
    Article(f"a{number}", "en", f"Salary {number}", "Stress sleeps silently. The the night. The the. The the end.")
    for number in range(10)
)


@pytest.fixture
def engine(make_engine: MakeEngine) -> Engine:
    return make_engine(ARTICLES)


@pytest.fixture
def snapshot(engine: Engine, settings: Settings) -> Snapshot:
    return open_snapshot(IndexFolder(settings.index).live())


def pattern(text: str) -> Pattern:
    return plan(parse(text, Settings()), ["en"]).languages[0].groups[0].patterns[0]


def test_the_beginning_of_a_word_costs_the_postings_of_all_words_that_begin_so(snapshot: Snapshot) -> None:
    # Of ten articles: salary in the titles; stress, sleeps and silently in the bodies.
    assert cost_of(pattern("s*"), "en", snapshot) == 40
    assert cost_of(pattern("title:s*"), "en", snapshot) == 10
    assert cost_of(pattern("x*"), "en", snapshot) == 0
    assert cost_of(pattern("s*"), "pl", snapshot) == 0


def test_a_phrase_costs_the_positions_of_its_rarest_words(snapshot: Snapshot) -> None:
    # "the" stands at six places of ten bodies, "night" at one, "end" at one.
    assert cost_of(pattern('"the the"'), "en", snapshot) == 120
    assert cost_of(pattern('"the night"'), "en", snapshot) == 70
    assert cost_of(pattern('"the night end"'), "en", snapshot) == 20
    assert cost_of(pattern('"the zeppelin"'), "en", snapshot) == 0


def test_a_word_costs_nothing_that_needs_counting(snapshot: Snapshot) -> None:
    assert cost_of(pattern("the"), "en", snapshot) == 0


def test_what_does_not_fit_any_more_is_left_out_in_the_order_of_the_query(snapshot: Snapshot) -> None:
    query = parse("stress s* n* -e* -s*", Settings())
    left = affordable(query, snapshot, Budget(60))
    assert [group.label for group in left.groups] == ["stress", "s*", "n*"]  # 40 and 10
    assert [excluded.label for excluded in left.excluded] == ["e*"]  # 10
    assert [str(note) for note in left.notes] == ["Left out, because it would be looked for in too much: -s*"]
    left = affordable(query, snapshot, Budget(39))
    assert [group.label for group in left.groups] == ["stress", "n*"]
    assert affordable(query, snapshot, Budget(100)) == query


def test_queries_in_turn_take_from_one_budget(snapshot: Snapshot) -> None:
    budget = Budget(89)
    assert affordable(parse("s*", Settings()), snapshot, budget).notes == ()  # 40
    assert affordable(parse("n* stress", Settings()), snapshot, budget).notes == ()  # 10
    [note] = affordable(parse("s* stress", Settings()), snapshot, budget).notes
    assert (note.kind, note.word, budget.left) == ("costly", "s*", 39)


def test_of_words_joined_by_or_all_are_counted(snapshot: Snapshot) -> None:
    query = parse("s* OR n*", Settings())
    assert affordable(query, snapshot, Budget(50)) == query
    assert affordable(query, snapshot, Budget(49)).groups == ()


def test_a_query_that_is_left_out_whole_finds_every_article_and_says_why(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Budget.__init__, "__defaults__", (39,))
    page = engine.search(SearchRequest("s*"))
    assert page.total == 10
    assert page.interpretation.words == ()
    assert [note.kind for note in page.interpretation.notes] == ["costly"]


def test_an_article_that_gets_its_words_marked_is_bound_by_it_too(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(engine.article("a1", "s*").body_hits) == 3
    monkeypatch.setattr(Budget.__init__, "__defaults__", (39,))
    assert engine.article("a1", "s*").body_hits == ()


def test_the_count_does_not_depend_on_how_the_index_is_cut(make_engine: MakeEngine, settings: Settings) -> None:
    make_engine(ARTICLES[:4])
    folder = IndexFolder(settings.index)
    with folder.lock():
        write_changes(folder.live().open(), ARTICLES)
    snapshot = open_snapshot(folder.live())
    assert len(snapshot.segments) == 2
    assert cost_of(pattern("s*"), "en", snapshot) == 40
    assert cost_of(pattern('"the the"'), "en", snapshot) == 120
