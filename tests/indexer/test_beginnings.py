from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from indexer.beginnings import MAX_LETTERS, Beginnings, write_beginnings
from indexer.codec.container import Container, ContainerWriter

WORDS = ("stres", "stresas", "stress", "stressed", "sen", "praca", "zażółć", "職場", "𐐷eseret")


def table(folder: Path, words: Sequence[str], rows: Sequence[tuple[int, int, int]] = ()) -> Beginnings:
    """A table of words, and of rows of (word, text, position)."""
    owners, texts, positions = np.array(rows, np.int64).reshape(-1, 3).T
    with (folder / "table").open("wb") as file:
        writer = ContainerWriter(file)
        write_beginnings(writer, "x", words, owners, texts, positions)
        writer.finish({})
    return Beginnings(Container(folder / "table"), "x")


def begun(found: Beginnings, letters: str) -> list[str]:
    return [found.word(number) for number in found.beginning(letters).words.tolist()]


def mistyped(found: Beginnings, letters: str, typos: int) -> dict[str, int]:
    like = found.like(letters, typos)
    return {found.word(number): int(typos) for number, typos in zip(like.words.tolist(), like.typos, strict=True)}


@pytest.fixture
def words(tmp_path: Path) -> Beginnings:
    return table(tmp_path, WORDS)


def test_words_that_begin_alike_are_neighbours(words: Beginnings) -> None:
    assert begun(words, "stres") == ["stres", "stresas", "stress", "stressed"]
    assert begun(words, "職") == ["職場"]
    assert begun(words, "𐐷") == ["𐐷eseret"]
    assert begun(words, "x") == begun(words, "stresses") == []
    assert begun(words, "") == sorted(WORDS)


def test_one_letter_may_be_missing_added_another_or_exchanged(words: Beginnings) -> None:
    assert mistyped(words, "strss", 1) == {"stres": 1, "stresas": 1, "stress": 1, "stressed": 1}
    assert mistyped(words, "prraca", 1) == {"praca": 1}
    assert mistyped(words, "pryca", 1) == {"praca": 1}
    assert mistyped(words, "parca", 1) == {"praca": 1}
    assert mistyped(words, "pac", 1) == {"praca": 1}


def test_the_first_letter_is_taken_to_be_right(words: Beginnings) -> None:
    assert mistyped(words, "rtess", 2) == mistyped(words, "xtress", 2) == {}


def test_what_begins_so_has_no_typo_and_a_word_shorter_than_typed_may_have(words: Beginnings) -> None:
    assert mistyped(words, "stress", 1) == {"stress": 0, "stressed": 0, "stres": 1, "stresas": 1}
    assert mistyped(words, "seny", 1) == {"sen": 1}


def test_texts_are_those_of_some_words_and_where_they_stand(tmp_path: Path) -> None:
    found = table(tmp_path, ("b", "a", "c"), [(0, 7, 1), (1, 3, 0), (0, 2, 300), (2, 3, 1)])
    assert [column.tolist() for column in found.texts(np.array([1]))] == [[2, 7], [255, 1], [2]]
    assert [column.tolist() for column in found.texts(np.array([0, 2]))] == [[3, 3], [0, 1], [1, 1]]
    assert [column.tolist() for column in found.texts(np.zeros(0, np.int64))] == [[], [], []]


def test_a_table_of_nothing_finds_nothing(tmp_path: Path) -> None:
    nothing = table(tmp_path, ())
    assert len(nothing) == 0
    assert begun(nothing, "a") == begun(nothing, "") == [] and mistyped(nothing, "abcde", 1) == {}


def test_a_very_long_word_costs_no_more_than_a_long_one(words: Beginnings, tmp_path: Path) -> None:
    assert mistyped(words, "stres" + "s" * 100_000, 2) == {}
    assert mistyped(table(tmp_path, ("a" * 200,)), "a" * 30 + "b" + "a" * 300, 2) == {"a" * 200: 1}
    assert MAX_LETTERS >= 31


@settings(deadline=None)
@given(
    # Of letters, a and ¡ share a bit.
    st.lists(st.text("abc¡", min_size=1, max_size=9), min_size=1, max_size=30, unique=True),
    st.text("abc¡", min_size=1, max_size=9),
    st.integers(1, 2),
)
def test_typos_are_the_distance_from_the_nearest_beginning(words: list[str], letters: str, typos: int) -> None:
    expected = {}
    for word in words:
        distance = min(OSA.distance(letters, word[:end]) for end in range(len(word) + 1))
        if distance <= typos and word[0] == letters[0]:
            expected[word] = distance
    with TemporaryDirectory() as folder:
        assert mistyped(table(Path(folder), words), letters, typos) == expected
