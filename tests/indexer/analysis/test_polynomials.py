"""Hashes of many runs, against sums by hand."""

import numpy as np
import pytest

from indexer.analysis import polynomials as module
from indexer.analysis.characters import code_points
from indexer.analysis.polynomials import polynomials

WORDS = ["pay", "x" * 40, "職場", "pay"]
CODES = code_points(" ".join(WORDS))
STARTS, ENDS = np.array([0, 4, 45, 48]), np.array([3, 44, 47, 51])


def test_a_hash_is_the_polynomial_of_the_letters_wherever_they_stand() -> None:
    base = 0xD1342543DE82EF95
    expected = [sum(ord(letter) * base**at for at, letter in enumerate(word)) % 2**64 for word in WORDS]
    assert polynomials(CODES, STARTS, ENDS, base).tolist() == expected


def test_hashes_do_not_depend_on_how_many_are_made_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = polynomials(CODES, STARTS, ENDS, 12345).tolist()
    for window in (1, 5, 44, 48):
        monkeypatch.setattr(module, "WINDOW_CHARS", window)
        assert polynomials(CODES, STARTS, ENDS, 12345).tolist() == whole
    assert polynomials(CODES, STARTS[:0], ENDS[:0], 12345).tolist() == []
