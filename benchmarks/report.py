"""The tables. Each says below it what its figures are."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.building import Built
from benchmarks.merging import Merged
from benchmarks.opening import Opened
from benchmarks.processes import Peak

MIB = 1024 * 1024

BUILD_NOTES = (
    "*ratio*: of the column before it, to that of tantivy-py, which looks for letters alone; *stems*: it stems the "
    "languages that it has stemmers for, each in a field of its own. *articles/s*: until everything is committed, "
    "articles in memory at the start. *articles/CPU s*: the same by the processor time of all its processes and "
    "threads, which other programs disturb less. *others*: share of the machine's processors that these took "
    "meanwhile. *MB*: of all files, after merges in the background, which took *merges, s* more. *MB/M chars*: for a "
    "million characters of text. *peak MiB*: most memory of all its processes together (PSS: shared pages once), in a "
    "build of its own with articles read one by one; *twice*: the same of a corpus twice as large."
)
OPEN_NOTES = (
    "Each in a fresh process that has imported the system, files in the cache of the operating system; the median of "
    "several. *resident*: growth of the process, pages of mapped files included. *open again*: in the same process. "
    "*first answer*: the best ten for one common word, read; Karjera searches all languages by stem and makes "
    "snippets, the others look for the letters."
)
MERGE_NOTES = "*peak MiB*: resident, mapped files included; that of the build with all articles in memory."


@dataclass(frozen=True, slots=True)
class BuildRow:
    """A build of one system; peaks only where they were measured."""

    system: str
    workers: int
    keeps: str
    built: Built
    peak: Peak | None = None
    peak_twice: Peak | None = None


@dataclass(frozen=True, slots=True)
class OpenRow:
    """An opening of one system."""

    system: str
    opened: Opened


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure that has to be reached."""

    figure: str
    measured: str
    bar: str
    reached: bool


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run measured. `builds` begin with Karjera's by all workers; `peer` is what ratios are to."""

    header: tuple[str, ...]
    builds: tuple[BuildRow, ...]
    peer: BuildRow | None
    same_files: bool
    opens: tuple[OpenRow, ...]
    parts: Merged
    merged: Merged
    bars: tuple[Bar, ...]

    def markdown(self) -> str:
        """Return the report as Markdown."""
        return "\n\n".join(["\n".join(self.header), self._builds(), self._opens(), self._merge(), self._bars()]) + "\n"

    def _builds(self) -> str:
        heads = (
            "system|keeps|articles|articles/s|ratio|articles/CPU s|ratio|others|MB|ratio|MB/M chars|merges, s|"
            "peak MiB|ratio|twice, MiB"
        )
        rows = [_build_cells(row, self.peer) for row in self.builds]
        same = "the same files" if self.same_files else "**other files**"
        notes = f"{BUILD_NOTES} With one process as with several, Karjera wrote {same}."
        return "\n".join(["## Build", "", *table(heads, rows), "", notes])

    def _opens(self) -> str:
        heads = "system|open, ms|resident, MiB|open again, ms|open and first answer, ms|resident, MiB|articles found"
        rows = [
            [
                row.system,
                f"{row.opened.seconds * 1000:.1f}",
                f"{row.opened.bytes / MIB:.1f}",
                f"{row.opened.again_seconds * 1000:.1f}",
                f"{row.opened.answered_seconds * 1000:.1f}",
                f"{row.opened.answered_bytes / MIB:.1f}",
                f"{row.opened.found:,}",
            ]
            for row in self.opens
        ]
        return "\n".join(["## Open", "", *table(heads, rows), "", OPEN_NOTES])

    def _merge(self) -> str:
        heads = "one process|documents|s|CPU s|peak MiB"
        rows = [
            [name, f"{one.documents:,}", f"{one.seconds:.2f}", f"{one.cpu_seconds:.2f}", f"{one.peak_bytes / MIB:,.0f}"]
            for name, one in (("build the segments", self.parts), ("merge them into one", self.merged))
        ]
        return "\n".join(["## Merge", "", *table(heads, rows), "", MERGE_NOTES])

    def _bars(self) -> str:
        rows = [[bar.figure, bar.measured, bar.bar, "yes" if bar.reached else "**no**"] for bar in self.bars]
        return "\n".join(["## Bars", "", *table("figure|measured|bar|reached", rows)])


def _build_cells(row: BuildRow, peer: BuildRow | None) -> list[str]:
    built, other = row.built, peer.built if peer else None
    # Of a sample, the size says nothing beside that of the whole.
    same_articles = other is not None and other.articles == built.articles
    return [
        f"{row.system}, {row.workers} worker{'s' * (row.workers > 1)}",
        row.keeps,
        f"{built.articles:,}",
        f"{built.rate:,.0f}",
        ratio(built.rate, other.rate if other else None),
        f"{built.cpu_rate:,.0f}",
        ratio(built.cpu_rate, other.cpu_rate if other else None),
        f"{built.busy_elsewhere:.0%}",
        f"{built.bytes / 1e6:,.1f}",
        ratio(built.bytes, other.bytes if other and same_articles else None),
        f"{built.bytes / built.chars:.2f}",
        f"{built.seconds_after:.1f}",
        f"{row.peak.bytes / MIB:,.0f}" if row.peak else "-",
        ratio(row.peak.bytes, peer.peak.bytes) if row.peak and peer and peer.peak else "-",
        f"{row.peak_twice.bytes / MIB:,.0f}" if row.peak_twice else "-",
    ]


def ratio(measured: float | None, peer: float | None) -> str:
    """Return a ratio in words of a table; a hyphen where there is nothing to compare."""
    return f"{measured / peer:.2f}" if measured and peer else "-"


def table(heads: str, rows: Sequence[Sequence[str]]) -> list[str]:
    names = heads.split("|")
    return [f"| {' | '.join(cells)} |" for cells in (names, ["---"] * len(names), *rows)]
