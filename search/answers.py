"""The shapes of what the API answers: what `serialization` returns, and what the reference describes.

They are types alone: nothing is made of them when an answer is given, the type checker holds the one to the other.
"""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict  # pydantic asks for it below Python 3.12

Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
Language = Annotated[str, Field(description="A code, as `/api/v1/languages` lists them.")]
TopicKey = Annotated[str, Field(description="A key, as `/api/v1/topics` lists them.")]
Absence = Literal["words", "excluded", "filtered", "translation", "behind"]
Body = Annotated[str, Field(description="Plain text, one block a line.")]


class Segment(TypedDict):
    """A piece of text; `hit` if it is a word (or phrase) that the query asked for."""

    text: str
    hit: bool


class Highlighted(TypedDict):
    """A text twice: as escaped HTML with what was found in `<mark>`, and in pieces for who wants no HTML."""

    html: str
    segments: list[Segment]


class OtherLanguage(TypedDict):
    """An article of the same work in another language."""

    id: str
    language: Language


class FoundWord(TypedDict):
    """A word of the article that answers a word of the query: in which way, in which field, how often."""

    text: str
    tier: str
    field: str
    count: int


class GroupExplanation(TypedDict):
    """A word or phrase of the query, and what it adds; `common`: it says little in this language.

    `more` counts the words that `found` leaves out.
    """

    words: str
    contribution: float
    common: bool
    found: list[FoundWord]
    more: int


class RankedAs(TypedDict):
    """The translation as which a hit ranks, where another one is shown: that has the score and the place."""

    id: str
    language: Language
    score: float
    missing: Annotated[list[str], Field(description="Words of the query that it lacks.")]


class Factors(TypedDict):
    """By what the score of a hit, that of `ranked_as` where there is one, is multiplied for its place by relevance.

    Hits with every word come before those that lack one, whatever their scores; and after each kind those that have but
    another word for one of the query's.
    """

    preferred: Annotated[float, Field(description="More than 1 in a language of `prefer`, else 1.")]
    missing: Annotated[float, Field(description="Less than 1 by how much the words that it lacks tell, else 1.")]


class Explanation(TypedDict):
    """What the score of an article is made of: what `groups` contribute and `together` add up to it."""

    id: str
    language: Language
    absence: Annotated[
        Absence | None,
        Field(
            description="Why it is not on the page, null if it is. `words`: it lacks words, and there are enough that "
            "lack less; `excluded`: it or a translation of it has a word that the query excludes; `filtered`: a filter "
            "does not let it through; `translation`: it is no hit of its own, `shown_as` stands for it; `behind`: it "
            "is a hit on another page, an earlier or a later one."
        ),
    ]
    shown_as: Annotated[
        OtherLanguage | None,
        Field(description="The article that stands for it, if it is no hit of its own; else null."),
    ]
    ranked_as: Annotated[
        RankedAs | None,
        Field(description="The translation whose score and place the hit has, if it is not this article; else null."),
    ]
    factors: Annotated[
        Factors | None,
        Field(
            description="null where neither it nor what stands for it is a hit, and where hits are not ordered by "
            "their scores."
        ),
    ]
    missing: list[str]
    score: float
    together: Annotated[float, Field(description="What words add that stand together as in the query.")]
    groups: list[GroupExplanation]


class Hit(TypedDict, total=False):
    """An article that answers: all of this, or what `fields` names. `explanation` is there if it was asked for."""

    id: str
    language: Language
    title: str
    title_highlighted: Highlighted
    snippet: Highlighted
    topics: list[TopicKey]
    published: Day | None
    author: str
    source: str
    work: Annotated[str, Field(description="What its translations have in common.")]
    translations: Annotated[
        list[OtherLanguage], Field(description="Those in languages of `prefer` first, then those in languages chosen.")
    ]
    score: Annotated[float, Field(description="That of `ranked_as`, if it ranks as another article.")]
    ranked_as: Annotated[
        RankedAs | None,
        Field(
            description="The best translation of it, which gives the hit its score and its place, if another one is "
            "shown; else null."
        ),
    ]
    missing: Annotated[list[str], Field(description="Words of the query that it lacks.")]
    explanation: Explanation


class FacetValue(TypedDict):
    """A value, its English name, and how many hits choosing it alone would leave."""

    value: str
    label: str
    count: int
    selected: bool


class Facets(TypedDict):
    """What the hits can be narrowed by."""

    languages: list[FacetValue]
    topics: list[FacetValue]
    years: list[FacetValue]


class Also(TypedDict):
    """Words of the query that name a concept, and its terms by language, which were looked for too."""

    words: str
    concept: str
    terms: dict[str, list[str]]


class Replaced(TypedDict):
    """A word that no article has, and those that were looked for instead; `kind` is the way they are like it."""

    word: str
    instead: list[str]
    kind: str


class Rewording(TypedDict):
    """A query that may have been meant, and how many hits it has with every word, under the same filters."""

    query: str
    complete: int


class Interpretation(TypedDict):
    """How the query was understood. `left_out`: words that some hits on this page lack; `notes`: what a limit cut."""

    words: list[str]
    excluded: list[str]
    languages: list[Language]
    topics: list[TopicKey]
    also: list[Also]
    replaced: list[Replaced]
    unknown: list[str]
    left_out: list[str]
    notes: list[str]
    did_you_mean: Rewording | None


Filters = TypedDict(
    "Filters",
    {
        "languages": list[Language],
        "topics": list[TopicKey],
        "years": list[int],
        "from": Day | None,
        "to": Day | None,
    },
)
Filters.__doc__ = "The filters that are on."


