from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article
from search import Engine, SearchRequest
from search.cursor import Cursor
from search.page import SearchPage
from tests.conftest import ARTICLES, MakeEngine

# Thirty articles about stress, the later the less of it, one a day; every third is a translation of the one before.
MANY = tuple(
    Article(
        f"a{number:02}",
        "pl" if number % 3 == 2 else "en",
        f"Number {number}",
        "stress " * (1 + number % 5) + "word " * number + ("and pay" if number % 2 else ""),
        (),
        date(2026, 1, 1) + timedelta(days=number % 7),
        work=f"w{number - 1 if number % 3 == 2 else number}",
    )
    for number in range(30)
)

ASKED = (
    SearchRequest("stress pay", size=4),
    SearchRequest("stress pay", size=4, collapse=False, prefer=("pl",)),
    SearchRequest("stress", size=7, sort="newest"),
    SearchRequest("stress pay", size=5, sort="newest", collapse=False, prefer=("pl", "en")),
    SearchRequest(size=6),
    SearchRequest(size=6, collapse=False),
)


def pages(engine: Engine, request: SearchRequest) -> Iterator[SearchPage]:
    """The pages of a search, from cursor to cursor."""
    while True:
        page = engine.search(request)
        yield page
        if page.next is None:
            return
        request = replace(request, after=page.next)


def ids(page: SearchPage) -> list[str]:
    return [hit.id for hit in page.hits]


@pytest.mark.parametrize("asked", ASKED)
def test_cursors_lead_through_all_hits_in_order(make_engine: MakeEngine, asked: SearchRequest) -> None:
    engine = make_engine(MANY)
    whole = engine.search(replace(asked, size=50))
    walked = list(pages(engine, asked))
    assert [id for page in walked for id in ids(page)] == ids(whole)
    assert [page.first for page in walked] == list(range(0, whole.total, asked.size))
    assert not any(page.index_changed for page in walked)
    assert {page.total for page in walked} == {whole.total}


@pytest.mark.parametrize("asked", ASKED)
def test_a_page_by_its_number_leads_on_as_well(make_engine: MakeEngine, asked: SearchRequest) -> None:
    engine = make_engine(MANY)
    second = engine.search(replace(asked, page=2))
    assert second.next is not None
    assert second.next.place == 2 * asked.size
    after = engine.search(replace(asked, after=second.next))
    assert ids(after) == ids(engine.search(replace(asked, page=3)))


@pytest.mark.parametrize("asked", ASKED)
def test_a_cursor_goes_on_behind_its_hit_when_articles_have_come(make_engine: MakeEngine, asked: SearchRequest) -> None:
    first = make_engine(MANY).search(asked)
    newcomers = [
        Article(f"n{number}", "en", "Stress and pay", "stress and pay", (), date(2026, 12, 1), work=f"n{number}")
        for number in range(9)
    ]
    engine = make_engine([*MANY, *newcomers])
    whole = ids(engine.search(replace(asked, size=50)))
    assert whole[0].startswith("n")
    page = engine.search(replace(asked, after=first.next))
    assert page.index_changed
    assert page.first == whole.index(ids(page)[0])
    shown = ids(first)[-1]
    assert page.first == whole.index(shown) + 1
    assert not {id for id in ids(page) if id.startswith("n")}


@pytest.mark.parametrize("asked", ASKED)
def test_a_cursor_whose_hit_is_gone_goes_on_where_that_would_be(make_engine: MakeEngine, asked: SearchRequest) -> None:
    first = make_engine(MANY).search(replace(asked, collapse=False))
    assert first.next is not None
    gone = first.next.id
    engine = make_engine([article for article in MANY if article.id != gone])
    page = engine.search(replace(asked, collapse=False, after=first.next))
    assert page.index_changed
    # What came before the hit that is gone is behind us, and all else is still to come.
    rest = [id for page in pages(engine, replace(asked, collapse=False, after=first.next)) for id in ids(page)]
    assert page.first == len(first.hits) - 1
    assert len(rest) == len(set(rest)) == page.total - page.first
    assert not set(rest) & set(ids(first))


def test_a_work_stands_where_it_does_though_another_article_stands_for_it(make_engine: MakeEngine) -> None:
    first = make_engine(ARTICLES).search(SearchRequest(size=2))
    assert ids(first) == ["lt/night", "lt/pay"]
    page = make_engine(ARTICLES[:6]).search(SearchRequest(size=2, after=first.next))
    assert (ids(page), page.first) == (["pl/calls"], 2)


def test_the_end_has_no_cursor(make_engine: MakeEngine, engine: Engine) -> None:
    assert engine.search(SearchRequest("stress", size=50)).next is None
    assert engine.search(SearchRequest("zeppelin")).next is None
    assert engine.search(SearchRequest("stress", page=50)).next is None
    two = Engine(replace(engine.settings, max_results=2))
    page = two.search(SearchRequest(size=2))
    assert (page.total, len(page.hits), page.next) == (3, 2, None)


def test_a_cursor_beyond_what_is_listed_finds_nothing(engine: Engine) -> None:
    page = engine.search(SearchRequest(size=1))
    assert page.next is not None
    far = engine.search(SearchRequest(after=replace(page.next, place=1_000_000_000)))
    assert (far.hits, far.next) == ((), None)
    made_up = Cursor("of nowhere", page.next.search, 3, "nobody", "", (float(10**12),) * 8)
    assert engine.search(SearchRequest(after=made_up)).hits == ()


def test_no_cursor_that_somebody_made_up_does_harm(engine: Engine) -> None:
    version = engine.version()

    @given(
        st.builds(
            Cursor,
            index=st.sampled_from([version, "another"]),
            search=st.just(""),
            place=st.integers(1, 10**9),
            id=st.sampled_from(["en/calls", "pl/pay", "nobody", ""]) | st.text(),
            work=st.sampled_from(["calls", "nothing", ""]),
            key=st.lists(st.sampled_from([0.0, 1.0, -1.0, 1000.0]) | st.floats(allow_nan=False), max_size=8).map(tuple),
        ),
        st.sampled_from(ASKED),
    )
    def ask(made_up: Cursor, asked: SearchRequest) -> None:
        page = engine.search(replace(asked, after=made_up))
        assert 0 <= len(page.hits) <= asked.size
        assert page.index_changed == (made_up.index != version)

    ask()


def test_another_build_is_another_state_of_the_index(make_engine: MakeEngine) -> None:
    first = make_engine(MANY).version()
    assert first.startswith("1.")
    assert make_engine(MANY).version().startswith("2.")
