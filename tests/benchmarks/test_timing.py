import random

from benchmarks.timing import KINDS, NOTHING, TRIES, difference, differences, guesses, stops_early
from search.tokens import new_token


def shared(guess: str, token: str) -> int:
    return next(at for at, (one, other) in enumerate(zip(guess, token, strict=True)) if one != other)


def test_guesses_share_with_the_token_what_they_say() -> None:
    token = new_token()
    found = guesses(token, random.Random(1))
    assert [shared(found[kind], token) for kind in KINDS] == [0, 0, 21, 42]
    assert token not in found.values()


def test_kinds_are_told_apart_by_their_mean_beside_its_error() -> None:
    # The differences are 1, 2, 3, 2: their mean is 2, their standard deviation sqrt(2/3), its error half of that.
    apart = difference("half", [11, 12, 13, 12], [10, 10, 10, 10])
    assert (apart.median_ns, apart.mean_ns) == (12, 2)
    assert round(apart.error_ns, 4) == 0.4082
    assert apart.told
    assert not difference("half", [11, 9, 13, 7], [10, 10, 10, 10]).told


def test_every_kind_is_tried_as_often_in_each_round() -> None:
    token = new_token()
    tried: list[str] = []
    found = differences(token, tried.append, 3, random.Random(1))
    assert [one.kind for one in found] == [kind for kind in KINDS if kind != NOTHING]
    assert len(tried) == 3 * TRIES * len(KINDS)
    assert sorted({shared(guess, token) for guess in tried}) == [0, 21, 42]


def test_the_check_that_stops_early_lets_in_the_token_alone() -> None:
    token = new_token()
    assert stops_early(token)(token)
    assert not any(stops_early(token)(guess) for guess in guesses(token, random.Random(1)).values())
