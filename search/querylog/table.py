"""A report as lines on a terminal."""

from collections.abc import Iterable, Sequence

import click

from corpus import LANGUAGES, UNDETERMINED
from search.querylog.summary import EDGES_MS, Report

WIDTH = 100
# Columns of the longest bar.
BAR = 40


def echo_report(report: Report) -> None:
    """Print a report."""
    if not report.searches:
        click.echo("Nothing was asked in this time.")
        return
    click.echo(f"{report.searches} searches, {report.unanswered_searches} of them without results")
    most = max(day.searches for day in report.days)
    _echo_list(
        "Searches a day (of these without results)",
        (f"{day.day}  {_bar(day.searches, most):<{BAR}}  {day.searches} ({day.unanswered})" for day in report.days),
    )
    _echo_list(
        "Most asked",
        (_row(asked.times, asked.query, f"{asked.total} hits, {asked.language}") for asked in report.popular),
    )
    for code, queries in report.unanswered.items():
        _echo_list(f"Without results, {_language(code)}", (_row(asked.times, asked.query, "") for asked in queries))
    _echo_list(
        "Asked in one language, answered only in others",
        (
            _row(pair.times, f"{_language(pair.asked)} → {_language(pair.answered)}", ", ".join(pair.examples))
            for pair in report.elsewhere
        ),
    )
    _echo_list("Slowest", (f"{slow.milliseconds:>8.0f} ms  {slow.query} ({slow.total} hits)" for slow in report.slow))
    edges = [f"up to {edge} ms" for edge in EDGES_MS] + ["longer"]
    _echo_list("How long searches took", _times(edges, report.times))


def _times(edges: Sequence[str], times: Sequence[int]) -> Iterable[str]:
    most = max(times)
    for edge, searches in zip(edges, times, strict=True):
        yield f"{edge:<12}  {_bar(searches, most):<{BAR}}  {searches}"


def _echo_list(title: str, rows: Iterable[str]) -> None:
    lines = list(rows)
    if lines:
        click.echo(f"\n{title}")
    for line in lines:
        click.echo(f"  {line[:WIDTH]}".rstrip())


def _row(times: int, text: str, aside: str) -> str:
    return f"{times:>6}  {text}" + (f"  ({aside})" if aside else "")


def _bar(count: int, most: int) -> str:
    # What there is has a bar, however short.
    return "█" * -(-count * BAR // most) if most else ""


def _language(code: str) -> str:
    return LANGUAGES[code].name if code in LANGUAGES and code != UNDETERMINED.code else "language unclear"