class SearchAnswer(TypedDict):
    """A page of hits."""

    query: str
    interpretation: Interpretation
    filters: Filters
    expand: bool
    prefer: list[Language]
    collapse: bool
    sort: Literal["relevance", "newest"]
    page: Annotated[int | None, Field(description="null where a cursor said where to begin.")]
    size: int
    pages: int
    total: Annotated[int, Field(description="Hits in all: works, or articles where translations are not collapsed.")]
    complete: Annotated[
        int,
        Field(
            description="Those that have every word: by relevance in one of their translations, by date in the one "
            "that is shown."
        ),
    ]
    articles: Annotated[int, Field(description="Articles that the hits stand for.")]
    first: Annotated[int, Field(description="How many hits come before this page.")]
    hits: list[Hit]
    next: Annotated[
        str | None, Field(description="The `cursor` of what follows; null at the end, or of what is listed.")
    ]
    index_changed: Annotated[bool, Field(description="The cursor is of an older state of the index.")]
    facets: Facets
    generation: Annotated[int, Field(description="Which build of the index answered.")]
    milliseconds: Annotated[float, Field(description="How long the search took.")]


class Markup(TypedDict):
    """What the author marked in `body`, by characters (Unicode code points) from `start` to before `end`."""

    start: int
    end: int
    kind: str
    value: str


class Translation(TypedDict):
    """An article of the same work in another language."""

    id: str
    language: Language
    title: str


class ArticleAnswer(TypedDict):
    """An article, whole."""

    id: str
    language: Language
    title: str
    body: Body
    markup: list[Markup]
    topics: list[TopicKey]
    published: Day | None
    author: str
    source: str
    work: str
    translations: list[Translation]


class SimilarArticle(TypedDict):
    """An article like another one."""

    id: str
    language: Language
    title: str
    topics: list[TopicKey]
    published: Day | None
    work: str


class SimilarAnswer(TypedDict):
    """Articles like one, the most similar first."""

    similar: list[SimilarArticle]


class Suggestion(TypedDict):
    """What a reader may have begun to type; of a title, `article_id` is where it leads; `concept` is an id.

    A `spelling` is all of what was typed, with words exchanged that may be mistyped, which finds more.
    """

    text: str
    kind: Literal["spelling", "concept", "term", "title"]
    language: Language
    article_id: str | None
    concept: str | None


class SuggestAnswer(TypedDict):
    """Suggestions, the best first."""

    suggestions: list[Suggestion]


class Topic(TypedDict):
    """A topic: its label in the language asked for, the wider topic it is part of, and how many articles are on it."""

    key: str
    label: str
    within: str | None
    articles: int


class TopicsAnswer(TypedDict):
    """All topics, those with most articles first."""

    ui: Annotated[str, Field(description="The language of the labels.")]
    topics: list[Topic]


class LanguageRow(TypedDict):
    """A language: what it is called in the language asked for and by itself, and how its words are found.

    `analysis` is "stems" (by the stemmer that is named, Snowball's or, where it has none, our own: inflections find
    each other), "words" (as written, accents aside) or "bigrams" (overlapping pairs of characters, where spaces do
    not tell the words).
    """

    code: str
    label: str
    endonym: str
    script: str
    direction: Literal["ltr", "rtl"]
    analysis: Literal["stems", "words", "bigrams"]
    stemmer: str | None
    articles: int


class LanguagesAnswer(TypedDict):
    """All languages Karjera knows, those with most articles first."""

    ui: Annotated[str, Field(description="The language of the labels.")]
    languages: list[LanguageRow]


class Fault(TypedDict):
    """What is wrong with a parameter: what came, what is allowed."""

    parameter: str
    detail: str


class Problem(TypedDict):
    """An error, as RFC 9457 has it. `type` is an address that explains it, `request_id` what a log knows it by."""

    type: Annotated[str, Field(json_schema_extra={"format": "uri-reference"})]
    title: str
    status: int
    detail: str
    errors: list[Fault]
    request_id: str


class Run(TypedDict):
    """A build or sync of the index, while it goes on and afterwards. What it changed is known when it is done."""

    kind: Literal["build", "sync"]
    state: Literal["running", "done", "failed"]
    started: Annotated[str, Field(json_schema_extra={"format": "date-time"})]
    process: Annotated[int, Field(description="The id of its process.")]
    finished: Annotated[str, Field(description="Empty while it runs, and where its process was killed.")]
    seconds: float
    read: Annotated[int, Field(description="Articles read so far.")]
    bytes_read: int
    bytes_total: Annotated[int, Field(description="0 where it cannot be told.")]
    share: Annotated[float | None, Field(description="How much of the input is read, from 0 to 1.")]
    generation: Annotated[int, Field(description="The generation of the index that it wrote.")]
    added: int
    changed: int
    removed: int
    unchanged: int
    kept: Annotated[int, Field(description="Articles kept as they were, since their files could not be read.")]
    articles: Annotated[dict[str, int], Field(description="How many there are now, by language.")]
    problems: Annotated[list[str], Field(description="What is wrong with the input: file and reason, the first 50.")]
    problem_count: int
    skipped: Annotated[int, Field(description="Articles that could not be read.")]
    error: Annotated[str, Field(description="Why it failed, and what to do; empty otherwise.")]


class NoRun(TypedDict):
    """Nothing has been built or synced yet."""

    state: Literal["none"]


class SyncProblem(Problem):
    """Why no sync was started: a problem, and the run that goes on, or the last one."""

    run: Run | NoRun


class BatchItem(TypedDict, total=False):
    """What one request of a batch came to: `answer` where `status` is 200, else `problem`."""

    status: int
    answer: SearchAnswer
    problem: Problem


class BatchAnswer(TypedDict):
    """Answers, in the order of the requests."""

    answers: list[BatchItem]
