"""Runs to numbers, against a dictionary of texts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.codec import interning
from indexer.codec.interning import Interner

WORDS = st.one_of(
    st.text(st.sampled_from("ab"), min_size=1, max_size=6),
    st.text(min_size=1, max_size=4),
    st.text(st.sampled_from("ab\0职"), min_size=1, max_size=30),
)
TEXTS = st.lists(st.lists(WORDS, max_size=8), max_size=6)


def interned(known: Interner, words: list[str]) -> tuple[list[int], list[int]]:
    """The numbers of words that stand in one text, and which are new."""
    encoded = [word.encode("utf-8", "surrogatepass") for word in words]
    lengths = np.array([len(word) for word in encoded], np.int64)
    ends = np.cumsum(lengths + 1) - 1
    numbers, new = known.numbers(np.frombuffer(b" ".join(encoded), np.uint8), ends - lengths, ends)
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


# Runs that differ only in the bytes 0 at their ends share a hash, and their numbers come later.
UNLIKE = st.lists(st.lists(WORDS.filter(lambda word: not word.endswith("\0")), max_size=8), max_size=6)


@given(texts=UNLIKE)
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
        patch.setattr(interning, "_hashes", lambda runs: runs.first % np.uint64(3))
        interner, known = Interner(), dict[str, int]()
        for words in texts:
            numbers, _ = interned(interner, words)
            # Numbers of runs that share a hash come later; each still has its own.
            named = dict(zip(words, numbers, strict=True))
            assert [named[word] for word in words] == numbers
            assert all(known.setdefault(word, number) == number for word, number in named.items())
            assert len(set(known.values())) == len(known) == len(interner)


def test_runs_that_differ_in_how_many_bytes_0_they_end_with_are_different_runs() -> None:
    # They share a hash.
    assert interned(Interner(), ["a", "a\0", "a\0\0", "a\0"]) == ([0, 1, 2, 1], [0, 1, 2])
