"""`karjera evaluate`: how good the answers are on judged sets, and whether they keep their floors."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from corpus import LANGUAGES
from indexer.cli import reported_errors
from search.evaluation.asking import ask
from search.evaluation.errors import EvaluationError
from search.evaluation.gate import Gate
from search.evaluation.measuring import Measured, means, measure
from search.evaluation.report import measured_json, run_lines, table
from search.evaluation.sets import JudgedQuery, JudgedSet, find_sets, read_set
from search.request import language_code


@click.command()
@click.argument("data", nargs=-1, required=True, metavar="DATA…", type=click.Path(path_type=Path))
@click.option("--queries", type=click.IntRange(min=1), metavar="N", help="Ask only the first N queries of a set.")
@click.option("--language", "languages", multiple=True, metavar="CODE", help="Ask only in this one; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.option("--run", "run_file", type=click.Path(path_type=Path), metavar="FILE", help="Write a TREC run of one set.")
@click.option("--gate", "gate_file", type=click.Path(path_type=Path), metavar="FILE", help="Fail under these floors.")
@click.option("--update-gate", is_flag=True, help="Write what was measured to the gate FILE, as its floors.")
@click.option("--allow-regression", is_flag=True, help="Let --update-gate lower a floor.")
def evaluate(
    data: Sequence[Path],
    queries: int | None,
    languages: Sequence[str],
    as_json: bool,
    run_file: Path | None,
    gate_file: Path | None,
    update_gate: bool,
    allow_regression: bool,
) -> None:
    """Measure the answers on judged sets.

    DATA is the folder of a set, or one with sets anywhere below it. A set is corpus.jsonl with a document a line
    ("_id", "title", "text", "lang"), queries.jsonl ("_id", "text", "lang") and qrels.tsv (query id, document id, grade)
    with tabs between; set.toml can name a folder of articles instead of corpus.jsonl. Each set is indexed aside and
    asked with the default settings; the live index has no part in it. Needs the extra `evaluate`.

    A gate FILE pins a set's data and floors under its measures; under one of them, the exit status is 1.
    """
    if (update_gate or allow_regression) and gate_file is None:
        raise click.UsageError(
            "--update-gate and --allow-regression say what to do with a gate; name it by --gate FILE."
        )
    if allow_regression and not update_gate:
        raise click.UsageError("--allow-regression is for --update-gate; without it no floor is changed.")
    if update_gate and languages:
        raise click.UsageError("--update-gate pins whole sets; leave out --language.")
    codes = _codes(languages)
    with _reported_errors():
        folders = find_sets(data)
        if run_file and len(folders) > 1:
            raise click.UsageError(f"--run writes the run of one set, and DATA are {len(folders)}; name one.")
        # Read before the work, so that a mistake in it is told at once.
        gate = Gate({}) if gate_file is None or (update_gate and not gate_file.exists()) else Gate.read(gate_file)
        rows = [row for folder in folders for row in _rows(folder, queries, codes, run_file)]
        if not rows:
            raise EvaluationError(f"no set has a query in {', '.join(codes)}.")
        averages = means(rows)
        click.echo(json.dumps(measured_json(rows, averages), indent=1) if as_json else table(rows, averages))
        if gate_file and update_gate:
            _update(gate, gate_file, rows, allow_regression)
        elif gate_file:
            _check(gate, gate_file, rows, codes)


def _rows(folder: Path, first: int | None, languages: Sequence[str], run_file: Path | None) -> list[Measured]:
    judged = read_set(folder)
    asked = _asked(judged, first, languages)
    if not asked:
        return []
    click.echo(f"{judged.name}: {len(asked):,} queries of {len(judged.documents):,} documents", err=True)
    answers = ask(judged, asked)
    if run_file:
        run_file.write_text("".join(f"{line}\n" for line in run_lines(answers)), encoding="utf-8")
    return measure(judged, answers)


def _asked(judged: JudgedSet, first: int | None, languages: Sequence[str]) -> list[JudgedQuery]:
    return [query for query in judged.queries if not languages or query.language in languages][:first]


def _check(gate: Gate, file: Path, rows: Sequence[Measured], languages: Sequence[str]) -> None:
    failures = gate.failures(rows, languages)
    if failures:
        raise EvaluationError("\n".join((f"the gate {file} is not passed:", *failures)))
    click.echo(f"The gate {file} is passed.", err=True)


def _update(gate: Gate, file: Path, rows: Sequence[Measured], allow_regression: bool) -> None:
    lowered = gate.lowered(rows)
    if lowered and not allow_regression:
        raise EvaluationError(
            "\n".join((f"{file} was not changed, since that would lower floors:", *lowered))
            + "\nIf that is meant, as it can be when the data have changed, add --allow-regression."
        )
    gate.updated(rows).write(file)
    click.echo(f"{file} is written.", err=True)


def _codes(languages: Sequence[str]) -> list[str]:
    codes = []
    for tag in languages:
        code = language_code(tag)
        if code is None:
            raise click.UsageError(f"--language is {tag[:40]!r}; allowed are {', '.join(LANGUAGES)}.")
        codes.append(code)
    return codes


@contextmanager
def _reported_errors() -> Iterator[None]:
    with reported_errors():
        try:
            yield
        except EvaluationError as error:
            raise click.ClickException(str(error)) from None
