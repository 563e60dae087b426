import json
from datetime import UTC, date, datetime, timedelta

from search.querylog.entry import Entry
from search.querylog.summary import EDGES_MS, MAX_DAYS, SHOWN, Asked, Day, Elsewhere, Slow, report

MONDAY = datetime(2026, 11, 16, 8, tzinfo=UTC)


def asked(
    query: str,
    language: str = "en",
    found: dict[str, int] | None = None,
    day: int = 0,
    ms: float = 3.0,
    page: int = 1,
    filters: dict[str, tuple[str, ...]] | None = None,
) -> Entry:
    found = {} if found is None else found
    total = max(found.values(), default=0)
    return Entry(MONDAY + timedelta(days=day), query, language, filters or {}, page, total, total, found, ms)


def test_searches_are_counted_by_day_without_gaps() -> None:
    said = report([asked("a", found={"en": 1}), asked("b"), asked("c", day=3, found={"en": 1}), asked("")])
    assert said.days == (
        Day(date(2026, 11, 16), 3, 1),
        Day(date(2026, 11, 17), 0, 0),
        Day(date(2026, 11, 18), 0, 0),
        Day(date(2026, 11, 19), 1, 0),
    )
    assert (said.searches, said.unanswered_searches) == (4, 1)


def test_who_turns_pages_asks_nothing_new() -> None:
    said = report([asked("a", found={"en": 50}), asked("a", found={"en": 50}, page=2)])
    assert [query.times for query in said.popular] == [1]
    assert said.searches == 1


def test_the_most_asked_come_first_with_what_came_of_them_last() -> None:
    said = report([asked("b", found={"en": 2}), asked("a"), asked("b", found={"en": 5}), asked("", found={"en": 9})])
    assert said.popular == (Asked("b", "en", 2, 5), Asked("a", "en", 1, 0))


def test_queries_without_results_are_listed_by_language_the_one_with_most_first() -> None:
    said = report([asked("a"), asked("c", "pl"), asked("b", "pl"), asked("b", "pl"), asked("d", found={"en": 1})])
    assert said.unanswered == {
        "pl": (Asked("b", "pl", 2, 0), Asked("c", "pl", 1, 0)),
        "en": (Asked("a", "en", 1, 0),),
    }
    assert list(said.unanswered) == ["pl", "en"]


def test_what_was_asked_in_one_language_and_answered_only_in_others_is_paired() -> None:
    said = report(
        [
            asked("praca", "pl", {"en": 3, "de": 1}),
            asked("zarobki", "pl", {"en": 1}),
            asked("praca", "pl", {"en": 3}),
            asked("darbas", "lt", {"en": 1}),
            asked("urlop", "pl", {"pl": 1, "en": 9}),  # answered
            asked("cv", "und", {"en": 9}),  # in no language
            asked("nocna", "pl", {"en": 2}, filters={"lang": ("en",)}),  # asked for so
            asked("nic", "pl"),  # not answered at all
        ]
    )
    assert said.elsewhere == (
        Elsewhere("pl", "en", 3, ("praca", "zarobki")),
        Elsewhere("lt", "en", 1, ("darbas",)),
    )


def test_the_slowest_come_first_each_query_once() -> None:
    said = report([asked("a", ms=5, found={"en": 1}), asked("b", ms=9), asked("a", ms=70, found={"en": 4})])
    assert said.slow == (Slow("a", "en", 70, 4), Slow("b", "en", 9, 0))


def test_times_fall_under_the_edge_that_they_do_not_pass() -> None:
    said = report([asked("a", ms=1.0), asked("b", ms=1.01), asked("c", ms=1_000), asked("d", ms=1_000.1)])
    counts: dict[int | None, int] = dict(zip((*EDGES_MS, None), said.times, strict=True))
    assert {edge: count for edge, count in counts.items() if count} == {1: 1, 2: 1, 1_000: 1, None: 1}


def test_nothing_asked_is_an_empty_report() -> None:
    said = report([])
    assert (said.searches, said.days, said.popular, said.unanswered, said.elsewhere) == (0, (), (), {}, ())


def test_lists_and_days_are_bounded() -> None:
    years = 40 * 365
    said = report([*(asked(f"q{number}", ms=number) for number in range(100)), asked("late", day=years)])
    assert len(said.days) == MAX_DAYS
    assert said.days[-1].day == (MONDAY + timedelta(days=years)).date()
    assert len(said.popular) == len(said.slow) == len(said.unanswered["en"]) == SHOWN


def test_it_is_json() -> None:
    said = json.loads(json.dumps(report([asked("praca", "pl", {"en": 1}), asked("a", ms=2_000)]).to_json()))
    assert said["days"] == [{"day": "2026-11-16", "searches": 2, "unanswered": 1}]
    assert said["elsewhere"] == [{"asked": "pl", "answered": "en", "times": 1, "examples": ["praca"]}]
    assert said["times"][-1] == {"up_to_ms": None, "searches": 1}
