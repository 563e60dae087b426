"""Ask a set's queries as its users would: of an index of its documents, through the engine, with the defaults.

Only translations are not collapsed: a set judges every document. Each query is asked twice. Once for a page of hits as
a person gets it, with its sentences, and that is timed; and once for the ids of the first DEPTH, which recall needs and
nobody reads.
"""

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from corpus import Settings
from corpus.glossary import Glossary, load_glossary
from indexer.concepts import write_compiled
from indexer.generations import CONCEPTS, IndexFolder
from indexer.storage import DurableStorage
from indexer.writer import write_all
from search.engine import Engine
from search.evaluation.sets import JudgedQuery, JudgedSet
from search.request import SearchRequest

# As deep as recall@100 looks.
DEPTH = 100


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for a query: `ids` of the first DEPTH hits, best first, and how long a page of hits took."""

    query: JudgedQuery
    ids: tuple[str, ...]
    milliseconds: float


def ask(judged: JudgedSet, queries: Sequence[JudgedQuery]) -> list[Answer]:
    """Index a set's documents aside, and return the answers to some of its queries, in their order."""
    with indexed(judged) as engine:
        # What is opened and counted once is no part of what a query takes.
        engine.search(_request(queries[0], judged, engine.settings))
        return [answer(query, judged, engine) for query in queries]


@contextmanager
def indexed(judged: JudgedSet) -> Iterator[Engine]:
    """Give an engine over an index of a set's documents, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="karjera-evaluate-") as aside:
        settings = Settings(index=Path(aside, "index"))
        folder = IndexFolder(settings.index)
        with folder.lock():
            with folder.new_generation(glossary=_glossary().digest) as index:
                assert isinstance(index.storage, DurableStorage)
                concepts = Path(index.storage.folder, CONCEPTS)
                concepts.write_bytes(_compiled())
                write_all(index, judged.documents, concepts=concepts)
            folder.publish(settings.keep_generations)
        yield Engine(settings)


def answer(query: JudgedQuery, judged: JudgedSet, engine: Engine) -> Answer:
    """Ask one query of a set, with the defaults of a user."""
    request = _request(query, judged, engine.settings)
    started = time.perf_counter()
    engine.search(request)
    milliseconds = (time.perf_counter() - started) * 1000
    return Answer(query, engine.ranked_ids(replace(request, size=DEPTH)), milliseconds)


@cache
def _glossary() -> Glossary:
    """The concepts that ship with the project: what was imported here is no part of what is measured."""
    with tempfile.TemporaryDirectory(prefix="karjera-imported-") as nothing:
        return load_glossary(Path(nothing))


@cache
def _compiled() -> bytes:
    with tempfile.TemporaryDirectory(prefix="karjera-glossary-") as aside:
        file = Path(aside, CONCEPTS)
        write_compiled(_glossary(), file)
        return file.read_bytes()


def _request(query: JudgedQuery, judged: JudgedSet, settings: Settings) -> SearchRequest:
    chosen = (query.language,) if judged.own_language else ()
    return SearchRequest.from_parameters({"q": (query.text,), "lang": chosen, "collapse": ("false",)}, settings)
