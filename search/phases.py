"""What the time of a search went to: laps of a clock, for whoever watches the engine.

A search has a handful of laps, each a reading of the clock and a tuple, so they are always taken.
"""

import time
from typing import Literal, get_args

# In the order of a search; "plan" and "match" come twice where a word was taken for another.
Phase = Literal["parse", "plan", "match", "rank", "snippets", "facets"]
PHASES: tuple[Phase, ...] = get_args(Phase)


class Phases:
    """The laps of one search: (phase, start, end), each beginning where the one before ended.

    Times are nanoseconds of `time.perf_counter_ns`, which has no date.
    """

    __slots__ = ("_last", "laps")

    def __init__(self) -> None:
        self.laps: list[tuple[Phase, int, int]] = []
        self._last = time.perf_counter_ns()

    def end(self, phase: Phase) -> None:
        """Say that what went on since the last lap was this phase."""
        now = time.perf_counter_ns()
        self.laps.append((phase, self._last, now))
        self._last = now

    def seconds(self) -> dict[Phase, float]:
        """Return what each phase took in all, in the order in which they came first."""
        total: dict[Phase, float] = {}
        for phase, start, end in self.laps:
            total[phase] = total.get(phase, 0.0) + (end - start) / 1e9
        return total
