"""What is there after a kill: is the live index whole, what does it hold, and what lies about that nobody needs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from whoosh.index import TOC

from benchmarks.versions import Contents, contents_of
from indexer import origins, runs
from indexer.codec.codec import open_file
from indexer.codec.segment import ColumnarSegment
from indexer.codec.writing import DOCUMENTS_EXTENSION, TERMS_EXTENSION
from indexer.concepts.attested import attested_file
from indexer.errors import IndexerError, IndexMissing
from indexer.generations import CONCEPTS, Generation, IndexFolder
from indexer.segments import BESIDE
from indexer.storage import UNREADABLE, DurableStorage
from indexer.suggestions import suggestions_file
from indexer.verification import verify
from search.snapshot import Snapshot, open_snapshot

NO_VERSION = -1
INDEX_NAME = "MAIN"
SHOWN_PROBLEMS = 20
# Of the files of a segment.
EXTENSIONS = (DOCUMENTS_EXTENSION, TERMS_EXTENSION, *BESIDE)

EXPLANATION = (
    "After each kill the live index was opened and verified, its checksums compared, and its contents compared with "
    "the version last reported or under way; a reader opened before the kill had to read all of its own commit again; "
    "and the next writer began at once. Processes of a killed leader that still ran 10 seconds later were counted and "
    "ended."
)


@dataclass(slots=True)
class Outcome:
    """What became of all kills.

    `moments` counts how and when; `stuck` are writers that could not go on where another was killed, `left_running`
    processes that outlived their leader.
    """

    commits_reported: int = 0
    old_readers: int = 0
    moments: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    stuck: int = 0
    left_running: int = 0
    leftovers: list[str] = field(default_factory=list)

    def markdown(self, seconds: float) -> str:
        """Return it as Markdown."""
        rows = [f"| {moment} | {count} |" for moment, count in sorted(self.moments.items())]
        killed = sum(count for moment, count in self.moments.items() if not moment.startswith("not killed"))
        return "\n".join(
            [
                "## Kills",
                "",
                "| killed; under way; its commit | times |",
                "|---|---|",
                *rows,
                "",
                f"{killed} kills in {seconds:.0f} s, {self.commits_reported} commits reported, {self.old_readers} old "
                f"readers. {EXPLANATION}",
                "",
                "| figure | measured | bar | reached |",
                "|---|---|---|---|",
                f"| commits lost, incomplete or unreadable, and other problems | {len(self.problems)} | 0 | "
                f"{'**no**' if self.problems else 'yes'} |",
                f"| writers that could not go on by themselves: manual steps | {self.stuck} | 0 | "
                f"{'**no**' if self.stuck else 'yes'} |",
                f"| processes that outlived a killed leader | {self.left_running} | - | - |",
                f"| files of no use after the last commits | {len(self.leftovers)} | - | - |",
                "",
                *(f"- problem: {problem}" for problem in self.problems[:SHOWN_PROBLEMS]),
                *(f"- left over: {name}" for name in self.leftovers[:SHOWN_PROBLEMS]),
            ]
        )


class Aftermath:
    """Checks one index folder, kill after kill. `live` is the version that it holds as far as is known."""

    def __init__(self, folder: Path, contents: Sequence[Contents]) -> None:
        self.outcome = Outcome()
        self.live = NO_VERSION
        self._folder = IndexFolder(folder)
        self._contents = contents  # of each version
        self._reader: tuple[Snapshot, Contents] | None = None

    def check(self, how: str, committed: Sequence[int], operation: str, under_way: int | None) -> None:
        """Compare with what was reported: versions committed, and an operation that was under way with its version."""
        self.outcome.commits_reported += len(committed)
        reported = committed[-1] if committed else self.live
        self._check_old_reader()
        try:
            self.live = self._held(reported, under_way)
        except (IndexerError, *UNREADABLE) as error:
            self.outcome.problems.append(f"{how}, {operation or 'nothing'} under way: {type(error).__name__}: {error}")
        if how == "not killed":
            moment = "all committed"
        elif not operation:
            moment = "between two operations; reported"
        else:
            moment = f"{operation}; {'seen, and not yet reported' if self.live == under_way else 'not yet seen'}"
        self.outcome.moments[f"{how}; {moment}"] += 1

    def note_leftovers(self) -> None:
        """Note files that no generation needs."""
        used = {self._folder.path / name for name in ("CURRENT", "lock", runs.FILE)}
        for generation in self._folder.all():
            used |= set(_used_files(generation))
        files = (file for file in self._folder.path.rglob("*") if file not in used and file not in _parents(used))
        self.outcome.leftovers = sorted(str(file.relative_to(self._folder.path)) for file in files)

    def _held(self, reported: int, under_way: int | None) -> int:
        """Return the version that the live index holds; raises if it is none of the two, or not sound."""
        try:
            live = self._folder.live()
        except IndexMissing:
            if reported == NO_VERSION:
                return NO_VERSION
            raise
        verify(live.open())
        for segment in _segments(live):
            for extension in EXTENSIONS:
                open_file(DurableStorage(live.path), segment, extension).verify()
        held = contents_of(live)
        for version in (reported, under_way):
            if version is not None and version != NO_VERSION and held == self._contents[version]:
                self._reader = open_snapshot(live), held
                return version
        raise ValueError(f"generation {live.number} holds neither version {reported} nor {under_way}")

    def _check_old_reader(self) -> None:
        if self._reader is None:
            return
        snapshot, contents = self._reader
        try:
            articles = [snapshot.article(number) for number in snapshot.live.tolist()]
            read = {article.id: article.content_hash() for article in articles}
        except UNREADABLE as error:
            read = {}
            self.outcome.problems.append(f"a reader opened before the kill: {type(error).__name__}: {error}")
        if read == contents:
            self.outcome.old_readers += 1
        else:
            self.outcome.problems.append("a reader opened before the kill reads something else")


def _segments(generation: Generation) -> Sequence[ColumnarSegment]:
    segments: Sequence[ColumnarSegment] = TOC.read(DurableStorage(generation.path), INDEX_NAME).segments
    return segments


def _used_files(generation: Generation) -> Iterator[Path]:
    table = TOC.read(DurableStorage(generation.path), INDEX_NAME)
    yield generation.path / "manifest.json"
    yield generation.path / origins.FILE
    yield generation.path / CONCEPTS
    yield generation.path / f"{INDEX_NAME}_WRITELOCK"
    yield generation.path / f"_{INDEX_NAME}_{table.generation}.toc"
    yield suggestions_file(generation.path, table.generation)
    yield attested_file(generation.path, table.generation)
    for segment in table.segments:
        for extension in EXTENSIONS:
            yield generation.path / segment.make_filename(extension)


def _parents(files: set[Path]) -> set[Path]:
    return {parent for file in files for parent in file.parents}
