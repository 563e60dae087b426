import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import LANGUAGES
from search import Engine
from search.querylog.entry import MAX_LINE_BYTES, Entry, entry_of
from search.request import SearchRequest

NOW = datetime(2026, 11, 22, 10, 47, 31, 5, tzinfo=timezone(timedelta(hours=2)))


def guess(text: str) -> str:
    return "pl" if "praca" in text else "und"


def test_a_search_is_kept_without_its_minute_and_who_made_it(engine: Engine) -> None:
    asked = SearchRequest(
        "Praca  w NOCY jan@example.org", ("pl", "lt"), ("wellbeing",), date(2026, 1, 1), prefer=("pl",)
    )
    page = engine.search(asked)
    said = json.loads(entry_of(page, guess, NOW).to_json())
    assert said.pop("milliseconds") == page.milliseconds
    assert said == {
        "hour": "2026-11-22T08Z",
        "query": "praca w nocy",
        "language": "pl",
        "filters": {"lang": ["pl", "lt"], "topic": ["wellbeing"], "from": ["2026-01-01"]},
        "page": 1,
        "total": page.total,
        "complete": page.complete,
        "languages": {"pl": 1},
    }


def test_filters_that_were_typed_are_kept_like_those_that_were_chosen(engine: Engine) -> None:
    page = engine.search(SearchRequest("praca lang:pl topic:pay", years=(2026,)))
    assert entry_of(page, guess, NOW).filters == {"lang": ("pl",), "topic": ("pay",), "year": ("2026",)}


def test_languages_of_hits_are_those_that_the_filter_lets_through(engine: Engine) -> None:
    everywhere = entry_of(engine.search(SearchRequest("call center")), guess, NOW)
    assert everywhere.languages == {"en": 1, "pl": 1}
    chosen = entry_of(engine.search(SearchRequest("call center", ("pl",))), guess, NOW)
    assert chosen.languages == {"pl": 1}


def test_a_line_reads_back_as_what_was_written(engine: Engine) -> None:
    entry = entry_of(engine.search(SearchRequest('praca "w nocy"', years=(2025, 2026))), guess, NOW)
    assert Entry.from_json(entry.to_json()) == entry
    assert entry.hour == datetime(2026, 11, 22, 8, tzinfo=UTC)


def test_no_line_is_longer_than_what_is_read_back(engine: Engine) -> None:
    page = engine.search(SearchRequest("\ufdfa" * 500, tuple(LANGUAGES), years=tuple(range(1900, 2000))))
    many = dict.fromkeys(LANGUAGES, 10**9)
    entry = replace(entry_of(page, guess, NOW), languages=many, total=10**9, query="\U0001d54f" * 200)
    assert len(entry.to_json().encode()) < MAX_LINE_BYTES


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{}",
        "[]",
        "null",
        "{",
        '{"hour":"2026-11-22T10Z"}',
        '{"hour":7}',
        "[" * 4000,
        '{"hour":"2026-11-22T10:47Z"}',
    ],
)
def test_a_damaged_line_is_none(line: str) -> None:
    assert Entry.from_json(line) is None


def test_numbers_that_are_none_damage_a_line(engine: Engine) -> None:
    line = entry_of(engine.search(SearchRequest("praca")), guess, NOW).to_json()
    assert Entry.from_json(line.replace('"page":1', '"page":1e999')) is None
    assert Entry.from_json(line.replace('"page":1', '"page":"x"')) is None


@given(st.text(max_size=100))
def test_any_text_is_an_entry_or_none(line: str) -> None:
    Entry.from_json(line)
