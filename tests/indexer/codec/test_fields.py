"""The postings of one field in memory: sorted by term, then by document."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import formats

from indexer.codec.bytestrings import ByteStrings
from indexer.codec.fields import Payload, inverted, payload_of, ranges


class Marked(formats.Positions):
    """A format of somebody's own."""


@pytest.mark.parametrize(
    ("format_", "payload"),
    [
        (formats.Existence(), Payload.NOTHING),
        (formats.Frequency(), Payload.NOTHING),
        (formats.Positions(), Payload.POSITIONS),
        (formats.Characters(), Payload.BYTES),
        (formats.PositionBoosts(), Payload.BYTES),
        (Marked(), Payload.BYTES),
    ],
)
def test_only_what_is_understood_is_taken_apart(format_: formats.Format, payload: Payload) -> None:
    assert payload_of(format_) is payload


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 4)), max_size=12))
@settings(max_examples=200, deadline=None)
def test_ranges_are_those_of_python_end_to_end(wanted: list[tuple[int, int]]) -> None:
    expected = [number for start, count in wanted for number in range(start, start + count)]
    starts = np.array([start for start, _ in wanted], dtype=np.uint8)
    counts = np.array([count for _, count in wanted], dtype=np.int64)
    assert ranges(starts, counts).tolist() == expected


def array(*numbers: int) -> np.typing.NDArray[np.int64]:
    return np.array(numbers, dtype=np.int64)


def test_postings_are_gathered_by_term_with_their_positions() -> None:
    # Document 0: "call pay call", document 1: "pay"; "ask" is in neither any more.
    field = inverted(
        ByteStrings.of([b"ask", b"call", b"pay"]),
        term_of=array(2, 1, 2),
        documents=array(0, 0, 1),
        frequencies=array(1, 2, 1),
        payload=Payload.POSITIONS,
        payload_counts=array(1, 2, 1),
        positions=array(1, 0, 2, 0),
    )
    assert field.terms.load() == [b"call", b"pay"]
    assert field.term_starts.tolist() == [0, 1, 3]
    assert field.documents.tolist() == [0, 0, 1]
    assert field.frequencies.tolist() == [2, 1, 1]
    assert field.positions is not None
    assert field.positions.tolist() == [0, 2, 1, 0]
    assert field.payload_starts is not None
    assert field.payload_starts.tolist() == [0, 2, 3, 4]


def test_bytes_go_with_their_postings() -> None:
    field = inverted(
        ByteStrings.of([b"call", b"pay"]),
        term_of=array(1, 0, 1),
        documents=array(0, 0, 1),
        frequencies=array(1, 1, 1),
        payload=Payload.BYTES,
        payload_counts=array(2, 0, 3),
        data=b"aabbb",
    )
    assert field.data == b"aabbb"
    assert field.payload_starts is not None
    # call has none; pay has aa in document 0 and bbb in document 1.
    assert field.payload_starts.tolist() == [0, 0, 2, 5]


def test_weights_are_kept_only_where_they_are_not_the_frequencies() -> None:
    def weights(*given: float) -> list[float] | None:
        field = inverted(
            ByteStrings.of([b"a"]), array(0, 0), array(0, 1), array(1, 2), Payload.NOTHING, weights=np.array(given)
        )
        return None if field.weights is None else field.weights.tolist()

    assert weights(1.0, 2.0) is None
    assert weights(2.5, 5.0) == [2.5, 5.0]


def test_no_posting_at_all_leaves_no_term() -> None:
    field = inverted(ByteStrings.of([b"gone"]), array(), array(), array(), Payload.NOTHING)
    assert field.terms.load() == []
    assert field.term_starts.tolist() == [0]
