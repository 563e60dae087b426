import numpy as np
import pytest

from search import Engine
from search.typed import Typed, allowed_typos, candidates, first, words_like
from tests.search.corpora import snapshot_of


def test_what_was_typed_is_words_and_one_that_may_go_on() -> None:
    typed = Typed.of("Praca w Nó")
    assert typed == Typed(("praca", "w", "no"), "Praca w Nó", ((0, 5), (6, 7), (8, 10)))
    assert typed.before == "Praca w "
    typed = Typed.of(' "call cen')
    assert (typed.words, typed.before) == (("call", "cen"), ' "call ')
    typed = Typed.of("stres ")
    assert (typed.words, typed.before) == (("stres",), "")


@pytest.mark.parametrize("text", ["", "  ", "-", '"', "\x00", "word " * 11])
def test_without_a_word_or_with_many_there_is_nothing_to_go_on_with(text: str) -> None:
    assert Typed.of(text).words == ()


def test_the_longer_a_word_the_more_of_it_may_be_mistyped() -> None:
    assert [allowed_typos("x" * count) for count in (1, 3, 4, 7, 8, 30)] == [0, 0, 1, 1, 2, 2]


def test_every_word_has_to_begin_one_of_the_text_or_nearly(engine: Engine) -> None:
    snapshot = snapshot_of(engine.settings)
    assert snapshot.typed
    count = len(snapshot.columns.days)

    def found(*words: str, mistyped: bool = False) -> list[tuple[str, int, bool]]:
        assert snapshot.typed
        like = candidates(snapshot.typed.titles, words, count, mistyped)
        if like is None:
            return []
        ids = map(snapshot.id, like.texts.tolist())
        return sorted(zip(ids, like.typos.tolist(), like.goes_on.tolist(), strict=True))

    assert found("cent", "stres") == [("en/calls", 0, False), ("lt/calls", 0, False), ("pl/calls", 0, False)]
    assert found("stres", "call") == [("en/calls", 0, False), ("pl/calls", 0, False)]
    assert found("call", "center", "stre") == [("en/calls", 0, True), ("pl/calls", 0, False)]
    assert found("xyz", "call") == found("cetner") == []
    assert found("cetner", "strss", mistyped=True) == [("en/calls", 2, False), ("pl/calls", 2, False)]
    assert found("nigth", mistyped=True) == [("en/night", 1, False)]


def test_a_short_word_is_not_taken_for_mistyped(engine: Engine) -> None:
    table = snapshot_of(engine.settings).typed
    assert table
    assert len(words_like(table.titles, "nos", mistyped=True).words) == 0


def test_the_first_are_the_lowest_in_order() -> None:
    keys = np.array([5, 1, 4, 1, 3])
    assert first(keys, 3).tolist() == [1, 3, 4]
    assert first(keys, 9).tolist() == [1, 3, 4, 2, 0]
    assert first(keys[:0], 3).tolist() == []
