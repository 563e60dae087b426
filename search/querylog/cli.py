"""`karjera report`: what people look for."""

import json
from datetime import UTC, datetime

import click

from corpus import Settings
from search.querylog.reading import recent
from search.querylog.summary import report
from search.querylog.table import echo_report

DAYS = 30
MAX_DAYS = 366

NO_LOG = "no query log is kept. Set KARJERA_QUERY_LOG to a file, for the service and for this command."


@click.command("report")
@click.option("--days", type=click.IntRange(1, MAX_DAYS), default=DAYS, show_default=True, help="Of how many days.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def report_command(settings: Settings, days: int, as_json: bool) -> None:
    """Show what people look for: often asked, without results, answered in other languages only, slow.

    It reads the query log, KARJERA_QUERY_LOG, which knows the hour of a search and nobody who made it.
    """
    if settings.query_log is None:
        raise click.ClickException(NO_LOG)
    try:
        said = report(recent(settings.query_log, days, datetime.now(UTC)))
    except OSError as error:
        raise click.ClickException(f"{error.filename or settings.query_log}: {error.strerror or error}.") from None
    if as_json:
        click.echo(json.dumps(said.to_json(), ensure_ascii=False, indent=2))
    else:
        echo_report(said)
