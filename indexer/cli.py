"""`karjera index …`: what an operator does with an index."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from corpus import LANGUAGES, TOPICS, Collection, CorpusError, Settings
from indexer import schema
from indexer.building import Progress, build, sources_of, sync
from indexer.concepts import TopicAssigner
from indexer.documents import article_of
from indexer.errors import IndexerError, IndexMissing, VerificationFailed
from indexer.generations import REBUILD, Generation, IndexFolder
from indexer.processes import ended_by_sigterm
from indexer.runs import last_run
from indexer.verification import count_articles, verify

# On a terminal a bar moves; elsewhere a line now and then tells that the work goes on.
LINE_EVERY_ARTICLES = 1_000
SHOWN_PROBLEMS = 50
# Concepts shown a topic.
SHOWN_REASONS = 8

_PATHS_HELP = (
    "PATH is a Markdown, HTML, text or JSON-lines file, a folder of such files, or - for JSON lines on standard input. "
    "Without a PATH, what the live index was built from; if there is none, the library that ships with Karjera."
)


@contextmanager
def reported_errors() -> Iterator[None]:
    """Turn errors that have a message for the operator into that message and exit status 1."""
    try:
        yield
    except (IndexerError, CorpusError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.strerror or error}: {error.filename or 'the index'}") from None


@click.group()
def index() -> None:
    """Build the index, keep it up to date, look after it."""


@index.command("build", epilog=_PATHS_HELP)
@click.argument("paths", nargs=-1, metavar="[PATH…]")
@click.option("--strict", is_flag=True, help="Exit with status 1 if any input had a problem.")
@click.option("--allow-shrink", is_flag=True, help="Put it live even if it has far fewer articles than before.")
@click.option(
    "--if-missing", is_flag=True, help="Do nothing if there is an index; one that cannot be used is an error."
)
@click.pass_obj
def build_command(
    settings: Settings, paths: tuple[str, ...], strict: bool, allow_shrink: bool, if_missing: bool
) -> None:
    """Build a new generation from PATH…, prove it, and put it live.

    Readers go on with the live one until then, and whenever the build fails.
    """
    with reported_errors():
        folder = IndexFolder(settings.index)
        if if_missing and _is_there(folder):
            click.echo(f"There is an index in {folder.path}; nothing was built.")
            return
        collection = Collection(paths or sources_of(folder), settings)
        with ended_by_sigterm(), _progress(collection) as progress, _problems_after(collection):
            built = build(folder, collection, settings, progress, allow_shrink)
    _echo_languages(built.articles)
    total = sum(built.articles.values())
    click.echo(f"Generation {built.generation} is live: {_articles(total)} in {built.seconds:.1f} s.")
    _exit_if(strict and collection.problem_count > 0)


@index.command("sync", epilog=_PATHS_HELP)
@click.argument("paths", nargs=-1, metavar="[PATH…]")
@click.option("--strict", is_flag=True, help="Exit with status 1 if any input had a problem.")
@click.option("--allow-shrink", is_flag=True, help="Go on even if most articles would be removed.")
@click.option("--lock-descriptor", type=int, hidden=True)  # of the service that starts it and holds the lock until then
@click.pass_obj
def sync_command(
    settings: Settings, paths: tuple[str, ...], strict: bool, allow_shrink: bool, lock_descriptor: int | None
) -> None:
    """Add, change and remove in the live generation what differs from PATH…

    PATH… has to be everything that the index is to hold: what is not there any more is removed. What is there and
    cannot be read this time (a file without permission or in the middle of being saved, a folder that cannot be listed)
    is reported, and its articles are kept as they are in the index until it can be read, or is deleted.
    """
    if lock_descriptor is not None:
        sys.stdin.read()  # until the service has written down which process it has started
    with reported_errors():
        folder = IndexFolder(settings.index, lock_descriptor)
        collection = Collection(paths or sources_of(folder), settings)
        with ended_by_sigterm(), _progress(collection) as progress, _problems_after(collection):
            synced = sync(folder, collection, settings, progress, allow_shrink)
    changes = synced.changes
    kept = f", {changes.kept} kept as before, since their files cannot be read now" if changes.kept else ""
    click.echo(
        f"Generation {synced.generation}: {changes.added} added, {changes.changed} changed, {changes.removed} removed, "
        f"{changes.unchanged} as before{kept}; {_articles(sum(synced.articles.values()))} in {synced.seconds:.1f} s."
    )
    _exit_if(strict and collection.problem_count > 0)


@index.command("status")
@click.pass_obj
def status_command(settings: Settings) -> None:
    """Show what is live and what could be gone back to."""
    with reported_errors():
        folder = IndexFolder(settings.index)
        live = folder.live()
        manifest = live.manifest()
        with live.reader() as reader:
            counts = count_articles(reader)
            segments = len(reader.leaf_readers())
        before = folder.live_before()
        aside = [generation for generation in folder.all() if generation != live and generation not in before]
        size = sum(file.stat().st_size for file in live.path.iterdir())
    _echo_languages(counts)
    click.echo(f"Articles:    {sum(counts.values())}")
    click.echo(f"Generation:  {live.number}, built {manifest.built}, {segments} segment{'s' * (segments != 1)}")
    click.echo(f"Rollback to: {_numbers(before) or 'none'}")
    if aside:
        click.echo(f"Rolled back: {_numbers(aside)}, to be removed by the next build")
    click.echo(f"Folder:      {live.path} ({size / 1e6:.1f} MB)")
    click.echo(f"Analysis:    {manifest.analysis}")
    if run := last_run(folder):
        outcome = f"{run.state}: {printable(run.error)}" if run.error else run.state
        problems = f", {run.problem_count} problem{'s' * (run.problem_count != 1)}" if run.problem_count else ""
        click.echo(f"Last run:    {run.kind}, {run.finished or run.started}, {outcome}{problems}")


@index.command("explain-topics")
@click.argument("article_id", metavar="ID")
@click.pass_obj
def explain_topics_command(settings: Settings, article_id: str) -> None:
    """Show the topics of the article ID, and which of its words speak for each."""
    with reported_errors():
        live = IndexFolder(settings.index).live()
        with live.reader() as reader:
            ids = reader.column_reader(schema.ID)
            number = next((number for number in reader.all_doc_ids() if ids[number] == article_id), None)
            if number is None:
                raise IndexerError(f"there is no article {printable(article_id)!r} in the live index.")
            article = article_of(reader.stored_fields(number))
        concepts = live.concepts()
    topics = ", ".join(TOPICS[topic].label("en") for topic in article.topics) or "none"
    click.echo(f"{article.id}: {topics} ({'from its text' if article.topics_assigned else 'as its metadata states'})")
    if concepts is None:
        return
    for evidence in TopicAssigner(concepts).evidence(article):
        click.echo(f"  {TOPICS[evidence.topic].label('en'):<32}{evidence.points:>6.2f}")
        for reason in evidence.reasons[:SHOWN_REASONS]:
            counts = {"title": reason.in_title, "headings": reason.in_headings, "text": reason.in_text}
            where = ", ".join(f"{count} in the {place}" for place, count in counts.items() if count)
            click.echo(f"    {reason.term:<30}{reason.points:>6.2f}  {where}")


@index.command("verify")
@click.pass_obj
def verify_command(settings: Settings) -> None:
    """Read every article of the live generation and search for a sample of them."""
    with reported_errors():
        live = IndexFolder(settings.index).live()
        try:
            verified = verify(live.open())
        except VerificationFailed as error:
            raise click.ClickException(
                f"generation {live.number}: {error} Go back with `karjera index rollback`, or run `{REBUILD}`."
            ) from None
    total = sum(verified.articles.values())
    click.echo(
        f"Generation {live.number} is sound: {_articles(total)} read, {verified.searched} searched for and found."
    )


@index.command("rollback")
@click.pass_obj
def rollback_command(settings: Settings) -> None:
    """Put the generation before the live one live again."""
    with reported_errors():
        generation = IndexFolder(settings.index).rollback()
    click.echo(f"Generation {generation.number} is live again.")


def _is_there(folder: IndexFolder) -> bool:
    """Tell whether there is an index; raises IndexerError for one that this version or this user cannot read."""
    try:
        folder.live().reader().close()
    except IndexMissing:
        return False
    return True


@contextmanager
def _progress(collection: Collection) -> Iterator[Progress]:
    total = collection.total_bytes()
    if total is not None and sys.stderr.isatty():
        with click.progressbar(length=max(total, 1), label="Reading articles", file=sys.stderr) as bar:

            def advance(written: int) -> None:
                bar.update(collection.bytes_read - bar.pos, None)

            yield advance
            bar.update(bar.length - bar.pos if bar.length else 0)
        return

    def tell(written: int) -> None:
        if written % LINE_EVERY_ARTICLES == 0:
            click.echo(f"{written} articles read", err=True)

    yield tell


@contextmanager
def _problems_after(collection: Collection) -> Iterator[None]:
    # Also when it failed: the problems may be why.
    try:
        yield
    finally:
        _echo_problems(collection)


def _echo_languages(counts: dict[str, int]) -> None:
    for code, count in counts.items():
        name = LANGUAGES[code].name if code in LANGUAGES else code
        click.echo(f"  {name:<16}{count:>7}")


def _echo_problems(collection: Collection) -> None:
    for problem in collection.problems[:SHOWN_PROBLEMS]:
        click.echo(f"  ! {printable(str(problem))}", err=True)
    if collection.problem_count > SHOWN_PROBLEMS:
        click.echo(f"  ! and {collection.problem_count - SHOWN_PROBLEMS} more problems", err=True)
    if collection.ignored_files:
        click.echo(f"  {collection.ignored_files} hidden files or files of other kinds were left aside", err=True)
    if collection.problem_count:
        click.echo(f"  {collection.problem_count} problems, {collection.skipped_count} inputs skipped", err=True)


def printable(text: str) -> str:
    """Return a text without control characters: names of files may hold any, and a terminal obeys them."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _numbers(generations: Sequence[Generation]) -> str:
    return ", ".join(str(generation.number) for generation in generations)


def _articles(count: int) -> str:
    return f"{count} article{'s' * (count != 1)}"


def _exit_if(failed: Any) -> None:
    if failed:
        sys.exit(1)
