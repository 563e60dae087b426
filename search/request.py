"""What is asked: the parameters of a page, an API call or a command, checked once and then trusted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import Literal, get_args

from corpus import LANGUAGES, TOPICS, Settings, language_for
from search.errors import BadRequest

Sort = Literal["relevance", "newest"]
SORTS: tuple[Sort, ...] = get_args(Sort)

# More years at once are no choice, and every link of the page would repeat them.
MAX_YEARS = 20

_FLAGS = {"true": True, "false": False}

# parameter -> what it means: the whole vocabulary of a search, in one table for page, API and reference.
PARAMETERS = {
    "q": 'The query: words, "phrases", -excluded, OR, prefix*, lang:pl, topic:pay, title:word.',
    "lang": "Only articles in these languages; may be repeated, or separated by commas.",
    "topic": "Only articles on one of these topics; may be repeated, or separated by commas.",
    "year": "Only articles published in this year; may be repeated, or separated by commas.",
    "from": "Only articles published on this day or later, as 2026-11-22.",
    "to": "Only articles published on this day or earlier.",
    "expand": "false asks for the words as typed only, and not for other words for the same concepts.",
    "explain": "true asks for what each hit's score is made of.",
    "prefer": "Languages you read, the best-liked first, as pl,en: in which of them a work is shown. No filter.",
    "collapse": "true: one hit for each work, its translations on it; false: every article is a hit.",
    "sort": "relevance or newest.",
    "page": "Which page of hits, from 1.",
    "size": "Hits on a page.",
}


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search. `query` is what a person typed; empty means every article, newest first.

    `prefer` are the languages that the reader reads, the best-liked first. `collapse`: one hit for each work.
    """

    query: str = ""
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    published_from: date | None = None
    published_to: date | None = None
    sort: Sort = "relevance"
    page: int = 1
    size: int = 10
    years: tuple[int, ...] = ()
    prefer: tuple[str, ...] = ()
    collapse: bool = True
    expand: bool = True
    explain: bool = False

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, Sequence[str]], settings: Settings) -> "SearchRequest":
        """Check the parameters of a request, each a list of the values given; raises BadRequest."""
        size = checked_number("size", _last(parameters, "size"), settings.page_size, settings.max_page_size)
        page = checked_number("page", _last(parameters, "page"), 1, -(-settings.max_results // size))
        first, last = _day("from", _last(parameters, "from")), _day("to", _last(parameters, "to"))
        if first and last and first > last:
            raise BadRequest("from", f"from is {first}, after to, {last}; exchange them.")
        sort = _last(parameters, "sort") or "relevance"
        if sort not in SORTS:
            raise BadRequest("sort", f"sort is {_shown(sort)}; allowed are {' and '.join(SORTS)}.")
        return cls(
            query=_last(parameters, "q"),
            languages=_choices("lang", parameters.get("lang", ()), language_code, LANGUAGES),
            topics=_choices("topic", parameters.get("topic", ()), topic_id, TOPICS),
            published_from=first,
            published_to=last,
            sort=sort,
            page=page,
            size=size,
            years=_years(parameters.get("year", ())),
            expand=_flag("expand", _last(parameters, "expand"), default=True),
            explain=_flag("explain", _last(parameters, "explain"), default=False),
            prefer=preferred(parameters.get("prefer", ())),
            collapse=_flag("collapse", _last(parameters, "collapse"), default=True),
        )


def preferred(values: Sequence[str]) -> tuple[str, ...]:
    """Return the languages that a reader reads, as parameters name them, in order; raises BadRequest."""
    return _choices("prefer", values, language_code, LANGUAGES)


def _last(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    values = parameters.get(name) or ("",)
    return values[-1].strip()


def language_code(text: str) -> str | None:
    """Return the code of the language that a person means by a tag, as `pt-BR` or `PL`; None if there is none."""
    language = language_for(text)
    return language.code if language else None


def topic_id(text: str) -> str | None:
    """Return the id of the topic that a person means, None if there is none."""
    return text.lower() if text.lower() in TOPICS else None


def _choices(
    name: str, values: Sequence[str], meant: Callable[[str], str | None], table: Mapping[str, object]
) -> tuple[str, ...]:
    chosen: dict[str, None] = {}
    for given in (part.strip() for value in values for part in value.split(",") if part.strip()):
        value = meant(given)
        if value is None:
            raise BadRequest(name, f"{name} is {_shown(given)}; allowed are {', '.join(table)}.")
        chosen[value] = None
    return tuple(chosen)


def _years(values: Sequence[str]) -> tuple[int, ...]:
    given = [part.strip() for value in values for part in value.split(",") if part.strip()]
    if len(given) > MAX_YEARS:
        raise BadRequest("year", f"year has {len(given)} values; allowed are {MAX_YEARS}.")
    return tuple(dict.fromkeys(checked_number("year", text, 0, MAXYEAR) for text in given))


def checked_number(name: str, text: str, default: int, highest: int) -> int:
    """Return a whole number from 1 on, the default where there is none; raises BadRequest."""
    if not text:
        return default
    # isdecimal alone accepts the digits of every script, and int() takes quadratic time over long ones.
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0
    if not 1 <= number <= highest:
        raise BadRequest(name, f"{name} is {_shown(text)}; allowed is a whole number from 1 to {highest}.")
    return number


def _flag(name: str, text: str, default: bool) -> bool:
    if not text:
        return default
    if text.lower() not in _FLAGS:
        raise BadRequest(name, f"{name} is {_shown(text)}; allowed are true and false.")
    return _FLAGS[text.lower()]


def _day(name: str, text: str) -> date | None:
    if not text:
        return None
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadRequest(name, f"{name} is {_shown(text)}; allowed is a day like 2026-11-22.")


def _shown(value: str) -> str:
    return repr(value[:40] + ("…" if len(value) > 40 else ""))
