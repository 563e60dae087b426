"""Stored values as bytes, and back."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.codec.values import packed, packed_text, unpacked

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(),
    st.binary(),
    st.dates(),
    st.datetimes(),
    st.datetimes(timezones=st.just(UTC)),
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3))
)


@given(values=st.dictionaries(st.text(), VALUES, max_size=4))
@settings(max_examples=200, deadline=None)
def test_what_is_stored_comes_back(values: dict[str, Any]) -> None:
    assert unpacked(packed(values)) == values


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        0,
        2**80,
        -0.25,
        "",
        "zażółć 職場 👩‍💻",
        "\ud800 a lone surrogate",
        b"",
        b"\x00\xff",
        date(2024, 9, 28),
        datetime(2024, 9, 28, 12, 30, 0, 5),
        datetime(2024, 9, 28, 12, 30, tzinfo=timezone(timedelta(hours=2))),
        [[1, [b"deep", None]], {"at": date(2026, 3, 1)}],
    ],
)
def test_a_value_keeps_its_type(value: object) -> None:
    found = unpacked(packed({"value": value}))["value"]
    assert found == value
    assert type(found) is type(value)


def test_a_moment_is_not_confused_with_its_day() -> None:
    values = {"day": date(2024, 9, 28), "moment": datetime(2024, 9, 28)}
    assert [type(value) for value in unpacked(packed(values)).values()] == [date, datetime]


def test_tuples_come_back_as_lists() -> None:
    assert unpacked(packed({"topics": ("pay", "first-job")})) == {"topics": ["pay", "first-job"]}


@pytest.mark.parametrize(
    "value", [{1, 2}, object(), Decimal("1.5"), 1j, len, [timedelta(1)]], ids=lambda value: type(value).__name__
)
def test_what_cannot_be_stored_says_so_and_what_can(value: object) -> None:
    with pytest.raises(TypeError, match="cannot be stored; store a text, number, list, dict, date or bytes"):
        packed({"value": value})


def test_the_same_values_are_the_same_bytes() -> None:
    values = {"body": "Pay follows from what you ask. " * 50, "at": date(2026, 3, 1)}
    assert packed(values) == packed(dict(values))


def test_texts_stand_behind_the_rest_as_they_are() -> None:
    assert (
        packed({"title": "Pay\n", "at": 1, "body": "„Płaca”"})
        == '[{"at":1},{"title":4,"body":7}]\nPay\n„Płaca”'.encode()
    )


@given(st.text(), st.text())
@settings(max_examples=50, deadline=None)
def test_a_text_may_be_given_in_utf_8(name: str, text: str) -> None:
    assert packed_text(name, text.encode("utf-8", "surrogatepass"), len(text)) == packed({name: text})
