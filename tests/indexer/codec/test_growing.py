"""An array that grows."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.codec.growing import GrowingArray


@given(st.lists(st.lists(st.integers(0, 2**31 - 1), max_size=3_000), max_size=6))
def test_what_was_added_stands_end_to_end(parts: list[list[int]]) -> None:
    growing = GrowingArray(np.int32)
    for part in parts:
        growing.add(part)
    assert growing.view().tolist() == [number for part in parts for number in part]
    assert len(growing) == sum(map(len, parts))
    assert growing.view().dtype == np.int32
