"""`python -m benchmarks.queries`: how long an answer takes, next to tantivy-py and Whoosh on the same articles."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from benchmarks import answering
from benchmarks.articles import Corpus, prepare
from benchmarks.building import build_streamed
from benchmarks.circumstances import header, tell
from benchmarks.fresh import fresh
from benchmarks.growth import build_grown
from benchmarks.lockstep import Latency, Opener, Timed, in_lockstep
from benchmarks.peers import is_installed
from benchmarks.questions import questions
from benchmarks.report import Bar, ratio, table
from benchmarks.service import THREADS, WORKERS, Served, served
from benchmarks.systems import KARJERA, STEMMED, TANTIVY

# Whoosh takes minutes to index more, and seconds to search them; of fewer articles it is the quicker to answer.
WHOOSH_ARTICLES = 2_000
WHOOSH_QUERIES = 100
WARMING_QUERIES = 50
# The pages of more would not all be kept.
AGAIN_QUERIES = 150
# Of fewer queries no percentile is worth telling.
LEAST_FULL = 50
SERVED_QUERIES = 5_000
# (connections, requests a second; 0 is as many as are answered)
LOADS = ((1, 0), (8, 0), (64, 0), (64, 150))

FIRST = "Karjera"
FIRST_BARE = "Karjera, without snippets"
PEER = "tantivy-py, any word"
PEER_BARE = "tantivy-py, any word, without snippets"
STRICT = "tantivy-py, every word"
STRICT_BARE = "tantivy-py, every word, without snippets"
STEMS = "tantivy-py, stems, any word"
STEMS_BARE = "tantivy-py, stems, any word, without snippets"
BARE = (FIRST_BARE, PEER_BARE, STRICT_BARE, STEMS_BARE)
STOCK = "Whoosh, stock codec, any word"
STOCK_STRICT = "Whoosh, stock codec, every word"
OF_WHOOSH = (STOCK, STOCK_STRICT)

NOTES = (
    "Each query is asked once, of all systems in turn, each in a process of its own that has been warmed up with other "
    "queries. *CPU*: time of processors, which other programs disturb less. *ratio*: of median time, *CPU ratio*: of "
    "median processor time, to those of tantivy-py looking for any of the words, with snippets or without. *found*: "
    "articles, the mean of all queries; *marked*: of ten snippets, how many mark a word. Karjera looks for every word, "
    "inflections too, and adds articles that lack one where fewer than ten have them all. With *stems* tantivy-py has "
    "a field for each language that it can stem, and looks in all of them. The others look for the letters."
)
GROWTH_NOTES = (
    "The same queries, in turn, on the corpus and on one in which it stands so often; in each copy every tenth of its "
    "distinct words is another one (`benchmarks/growth.py`)."
)
FULL_NOTES = (
    "Of the queries above those for which every system had ten snippets to make, but for Whoosh: ten articles have "
    "every word as written."
)
AGAIN_NOTES = (
    "Some of these queries, which each system has just answered: Karjera gives a page again while the index is the "
    "same (`search/answered.py`), tantivy-py makes it again."
)
SERVICE_NOTES = (
    f"`/api/v1/search` of gunicorn with {WORKERS} processes of {THREADS} threads; distinct queries over connections "
    "that are kept. *offered*: that many requests a second, each timed from when it was due; else each connection asks "
    "again when it has its answer, and the times are those of a queue as long as there are connections. *service*, "
    "*client*: processors' worth of time that each took, on the same machine; *others*: share of all processors that "
    "other programs took."
)


@dataclass(frozen=True, slots=True)
class QueryReport:
    """All that one run measured; times by system, and by articles where the corpus was grown."""

    header: tuple[str, ...]
    latencies: Mapping[str, Latency]
    full: Mapping[str, Latency]  # of queries that fill every page
    again: Mapping[str, Latency]  # of queries that were just answered
    articles: Mapping[str, int]
    grown: Mapping[str, Latency]
    served: Sequence[Served]
    bars: Sequence[Bar]

    def markdown(self) -> str:
        """Return the report as Markdown."""
        parts = ["\n".join(self.header), "## Queries", self._latencies(self.latencies, NOTES)]
        parts += ["## Queries with full pages", self._latencies(self.full, FULL_NOTES)] if self.full else []
        parts += ["## Queries asked again", self._latencies(self.again, AGAIN_NOTES)]
        if self.grown:
            parts += ["## Growth", self._grown()]
        if self.served:
            parts += ["## Service", self._served()]
        rows = [[bar.figure, bar.measured, bar.bar, "yes" if bar.reached else "**no**"] for bar in self.bars]
        parts += ["## Bars", "\n".join(table("figure|measured|bar|reached", rows))]
        return "\n\n".join(parts) + "\n"

    def _latencies(self, latencies: Mapping[str, Latency], notes: str) -> str:
        heads = (
            "system|articles|queries|median, ms|p99, ms|p99 / median|CPU median, ms|CPU p99, ms|ratio|CPU ratio|found|"
            "marked"
        )
        rows = []
        for name, one in latencies.items():
            peer = latencies.get(PEER_BARE if name in BARE else PEER)
            rows.append(
                [
                    name,
                    f"{self.articles[name]:,}",
                    f"{one.queries:,}",
                    *_times(one),
                    ratio(one.median_ms, peer.median_ms if peer else None),
                    ratio(one.cpu_median_ms, peer.cpu_median_ms if peer else None),
                    f"{one.total_mean:,.0f}",
                    f"{one.marked_mean:.1f}",
                ]
            )
        return "\n".join([*table(heads, rows), "", notes])

    def _grown(self) -> str:
        rows = [[name, f"{one.queries:,}", *_times(one), f"{one.total_mean:,.0f}"] for name, one in self.grown.items()]
        heads = "articles|queries|median, ms|p99, ms|p99 / median|CPU median, ms|CPU p99, ms|found"
        return "\n".join([*table(heads, rows), "", GROWTH_NOTES])

    def _served(self) -> str:
        rows = [
            [
                str(one.connections),
                str(one.offered or "-"),
                f"{one.rate:.0f}",
                str(one.failed),
                f"{one.median_ms:.0f}",
                f"{one.p99_ms:.0f}",
                f"{one.service_cpu:.2f}",
                f"{one.load_cpu:.2f}",
                f"{one.busy_elsewhere:.0%}",
            ]
            for one in self.served
        ]
        heads = "connections|offered/s|answered/s|failed|median, ms|p99, ms|service|client|others"
        return "\n".join([*table(heads, rows), "", SERVICE_NOTES])


def _times(one: Latency) -> list[str]:
    return [
        f"{one.median_ms:.2f}",
        f"{one.p99_ms:.2f}",
        f"{one.p99_ms / one.median_ms:.1f}",
        f"{one.cpu_median_ms:.2f}",
        f"{one.cpu_p99_ms:.2f}",
    ]


class Run:
    """A run on one corpus; indexes that are in the folder already are not built again."""

    def __init__(self, work: Path, corpus: Corpus, processes: int, count: int) -> None:
        self._work = work
        self._corpus = corpus
        self._processes = processes
        asked = questions(corpus, WARMING_QUERIES + count)
        self._warming, self._queries = asked[:WARMING_QUERIES], asked[WARMING_QUERIES:]

    def report(self, whoosh_articles: int, times: int, load_seconds: float) -> QueryReport:
        """Measure queries; growth if `times` is more than 1, the service if `load_seconds` is more than 0."""
        started = os.getloadavg()
        whoosh_articles = min(whoosh_articles, self._corpus.articles)
        openers = self._openers(whoosh_articles)
        tell(f"{len(self._queries)} queries of {len(openers)} systems")
        timed = in_lockstep(openers, self._warming, self._queries)
        _check_same(timed[FIRST], timed[FIRST_BARE])
        latencies = {name: Latency.of(some) for name, some in timed.items()}
        larger = self._growth(times) if times > 1 else {}
        loaded = self._loaded(load_seconds) if load_seconds else []
        articles = {name: whoosh_articles if name in OF_WHOOSH else self._corpus.articles for name in latencies}
        return QueryReport(
            header(self._corpus, started),
            latencies,
            _full(timed),
            self._again(openers),
            articles,
            larger,
            loaded,
            _bars(latencies, articles, larger, loaded),
        )

    def _openers(self, whoosh_articles: int) -> dict[str, Opener]:
        corpus, workers, every = self._corpus, self._processes, len(self._queries)
        own = self._built("karjera", lambda to: fresh(build_streamed, KARJERA, corpus, to, workers))
        openers = {
            FIRST: Opener(answering.karjera, own, every),
            FIRST_BARE: Opener(answering.karjera_without_snippets, own, every),
        }
        if is_installed(TANTIVY.package):
            theirs = self._built("tantivy", lambda to: fresh(build_streamed, TANTIVY, corpus, to, workers))
            openers[PEER] = Opener(answering.tantivy, theirs, every)
            openers[PEER_BARE] = Opener(answering.tantivy_without_snippets, theirs, every)
            openers[STRICT] = Opener(answering.tantivy_every_word, theirs, every)
            openers[STRICT_BARE] = Opener(answering.tantivy_every_word_without_snippets, theirs, every)
            stems = self._built("tantivy-stems", lambda to: fresh(build_streamed, STEMMED, corpus, to, workers))
            openers[STEMS] = Opener(answering.tantivy_stems, stems, every)
            openers[STEMS_BARE] = Opener(answering.tantivy_stems_without_snippets, stems, every)
        stock = self._built(
            f"whoosh-{whoosh_articles}", lambda to: fresh(answering.build_whoosh, corpus, to, whoosh_articles)
        )
        return openers | {
            STOCK: Opener(answering.whoosh, stock, WHOOSH_QUERIES),
            STOCK_STRICT: Opener(answering.whoosh_every_word, stock, WHOOSH_QUERIES),
        }

    def _again(self, openers: Mapping[str, Opener]) -> dict[str, Latency]:
        queries = self._queries[:AGAIN_QUERIES]
        tell(f"{len(queries)} queries again")
        timed = in_lockstep({name: openers[name] for name in (FIRST, PEER) if name in openers}, queries, queries)
        return {name: Latency.of(some) for name, some in timed.items()}

    def _growth(self, times: int) -> dict[str, Latency]:
        corpus, workers = self._corpus, self._processes
        large = self._built(f"karjera-{times}", lambda to: fresh(build_grown, corpus, to, workers, times))
        sizes = {corpus.articles: self._work / "karjera", corpus.articles * times: large}
        openers = {f"{size:,}": Opener(answering.karjera, folder, len(self._queries)) for size, folder in sizes.items()}
        tell(f"{len(self._queries)} queries of {times} times as many articles")
        timed = in_lockstep(openers, self._warming, self._queries)
        return {name: Latency.of(some) for name, some in timed.items()}

    def _loaded(self, seconds: float) -> list[Served]:
        tell("the service under load")
        return served(self._work / "karjera", questions(self._corpus, SERVED_QUERIES), LOADS, seconds)

    def _built(self, name: str, build: Callable[[Path], None]) -> Path:
        folder, unfinished = self._work / name, self._work / f"{name}.new"
        if not folder.exists():
            tell(f"building {name}")
            build(unfinished)
            unfinished.rename(folder)
        return folder


def _check_same(whole: Sequence[Timed], bare: Sequence[Timed]) -> None:
    for one, other in zip(whole, bare, strict=True):
        if one.answer._replace(snippets=0) != other.answer:
            raise ValueError(f"with snippets Karjera answers {one.answer}, without {other.answer}.")


def _full(timed: Mapping[str, Sequence[Timed]]) -> dict[str, Latency]:
    """Return the latencies of queries for which tantivy-py found ten articles with every word; none of few."""
    full = [number for number, one in enumerate(timed.get(STRICT, ())) if len(one.answer.ids) == answering.PAGE]
    if len(full) < LEAST_FULL:
        return {}
    return {
        name: Latency.of([some[number] for number in full]) for name, some in timed.items() if name not in OF_WHOOSH
    }


def _bars(
    latencies: Mapping[str, Latency],
    articles: Mapping[str, int],
    larger: Mapping[str, Latency],
    loaded: Sequence[Served],
) -> list[Bar]:
    """Return the bars of the issue "Answers from arrays"."""
    own, bare = latencies[FIRST], latencies[FIRST_BARE]
    bars = []
    for peer, peer_bare in ((PEER, PEER_BARE), (STRICT, STRICT_BARE), (STEMS, STEMS_BARE)):
        if peer in latencies:
            median = own.median_ms / latencies[peer].median_ms
            without = bare.median_ms / latencies[peer_bare].median_ms
            bars += [
                Bar(f"median, against {peer}", ratio(median, 1), "at most 0.25", median <= 0.25),
                Bar(f"median, against {peer_bare}", ratio(without, 1), "at most 2.00", without <= 2),
            ]
    for name in OF_WHOOSH:
        times = own.median_ms / latencies[name].median_ms
        sizes = f"{times:.2f}, of {articles[FIRST]:,} articles against {articles[name]:,}"
        bars.append(Bar(f"median, against {name}", sizes, "at most 0.01", times <= 0.01))
    spread = own.p99_ms / own.median_ms
    bars.append(Bar("99th percentile, against the median", f"{spread:.1f} times", "at most 3 times", spread <= 3))
    if larger:
        (few, small), (many, large) = larger.items()
        growth = large.median_ms / small.median_ms
        bars.append(Bar(f"median of {many} against {few}", f"{growth:.1f} times", "at most 3 times", growth <= 3))
    for one in loaded:
        if one.offered:
            said = f"{one.rate:.0f} a second, 99 % under {one.p99_ms:.0f} ms"
            reached = one.rate > 0.99 * one.offered and one.p99_ms < 100
            bars.append(Bar("the service", said, f"{one.offered} a second, 99 % under 100 ms", reached))
    return bars


@contextmanager
def _work_folder(work: Path | None) -> Iterator[Path]:
    if work:
        work.mkdir(parents=True, exist_ok=True)
        yield work
    else:
        with tempfile.TemporaryDirectory(prefix="karjera-queries-") as folder:
            yield Path(folder)


@click.command()
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of *.jsonl.gz with _id, title, text, lang. Without it, articles are generated.",
)
@click.option("--articles", type=click.IntRange(min=100), help="How many; of a folder all by default.")
@click.option("--queries", "count", type=click.IntRange(min=100), default=1_000, show_default=True, help="How many.")
@click.option("--whoosh-articles", type=click.IntRange(min=100), default=WHOOSH_ARTICLES, show_default=True)
@click.option("--processes", type=click.IntRange(min=1), default=2, show_default=True, help="That build the indexes.")
@click.option("--grow", type=click.IntRange(2, 20), help="Also ask of the corpus so many times over.")
@click.option(
    "--load", "load_seconds", type=click.FloatRange(min=1), help="Also load the service, so many seconds each."
)
@click.option(
    "--work",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to keep the indexes in for the next run of the same articles and the same code.",
)
@click.option("--json", "as_json", is_flag=True, help="All that was measured as JSON, instead of tables.")
def benchmark(
    data: Path | None,
    articles: int | None,
    count: int,
    whoosh_articles: int,
    processes: int,
    grow: int | None,
    load_seconds: float | None,
    work: Path | None,
    as_json: bool,
) -> None:
    """Ask Karjera and its peers the same queries."""
    with _work_folder(work) as folder:
        tell("preparing the articles")
        corpus = prepare(folder / "articles.jsonl", data, articles)
        report = Run(folder, corpus, processes, count).report(whoosh_articles, grow or 1, load_seconds or 0.0)
    click.echo(json.dumps(asdict(report), indent=1) if as_json else report.markdown())


if __name__ == "__main__":
    benchmark()
