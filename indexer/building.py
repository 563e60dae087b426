"""The two ways in which articles reach readers: a build of a whole new generation, and a sync of the live one."""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus import LIBRARY, Article, Collection, Settings
from corpus.glossary import Glossary, load_glossary
from corpus.sources import STANDARD_INPUT
from indexer.concepts import ConceptTable, TopicAssigner, write_compiled
from indexer.errors import IndexDamaged, IndexerError, IndexMissing, VerificationFailed
from indexer.generations import CONCEPTS, IndexFolder
from indexer.origins import read_origins, write_origins
from indexer.runs import recorded
from indexer.storage import UNREADABLE, DurableStorage
from indexer.verification import check_not_shrunk, count_articles, verify
from indexer.writer import Changes, write_all, write_changes

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """A build that is live: its generation's number, articles per language, seconds."""

    generation: int
    articles: dict[str, int]
    seconds: float


@dataclass(frozen=True, slots=True)
class Synced:
    """A sync that is committed."""

    generation: int
    changes: Changes
    articles: dict[str, int]
    seconds: float


def build(
    folder: IndexFolder, collection: Collection, settings: Settings, progress: Progress, allow_shrink: bool = False
) -> Built:
    """Write a new generation from all the articles, prove it, and put it live.

    `progress` is called with the number of articles written so far. Raises IndexerError; then the live generation is
    what it was, and the unfinished one is gone.
    """
    started = time.monotonic()
    glossary = load_glossary(settings.glossary)
    with folder.lock(), recorded(folder, "build", collection) as run:
        with folder.new_generation(collection.sources, glossary.digest) as index:
            assert isinstance(index.storage, DurableStorage)
            concepts = Path(index.storage.folder, CONCEPTS)
            _compile(glossary, concepts, folder)
            counts = write_all(index, _counting(collection, progress, run.progress), concepts=concepts)
            if not counts:
                raise VerificationFailed("there is not one article in the input. The live index was not touched.")
            verified = verify(index)
            if verified.articles != dict(counts):
                raise VerificationFailed(f"of {counts.total()} articles written {verified.articles} are there.")
            if not allow_shrink:
                check_not_shrunk(verified.articles, _live_counts(folder))
            write_origins(concepts.parent, collection.files)
        generation = folder.publish(settings.keep_generations, verified.articles)
        run.done(generation.number, verified.articles, added=counts.total())
    return Built(generation.number, verified.articles, time.monotonic() - started)


def sync(
    folder: IndexFolder, collection: Collection, settings: Settings, progress: Progress, allow_shrink: bool = False
) -> Synced:
    """Make the live generation hold exactly the collection's articles, in one commit, and today's glossary.

    An article that is stored is kept as it is, its topics too, while the file from which it was read, or a folder above
    it, is there and cannot be read: the failure may pass, and what is removed for it would be missed until then.
    Raises IndexMissing if there is nothing to sync with, and other IndexerErrors; then nothing is changed.
    """
    started = time.monotonic()
    with folder.lock(), recorded(folder, "sync", collection) as run:
        glossary = load_glossary(settings.glossary)
        live = folder.live()
        live.reader().close()  # what is damaged is told before anything is read or written
        index = live.open()
        for leftover in live.path.glob("_MAIN_*.toc.*"):  # of a killed commit; Whoosh never removes them
            leftover.unlink()
        concepts = live.path / f"{CONCEPTS}.new"
        try:
            _compile(glossary, concepts, folder)
            topics = TopicAssigner(ConceptTable(concepts))
            reassign = live.manifest().glossary != glossary.digest
            known = read_origins(live.path)
            changes = write_changes(
                index,
                _counting(collection, progress, run.progress),
                allow_shrink,
                topics,
                reassign,
                lambda id: collection.may_miss(id, known.get(id)),
            )
            concepts.replace(live.path / CONCEPTS)
            kept = {id: file for id, file in known.items() if collection.may_miss(id, file)} if changes.kept else {}
            write_origins(live.path, kept | collection.files)
        finally:
            concepts.unlink(missing_ok=True)
        with index.reader() as reader:
            counts = count_articles(reader)
        folder.synced(collection.sources, counts, glossary.digest)
        run.done(live.number, counts, **asdict(changes))
    return Synced(live.number, changes, counts, time.monotonic() - started)


def _compile(glossary: Glossary, file: Path, folder: IndexFolder) -> None:
    """Put the compiled glossary there: a copy of the live generation's if that is the same and whole."""
    try:
        live = folder.live()
        live.check()
        known = live.concepts()
        if known is not None and known.is_of(glossary):
            known.verify()
            shutil.copyfile(live.path / CONCEPTS, file)
            return
    except IndexerError:
        pass  # there is none, or none that can be used
    write_compiled(glossary, file)


def _counting(collection: Collection, *told: Progress) -> Iterator[Article]:
    for number, article in enumerate(collection, start=1):
        yield article
        for progress in told:
            progress(number)


def sources_of(folder: IndexFolder) -> tuple[str, ...]:
    """Return what the live generation was built from; the shipped library if there is none.

    Raises IndexerError if that cannot be told, or was standard input, which cannot be read again.
    """
    try:
        sources = folder.live().manifest().sources
    except IndexMissing:
        return (str(LIBRARY),)
    except IndexDamaged:
        sources = ()
    if STANDARD_INPUT in sources:
        raise IndexerError("the live index was built from standard input; say with PATH what to read.")
    if not sources:
        raise IndexerError("nothing tells what the live index was built from; say with PATH what to read.")
    return sources


def _live_counts(folder: IndexFolder) -> dict[str, int]:
    manifest = folder.manifest()
    if manifest is None or manifest.sources == (str(LIBRARY),):
        return {}  # there is nothing, or only the articles that everybody begins with
    try:
        with folder.live().reader() as reader:
            return count_articles(reader)
    except (IndexerError, *UNREADABLE):  # what a new build is there to replace; but not by much less
        return manifest.articles
