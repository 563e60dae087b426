"""`karjera glossary …`: what an operator, or an author of concepts, does with the glossary."""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from corpus import LANGUAGES, LIBRARY, TOPICS, Article, Collection, Settings
from corpus.glossary import (
    Concept,
    Glossary,
    load_glossary,
    merged,
    raise_for,
    read_esco,
    read_imported,
    read_shipped,
    write_imported,
)
from indexer.analysis import query_analyzer
from indexer.cli import printable, reported_errors
from indexer.concepts.agreement import agreement, overall
from indexer.concepts.compiling import GlossaryCompiler, write_compiled
from indexer.concepts.finding import ConceptFinder
from indexer.concepts.linting import lint
from indexer.concepts.table import ConceptTable
from indexer.concepts.topics import TopicAssigner
from indexer.documents import article_of
from indexer.errors import IndexMissing
from indexer.generations import IndexFolder

# Lines of what is wrong, and terms of one language, that are shown; the rest is counted.
SHOWN_PROBLEMS = 50
SHOWN_TERMS = 12


@click.group()
def glossary() -> None:
    """Look into the glossary of concepts, prove it, add concepts of others."""


@glossary.command("lint")
@click.pass_obj
def lint_command(settings: Settings) -> None:
    """Check our concepts; each line is file:concept:language:term and what is wrong.

    How common a term is, is judged by the articles of the live index; if there is none, by the library that ships with
    Karjera. Exit status 1 if anything is wrong.
    """
    with reported_errors():
        concepts, flaws = read_shipped()
        if not flaws:
            ours = Glossary(tuple(concepts))
            with _compiled(ours) as table:
                flaws = lint(ours, table, _articles(settings))
    for flaw in flaws:
        click.echo(printable(str(flaw)))
    if flaws:
        click.echo(f"{len(flaws)} flaws in {_concepts(len(concepts))}.", err=True)
        sys.exit(1)
    click.echo(f"{_concepts(len(concepts))}, and nothing wrong with them.")


@glossary.command("show")
@click.argument("text")
@click.pass_obj
def show_command(settings: Settings, text: str) -> None:
    """Show which concepts TEXT names, in any language, and what they are called."""
    with reported_errors():
        found: dict[int, list[str]] = {}  # concept -> languages in which the text names it
        with _compiled(load_glossary(settings.glossary)) as table:
            for code in table.languages:
                for match in ConceptFinder(table, query_analyzer(code)).find(text[: settings.max_query_chars]):
                    found.setdefault(match.concept, []).append(code)
            concepts = [(table.concept(number), codes) for number, codes in found.items()]
    if not concepts:
        click.echo("No concept is named so.")
        sys.exit(1)
    for concept, codes in sorted(concepts, key=lambda item: (-len(item[1]), item[0].id)):
        _echo_concept(concept, codes)


@glossary.command("stats")
@click.pass_obj
def stats_command(settings: Settings) -> None:
    """Count concepts and terms by language, topic and origin."""
    with reported_errors():
        concepts = load_glossary(settings.glossary).concepts
    _echo_counts("Concepts by origin", Counter(concept.attribution or "Karjera" for concept in concepts))
    _echo_counts("Concepts by topic", Counter(TOPICS[concept.topic].label("en") for concept in concepts))
    terms: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for concept in concepts:
        for code, listed in concept.terms.items():
            terms[code] += len(listed)
            named[code] += 1
    click.echo("Terms by language")
    for code, count in terms.most_common():
        click.echo(f"  {LANGUAGES[code].name:<28}{count:>8} of {_concepts(named[code])}")
    click.echo(f"{_concepts(len(concepts))}, {terms.total()} terms, {len(terms)} languages.")


