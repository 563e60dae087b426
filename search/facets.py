"""Filters, and counts by language and topic under them.

A facet's counts apply every filter but its own: the count beside a value is what choosing it gives. A chosen value is
always among them, also when nothing is left of it.
"""

from collections import Counter
from collections.abc import Iterable

from search.page import FacetValue
from search.parsing import ParsedQuery
from search.request import SearchRequest
from search.snapshot import Documents


def passing(numbers: Iterable[int], request: SearchRequest, documents: Documents, but: str = "") -> list[int]:
    """Return the documents that pass the request's filters; `but` names one ("language", "topic") not to apply."""
    kept = list(numbers)
    if request.languages and but != "language":
        languages = frozenset(request.languages)
        kept = [number for number in kept if documents.languages[number] in languages]
    if request.topics and but != "topic":
        topics = frozenset(request.topics)
        kept = [number for number in kept if topics.intersection(documents.topics[number])]
    if request.published_from or request.published_to:
        kept = [number for number in kept if _in_range(number, request, documents)]
    return kept


def allowed(numbers: Iterable[int], query: ParsedQuery, documents: Documents) -> list[int]:
    """Return the documents that what is typed in the query itself lets through: lang:, topic:, -lang:, -topic:."""
    typed = SearchRequest(languages=query.languages, topics=query.topics)
    kept = passing(numbers, typed, documents)
    if query.other_languages:
        languages = frozenset(query.other_languages)
        kept = [number for number in kept if documents.languages[number] not in languages]
    if query.other_topics:
        topics = frozenset(query.other_topics)
        kept = [number for number in kept if not topics.intersection(documents.topics[number])]
    return kept


def language_facet(numbers: Iterable[int], request: SearchRequest, documents: Documents) -> tuple[FacetValue, ...]:
    """Return the languages of the documents, most first."""
    counts = Counter(documents.languages[number] for number in passing(numbers, request, documents, but="language"))
    return _values(counts, request.languages)


def topic_facet(numbers: Iterable[int], request: SearchRequest, documents: Documents) -> tuple[FacetValue, ...]:
    """Return the topics of the documents, most first; an article with two topics counts for both."""
    kept = passing(numbers, request, documents, but="topic")
    return _values(Counter(topic for number in kept for topic in documents.topics[number]), request.topics)


def _values(counts: Counter[str], selected: tuple[str, ...]) -> tuple[FacetValue, ...]:
    names = sorted({*counts, *selected}, key=lambda name: (-counts[name], name))
    return tuple(FacetValue(name, counts[name], name in selected) for name in names)


def _in_range(number: int, request: SearchRequest, documents: Documents) -> bool:
    day = documents.published[number]
    if day is None:
        return False
    return (request.published_from is None or day >= request.published_from) and (
        request.published_to is None or day <= request.published_to
    )
