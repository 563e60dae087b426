"""One search as the query log keeps it: a line of JSON."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from search.page import SearchPage
from search.querylog.redaction import kept_text

# A longer line is damaged, or none of ours: what is kept of a query and its filters is far shorter.
MAX_LINE_BYTES = 4_096
# A request may name all the languages and years there are; the log is not for reading those back.
MAX_VALUES = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A search without who made it: not even the minute, so that nothing else known of a person can be laid beside it.

    `language` is what the query seems to be in, `languages` counts hits by language; `total` 0 is a search without
    results. `filters` has the values of each filter that was chosen, in words.
    """

    hour: datetime  # UTC, minutes and less are 0
    query: str
    language: str
    filters: dict[str, tuple[str, ...]]
    page: int
    total: int
    complete: int
    languages: dict[str, int]
    milliseconds: float

    def to_json(self) -> str:
        """Return it as one line, without its end."""
        return json.dumps(
            {
                "hour": self.hour.strftime("%Y-%m-%dT%HZ"),
                "query": self.query,
                "language": self.language,
                "filters": self.filters,
                "page": self.page,
                "total": self.total,
                "complete": self.complete,
                "languages": self.languages,
                "milliseconds": self.milliseconds,
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, line: str) -> "Entry | None":
        """Read a line; None if it is none of ours, or was cut off."""
        try:
            said = json.loads(line)
            return cls(
                datetime.strptime(said["hour"], "%Y-%m-%dT%HZ").replace(tzinfo=UTC),
                str(said["query"]),
                str(said["language"]),
                {str(name): tuple(map(str, values)) for name, values in said["filters"].items()},
                int(said["page"]),
                int(said["total"]),
                int(said["complete"]),
                {str(code): int(count) for code, count in said["languages"].items()},
                float(said["milliseconds"]),
            )
        # RecursionError of brackets without end, OverflowError of a number that is none.
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
            return None


def entry_of(page: SearchPage, guess: Callable[[str], str], now: datetime) -> Entry:
    """Return what is kept of a search; `guess` says which language a text seems to be in."""
    request, query = page.request, kept_text(page.request.query)
    chosen: dict[str, Any] = {
        "lang": (*request.languages, *page.interpretation.languages),
        "topic": (*request.topics, *page.interpretation.topics),
        "year": request.years,
        "from": _day(request.published_from),
        "to": _day(request.published_to),
    }
    return Entry(
        hour=now.astimezone(UTC).replace(minute=0, second=0, microsecond=0),
        query=query,
        language=guess(query),
        filters={name: tuple(map(str, values[:MAX_VALUES])) for name, values in chosen.items() if values},
        page=request.page,
        total=page.total,
        complete=page.complete,
        languages={
            value.value: value.count
            for value in page.languages
            if value.count and (value.selected or not request.languages)
        },
        milliseconds=page.milliseconds,
    )


def _day(day: date | None) -> tuple[date, ...]:
    return (day,) if day else ()
