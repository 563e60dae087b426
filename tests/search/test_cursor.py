from base64 import urlsafe_b64encode
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.cursor import MAX_CURSOR_CHARS, Cursor, cursor_of

CURSOR = Cursor(
    "2.5.2026-11-22T10:00:00+00:00", "0123456789abcdef", 20, "pl/call-center", "call-center", (1000.0, -0.75, 2.0)
)


def test_a_cursor_comes_back_from_its_text() -> None:
    assert cursor_of(str(CURSOR)) == CURSOR
    assert str(CURSOR).replace("-", "").replace("_", "").isalnum()


def test_the_longest_id_has_room() -> None:
    longest = Cursor("9" * 100, "f" * 16, 1_000_000_000, "\x01" * 200, "\x01" * 200, (-0.123456789012345,) * 8)
    assert len(str(longest)) < MAX_CURSOR_CHARS
    assert cursor_of(str(longest)) == longest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "first",
        "ąę",
        str(CURSOR)[:-5],
        "x" * (MAX_CURSOR_CHARS + 1),
        urlsafe_b64encode(b"[1, 2]").decode(),
        urlsafe_b64encode(b'{"index":"1","search":"a","place":0,"id":"a","work":"","key":[]}').decode(),
        urlsafe_b64encode(b'{"index":"1","search":"a","place":"7","id":"a","work":"","key":[]}').decode(),
        urlsafe_b64encode(b'{"index":"1","search":"a","place":7,"id":"a","work":"","key":[NaN]}').decode(),
        urlsafe_b64encode(b'{"index":"1","search":"a","place":1e99,"id":"a","work":"","key":[]}').decode(),
    ],
)
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        cursor_of(text)


@given(st.text() | st.binary().map(lambda data: urlsafe_b64encode(data).decode()))
def test_no_text_does_any_other_harm(text: str) -> None:
    with suppress(ValueError):
        cursor_of(text)
