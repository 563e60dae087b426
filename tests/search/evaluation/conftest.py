"""A judged set of three articles and two queries, in files as they are given."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

DOCUMENTS = (
    {"_id": "calls", "title": "Call center stress", "text": "Calls never stop.\nStress grows.", "lang": "en"},
    {"_id": "pay", "title": "Asking for a raise", "text": "Workers who ask earn more.", "lang": "en"},
    {"_id": "night", "title": "Working at night", "text": "Night workers sleep by day.", "lang": "en"},
)
QUERIES = (
    {"_id": "q1", "text": "stress of calls", "lang": "en"},
    {"_id": "q2", "text": "worker", "lang": "en"},
)
QRELS = ("query-id\tcorpus-id\tscore", "q1\tcalls\t2", "q2\tpay\t2", "q2\tnight\t1")

MakeSet = Callable[..., Path]


@pytest.fixture
def make_set(tmp_path: Path) -> MakeSet:
    """Write a set to <name> in the test's folder, of what is given instead of the above, and return its folder."""

    def make(
        name: str = "some/set",
        documents: Sequence[Mapping[str, object]] | None = DOCUMENTS,
        queries: Sequence[Mapping[str, object]] = QUERIES,
        qrels: Sequence[str] = QRELS,
    ) -> Path:
        folder = tmp_path / name
        folder.mkdir(parents=True)
        if documents is not None:
            (folder / "corpus.jsonl").write_text(_lines(documents), encoding="utf-8")
        (folder / "queries.jsonl").write_text(_lines(queries), encoding="utf-8")
        (folder / "qrels.tsv").write_text("".join(f"{line}\n" for line in qrels), encoding="utf-8")
        return folder

    return make


def _lines(objects: Sequence[Mapping[str, object]]) -> str:
    return "".join(json.dumps(said, ensure_ascii=False) + "\n" for said in objects)
