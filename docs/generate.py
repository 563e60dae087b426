"""Write the references of commands, settings and the API, and the figures of relevance: `make docs`.

The tests check that they are fresh.
"""

from dataclasses import fields
from pathlib import Path

import click

from corpus import Settings
from corpus.configuration import CONFIG, DEFAULT_FILE, PREFIX
from corpus.settings import written
from docs.api import api_page
from docs.relevance import relevance_page
from search.cli import karjera
from search.request import PARAMETERS

HERE = Path(__file__).parent
WIDTH = 100


def cli_reference() -> str:
    """Return the help of every command, as docs/cli.md."""
    parts = ["# Commands\n\nWritten by `make docs` from `karjera --help`.\n"]
    commands: list[tuple[str, click.Command]] = [("karjera", karjera)]
    while commands:
        name, command = commands.pop(0)
        context = click.Context(command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH)
        parts.append(f"## {name}\n\n```\n{command.get_help(context)}\n```\n")
        if isinstance(command, click.Group):
            commands[:0] = [(f"{name} {child}", command.commands[child]) for child in sorted(command.commands)]
    return "\n".join(parts)


def settings_reference() -> str:
    """Return the table of settings and of request parameters, as docs/settings.md."""
    lines = [
        "# Settings",
        "",
        "Written by `make docs` from `corpus/settings.py` and `search/request.py`.",
        "",
        "Environment variables, read once at start by the command and by the web application. The same names, in small "
        f"letters and without `{PREFIX}`, may stand in a TOML file, which is read first: that of `karjera --config` or "
        f"`{CONFIG}`, else `./{DEFAULT_FILE}` if there is one. Paths in it are relative to its folder, and lists are "
        "those of TOML. `karjera config show` says which value is in force, and where it came from.",
        "",
        "| variable | default | meaning |",
        "|---|---|---|",
    ]
    lines += [
        f"| `{PREFIX}{setting.name.upper()}` | {_default(setting.default)} | {setting.metadata['help']} |"
        for setting in fields(Settings)
    ]
    lines += [
        "",
        "# Parameters of a search",
        "",
        "The same for `GET /` and `GET /api/v1/search`, which has some more: see [the API](api.md).",
        "",
    ]
    lines += ["| parameter | meaning |", "|---|---|"]
    lines += [f"| `{name}` | {meaning} |" for name, meaning in PARAMETERS.items()]
    return "\n".join(lines) + "\n"


def _default(value: object) -> str:
    return f"`{written(value)}`" if value not in ("", None, ()) else "unset"


REFERENCES = {
    "api.md": api_page,
    "cli.md": cli_reference,
    "relevance.md": relevance_page,
    "settings.md": settings_reference,
}

if __name__ == "__main__":
    for name, reference in REFERENCES.items():
        (HERE / name).write_text(reference(), encoding="utf-8")
