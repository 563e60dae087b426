import numpy as np
import pytest

from benchmarks.expanding import compared, least, spent_on
from benchmarks.fresh import fresh
from corpus import Settings
from search import Engine


def test_of_several_rounds_the_least_of_each_query_counts() -> None:
    rounds = [np.array([[3.0, 5.0], [2.0, 2.0]]), np.array([[4.0, 4.0], [1.0, 3.0]])]
    assert least(rounds).tolist() == [[3.0, 4.0], [1.0, 2.0]]


def test_medians_and_means_are_compared() -> None:
    assert compared(np.array([1.0, 3.0, 8.0]), np.array([1.0, 2.0, 3.0])) == (
        "median 3.00 ms with, 2.00 without, 1.50 times; mean 4.00 with, 2.00 without, 2.00 times"
    )


def test_each_query_is_timed_twice(knowing: Engine, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KARJERA_INDEX", str(settings.index))
    spent = fresh(spent_on, ["call center", "hotline", "stres"], expand=True)
    assert spent.shape == (2, 3) and (spent > 0).all()
