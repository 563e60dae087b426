"""Runs to numbers, against a dictionary of texts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis import interning
from indexer.analysis.characters import code_points
from indexer.analysis.interning import Interner

WORDS = st.one_of(
    st.text(st.sampled_from("ab"), min_size=1, max_size=6),
    st.text(st.characters(exclude_characters=" "), min_size=1, max_size=4),
)
TEXTS = st.lists(st.lists(WORDS, max_size=8), max_size=6)


def interned(known: Interner, words: list[str]) -> tuple[list[int], list[int]]:
    """The numbers of words that stand in one text, and which are new."""
    lengths = np.array([len(word) for word in words], np.int64)
    ends = np.cumsum(lengths + 1) - 1
    numbers, new = known.numbers(code_points(" ".join(words)), ends - lengths, ends)
    return numbers.tolist(), new.tolist()


def expected(known: dict[str, int], words: list[str]) -> tuple[list[int], list[int]]:
    new = []
    for at, word in enumerate(words):
        if word not in known:
            known[word] = len(known)
            new.append(at)
    return [known[word] for word in words], new


def check(texts: list[list[str]]) -> None:
    interner, known = Interner(), dict[str, int]()
    for words in texts:
        assert interned(interner, words) == expected(known, words)
        assert len(interner) == len(known)


def test_a_run_has_one_number_wherever_it_stands() -> None:
    known = Interner()
    assert interned(known, ["pay", "rise", "pay"]) == ([0, 1, 0], [0, 1])
    assert interned(known, ["a", "rise", "pays", "a"]) == ([2, 1, 3, 2], [0, 2])
    assert interned(known, []) == ([], [])


@given(texts=TEXTS)
@settings(max_examples=200, deadline=None)
def test_numbers_are_those_of_a_dictionary(texts: list[list[str]]) -> None:
    check(texts)


def test_a_great_many_runs_are_no_less_distinct() -> None:
    check([[f"w{number % 7_000:x}" for number in range(first, first + 9_000)] for first in (0, 4_000, 90_000)])


@given(texts=TEXTS)
@settings(max_examples=100, deadline=None)
def test_runs_that_share_a_hash_are_told_apart(texts: list[list[str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # Of so few bits, that most runs share theirs; the table has to grow, too.
        patch.setattr(interning, "_FIRST_SLOTS", 4)
        patch.setattr(interning, "_hashes", lambda codes, starts, ends: codes[starts].astype(np.uint64) % np.uint64(3))
        interner, known = Interner(), dict[str, int]()
        for words in texts:
            numbers, _ = interned(interner, words)
            # Numbers of runs that share a hash come later; each still has its own.
            named = dict(zip(words, numbers, strict=True))
            assert [named[word] for word in words] == numbers
            assert all(known.setdefault(word, number) == number for word, number in named.items())
            assert len(set(known.values())) == len(known) == len(interner)


def test_hashes_do_not_depend_on_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["pay", "x" * 40, "rise", "pay"]
    codes, ends = code_points(" ".join(words)), np.array([3, 44, 49, 53])
    starts = np.array([0, 4, 45, 50])
    whole = interning._hashes(codes, starts, ends).tolist()
    assert whole[0] == whole[3] and len(set(whole)) == 3
    for window in (1, 5, 44, 48):
        monkeypatch.setattr(interning, "WINDOW_CHARS", window)
        assert interning._hashes(codes, starts, ends).tolist() == whole
