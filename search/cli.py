"""The `karjera` command, and `karjera search`."""

import json
import os
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import version

import click

from corpus import Settings
from corpus.cli import CONFIGURATION, config
from corpus.errors import SettingsError
from corpus.settings import Configuration
from indexer.cli import index, reported_errors
from indexer.concepts.cli import glossary
from search.engine import Engine
from search.errors import ArticleNotFound, BadRequest
from search.evaluation.cli import evaluate
from search.printing import echo_explanation, echo_page
from search.querylog.cli import report_command
from search.request import SORTS, SearchRequest, forgiving
from search.serialization import explanation_json, search_json
from search.terminal import Writing, shows_colours
from search.tokens import token_command


@click.group(cls=Writing)
@click.version_option(version("karjera"), message="karjera %(version)s")
@click.option(
    "--config", "file", metavar="FILE", help="TOML file of settings, instead of the one KARJERA_CONFIG names."
)
@click.pass_context
def karjera(context: click.Context, file: str | None) -> None:
    """Full-text search over career articles in many languages."""
    try:
        configuration = Configuration.read(os.environ, file)
    except SettingsError as error:
        raise click.ClickException(str(error)) from None
    if not shows_colours(os.environ):
        context.color = False
    context.obj = configuration.settings
    context.meta[CONFIGURATION] = configuration


karjera.add_command(config)
karjera.add_command(index)
karjera.add_command(evaluate)
karjera.add_command(glossary)
karjera.add_command(token_command)
karjera.add_command(report_command)


@karjera.command()
@click.argument("query", nargs=-1)
@click.option("--lang", multiple=True, metavar="CODE", help="Only articles in this language; may be repeated.")
@click.option("--topic", multiple=True, metavar="ID", help="Only articles on this topic; may be repeated.")
@click.option("--year", multiple=True, metavar="YEAR", help="Only articles of this year; may be repeated.")
@click.option("--from", "first", metavar="DAY", default="", help="Published on this day or later, as 2026-11-22.")
@click.option("--to", "last", metavar="DAY", default="", help="Published on this day or earlier.")
@click.option("--prefer", multiple=True, metavar="CODE", help="A language you read, the best-liked first; no filter.")
@click.option("--collapse/--no-collapse", default=True, help="One hit for each work, or every article a hit.")
@click.option("--sort", type=click.Choice(SORTS), default="relevance", show_default=True)
@click.option("--page", default="1", metavar="N", show_default=True)
@click.option("--size", default="", metavar="N", help="Hits on a page.")
@click.option("--no-expand", is_flag=True, help="Only the words as typed, no other words for the same concepts.")
@click.option("--explain", is_flag=True, help="Say of each hit what its score is made of, and as what it ranks.")
@click.option("--why", metavar="ID", default="", help="Say only why this article is a hit, or is not.")
@click.option("--json", "as_json", is_flag=True, help="Print what the API would answer.")
@click.pass_obj
def search(
    settings: Settings,
    query: Sequence[str],
    lang: Sequence[str],
    topic: Sequence[str],
    year: Sequence[str],
    first: str,
    last: str,
    prefer: Sequence[str],
    collapse: bool,
    sort: str,
    page: str,
    size: str,
    no_expand: bool,
    explain: bool,
    why: str,
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
        "year": year,
        "from": (first,),
        "to": (last,),
        "prefer": prefer,
        "collapse": (str(collapse),),
        "sort": (sort,),
        "page": (page,),
        "size": (size,),
        "expand": ("false" if no_expand else "",),
        "explain": ("true" if explain else "",),
    }
    try:
        request = SearchRequest.from_parameters(forgiving(parameters), settings)
    except BadRequest as error:
        raise click.UsageError(str(error)) from None
    engine = Engine(settings)
    try:
        with reported_errors():
            if why:
                explained = engine.explain(request, why)
                said: Mapping[str, object] = explanation_json(explained)
            else:
                found = engine.search(request)
                said = search_json(found)
    except ArticleNotFound as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(_without_controls(json.dumps(said, ensure_ascii=False, indent=2)))
    elif why:
        echo_explanation(explained)
    else:
        echo_page(found)


def _without_controls(text: str) -> str:
    # JSON escapes control characters below 32; a terminal may obey those from 127 to 159 as well.
    return re.sub(r"[\x7f-\x9f]", lambda found: f"\\u{ord(found[0]):04x}", text)


if __name__ == "__main__":
    karjera()
