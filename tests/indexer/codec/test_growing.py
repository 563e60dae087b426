"""An array that grows."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.codec.bytestrings import ByteStrings
from indexer.codec.growing import GrowingArray, GrowingStrings


@given(st.lists(st.lists(st.integers(0, 2**31 - 1), max_size=3_000), max_size=6))
@settings(max_examples=40, deadline=None)
def test_what_was_added_stands_end_to_end(parts: list[list[int]]) -> None:
    growing = GrowingArray(np.int32)
    for part in parts:
        growing.add(part)
    assert growing.view().tolist() == [number for part in parts for number in part]
    assert len(growing) == sum(map(len, parts))
    assert growing.view().dtype == np.int32


@given(st.lists(st.lists(st.binary(max_size=4), max_size=400), max_size=5))
@settings(max_examples=40, deadline=None)
def test_strings_that_were_added_stand_end_to_end(parts: list[list[bytes]]) -> None:
    growing = GrowingStrings()
    for part in parts:
        growing.add(ByteStrings.of(part))
    assert growing.view().load() == [string for part in parts for string in part]
