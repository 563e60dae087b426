"""What people look for, added up: a function of entries, for the command, JSON and the page alike.

Only the first page of a search counts: who turns pages asks nothing new. A search without words (or with none that may
be kept) is counted by day, and is no query.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from search.querylog.entry import Entry

# Rows of a list.
SHOWN = 20
# Examples beside a pair of languages.
EXAMPLES = 5
# Distinct queries that are counted. The files bound it too, but not what an operator sets them to.
MAX_QUERIES = 200_000
# Days of a report: a clock that was wrong once makes no list of centuries.
MAX_DAYS = 400
# Upper edges in milliseconds; after the last come the rest.
EDGES_MS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)


@dataclass(frozen=True, slots=True)
class Day:
    """How much was asked on a day (UTC), and how much of it had no result."""

    day: date
    searches: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, the language it seems to be in, how often it was asked, and its hits when it was last asked."""

    query: str
    language: str
    times: int
    total: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Searches in one language that had hits, but none in it: in another one most of them, perhaps not the only one."""

    asked: str
    answered: str
    times: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slow:
    """A query, the longest it took, and its hits then."""

    query: str
    language: str
    milliseconds: float
    total: int


@dataclass(frozen=True, slots=True)
class Report:
    """What people look for. Lists are in the order of their weight, at most SHOWN long; `days` is without gaps.

    `unanswered` lists queries by the language they seem to be in, `times` counts searches by how long they took: those
    up to each edge of EDGES_MS, and the rest.
    """

    searches: int
    unanswered_searches: int
    days: tuple[Day, ...]
    popular: tuple[Asked, ...]
    unanswered: dict[str, tuple[Asked, ...]]
    elsewhere: tuple[Elsewhere, ...]
    slow: tuple[Slow, ...]
    times: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values: the same names, days as 2026-11-22, `times` as a list of (up to, searches)."""
        said = asdict(self)
        said["days"] = [{**day, "day": day["day"].isoformat()} for day in said["days"]]
        edges = [*EDGES_MS, None]
        said["times"] = [
            {"up_to_ms": edge, "searches": searches} for edge, searches in zip(edges, self.times, strict=True)
        ]
        return said


class _Added:
    """What has been added up so far."""

    def __init__(self) -> None:
        self.days: Counter[date] = Counter()
        self.unanswered_days: Counter[date] = Counter()
        self.queries: Counter[tuple[str, str]] = Counter()  # (query, language) -> times
        self.unanswered: Counter[tuple[str, str]] = Counter()
        self.totals: dict[tuple[str, str], int] = {}
        self.pairs: Counter[tuple[str, str]] = Counter()  # (asked, answered) -> times
        self.examples: dict[tuple[str, str], Counter[str]] = {}
        self.slow: dict[tuple[str, str], Slow] = {}
        self.times = [0] * (len(EDGES_MS) + 1)

    def add(self, entry: Entry) -> None:
        self.days[entry.hour.date()] += 1
        slot = next((slot for slot, edge in enumerate(EDGES_MS) if entry.milliseconds <= edge), len(EDGES_MS))
        self.times[slot] += 1
        if not entry.query:
            return
        key = (entry.query, entry.language)
        self.unanswered_days[entry.hour.date()] += not entry.total
        if key not in self.queries and len(self.queries) >= MAX_QUERIES:
            return
        self.queries[key] += 1
        self.totals[key] = entry.total
        if not entry.total:
            self.unanswered[key] += 1
        known = self.slow.get(key)
        if known is None or entry.milliseconds > known.milliseconds:
            self.slow[key] = Slow(entry.query, entry.language, entry.milliseconds, entry.total)
        if entry.total and entry.languages and entry.language not in ("und", *entry.languages):
            # Of a filter the reader knows that it keeps their language out.
            if "lang" in entry.filters:
                return
            pair = (entry.language, max(entry.languages, key=lambda code: (entry.languages[code], code)))
            self.pairs[pair] += 1
            self.examples.setdefault(pair, Counter())[entry.query] += 1


def report(entries: Iterable[Entry]) -> Report:
    """Add up searches."""
    added = _Added()
    for entry in entries:
        if entry.page == 1:
            added.add(entry)
    by_language: dict[str, list[Asked]] = {}
    for asked in _most(added.unanswered, added.totals, len(added.unanswered)):
        by_language.setdefault(asked.language, []).append(asked)
    languages = sorted(by_language, key=lambda code: (-sum(asked.times for asked in by_language[code]), code))
    slowest = sorted(added.slow.values(), key=lambda slow: (-slow.milliseconds, slow.query))
    pairs = sorted(added.pairs.items(), key=lambda item: (-item[1], item[0]))
    return Report(
        searches=added.days.total(),
        unanswered_searches=added.unanswered_days.total(),
        days=_days(added),
        popular=tuple(_most(added.queries, added.totals, SHOWN)),
        unanswered={code: tuple(by_language[code][:SHOWN]) for code in languages},
        elsewhere=tuple(
            Elsewhere(*pair, times, tuple(query for query, _ in added.examples[pair].most_common(EXAMPLES)))
            for pair, times in pairs[:SHOWN]
        ),
        slow=tuple(slowest[:SHOWN]),
        times=tuple(added.times),
    )


def _most(counted: Counter[tuple[str, str]], totals: dict[tuple[str, str], int], shown: int) -> list[Asked]:
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:shown]
    return [Asked(*key, times, totals[key]) for key, times in ordered]


def _days(added: _Added) -> tuple[Day, ...]:
    if not added.days:
        return ()
    last = max(added.days).toordinal()
    first = max(min(added.days).toordinal(), last - MAX_DAYS + 1)
    every = (date.fromordinal(number) for number in range(first, last + 1))
    return tuple(Day(day, added.days[day], added.unanswered_days[day]) for day in every)