@glossary.command("measure-topics")
@click.argument("paths", nargs=-1, metavar="[PATH…]")
@click.pass_obj
def measure_topics_command(settings: Settings, paths: tuple[str, ...]) -> None:
    """Compare the topics that concepts give the articles of PATH… with those that their metadata states.

    Precision is the share of the topics assigned that are stated, recall the share of those stated that are assigned.
    Articles that state none are passed over. Without a PATH, the library that ships with Karjera.
    """
    with reported_errors(), _compiled(load_glossary(settings.glossary)) as table:
        measured = agreement(Collection(paths or [LIBRARY], settings), TopicAssigner(table))
    if not measured:
        raise click.ClickException("no article there states a topic that there is; there is nothing to compare with.")
    click.echo(f"{'':<22}{'articles':>9}{'precision':>11}{'recall':>8}")
    rows = {LANGUAGES[code].name: row for code, row in measured.items()}
    for name, row in {**rows, "All": overall(measured.values())}.items():
        click.echo(f"  {name:<20}{row.articles:>9}{row.precision:>11.2f}{row.recall:>8.2f}")


@glossary.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.pass_obj
def import_command(settings: Settings, files: tuple[Path, ...]) -> None:
    """Add the occupations of ESCO from FILE…, beside our concepts.

    FILE is JSON lines with a uri and labels by language, plain or .gz, or a CSV of ESCO's own download, one a language
    as occupations_en.csv. What was imported before is replaced concept by concept and language by language. Where a
    term is ours already, it stays so. `karjera index sync` puts the concepts to use.
    """
    problems: list[str] = []
    with reported_errors():
        brought = read_esco(files, lambda where, reason: problems.append(f"{where}: {reason}"))
        _echo_problems(problems)
        if not brought:
            raise click.ClickException("there is not one concept in the input; nothing was changed.")
        before, flaws = read_imported(settings.glossary)
        raise_for(flaws)
        concepts, imported = merged(before, brought)
        # The whole is tried before anything is written.
        ours, flaws = read_shipped()
        raise_for(flaws)
        claims = GlossaryCompiler(Glossary((*ours, *concepts))).claims
        write_imported(settings.glossary, concepts)
    click.echo(
        f"{_concepts(imported.added)} added, {imported.replaced} replaced, {imported.kept} as before, "
        f"in {settings.glossary}."
    )
    kept = sum(claim.concept >= len(ours) and claim.claimed_by < len(ours) for claim in claims)
    shared = sum(claim.claimed_by >= len(ours) for claim in claims)
    click.echo(f"{kept} of their terms are ours already, and stay ours; {shared} are one term of two, and the first's.")
    click.echo("`karjera index sync` puts them to use.")


@contextmanager
def _compiled(concepts: Glossary) -> Iterator[ConceptTable]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "concepts")
        write_compiled(concepts, file)
        yield ConceptTable(file)


def _articles(settings: Settings) -> Iterator[Article]:
    try:
        live = IndexFolder(settings.index).live()
    except IndexMissing:
        yield from Collection([LIBRARY], settings)
        return
    with live.reader() as reader:
        for number in reader.all_doc_ids():
            yield article_of(reader.stored_fields(number))


def _echo_concept(concept: Concept, codes: Iterable[str]) -> None:
    origin = f"{concept.source} ({concept.attribution})" if concept.attribution else concept.source
    topics = " + ".join(TOPICS[topic].label("en") for topic in (concept.topic, *concept.second_topics))
    click.echo(f"{concept.id}: {topics}; {origin}")
    if concept.broader:
        click.echo(f"  where no article has it: {concept.broader}")
    click.echo(f"  named so in {', '.join(LANGUAGES[code].name for code in codes)}")
    for code, terms in concept.terms.items():
        more = f", and {len(terms) - SHOWN_TERMS} more" if len(terms) > SHOWN_TERMS else ""
        click.echo(f"  {code:<4}{printable(', '.join(terms[:SHOWN_TERMS]))}{more}")


def _echo_counts(title: str, counts: Counter[str]) -> None:
    click.echo(title)
    for name, count in counts.most_common():
        click.echo(f"  {name:<28}{count:>8}")


def _echo_problems(problems: list[str]) -> None:
    for problem in problems[:SHOWN_PROBLEMS]:
        click.echo(f"  ! {printable(problem)}", err=True)
    if len(problems) > SHOWN_PROBLEMS:
        click.echo(f"  ! and {len(problems) - SHOWN_PROBLEMS} more problems", err=True)


def _concepts(count: int) -> str:
    return f"{count} concept{'s' * (count != 1)}"
