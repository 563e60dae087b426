"""Programs of other people that some tests need."""

import os
import shutil

import pytest

# Where it is set, as in `.ci/run`, a test fails for want of a program instead of being skipped.
REQUIRED = "KARJERA_REQUIRE_PROGRAMS"


def program(*names: str) -> str:
    """Return the path of the first of these programs that there is; without any, the test is skipped or fails."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        lacking = f"there is no {' or '.join(names)} on this machine"
        if os.environ.get(REQUIRED):
            pytest.fail(f"{lacking}, and {REQUIRED} asks for it")
        pytest.skip(lacking)
    return found
