"""What a search adds up to: frozen values for the page, the API and the command alike."""

from dataclasses import dataclass
from datetime import date

from corpus import Article
from search.request import SearchRequest


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text; `hit` if it is a word (or phrase) that the query asked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that answers. `missing` are words of the query that it lacks, as the person wrote them."""

    id: str
    language: str
    title: tuple[Segment, ...]
    snippet: tuple[Segment, ...]
    topics: tuple[str, ...]
    published: date | None
    author: str
    source: str
    work: str
    score: float
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet, with the number of articles that choosing it (alone) would leave."""

    value: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How a query was understood.

    `words` are its groups; `unknown` those that no article has; `left_out` those that some of the hits on this page
    lack. `notes` say what a limit cut off.
    """

    words: tuple[str, ...]
    excluded: tuple[str, ...]
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    unknown: tuple[str, ...]
    left_out: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of hits. `total` counts all articles that answer under the filters, `complete` those with every word."""

    request: SearchRequest
    interpretation: Interpretation
    total: int
    complete: int
    pages: int
    hits: tuple[Hit, ...]
    languages: tuple[FacetValue, ...]
    topics: tuple[FacetValue, ...]
    generation: int
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Translation:
    """Another article of the same work."""

    id: str
    language: str
    title: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article, its title cut at the words of a query, where they stand in its body, and its translations."""

    article: Article
    title: tuple[Segment, ...]
    body_hits: tuple[tuple[int, int], ...]
    translations: tuple[Translation, ...]
