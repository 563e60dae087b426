"""The tables. Each says below it what its figures are."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.building import Built
from benchmarks.merging import Merged
from benchmarks.opening import Opened
from benchmarks.processes import Peak

MIB = 1024 * 1024


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
        heads = "system|keeps|articles|articles/s|ratio|CPU s|others|MB|ratio|MB/M chars|peak MiB|twice, MiB|ratio"
        rows = []
        for row in self.builds:
            built, workers = row.built, f"{row.workers} worker{'s' * (row.workers > 1)}"
            peer = self.peer.built if self.peer else None
            peer_peak = self.peer.peak if self.peer else None
            rows.append(
                [
                    f"{row.system}, {workers}",
                    row.keeps,
                    f"{built.articles:,}",
                    f"{built.rate:,.0f}",
                    ratio(built.rate, peer and peer.rate),
                    f"{built.cpu_seconds:.1f}",
                    f"{built.busy_elsewhere:.0%}",
                    f"{built.bytes / 1e6:,.1f}",
                    # Of a sample, the whole size says nothing beside that of the whole.
                    ratio(built.bytes, peer.bytes if peer and peer.articles == built.articles else None),
                    f"{built.bytes / built.chars:.2f}",
                    _mib(row.peak),
                    _mib(row.peak_twice),
                    ratio(row.peak.bytes if row.peak else None, peer_peak.bytes if peer_peak else None),
                ]
            )
        background = [f"{row.system} {row.built.seconds_after:.1f} s" for row in self.builds if row.built.seconds_after > 1]
        return "\n".join(
            [
                "## Build",
                "",
                *_table(heads, rows),
                "",
                f"*ratio*: to {self.peer.system if self.peer else 'tantivy-py, which is not installed'}, for the column "
                "before it. *articles/s*: until everything is committed, articles in memory at the start. *CPU s*: of "
                "all its processes and threads. *others*: share of the machine's processors that other programs took "
                "meanwhile. *MB*: of all files, after merges in the background"
                f"{' (' + ', '.join(background) + ' more)' if background else ''}. *MB/M chars*: the same for a million "
                "characters of text. *peak MiB*: most memory of all its processes together (PSS, shared pages counted "
                "once), in a build of its own with articles read one by one; *twice*: of a corpus twice as large.",
                f"With any number of processes Karjera writes {'the same files' if self.same_files else 'OTHER FILES'}.",
            ]
        )

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
        return "\n".join(
            [
                "## Open",
                "",
                *_table(heads, rows),
                "",
                "Each in a fresh process that has imported the system, files in the cache of the operating system; the "
                "median of several. *resident*: growth of the process, pages of mapped files included. *open again*: "
                "the second time in the same process. *first answer*: the best ten for one common word; Karjera "
                "searches all languages by stem and makes snippets, the others look for the letters.",
            ]
        )

    def _merge(self) -> str:
        heads = "one process|documents|s|CPU s|peak MiB"
        rows = [
            [name, f"{one.documents:,}", f"{one.seconds:.2f}", f"{one.cpu_seconds:.2f}", f"{one.peak_bytes / MIB:,.0f}"]
            for name, one in (("build the segments", self.parts), ("merge them into one", self.merged))
        ]
        explanation = "*peak*: resident, mapped files included; for the build with the articles in memory."
        return "\n".join(["## Merge", "", *_table(heads, rows), "", explanation])

    def _bars(self) -> str:
        rows = [[bar.figure, bar.measured, bar.bar, "yes" if bar.reached else "**no**"] for bar in self.bars]
        return "\n".join(["## Bars", "", *_table("figure|measured|bar|reached", rows)])


def ratio(measured: float | None, peer: float | None) -> str:
    """Return a ratio in words of a table; a hyphen where there is nothing to compare."""
    return f"{measured / peer:.2f}" if measured and peer else "-"


def _mib(peak: Peak | None) -> str:
    return f"{peak.bytes / MIB:,.0f}" if peak else "-"


def _table(heads: str, rows: Sequence[Sequence[str]]) -> list[str]:
    names = heads.split("|")
    return [f"| {' | '.join(cells)} |" for cells in (names, ["---"] * len(names), *rows)]
