"""What was measured, as a table for people and as JSON; the answers themselves as a TREC run file."""

from collections.abc import Mapping, Sequence
from typing import Any

from search.evaluation.asking import Answer
from search.evaluation.measuring import MEASURES, Measured, Values

# Names the system in a run file.
RUN_TAG = "karjera"

_HEADINGS = ("set", "language", "queries", *MEASURES, "zero hits", "ms median", "ms p95")


def table(rows: Sequence[Measured], means: Mapping[str, Values]) -> str:
    """Return a line for each row, then one for each mean, in columns."""
    lines: list[tuple[str, ...]] = [_HEADINGS]
    lines += [(row.set, row.language, f"{row.queries:,}", *_cells(row.values)) for row in rows]
    lines += [(f"mean, {name}", "", "", *_cells(values)) for name, values in means.items()]
    widths = [max(len(line[at]) for line in lines) for at in range(len(_HEADINGS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at < 2 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def measured_json(rows: Sequence[Measured], means: Mapping[str, Values]) -> dict[str, Any]:
    """Return what was measured as JSON can say it: `rows` and `means`, in the order of the table."""
    return {
        "rows": [
            {"set": row.set, "language": row.language, "queries": row.queries, "sha256": row.sha256}
            | _values_json(row.values)
            for row in rows
        ],
        "means": [{"of": name} | _values_json(values) for name, values in means.items()],
    }


def run_lines(answers: Sequence[Answer]) -> list[str]:
    """Return answers in the form of a TREC run: query id, Q0, document id, rank, score, tag.

    The score only repeats the rank, since programs that read a run sort by it.
    """
    return [
        f"{answer.query.id} Q0 {id} {rank} {len(answer.ids) + 1 - rank} {RUN_TAG}"
        for answer in answers
        for rank, id in enumerate(answer.ids, start=1)
    ]


def _cells(values: Values) -> tuple[str, ...]:
    scores = (f"{score:.3f}" for score in values.scores)
    return (*scores, f"{values.zero_hits:.1%}", f"{values.median_ms:.1f}", f"{values.p95_ms:.1f}")


def _values_json(values: Values) -> dict[str, float]:
    return {name: round(score, 4) for name, score in zip(MEASURES, values.scores, strict=True)} | {
        "zero_hit_rate": round(values.zero_hits, 4),
        "median_ms": round(values.median_ms, 2),
        "p95_ms": round(values.p95_ms, 2),
    }
