import random

from rapidfuzz.distance import OSA

from benchmarks.suggesting import mistyped


def test_one_letter_behind_the_first_is_mistyped() -> None:
    chance = random.Random(1)
    found = {mistyped("stress", chance) for _ in range(200)}
    assert {OSA.distance("stress", text) for text in found} <= {0, 1} and len(found) > 20
    assert {text[0] for text in found} == {"s"}


def test_a_short_beginning_stays_as_it_is() -> None:
    assert mistyped("str", random.Random(1)) == "str"
