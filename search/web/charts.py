"""Column charts as numbers that a template draws in SVG: no script, no style that a policy would refuse.

Units are those of the viewBox. The numbers stand in a table beside every chart, so nothing hangs on seeing it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 200
# Room for the numbers beside the axis, for the labels below it, and for half of the last label.
LEFT, BOTTOM, TOP, RIGHT = 52, 24, 8, 28
# Of the room of a column, what it fills.
FILLED = 0.8
MAX_LINES = 4
MAX_LABELS = 6


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and the part of it, from the ground up, that is marked. `title` says what it is and how much."""

    x: float
    width: float
    y: float
    height: float
    marked_y: float
    marked_height: float
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line across at a round number."""

    y: float
    value: int


@dataclass(frozen=True, slots=True)
class Label:
    """What stands below a column, its middle at x."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What to draw, in a viewBox of width and height; the ground is at `ground`."""

    width: int
    height: int
    left: int
    ground: int
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]


def chart(values: Sequence[int], marked: Sequence[int], labels: Sequence[str], titles: Sequence[str]) -> Chart:
    """Return a chart of columns, one for each value; of each so much is marked. Of many labels only some are shown."""
    ground = HEIGHT - BOTTOM
    step = _step(max(values, default=0))
    top = max(step, -(-max(values, default=0) // step) * step)
    unit = (ground - TOP) / top
    room = (WIDTH - LEFT - RIGHT) / max(1, len(values))
    columns = tuple(
        Column(
            x=round(LEFT + room * (at + (1 - FILLED) / 2), 2),
            width=round(room * FILLED, 2),
            y=round(ground - value * unit, 2),
            height=round(value * unit, 2),
            marked_y=round(ground - part * unit, 2),
            marked_height=round(part * unit, 2),
            title=title,
        )
        for at, (value, part, title) in enumerate(zip(values, marked, titles, strict=True))
    )
    every = -(-len(labels) // MAX_LABELS)
    return Chart(
        WIDTH,
        HEIGHT,
        LEFT,
        ground,
        columns,
        tuple(Line(round(ground - value * unit, 2), value) for value in range(0, top + 1, step)),
        tuple(
            Label(round(LEFT + room * (at + 0.5), 2), label)
            for at, label in enumerate(labels)
            if (len(labels) - 1 - at) % max(1, every) == 0
        ),
    )


def _step(highest: int) -> int:
    """Return the distance of lines: 1, 2 or 5 times a power of ten, so that there are few."""
    step = 1
    while highest > step * MAX_LINES:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step
