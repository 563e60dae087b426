from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from corpus import Article
from search import Engine, SearchRequest
from search.facets import allowed, language_facet, passing, topic_facet, year_facet
from search.page import FacetValue, SearchPage
from search.parsing import parse
from tests.conftest import MakeEngine
from tests.search.corpora import History, asked, indexed, snapshot_of
from tests.search.plain import PlainSearch, language_values, topic_values, year_values


def counts(values: tuple[FacetValue, ...]) -> dict[str, int]:
    return {value.value: value.count for value in values}


def ids(page: SearchPage) -> set[str]:
    return {hit.id for hit in page.hits}


def test_counts_are_of_all_articles_that_answer(engine: Engine) -> None:
    page = engine.search(SearchRequest(collapse=False))
    assert counts(page.languages) == {"en": 3, "lt": 3, "pl": 3}
    # lt/night has no topic, en/night and pl/night have one.
    assert counts(page.topics) == {"wellbeing": 5, "customer-service": 3, "pay": 3}


def test_a_facet_does_not_apply_its_own_filter(engine: Engine) -> None:
    page = engine.search(SearchRequest(languages=("pl",), topics=("pay",)))
    assert ids(page) == {"pl/pay"}
    assert counts(page.languages) == {"en": 1, "lt": 1, "pl": 1}
    assert counts(page.topics) == {"wellbeing": 2, "customer-service": 1, "pay": 1}


def test_several_values_of_a_facet_are_any_of_them(engine: Engine) -> None:
    page = engine.search(SearchRequest(languages=("pl", "lt"), topics=("pay", "customer-service"), collapse=False))
    assert ids(page) == {"pl/pay", "pl/calls", "lt/pay", "lt/calls"}


def test_a_chosen_value_never_disappears(engine: Engine) -> None:
    page = engine.search(SearchRequest("stress", languages=("de",), topics=("law",)))
    assert page.total == 0
    assert [(value.count, value.selected) for value in page.languages if value.value == "de"] == [(0, True)]
    assert [(value.count, value.selected) for value in page.topics if value.value == "law"] == [(0, True)]


def test_values_come_most_first_and_then_by_name(engine: Engine) -> None:
    page = engine.search(SearchRequest())
    assert [value.value for value in page.topics] == ["wellbeing", "customer-service", "pay"]


def test_dates_are_inclusive_and_leave_out_what_has_none(engine: Engine) -> None:
    page = engine.search(SearchRequest(published_from=date(2026, 5, 2), published_to=date(2026, 7, 2), collapse=False))
    assert ids(page) == {"pl/pay", "lt/pay", "pl/night"}
    everything_dated = engine.search(SearchRequest(published_from=date(2000, 1, 1), collapse=False))
    assert everything_dated.total == 8


def test_years_come_newest_first_and_leave_out_what_has_none(make_engine: MakeEngine) -> None:
    days = {"a": date(2024, 12, 31), "b": date(2026, 1, 1), "c": date(2026, 2, 1), "d": None}
    engine = make_engine(Article(id, "en", "Title", "Text.", published=day) for id, day in days.items())
    assert engine.search(SearchRequest()).years == (FacetValue("2026", 2, False), FacetValue("2024", 1, False))
    page = engine.search(SearchRequest(years=(2024, 2023)))
    assert ids(page) == {"a"}
    assert [(value.value, value.count, value.selected) for value in page.years] == [
        ("2026", 2, False),
        ("2024", 1, True),
        ("2023", 0, True),
    ]


def test_what_stands_in_the_query_narrows_every_count(engine: Engine) -> None:
    page = engine.search(SearchRequest("lang:pl topic:wellbeing"))
    assert ids(page) == {"pl/calls", "pl/night"}
    assert counts(page.languages) == {"pl": 2}
    assert counts(page.topics) == {"wellbeing": 2, "customer-service": 1}


QUERIES = st.sampled_from(
    ["", "stres", "stress", "call center", "darbuotojas", "pracownik -sen", "call OR sleep", "work*"]
)


@given(
    QUERIES,
    st.lists(st.sampled_from(["en", "pl", "lt", "de"]), max_size=2, unique=True),
    st.lists(st.sampled_from(["pay", "wellbeing", "law"]), max_size=2, unique=True),
    st.sampled_from([None, date(2026, 5, 1)]),
    st.lists(st.sampled_from([2025, 2026]), max_size=2, unique=True),
    st.booleans(),
)
@examples(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_count_beside_a_value_is_what_choosing_it_gives(
    engine: Engine,
    query: str,
    languages: list[str],
    topics: list[str],
    first: date | None,
    years: list[int],
    collapse: bool,
) -> None:
    asked = SearchRequest(query, tuple(languages), tuple(topics), first, years=tuple(years), collapse=collapse)
    page = engine.search(asked)
    for value in page.languages:
        alone = engine.search(replace(asked, languages=(value.value,)))
        assert alone.total == value.count
    for value in page.topics:
        alone = engine.search(replace(asked, topics=(value.value,)))
        assert alone.total == value.count
    for value in page.years:
        alone = engine.search(replace(asked, years=(int(value.value),)))
        assert alone.total == value.count


FACETS = (language_facet, topic_facet, year_facet)
VALUES = (language_values, topic_values, year_values)


@given(asked())
@examples(max_examples=15, deadline=None)
def test_what_passes_and_what_counts_is_what_the_articles_say(example: tuple[History, list[SearchRequest]]) -> None:
    history, requests = example
    with indexed(*history) as settings:
        snapshot, plain = snapshot_of(settings), PlainSearch(history[-1], settings)
        columns, articles = snapshot.columns, list(plain.articles.values())
        for request in requests:
            numbers = allowed(snapshot.live, parse(request.query, settings), columns)
            kept = {snapshot.id(number) for number in passing(numbers, request, columns).tolist()}
            assert kept == {article.id for article in articles if plain.passes(request, article)}
            for works, work in ((None, str), (snapshot.work_codes, plain.work)):
                found = (facet(snapshot.live, request, columns, works) for facet in FACETS)
                assert list(found) == [values(articles, request, work) for values in VALUES]
