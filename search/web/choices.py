"""The choices on a page of results, each a link that can be kept: values of facets, chips, orders, pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from flask_babel import gettext, pgettext

from search.page import FacetValue, SearchPage
from search.request import SORTS, SearchRequest, Sort
from search.web.addresses import search_address
from search.web.naming import day, endonym, language_name, number, topic_name

Value = TypeVar("Value", str, int)

# Page numbers shown around the current one.
PAGES_AROUND = 2
# Values of a facet before "more".
FACET_VALUES = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """What a link says, where it leads, how many articles it leaves; `key` names it on this page and the next."""

    label: str
    address: str
    key: str = ""
    count: int = 0
    selected: bool = False
    aside: str = ""  # the same in its own words: a language's name for itself
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A heading with its values, the first of them and those behind "more"."""

    name: str
    label: str
    first: tuple[Choice, ...]
    more: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Pager:
    """Pages around this one; an address that leads nowhere is empty."""

    before: str
    after: str
    last: str
    numbers: tuple[Choice, ...]


def facets(page: SearchPage) -> list[Facet]:
    """Return the facets of a page that have any value."""
    asked = replace(page.request, page=1)

    def of(name: str, label: str, values: Sequence[FacetValue], choice: Callable[[FacetValue], Choice]) -> Facet:
        choices = tuple(map(choice, values))
        return Facet(name, label, choices[:FACET_VALUES], choices[FACET_VALUES:])

    found = [
        of("lang", gettext("Languages"), page.languages, lambda value: language_choice(asked, value)),
        of("topic", gettext("Topics"), page.topics, lambda value: topic_choice(asked, value)),
        of("year", gettext("Years"), page.years, lambda value: _year_choice(asked, value)),
    ]
    return [facet for facet in found if facet.first]


def language_choice(asked: SearchRequest, value: FacetValue) -> Choice:
    """Return the link that chooses a language, or takes it away if it is chosen."""
    code = value.value
    address = search_address(replace(asked, languages=_toggled(asked.languages, code)))
    return Choice(language_name(code), address, f"lang-{code}", value.count, value.selected, endonym(code), code)


def topic_choice(asked: SearchRequest, value: FacetValue) -> Choice:
    """Return the link that chooses a topic, or takes it away if it is chosen."""
    address = search_address(replace(asked, topics=_toggled(asked.topics, value.value)))
    return Choice(topic_name(value.value), address, f"topic-{value.value}", value.count, value.selected)


def _year_choice(asked: SearchRequest, value: FacetValue) -> Choice:
    address = search_address(replace(asked, years=_toggled(asked.years, int(value.value))))
    return Choice(value.value, address, f"year-{value.value}", value.count, value.selected)


def _toggled(chosen: tuple[Value, ...], value: Value) -> tuple[Value, ...]:
    others = tuple(other for other in chosen if other != value)
    return others if value in chosen else chosen + (value,)  # noqa: RUF005  # a star loses the type


def chips(asked: SearchRequest) -> list[Choice]:
    """Return what filters are on, each a link that takes it away."""
    first = replace(asked, page=1)
    found = [
        Choice(language_name(code), search_address(replace(first, languages=_toggled(first.languages, code))))
        for code in asked.languages
    ]
    found += [
        Choice(topic_name(id), search_address(replace(first, topics=_toggled(first.topics, id)))) for id in asked.topics
    ]
    found += [
        Choice(str(year), search_address(replace(first, years=_toggled(first.years, year)))) for year in asked.years
    ]
    if asked.published_from:
        since = gettext("since %(day)s", day=day(asked.published_from))
        found.append(Choice(since, search_address(replace(first, published_from=None))))
    if asked.published_to:
        until = gettext("until %(day)s", day=day(asked.published_to))
        found.append(Choice(until, search_address(replace(first, published_to=None))))
    return found


def without_filters(asked: SearchRequest) -> str:
    """Return the address of the same query with no filter on."""
    return search_address(
        SearchRequest(
            asked.query,
            sort=asked.sort,
            size=asked.size,
            expand=asked.expand,
            explain=asked.explain,
            collapse=asked.collapse,
        )
    )


def expanding(asked: SearchRequest) -> str:
    """Return the address of the same search with other words for its concepts, or without where they are looked for."""
    return search_address(replace(asked, expand=not asked.expand, page=1))


def explaining(asked: SearchRequest) -> str:
    """Return the address of the same page that says why each hit is there, or of the page that does not."""
    return search_address(replace(asked, explain=not asked.explain))


def collapsing(page: SearchPage) -> Choice | None:
    """Return the link that shows every translation, or each work once again; None where that changes nothing."""
    asked = replace(page.request, page=1, collapse=not page.request.collapse)
    if not page.request.collapse:
        return Choice(gettext("Show each article in one language"), search_address(asked), "collapse")
    if page.articles == page.total:
        return None
    return Choice(gettext("Show every translation"), search_address(asked), "collapse", page.articles)


def meaning(page: SearchPage) -> Choice | None:
    """Return the link to the query that the reader may have meant; None if there is none."""
    meant = page.interpretation.did_you_mean
    if meant is None:
        return None
    address = search_address(replace(page.request, query=meant.query, page=1))
    return Choice(meant.query, address, "meant", meant.complete)


def sorts(asked: SearchRequest) -> list[Choice]:
    """Return the orders there are."""
    labels: dict[Sort, str] = {"relevance": pgettext("order", "Best match"), "newest": pgettext("order", "Newest")}
    return [
        Choice(labels[sort], search_address(replace(asked, sort=sort, page=1)), f"sort-{sort}", 0, asked.sort == sort)
        for sort in SORTS
    ]


def pager(asked: SearchRequest, pages: int) -> Pager:
    """Return the links between pages."""

    def address(page: int) -> str:
        return search_address(replace(asked, page=page))

    around = range(max(1, asked.page - PAGES_AROUND), min(pages, asked.page + PAGES_AROUND) + 1)
    numbers = sorted({1, *around, pages} if pages else set())
    return Pager(
        address(asked.page - 1) if 1 < asked.page <= pages else "",
        address(asked.page + 1) if asked.page < pages else "",
        address(pages) if pages else "",
        tuple(Choice(number(page), address(page), f"page-{page}", page, page == asked.page) for page in numbers),
    )
