"""`python -m benchmarks`: every system on the same articles, one after the other, each in processes of its own."""

import hashlib
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from benchmarks.aftermath import EXTENSIONS
from benchmarks.articles import Corpus, prepare
from benchmarks.building import Built, build, build_streamed
from benchmarks.circumstances import header, tell
from benchmarks.fresh import fresh, fresh_and_peak
from benchmarks.merging import SEGMENTS, Merged, build_parts, merge_parts
from benchmarks.opening import opened
from benchmarks.peers import is_installed
from benchmarks.report import MIB, Bar, BuildRow, OpenRow, Report, ratio
from benchmarks.systems import BM25S, KARJERA, SQLITE, STEMMED, TANTIVY, WHOOSH, System

# Stock Whoosh writes so few articles a second that it gets a sample; its rate hardly depends on how many.
WHOOSH_ARTICLES = 600
# To find a word that many articles have.
WORD_SAMPLE = 500
MIN_WORD_CHARS = 6


class Run:
    """A run on one corpus: each system's index in a folder of its own below `work`."""

    def __init__(self, work: Path, corpus: Corpus, workers: int) -> None:
        self._work = work
        self._corpus = corpus
        self._workers = workers
        self._word = _common_word(corpus)

    def report(self) -> Report:
        """Measure everything."""
        started = os.getloadavg()
        karjera = self._build(KARJERA, self._workers, with_peaks=True)
        alone = self._build(KARJERA, 1)
        peers = [
            self._build(system, workers, with_peaks=True)
            for system, workers in ((TANTIVY, self._workers), (STEMMED, self._workers), (SQLITE, 1), (BM25S, 1))
            if is_installed(system.package)
        ]
        peer = next((row for row in peers if row.system == TANTIVY.name), None)
        stemming = next((row for row in peers if row.system == STEMMED.name), None)
        sample = min(WHOOSH_ARTICLES, self._corpus.articles)
        whoosh = self._build(WHOOSH, 1, sample)
        like_whoosh = self._build(KARJERA, 1, sample)
        opens = [self._open(KARJERA, self._workers)]
        opens += [self._open(system, row.workers) for system in (TANTIVY, STEMMED, SQLITE, BM25S) for row in peers
                  if row.system == system.name]  # fmt: skip
        parts = self._work / "parts"
        tell(f"Karjera: {SEGMENTS} segments")
        built_parts = fresh(build_parts, self._corpus, parts)
        tell("Karjera: merge")
        merged = fresh(merge_parts, parts)
        builds = (karjera, alone, *peers, whoosh, like_whoosh)
        return Report(
            header=header(self._corpus, started),
            builds=builds,
            peer=peer,
            same_files=_digests(self._folder(KARJERA, self._workers)) == _digests(self._folder(KARJERA, 1)),
            opens=tuple(opens),
            parts=built_parts,
            merged=merged,
            bars=_bars(karjera, whoosh.built, like_whoosh.built, (peer, stemming), opens[0], built_parts, merged),
        )

    def _folder(self, system: System, workers: int, sample: int | None = None) -> Path:
        return self._work / f"{system.name}-{workers}-{sample or 'all'}"

    def _build(self, system: System, workers: int, sample: int | None = None, with_peaks: bool = False) -> BuildRow:
        folder = self._folder(system, workers, sample)
        tell(f"{system.name}, {workers} workers: build of {sample or self._corpus.articles} articles")
        built = fresh(build, system, self._corpus, folder, workers, sample)
        if not with_peaks:
            return BuildRow(system.name, workers, system.keeps, built)
        peaks = []
        for twice in (False, True):
            tell(f"{system.name}, {workers} workers: memory{' of twice as many articles' * twice}")
            aside = self._work / "memory"
            _, peak = fresh_and_peak(build_streamed, system, self._corpus, aside, workers, twice)
            peaks.append(peak)
            shutil.rmtree(aside)
        return BuildRow(system.name, workers, system.keeps, built, *peaks)

    def _open(self, system: System, workers: int) -> OpenRow:
        tell(f"{system.name}: open")
        return OpenRow(system.name, opened(system, self._folder(system, workers), self._word))


