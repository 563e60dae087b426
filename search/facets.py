"""Filters, and counts by language, topic and year under them.

A facet's counts apply every filter but its own: the count beside a value is what choosing it gives. A chosen value is
always among them, also when nothing is left of it. With `works`, which has the work of each document, they count works:
a work counts for a value once, however many of its articles have it.
"""

from collections.abc import Sequence

import numpy as np

from indexer.codec.container import Array
from search.page import FacetValue
from search.parsing import ParsedQuery
from search.request import SearchRequest
from search.snapshot import Columns


def passing(numbers: Array, request: SearchRequest, columns: Columns, but: str = "") -> Array:
    """Return the documents that pass the request's filters; `but` names the one not to apply."""
    kept = numbers
    if request.languages and but != "language":
        kept = kept[_having(request.languages, columns)[columns.language_codes[kept]]]
    if request.topics and but != "topic":
        kept = kept[_on(request.topics, columns)[columns.topic_codes[kept]]]
    if request.years and but != "year":
        kept = kept[np.isin(columns.years[kept], request.years)]
    if request.published_from:
        kept = kept[columns.days[kept] >= request.published_from.toordinal()]
    if request.published_to:
        days = columns.days[kept]
        kept = kept[(days > 0) & (days <= request.published_to.toordinal())]
    return kept


def allowed(numbers: Array, query: ParsedQuery, columns: Columns) -> Array:
    """Return the documents that what is typed in the query itself lets through: lang:, topic:, -lang:, -topic:."""
    kept = passing(numbers, SearchRequest(languages=query.languages, topics=query.topics), columns)
    if query.other_languages:
        kept = kept[~_having(query.other_languages, columns)[columns.language_codes[kept]]]
    if query.other_topics:
        kept = kept[~_on(query.other_topics, columns)[columns.topic_codes[kept]]]
    return kept


def language_facet(
    numbers: Array, request: SearchRequest, columns: Columns, works: Array | None = None
) -> tuple[FacetValue, ...]:
    """Return the languages of the documents, most first."""
    kept = passing(numbers, request, columns, but="language")
    codes = _once(columns.language_codes[kept], kept, works)
    counts = np.bincount(codes, minlength=len(columns.languages)).tolist()
    return _values(dict(zip(columns.languages, counts, strict=True)), request.languages)


def topic_facet(
    numbers: Array, request: SearchRequest, columns: Columns, works: Array | None = None
) -> tuple[FacetValue, ...]:
    """Return the topics of the documents, most first; an article with two topics counts for both."""
    kept = passing(numbers, request, columns, but="topic")
    codes = columns.topic_codes[kept]
    if works is None:
        counts = np.bincount(codes, minlength=len(columns.topics)) @ columns.topic_table
    else:
        document, topic = columns.topic_table[codes].nonzero()
        counts = np.bincount(_once(topic, kept[document], works), minlength=len(columns.topic_names))
    return _values(dict(zip(columns.topic_names, counts.tolist(), strict=True)), request.topics)


def year_facet(
    numbers: Array, request: SearchRequest, columns: Columns, works: Array | None = None
) -> tuple[FacetValue, ...]:
    """Return the years in which the documents were published, the newest first; one without a date has none."""
    kept = passing(numbers, request, columns, but="year")
    counts = np.bincount(_once(columns.years[kept], kept, works))
    found = {year: int(counts[year]) for year in counts.nonzero()[0].tolist() if year}
    return tuple(
        FacetValue(str(year), found.get(year, 0), year in request.years)
        for year in sorted({*found, *request.years}, reverse=True)
    )


def _once(values: Array, numbers: Array, works: Array | None) -> Array:
    """Return the values (whole numbers from 0 on) of documents; with works, each value of a work only once."""
    if works is None or not len(values):
        return values
    several = int(values.max()) + 1
    return np.unique(works[numbers] * several + values) % several


def _having(languages: Sequence[str], columns: Columns) -> Array:
    """Return of each language code whether it is one of these."""
    return np.array([language in languages for language in columns.languages], bool)


def _on(topics: Sequence[str], columns: Columns) -> Array:
    """Return of each topic code whether it has one of these."""
    return np.array([not set(topics).isdisjoint(some) for some in columns.topics], bool)


def _values(counts: dict[str, int], selected: tuple[str, ...]) -> tuple[FacetValue, ...]:
    found = {value: count for value, count in counts.items() if count}
    names = sorted({*found, *selected}, key=lambda name: (-found.get(name, 0), name))
    return tuple(FacetValue(name, found.get(name, 0), name in selected) for name in names)
