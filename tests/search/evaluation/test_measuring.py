import sys
from math import log2

import pytest

from search.evaluation import Answer, ExtraMissing, JudgedQuery, JudgedSet, Measured, Values, means, measure

SET = JudgedSet("some/set", (), (), False, "0" * 64)


def answer(id: str, language: str, grades: dict[str, int], ids: tuple[str, ...], milliseconds: float = 1.0) -> Answer:
    return Answer(JudgedQuery(id, "…", language, grades), ids, milliseconds)


def row(name: str, language: str, value: float) -> Measured:
    return Measured(name, "0" * 64, language, 1, Values((value, value, value), value, value, value))


def test_ndcg_discounts_grades_by_rank() -> None:
    # Found: grade 1 first, grade 2 third. Best: grade 2 first, grade 1 second.
    rows = measure(SET, [answer("q", "en", {"a": 2, "b": 1}, ("b", "x", "a"))])
    assert rows[0].values.scores[0] == pytest.approx((1 + 2 / log2(4)) / (2 + 1 / log2(3)))


def test_mrr_looks_at_ten_hits_and_recall_at_a_hundred() -> None:
    others = tuple(f"x{n}" for n in range(200))
    tenth = answer("q1", "en", {"a": 1}, (*others[:9], "a"))
    eleventh = answer("q2", "en", {"a": 1}, (*others[:10], "a"))
    last = answer("q3", "en", {"a": 1, "b": 1}, (*others[:99], "a", "b"))
    assert measure(SET, [tenth])[0].values.scores[1:] == pytest.approx((0.1, 1.0))
    assert measure(SET, [eleventh])[0].values.scores[1:] == pytest.approx((0.0, 1.0))
    assert measure(SET, [last])[0].values.scores[1:] == pytest.approx((0.0, 0.5))


@pytest.mark.parametrize(("ids", "reciprocal"), [(("a", "b"), 0.5), (("b", "a"), 1.0)])
def test_the_order_is_that_of_the_hits_and_not_of_their_ids(ids: tuple[str, ...], reciprocal: float) -> None:
    assert measure(SET, [answer("q", "en", {"b": 1}, ids)])[0].values.scores[1] == reciprocal


def test_a_query_without_hits_counts_as_nothing_found() -> None:
    found, nothing = answer("q1", "en", {"a": 1}, ("a",)), answer("q2", "en", {"a": 1}, ())
    values = measure(SET, [found, nothing])[0].values
    assert values.scores == pytest.approx((0.5, 0.5, 0.5))
    assert values.zero_hits == 0.5


def test_a_row_is_of_a_language() -> None:
    answers = [answer("q1", "pl", {"a": 1}, ("a",), 1.0), answer("q2", "lt", {"a": 1}, (), 8.0)]
    answers.append(answer("q3", "pl", {"a": 1}, ("a",), 3.0))
    rows = measure(SET, answers)
    assert [(one.language, one.queries, one.values.scores[1], one.values.median_ms) for one in rows] == [
        ("pl", 2, 1.0, 2.0),
        ("lt", 1, 0.0, 8.0),
    ]
    assert rows[0].values.p95_ms == pytest.approx(2.9)


def test_means_are_over_rows_by_collection_by_language_and_over_all() -> None:
    rows = [row("help/pl", "pl", 0.2), row("help/cs", "cs", 0.4), row("quad/pl", "pl", 0.6)]
    found = means(rows)
    assert {name: values.zero_hits for name, values in found.items()} == pytest.approx(
        {"help": 0.3, "pl": 0.4, "all": 0.4}
    )
    assert found["help"].scores == pytest.approx((0.3, 0.3, 0.3))


def test_a_mean_that_would_say_the_same_again_is_left_out() -> None:
    assert means([row("help/pl", "pl", 0.2)]) == {}
    assert list(means([row("help/pl", "pl", 0.2), row("help/cs", "cs", 0.4)])) == ["help"]


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(ExtraMissing, match=r"ir_measures is not installed.*pip install '\.\[evaluate\]'"):
        measure(SET, [answer("q", "en", {"a": 1}, ("a",))])