def _bars(
    karjera: BuildRow,
    whoosh: Built,
    like_whoosh: Built,
    peers: Iterable[BuildRow | None],
    opening: OpenRow,
    parts: Merged,
    merged: Merged,
) -> tuple[Bar, ...]:
    """Return the bars of the issue "A columnar index"; those on kills are in benchmarks.kills."""
    bars = []
    for peer in peers:
        if peer:
            rate, size = karjera.built.rate / peer.built.rate, karjera.built.bytes / peer.built.bytes
            bars += [
                Bar(
                    f"articles a second, against {peer.system}", ratio(rate, 1), "at least 0.70, aim 1.00", rate >= 0.7
                ),
                Bar(f"bytes on disk, against {peer.system}", ratio(size, 1), "at most 1.30", size <= 1.3),
            ]
    times, same = karjera.built.rate / whoosh.rate, like_whoosh.rate / whoosh.rate
    said = f"{times:.1f} (all articles, all workers), {same:.1f} (the same articles, 1 worker)"
    bars.append(Bar("articles a second, against Whoosh's stock codec", said, "at least 15", times >= 15))
    for name, peak in (("", karjera.peak), (", twice the corpus", karjera.peak_twice)):
        if peak:
            mib = peak.bytes / MIB
            said = f"{mib:,.0f} MiB in {peak.processes} processes"
            bars.append(Bar(f"peak memory of the build{name}", said, "at most 1,536 MiB", mib <= 1536))
    open_ms, open_mib = opening.opened.seconds * 1000, opening.opened.bytes / MIB
    speedup = parts.seconds / merged.seconds
    return (
        *bars,
        Bar("open a searcher", f"{open_ms:.1f} ms", "under 20 ms", open_ms < 20),
        Bar("open a searcher", f"{open_mib:.1f} MiB resident", "under 30 MiB", open_mib < 30),
        Bar(f"merge of {SEGMENTS} segments, against building them", f"{speedup:.1f} times as fast", "at least 3 times",
            speedup >= 3),
    )  # fmt: skip


def _common_word(corpus: Corpus) -> str:
    """Return the word that most articles have, of those that every system takes for one."""
    counts: Counter[str] = Counter()
    for article in corpus.sample(WORD_SAMPLE):
        counts.update({word for word in article.body.split() if word.isascii() and word.isalpha() and word.islower()})
    return max((word for word in counts if len(word) >= MIN_WORD_CHARS), key=lambda word: (counts[word], word))


def _digests(folder: Path) -> dict[str, str]:
    """Return a digest of each file of segments; what else is there holds dates."""
    files = (file for file in folder.rglob("*") if file.suffix in EXTENSIONS)
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@click.command()
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of *.jsonl.gz with _id, title, text, lang. Without it, articles are generated.",
)
@click.option("--articles", type=click.IntRange(min=100), help="How many; of a folder all by default.")
@click.option(
    "--processes", type=click.IntRange(min=2), default=2, show_default=True, help="Of Karjera; threads of tantivy."
)
@click.option("--json", "as_json", is_flag=True, help="All that was measured as JSON, instead of tables.")
def benchmark(data: Path | None, articles: int | None, processes: int, as_json: bool) -> None:
    """Build, open and merge Karjera's index beside those of its peers, and compare."""
    with tempfile.TemporaryDirectory(prefix="karjera-benchmark-") as work:
        tell("preparing the articles")
        corpus = prepare(Path(work, "articles.jsonl"), data, articles)
        report = Run(Path(work), corpus, processes).report()
    click.echo(json.dumps(asdict(report), indent=1) if as_json else report.markdown())


if __name__ == "__main__":
    benchmark()
