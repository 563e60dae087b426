"""What a search adds up to: frozen values for the page, the API and the command alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from corpus import Article
from search.cursor import Cursor
from search.parsing import Note
from search.request import SearchRequest


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text; `hit` if it is a word (or phrase) that the query asked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """An article of the same work in another language."""

    id: str
    language: str


Absence = Literal["", "words", "excluded", "filtered", "translation", "behind"]


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A word of the article that answers a word of the query; `field` is title or body.

    `tier` is a name of Tier's, or *instead* for what will do where no article of the language has any other.
    """

    text: str
    tier: str
    field: str
    count: int


@dataclass(frozen=True, slots=True)
class GroupExplanation:
    """What a group of the query, as the person wrote it, found in an article, and what that adds to its score.

    `common`: it is made of words that say little in the article's language, and need not be there.
    """

    label: str
    found: tuple[FoundWord, ...]
    contribution: float
    common: bool


@dataclass(frozen=True, slots=True)
class RankedAs:
    """The translation as which a hit ranks, where another one is shown: its score, and what it lacks of the query."""

    id: str
    language: str
    score: float
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Factors:
    """By what a score is multiplied for a hit's place: for a language the reader prefers, and for missing words."""

    preferred: float
    missing: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The score of an article: what its groups add up to, and the bonus for words that stand together.

    Where its work is a hit that ranks as another article, `ranked_as` is that one, and the hit has its score. `factors`
    are of the article as which it ranks; None where hits are not ordered by their scores, and of what is no hit.

    `absence` says why it is not on the page: it lacks words and enough others lack fewer, it or a translation of it has
    an excluded word, or a filter does not let it through; "translation" is an article whose work another one stands
    for, `shown_as`, and "behind" a hit on another page, an earlier or a later one. Empty for what is on the page.
    """

    id: str
    language: str
    groups: tuple[GroupExplanation, ...]
    together: float
    score: float
    ranked_as: RankedAs | None = None
    factors: Factors | None = None
    absence: Absence = ""
    shown_as: OtherLanguage | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that answers. `missing` are words of the query that it lacks, as the person wrote them.

    Where a hit stands for a work, it has the score and the place of the work's best article: `ranked_as`, if this one
    is another translation. `translations` begin with the languages that the reader prefers or chose.
    """

    id: str
    language: str
    title: tuple[Segment, ...]
    snippet: tuple[Segment, ...]
    topics: tuple[str, ...]
    published: date | None
    author: str
    source: str
    work: str
    translations: tuple[OtherLanguage, ...]
    score: float
    ranked_as: RankedAs | None
    missing: tuple[str, ...]
    explanation: Explanation | None = None  # if it was asked for


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet, with the number of hits that choosing it (alone) would leave."""

    value: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Replacement:
    """A word of the query that no article has, and the words that were looked for in its place.

    `kind` is "typo" or "prefix".
    """

    word: str
    instead: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Rewording:
    """A query that the reader may have meant, and how many hits it has with every word, under the same filters."""

    query: str
    complete: int


@dataclass(frozen=True, slots=True)
class Also:
    """Words of the query that name a concept, its id, and its terms in the languages of the index."""

    words: str
    concept: str
    terms: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How a query was understood.

    `words` are its groups; `also` what was looked for besides them; `replaced` those that were taken for others;
    `unknown` those that no article has; `left_out` those that some of the hits on this page lack. `notes` say what a
    limit cut off. `did_you_mean` is asked where little is found; nothing else depends on it.
    """

    words: tuple[str, ...]
    excluded: tuple[str, ...]
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    also: tuple[Also, ...]
    replaced: tuple[Replacement, ...]
    unknown: tuple[str, ...]
    left_out: tuple[str, ...]
    notes: tuple[Note, ...]
    did_you_mean: Rewording | None = None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of hits. `total` counts all that answer under the filters, `complete` those with every word.

    Both count works where translations are collapsed into one hit, `complete` those that rank as an article with every
    word, and `articles` counts their articles. `first` is how many hits come before this page, `next` what the one
    after it begins with. `index_changed`: the request goes on from a page of another state of the index.
    """

    request: SearchRequest
    interpretation: Interpretation
    total: int
    complete: int
    articles: int
    pages: int
    hits: tuple[Hit, ...]
    languages: tuple[FacetValue, ...]
    topics: tuple[FacetValue, ...]
    years: tuple[FacetValue, ...]
    generation: int
    milliseconds: float
    first: int = 0
    next: Cursor | None = None
    index_changed: bool = False


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


@dataclass(frozen=True, slots=True)
class SimilarArticle:
    """An article like another one."""

    id: str
    language: str
    title: str
    topics: tuple[str, ...]
    published: date | None
    work: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a reader may have begun to type; `article_id` is the article that a title leads to, `concept` an id.

    A `spelling` is all of what was typed, with words exchanged that may be mistyped.
    """

    text: str
    kind: Literal["spelling", "concept", "term", "title"]
    language: str
    article_id: str | None = None
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """An article as a list of all of them names it."""

    id: str
    language: str
    published: date | None


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """How much is in the index, and how fresh it is. `languages` and `topics` count articles, most first.

    `changed` is when the live generation was built or a sync last changed it.
    """

    articles: int
    works: int
    languages: dict[str, int]
    topics: dict[str, int]
    newest: date | None
    built: datetime
    changed: datetime
    generation: int
