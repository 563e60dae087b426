from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Settings
from search import SearchRequest
from search.cursor import Cursor
from search.errors import BadRequest
from search.parameters import properties
from search.request import bounded
from search.serialization import HIT_FIELDS
from search.web.questions import MAX_BATCH, BatchQuestion, SearchQuestion, SuggestQuestion

QUESTION = bounded(SearchQuestion, Settings())
NAMES = st.sampled_from(sorted(properties(QUESTION))) | st.text()
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["pl", "pay", "2026-01-01"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


def cursor(request: SearchRequest) -> Cursor:
    return Cursor("1.1.x", request.identity(), 10, "en/pay", "pay", (-1.0, 0.0))


def test_a_question_is_a_search_with_fields_and_a_cursor() -> None:
    after = cursor(SearchRequest("pay", prefer=("pl",)))
    asked = QUESTION.of_texts({"q": ["pay"], "prefer": ["pl"], "fields": ["id,title"], "cursor": [str(after)]})
    assert asked.fields == ["id", "title"]
    assert asked.request() == SearchRequest("pay", prefer=("pl",), after=after)
    assert properties(QUESTION)["fields"]["items"]["enum"] == list(HIT_FIELDS)


def test_languages_that_a_client_accepts_are_part_of_the_search() -> None:
    asked = QUESTION.of_texts({"q": ["pay"], "cursor": [str(cursor(SearchRequest("pay", prefer=("lt",))))]})
    assert asked.request(("lt",)).prefer == ("lt",)
    with pytest.raises(BadRequest, match="cursor is of another search"):
        asked.request(("en",))


def test_json_has_the_same_bounds_as_an_address() -> None:
    for value in (0, 51, "5", 5.0, True, None, [5]):
        with pytest.raises(BadRequest, match=r"size|allowed"):
            QUESTION.of_values({"size": value})
    assert QUESTION.of_values({"size": 50, "from": "2026-01-01", "year": [2026], "lang": ["pt-BR"]}).lang == ["pt"]


def test_one_language_is_no_list() -> None:
    assert SuggestQuestion.of_texts({"lang": ["nb"]}).lang == "no"
    with pytest.raises(BadRequest, match="lang is 'pl,lt'; allowed are ar, be"):
        SuggestQuestion.of_texts({"lang": ["pl,lt"]})


def test_a_batch_says_how_many_it_may_have() -> None:
    assert len(BatchQuestion.of_values({"requests": [{}] * MAX_BATCH}).requests) == MAX_BATCH
    with pytest.raises(BadRequest, match=f"allowed are {MAX_BATCH}"):
        BatchQuestion.of_values({"requests": [{}] * (MAX_BATCH + 1)})


@given(st.dictionaries(NAMES, st.lists(st.text() | st.sampled_from(["1", "pl", "true", "pay,law"]), max_size=3)))
def test_any_texts_are_a_search_or_a_problem(texts: dict[str, list[str]]) -> None:
    with suppress(BadRequest):
        assert isinstance(QUESTION.of_texts(texts).request(), SearchRequest)


@given(st.dictionaries(NAMES, VALUES) | VALUES)
def test_any_json_is_a_search_or_a_problem(values: object) -> None:
    with suppress(BadRequest):
        assert isinstance(QUESTION.of_values(values).request(), SearchRequest)
