"""The command in a process of its own, writing to terminals, full disks and nothing."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from search.terminal import shows_colours
from tests.conftest import ARTICLES, MakeEngine

COMMAND = [sys.executable, "-m", "search.cli"]


@pytest.fixture
def environment(make_engine: MakeEngine) -> dict[str, str]:
    """An environment with an index of ARTICLES and a terminal of many colours."""
    index = make_engine(ARTICLES).settings.index
    return {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "KARJERA_CONFIG": "", "KARJERA_INDEX": str(index)}


def on_a_terminal(environment: dict[str, str]) -> str:
    """Return what a search for *stress* writes to a terminal."""
    ours, its = pty.openpty()
    with subprocess.Popen([*COMMAND, "search", "stress"], stdout=its, env=environment) as process:
        os.close(its)
        written = b""
        while True:
            try:
                read = os.read(ours, 10_000)
            except OSError:  # Linux has an error for a terminal that nobody writes to any more
                break
            if not read:
                break
            written += read
        os.close(ours)
    assert process.returncode == 0
    return written.decode()


def test_a_terminal_shows_what_was_found_in_colours(environment: dict[str, str]) -> None:
    written = on_a_terminal(environment)
    assert "\x1b[33m\x1b[1mstress\x1b[0m" in written
    assert "[stress]" not in written


@pytest.mark.parametrize("wish", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_who_wants_no_colours_gets_brackets(environment: dict[str, str], wish: dict[str, str]) -> None:
    written = on_a_terminal(environment | wish)
    assert "\x1b" not in written
    assert "[stress]" in written


def test_no_color_counts_when_it_is_not_empty() -> None:
    assert shows_colours({}) and shows_colours({"NO_COLOR": "", "TERM": "xterm"})
    assert not shows_colours({"NO_COLOR": "0"})


@pytest.mark.parametrize("command", ["search burnout", "index status", "config show", "token", "--help"])
@pytest.mark.parametrize(
    ("redirected", "why"), [(">/dev/full", "No space left on device"), (">&-", "Bad file descriptor")]
)
def test_output_that_cannot_be_written_is_an_error_with_a_sentence(
    environment: dict[str, str], command: str, redirected: str, why: str
) -> None:
    if redirected == ">/dev/full" and not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    shell = ["sh", "-c", f'exec "$@" {redirected}', "sh", *COMMAND, *command.split()]
    ended = subprocess.run(shell, env=environment, stderr=subprocess.PIPE, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, f"Error: the output cannot be written: {why}.\n")


def test_a_sync_whose_streams_are_closed_does_its_work(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nlang: en\n---\n# Title\n\nBody.\n")
    shell = [
        "sh",
        "-c",
        'exec "$@" >&- 2>&-',
        "sh",
        *COMMAND,
        "index",
        "sync",
        "--allow-shrink",
        str(tmp_path / "a.md"),
    ]
    assert subprocess.run(shell, env=environment, check=False).returncode == 1
    ended = subprocess.run([*COMMAND, "index", "status"], env=environment, capture_output=True, text=True, check=True)
    assert "Articles:    1\n" in ended.stdout
