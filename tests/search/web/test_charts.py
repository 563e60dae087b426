import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.web.charts import BOTTOM, HEIGHT, MAX_LABELS, MAX_LINES, RIGHT, TOP, WIDTH, chart

GROUND = HEIGHT - BOTTOM


def test_columns_stand_on_the_ground_in_proportion() -> None:
    drawn = chart([10, 5, 0], [5, 0, 0], ["a", "b", "c"], ["ten", "five", "none"])
    assert [column.height for column in drawn.columns] == [GROUND - TOP, (GROUND - TOP) / 2, 0]
    assert [column.y + column.height for column in drawn.columns] == [GROUND] * 3
    assert [column.marked_height for column in drawn.columns] == [(GROUND - TOP) / 2, 0, 0]
    assert [column.title for column in drawn.columns] == ["ten", "five", "none"]


@pytest.mark.parametrize(
    ("highest", "lines"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (4, [0, 1, 2, 3, 4]),
        (5, [0, 2, 4, 6]),
        (9, [0, 5, 10]),
        (10, [0, 5, 10]),
        (41, [0, 20, 40, 60]),
        (12_345, [0, 5_000, 10_000, 15_000]),
    ],
)
def test_lines_are_at_round_numbers(highest: int, lines: list[int]) -> None:
    assert [line.value for line in chart([highest], [0], ["a"], ["a"]).lines] == lines


def test_of_many_labels_some_are_shown_the_last_of_them_always() -> None:
    names = [str(number) for number in range(30)]
    shown = chart([1] * 30, [0] * 30, names, names).labels
    assert [label.text for label in shown] == ["4", "9", "14", "19", "24", "29"]


def test_nothing_is_an_empty_chart() -> None:
    drawn = chart([], [], [], [])
    assert (drawn.columns, drawn.labels) == ((), ())


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=400))
def test_all_is_within_the_picture(values: list[int]) -> None:
    names = [""] * len(values)
    drawn = chart(values, values, names, names)
    for column in drawn.columns:
        assert drawn.left <= column.x <= column.x + column.width <= WIDTH - RIGHT + 0.02
        assert TOP - 0.02 <= column.y <= column.y + column.height <= GROUND + 0.02
    assert 2 <= len(drawn.lines) <= MAX_LINES + 2
    assert 1 <= len(drawn.labels) <= MAX_LABELS
