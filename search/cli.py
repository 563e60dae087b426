"""The `karjera` command, and `karjera search`."""

import json
import os
import re
import sys
from collections.abc import Sequence
from importlib.metadata import version

import click

from corpus import LANGUAGES, TOPICS, Settings
from corpus.errors import SettingsError
from indexer.cli import index, reported_errors
from search.engine import Engine
from search.errors import BadRequest
from search.page import FacetValue, Hit, SearchPage, Segment
from search.request import SORTS, SearchRequest
from search.serialization import search_json

WIDTH = 100
_INDENT = "     "


@click.group()
@click.version_option(version("karjera"), message="karjera %(version)s")
@click.pass_context
def karjera(context: click.Context) -> None:
    """Full-text search over career articles in many languages."""
    try:
        context.obj = Settings.from_environment(os.environ)
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


karjera.add_command(index)


@karjera.command()
@click.argument("query", nargs=-1)
@click.option("--lang", multiple=True, metavar="CODE", help="Only articles in this language; may be repeated.")
@click.option("--topic", multiple=True, metavar="ID", help="Only articles on this topic; may be repeated.")
@click.option("--from", "first", metavar="DAY", default="", help="Published on this day or later, as 2026-11-22.")
@click.option("--to", "last", metavar="DAY", default="", help="Published on this day or earlier.")
@click.option("--sort", type=click.Choice(SORTS), default="relevance", show_default=True)
@click.option("--page", default="1", metavar="N", show_default=True)
@click.option("--size", default="", metavar="N", help="Hits on a page.")
@click.option("--json", "as_json", is_flag=True, help="Print what the API would answer.")
@click.pass_obj
def search(
    settings: Settings,
    query: Sequence[str],
    lang: Sequence[str],
    topic: Sequence[str],
    first: str,
    last: str,
    sort: str,
    page: str,
    size: str,
    as_json: bool,
) -> None:
    """Search the live index.

    QUERY is words, "phrases" in quotation marks, -excluded, OR, prefix*, lang:pl, topic:pay, title:word. Put -- before
    a QUERY that begins with a hyphen. Without any, the newest articles.
    """
    parameters = {
        "q": (" ".join(query),),
        "lang": lang,
        "topic": topic,
        "from": (first,),
        "to": (last,),
        "sort": (sort,),
        "page": (page,),
        "size": (size,),
    }
    try:
        request = SearchRequest.from_parameters(parameters, settings)
    except BadRequest as error:
        raise click.UsageError(str(error)) from None
    with reported_errors():
        found = Engine(settings).search(request)
    if as_json:
        click.echo(_without_controls(json.dumps(search_json(found), ensure_ascii=False, indent=2)))
    else:
        _echo_page(found)


def _without_controls(text: str) -> str:
    # JSON escapes control characters below 32; a terminal may obey those from 127 to 159 as well.
    return re.sub(r"[\x7f-\x9f]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _echo_page(page: SearchPage) -> None:
    interpretation = page.interpretation
    partial = page.total - page.complete
    summary = f"{page.total} article{'s' * (page.total != 1)}"
    if partial and page.complete:
        summary += f", {page.complete} with every word"
    elif partial:
        summary += ", none with every word"
    click.echo(f"{summary} ({page.milliseconds:.0f} ms)")
    for note in interpretation.notes:
        click.echo(note)
    if interpretation.unknown:
        click.echo(f"In no article: {', '.join(interpretation.unknown)}")
    if interpretation.left_out:
        click.echo(f"Some lack: {', '.join(interpretation.left_out)}")
    start = (page.request.page - 1) * page.request.size + 1
    for rank, hit in enumerate(page.hits, start=start):
        _echo_hit(rank, hit)
    if not page.hits and page.total:
        click.echo("There is only 1 page." if page.pages == 1 else f"There are only {page.pages} pages.")
    _echo_facet("Languages", page.languages, {code: language.name for code, language in LANGUAGES.items()})
    _echo_facet("Topics", page.topics, {id: topic.label("en") for id, topic in TOPICS.items()})
    if page.pages > 1:
        click.echo(f"\nPage {page.request.page} of {page.pages}")


def _echo_hit(rank: int, hit: Hit) -> None:
    click.echo(f"\n{rank:>3}. {_styled(hit.title, bold=True)}")
    facts = [LANGUAGES[hit.language].name, *(TOPICS[topic].label("en") for topic in hit.topics if topic in TOPICS)]
    if hit.published:
        facts.append(hit.published.isoformat())
    click.secho(f"{_INDENT}{hit.id} · {' · '.join(facts)} · {hit.score:.2f}", dim=True)
    for line in _wrapped(hit.snippet):
        click.echo(_INDENT + line)
    if hit.missing:
        click.secho(f"{_INDENT}without: {', '.join(hit.missing)}", dim=True)


def _echo_facet(name: str, values: Sequence[FacetValue], labels: dict[str, str]) -> None:
    if values:
        shown = (f"{labels.get(value.value, value.value)} {value.count}" for value in values)
        click.echo(f"{chr(10) if name == 'Languages' else ''}{name}: {', '.join(shown)}")


def _styled(segments: Sequence[Segment], bold: bool = False) -> str:
    return "".join(_piece(segment.text, segment.hit, bold) for segment in segments)


def _piece(text: str, hit: bool, bold: bool = False) -> str:
    # Articles may hold anything, and a terminal obeys control characters.
    clean = "".join(char if char.isprintable() else " " for char in text)
    if not hit:
        return click.style(clean, bold=True) if bold else clean
    # Where there are no colours (a file, a pipe) brackets show what was found.
    return click.style(clean, bold=True, fg="yellow") if sys.stdout.isatty() else f"[{clean}]"


def _wrapped(segments: Sequence[Segment]) -> list[str]:
    """Return styled text in lines of WIDTH, as far as it has blanks to break at."""
    lines, line, width = [], "", 0
    for segment in segments:
        words = segment.text.replace("\n", " ").split(" ")
        for at, word in enumerate(words):
            if at:
                if width + 1 + len(word) > WIDTH - len(_INDENT):
                    lines.append(line)
                    line, width = "", 0
                else:
                    line, width = line + " ", width + 1
            if word:
                line += _piece(word, segment.hit)
                width += len(word)
    return [*lines, line] if line.strip() else lines


if __name__ == "__main__":
    karjera()
