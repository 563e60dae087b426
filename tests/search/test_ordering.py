"""In what order the articles that answer are listed: by example, and against the articles' own texts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as examples

from corpus import Article, Settings
from search import Engine, SearchRequest
from search.ordering import TOGETHER_POOL, best_first, newest_first
from search.page import SearchPage
from search.parsing import parse
from search.planning import plan
from search.ranking import match
from search.snapshot import Snapshot
from tests.conftest import MakeEngine
from tests.search.corpora import History, asked, cut, indexed, snapshot_of
from tests.search.plain import PlainSearch


def ids(page: SearchPage) -> list[str]:
    return [hit.id for hit in page.hits]


def search(engine: Engine, query: str) -> SearchPage:
    return engine.search(SearchRequest(query))


def ordered(snapshot: Snapshot, query: str, sort: str, wanted: int, settings: Settings) -> list[tuple[str, float]]:
    planned = plan(parse(query, settings), sorted(snapshot.counts))
    matches = match(planned, snapshot, settings)
    # As the engine has it: without words there is no better or worse.
    order = newest_first if sort == "newest" or not planned.labels else best_first
    numbers, scores = order(matches.numbers, matches, snapshot, wanted)
    return [(snapshot.id(number), score) for number, score in zip(numbers.tolist(), scores.tolist(), strict=True)]


def test_newest_first_puts_every_word_before_some(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [
            Article("old", "en", "T", "Salary and mentor.", published=date(2020, 1, 1)),
            Article("new", "en", "T", "Mentor.", published=date(2025, 1, 1)),
        ]
    )
    page = engine.search(SearchRequest("salary mentor", sort="newest"))
    assert ids(page) == ["old", "new"]


def test_newest_first_puts_no_date_last_and_equal_dates_by_score(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [
            Article("undated", "en", "Salary", "Salary."),
            Article("body", "en", "Notes", "Salary.", published=date(2020, 1, 1)),
            Article("title", "en", "Salary", "Notes.", published=date(2020, 1, 1)),
        ]
    )
    assert ids(engine.search(SearchRequest("salary", sort="newest"))) == ["title", "body", "undated"]


def test_words_that_stand_together_and_in_order_come_first(make_engine: MakeEngine) -> None:
    far = "Call me at the office when you are in town and visit the new center."
    engine = make_engine(
        [
            Article("apart", "en", "Notes", far),
            Article("turned", "en", "Notes", "Center call is what one does at the new office when one is in the town."),
            Article("together", "en", "Notes", "Call center is what one has at the new office when one is in town."),
        ]
    )
    assert ids(search(engine, "call center")) == ["together", "turned", "apart"]


def test_equal_articles_come_in_the_order_of_their_ids(make_engine: MakeEngine) -> None:
    engine = make_engine([Article(id, "en", "Salary", "Salary.") for id in ("c", "a", "b")])
    assert ids(search(engine, "salary")) == ["a", "b", "c"]


@pytest.mark.parametrize("wanted", [5, TOGETHER_POOL + 5])
def test_words_that_stand_together_count_among_the_best_by_words_alone(wanted: int) -> None:
    # All tie by their words; only those whose ids come first are looked at, however the index is cut.
    texts = {at: "call zebra center" if at % 3 else "call center zebra" for at in range(TOGETHER_POOL + 20)}
    articles = [Article(f"{at:03}", "en", "T", texts[at]) for at in texts]
    near = [f"{at:03}" for at in range(TOGETHER_POOL) if at % 3 == 0]
    far = [f"{at:03}" for at in range(TOGETHER_POOL) if at % 3]
    behind = [f"{at:03}" for at in range(TOGETHER_POOL, TOGETHER_POOL + 20)]
    for segments in ((articles,), (articles[150:], articles[:150])):
        with cut(*segments) as snapshot:
            got = ordered(snapshot, "call center", "relevance", wanted, Settings())
        assert [id for id, _ in got] == [*near, *far, *behind][:wanted]


def test_articles_that_lack_words_never_come_before_those_with_all(make_engine: MakeEngine) -> None:
    words = " ".join(f"nothing{at}" for at in range(200))
    engine = make_engine(
        [
            Article("all", "en", "T", f"Mentor {words} salary bonus"),
            Article("close", "en", "Mentor salary", "Mentor salary mentor salary."),
        ]
    )
    assert ids(search(engine, "mentor salary bonus")) == ["all", "close"]


@given(asked(8))
@examples(max_examples=25, deadline=None)
def test_the_order_is_that_of_the_texts(example: tuple[History, list[SearchRequest]]) -> None:
    history, requests = example
    with indexed(*history, page_size=3) as settings:
        snapshot, plain = snapshot_of(settings), PlainSearch(history[-1], settings)
        for request in requests:
            planned = plan(parse(request.query, settings), sorted(snapshot.counts))
            found = plain.matches(planned)
            expected = plain.ordered(planned, found.scores, found, request.sort)
            got = ordered(snapshot, request.query, request.sort, 100, settings)
            assert [id for id, _ in got] == [id for id, _ in expected]
            assert [score for _, score in got] == pytest.approx([score for _, score in expected], rel=1e-9, abs=1e-12)
            assert ordered(snapshot, request.query, request.sort, 2, settings) == got[:2]
