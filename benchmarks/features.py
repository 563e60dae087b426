"""What each part of ranking adds: nDCG@10 of judged sets with it and without it.

    python -m benchmarks.features tests/judged ../data/xquad ../data/help-index --queries 300 > docs/features.json

Each set is indexed once; then its queries are asked with everything, and with one part after the other switched off.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from search import answering, closeness, found, occurrences, scoring
from search.engine import Engine
from search.evaluation.asking import answer, indexed
from search.evaluation.measuring import measure
from search.evaluation.sets import JudgedQuery, JudgedSet, find_sets, read_set
from search.planning import Tier

_ALIKE = dict.fromkeys((Tier.EXACT, Tier.FOLDED, Tier.STEM, Tier.DERIVED), 1.0)

# part -> module, what of it is exchanged, for what
PARTS: dict[str, tuple[Any, str, Any]] = {
    "exact form over folded over stem": (occurrences, "TIER_WEIGHTS", occurrences.TIER_WEIGHTS | _ALIKE),
    "titles count more": (found, "FIELD_WEIGHTS", dict.fromkeys((True, False), (1.0, occurrences.B_BODY))),
    "words that stand together": (closeness, "TOGETHER_WEIGHT", 0.0),
    "small languages lean on the whole index": (scoring, "PRIOR_ARTICLES", 0),
    "parts of compounds": (answering, "extended", lambda planned, snapshot: planned),
    "typos, beginnings, parts": (answering, "corrected", lambda plan, *_: (plan, ())),
    "the glossary": (answering, "expanded", lambda plan, query, snapshot: (plan, ())),
}


@click.command(help=__doc__)
@click.argument("data", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--queries", type=click.IntRange(1), help="Ask only the first N queries of a set.")
def main(data: tuple[Path, ...], queries: int | None) -> None:
    rows = []
    for folder in find_sets(data):
        judged = read_set(folder)
        asked = judged.queries[:queries]
        click.echo(f"{judged.name}: {len(asked)} queries", err=True)
        with indexed(judged) as searching:
            measured = {"everything": _ndcg(judged, asked, searching)}
            for part in PARTS:
                # Another engine remembers nothing of the one before.
                with without(part):
                    measured[part] = _ndcg(judged, asked, Engine(searching.settings))
        rows += [
            {"set": judged.name, "language": language, "queries": len(asked)}
            | {name: found[language] for name, found in measured.items()}
            for language in measured["everything"]
        ]
    click.echo(json.dumps(rows, indent=1))


@contextmanager
def without(part: str) -> Iterator[None]:
    """Switch a part off."""
    module, name, instead = PARTS[part]
    before = getattr(module, name)
    setattr(module, name, instead)
    try:
        yield
    finally:
        setattr(module, name, before)


def _ndcg(judged: JudgedSet, queries: Sequence[JudgedQuery], searching: Engine) -> dict[str, float]:
    """Return language -> nDCG@10."""
    rows = measure(judged, [answer(query, judged, searching) for query in queries])
    return {row.language: round(row.values.scores[0], 4) for row in rows}


if __name__ == "__main__":
    main()
