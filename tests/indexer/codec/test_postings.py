"""The matcher that Whoosh's queries step through."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import formats, scoring
from whoosh.matching.mcore import ReadTooFar
from whoosh.reading import TermInfo

from indexer.codec.postings import ArrayMatcher
from indexer.codec.terms import Postings

# "call" stands in documents 1, 4 and 9: once, twice and three times.
CALL = Postings(np.array([1, 4, 9], np.uint8), np.array([1, 2, 3]), None, np.array([5, 0, 7, 1, 2, 300]))
INFO = TermInfo(weight=6.0, df=3, minlength=4, maxlength=400, maxweight=3.0, minid=1, maxid=9)


def matcher(postings: Postings = CALL, format_: formats.Format | None = None, scorer: Any = None) -> ArrayMatcher:
    return ArrayMatcher(postings, INFO, ("body", b"call"), format_ or formats.Positions(), scorer, None)


def test_postings_come_one_after_the_other() -> None:
    one = matcher()
    found = []
    while one.is_active():
        found.append((one.id(), one.weight(), one.value_as("positions"), one.value_as("frequency")))
        one.next()
    assert found == [(1, 1.0, [5], 1), (4, 2.0, [0, 7], 2), (9, 3.0, [1, 2, 300], 3)]
    assert one.term() == ("body", b"call")


def test_values_are_what_the_format_of_the_field_reads() -> None:
    positions = formats.Positions()
    one = matcher(format_=positions)
    one.skip_to(9)
    assert positions.decode_positions(one.value()) == [1, 2, 300]
    frequency = formats.Frequency()
    two = matcher(Postings(CALL.documents, CALL.frequencies, None, None), frequency)
    two.skip_to(4)
    assert frequency.decode_frequency(two.value()) == 2
    assert matcher(Postings(CALL.documents, CALL.frequencies, None, None), formats.Existence()).value() == b""


def test_bytes_of_another_format_are_handed_on() -> None:
    characters = formats.Characters()
    data = [characters.encode([(2, 10, 14)]), characters.encode([(0, 0, 4), (3, 20, 24)])]
    postings = Postings(np.array([1, 4]), np.array([1, 2]), None, None)
    one = ArrayMatcher(postings, INFO, ("body", b"call"), characters, None, data)
    assert one.value_as("characters") == [(2, 10, 14)]
    one.next()
    assert one.value_as("characters") == [(0, 0, 4), (3, 20, 24)]
    assert one.value_as("positions") == [0, 3]


def test_weights_may_differ_from_frequencies() -> None:
    one = matcher(Postings(CALL.documents, CALL.frequencies, np.array([2.5, 5.0, 7.5]), None), formats.Frequency())
    one.next()
    assert (one.weight(), one.value_as("frequency")) == (5.0, 2)


@given(ids=st.sets(st.integers(0, 30), min_size=1), targets=st.lists(st.integers(0, 31), max_size=6))
@settings(max_examples=100, deadline=None)
def test_skipping_stops_at_the_first_document_not_before(ids: set[int], targets: list[int]) -> None:
    documents = np.array(sorted(ids))
    one = matcher(Postings(documents, np.ones(len(ids), np.int64), None, None), formats.Existence())
    at = min(ids)
    for target in targets:
        at = min((number for number in ids if number >= max(at, target)), default=-1)
        one.skip_to(target)
        assert one.is_active() == (at >= 0)
        if at < 0:
            break
        assert one.id() == at
        assert list(one.copy().all_ids()) == [number for number in sorted(ids) if number >= at]


def test_going_on_behind_the_end_is_an_error() -> None:
    one = matcher()
    one.skip_to(10)
    assert not one.is_active()
    with pytest.raises(ReadTooFar):
        one.next()
    with pytest.raises(ReadTooFar):
        one.skip_to(11)
    one.reset()
    assert one.id() == 1


def test_a_copy_goes_its_own_way() -> None:
    one = matcher()
    one.next()
    other = one.copy()
    other.next()
    assert (one.id(), other.id()) == (4, 9)
    assert (one.value_as("positions"), other.value_as("positions")) == ([0, 7], [1, 2, 300])


def test_the_bounds_are_those_of_the_term() -> None:
    one = matcher()
    assert (one.block_min_id(), one.block_max_id()) == (1, 9)
    assert (one.block_min_length(), one.block_max_length(), one.block_max_weight()) == (4, 400, 3.0)


def test_a_term_that_cannot_reach_a_score_is_passed_over_as_a_whole() -> None:
    # The weight is the score: the most that this term can add is 3.
    one = matcher(scorer=ByWeight())
    assert one.skip_to_quality(2.9) == 0
    assert one.id() == 1
    assert one.skip_to_quality(3.0) == 1
    assert not one.is_active()


class ByWeight(scoring.BaseScorer):
    def supports_block_quality(self) -> bool:
        return True

    def score(self, matcher: Any) -> float:
        return float(matcher.weight())

    def max_quality(self) -> float:
        return 3.0

    def block_quality(self, matcher: Any) -> float:
        return float(matcher.block_max_weight())
