"""What the command writes to: whether it shows colours, and what to say when nothing can be written there."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import click


class Writing(click.Group):
    """A command with others below it that ends with a sentence and status 1 when its output cannot be written."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run it, as click does."""
        _open_what_is_closed()
        try:
            return super().main(*args, **extra)
        except OSError as error:
            if error.filename is not None:  # of something else: what is written to has no name here
                raise
            _discard_the_rest()
            with suppress(OSError):
                click.echo(f"Error: the output cannot be written: {error.strerror or error}.", err=True)
            sys.exit(1)


def shows_colours(environment: Mapping[str, str]) -> bool:
    """Tell whether a terminal is to show colours: https://no-color.org, and one that says it can nothing."""
    return not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def is_coloured() -> bool:
    """Tell whether what is printed now is shown in colours: on a terminal, unless the running command has none."""
    context = click.get_current_context(silent=True)
    return sys.stdout.isatty() and (context is None or context.color is not False)


def _open_what_is_closed() -> None:
    # Python has None for a stream that is closed, and the next file opened would get its number. In place of the output
    # stands what cannot be written to either, so that the command does its work, and then says so.
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def _discard_the_rest() -> None:
    # Or the interpreter tries to write it once more when it ends, and complains.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
