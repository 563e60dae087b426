"""The usual measures of ranked answers, by set and language, and their means.

    nDCG@10     grades discounted by log2 of the rank, against the best order (Järvelin and Kekäläinen, 2002)
    MRR@10      1 / the rank of the first hit that answers, 0 if it is not among ten
    recall@100  the share of what answers that is among the first hundred hits

trec_eval computes them, through ir-measures. A mean is over rows, each of a set and language, however many queries
they have, so that a large set does not speak for the others.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from search.evaluation.asking import Answer
from search.evaluation.errors import ExtraMissing
from search.evaluation.sets import JudgedSet

MEASURES = ("nDCG@10", "MRR@10", "recall@100")


@dataclass(frozen=True, slots=True)
class Values:
    """What is measured over some queries. `scores` are in the order of MEASURES, each from 0 to 1.

    `zero_hits` is the share of queries without a single hit; times are those of a page of hits.
    """

    scores: tuple[float, ...]
    zero_hits: float
    median_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A row: the queries of one language of one set."""

    set: str
    sha256: str
    language: str
    queries: int
    values: Values


def measure(judged: JudgedSet, answers: Sequence[Answer]) -> list[Measured]:
    """Return a row for each language of the answers; raises ExtraMissing."""
    scores = _scores(answers)
    rows = []
    for language in dict.fromkeys(answer.query.language for answer in answers):
        own = [answer for answer in answers if answer.query.language == language]
        times = [answer.milliseconds for answer in own]
        values = Values(
            tuple(_mean(scores[name][answer.query.id] for answer in own) for name in MEASURES),
            _mean(float(not answer.ids) for answer in own),
            float(np.median(times)),
            float(np.percentile(times, 95)),
        )
        rows.append(Measured(judged.name, judged.sha256, language, len(own), values))
    return rows


def means(rows: Sequence[Measured]) -> dict[str, Values]:
    """Return the means over rows of one collection of sets, over those in one language, and over all.

    A collection is what stands before the last slash of a set's name. A mean of one row would say it twice, and one
    over the same rows as another too: those are left out.
    """
    groupings: list[Callable[[Measured], str]] = [
        lambda row: row.set.rpartition("/")[0] or row.set,
        lambda row: row.language,
        lambda row: "all",
    ]
    found: dict[str, Values] = {}
    taken: set[tuple[int, ...]] = set()
    for grouping in groupings:
        for name in dict.fromkeys(map(grouping, rows)):
            members = tuple(at for at, row in enumerate(rows) if grouping(row) == name)
            if len(members) > 1 and members not in taken:
                taken.add(members)
                found[name] = _mean_values([rows[at].values for at in members])
    return found


def _scores(answers: Sequence[Answer]) -> dict[str, dict[str, float]]:
    """Return measure -> query id -> value."""
    try:
        # Imported here: SciPy comes with it, which no other command should wait for.
        import ir_measures
    except ModuleNotFoundError as error:
        raise ExtraMissing(error.name) from None
    qrels = {answer.query.id: dict(answer.query.grades) for answer in answers}
    # trec_eval sorts by score itself, and equal ones by id: ranks are given as scores that differ.
    run = {
        answer.query.id: {id: float(len(answer.ids) - rank) for rank, id in enumerate(answer.ids)} for answer in answers
    }
    # measure in the library's terms -> ours
    names = dict(zip((ir_measures.nDCG @ 10, ir_measures.RR @ 10, ir_measures.R @ 100), MEASURES, strict=True))
    scores: dict[str, dict[str, float]] = {name: {} for name in MEASURES}
    for metric in ir_measures.iter_calc(list(names), qrels, run):
        scores[names[metric.measure]][metric.query_id] = float(metric.value)
    return scores


def _mean_values(values: Sequence[Values]) -> Values:
    return Values(
        tuple(_mean(one.scores[at] for one in values) for at in range(len(MEASURES))),
        _mean(one.zero_hits for one in values),
        _mean(one.median_ms for one in values),
        _mean(one.p95_ms for one in values),
    )


def _mean(values: Iterable[float]) -> float:
    return float(np.mean(list(values)))
