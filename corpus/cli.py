"""`karjera config …`: which settings are in force, and why."""

import json
from dataclasses import fields

import click
from click.decorators import pass_meta_key

from corpus.settings import Configuration, Settings, written

# Where the root command leaves the Configuration that it read, in the context's `meta`.
CONFIGURATION = "karjera.configuration"


@click.group()
def config() -> None:
    """Look at the settings."""


@config.command("show")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@pass_meta_key(CONFIGURATION)
def show_command(configuration: Configuration, as_json: bool) -> None:
    """Show each setting, and where it came from: a variable, the settings file, or its default.

    Of secrets it says only whether they are set.
    """
    rows = {name: (_shown(configuration, name), configuration.origins.get(name, "default")) for name in _NAMES}
    file = str(configuration.file) if configuration.file else None
    if as_json:
        said = {name: {"value": value, "origin": origin} for name, (value, origin) in rows.items()}
        click.echo(json.dumps({"file": file, "settings": said}, ensure_ascii=False, indent=2))
        return
    width = max(map(len, rows))
    for name, (value, origin) in rows.items():
        shown = written(value) if not isinstance(value, list) else ",".join(value)
        click.echo(f"{name:<{width}}  {shown or 'unset':<24}  {origin}")
    click.echo(f"\nSettings file: {file or 'none'}")


_NAMES = {setting.name: setting for setting in fields(Settings)}


def _shown(configuration: Configuration, name: str) -> str | int | list[str] | None:
    """Return a value as JSON has it."""
    value = getattr(configuration.settings, name)
    if _NAMES[name].metadata["kind"].secret and name in configuration.origins:
        return "set, not shown" if value else None
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, int) else written(value) or None
