from pathlib import Path

from hypothesis import strategies as st

from benchmarks.fuzz import fuzz
from benchmarks.fuzzed import Target, targets
from search import Engine

# Of each target; `python -m benchmarks.fuzz` gives them thousands of times as many.
INPUTS = 25


def test_no_reader_fails_on_what_nobody_wrote_with_care(engine: Engine, tmp_path: Path) -> None:
    for target in targets(tmp_path, engine):
        outcome = fuzz(target, INPUTS, start=1)
        assert outcome.found == "", target.name
        assert outcome.inputs >= INPUTS, target.name


def test_a_fault_is_found_and_made_small() -> None:
    def run(text: str) -> None:
        assert "x" not in text

    outcome = fuzz(Target("x", 1, st.text("abx", max_size=30), run), 1_000, start=1)
    assert "AssertionError" in outcome.found
    # The plugin of schemathesis leaves out the value.
    assert "run(\n    value=" in outcome.found
    assert "'x' is contained here" in outcome.found


def test_inputs_are_counted_even_where_there_are_few_different_ones() -> None:
    assert fuzz(Target("few", 1, st.booleans(), lambda value: None), 20, start=1).inputs >= 20


def test_the_shares_of_all_targets_are_a_whole(engine: Engine, tmp_path: Path) -> None:
    assert abs(sum(target.share for target in targets(tmp_path, engine)) - 1) < 1e-9
