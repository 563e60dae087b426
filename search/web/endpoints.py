"""The table of the API: what each endpoint is asked, by which function it is answered, and in which shape.

Whatever serves, checks, describes or tests the API reads this table.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from corpus import LANGUAGES, TOPICS
from search import answers
from search.parameters import Parameters
from search.serialization import article_json, explanation_json, search_json, similar_json, suggestions_json
from search.web import batch, readers
from search.web.analyses import analysis
from search.web.current import engine
from search.web.interface import accepted
from search.web.naming import language_name_in
from search.web.questions import (
    MAX_BATCH,
    MAX_BODY_BYTES,
    ArticleQuestion,
    BatchQuestion,
    ExplanationQuestion,
    LabelsQuestion,
    SearchQuestion,
    SimilarQuestion,
    SuggestQuestion,
)

Question = TypeVar("Question", bound=Parameters)

ROOT = "/api/v1/"


@dataclass(frozen=True, slots=True)
class Endpoint(Generic[Question]):
    """A row: `path` follows ROOT; `{id}` in it is a parameter. A post has its parameters in its body.

    `problems` are names of PROBLEM_TYPES beside those that any endpoint may have; one with status 409 has the shape
    `conflict`. `by_language`: the answer depends on Accept-Language. `examples` are addresses below ROOT that find
    something in the library that ships with Karjera. `for_operators`: it takes their token, and is served by `admin`.
    """

    name: str
    path: str
    summary: str
    description: str
    question: type[Question]
    answer: Any
    answered: Callable[[Question], Mapping[str, object]]
    examples: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    by_language: bool = False
    method: Literal["get", "post"] = "get"
    status: int = 200
    conflict: Any = answers.Problem
    for_operators: bool = False


def _search(asked: SearchQuestion) -> answers.SearchAnswer:
    return search_json(engine().search(asked.request(readers.accepted())), asked.fields)


def _explanation(asked: ExplanationQuestion) -> answers.Explanation:
    return explanation_json(engine().explain(asked.request(readers.accepted()), asked.id))


def _suggest(asked: SuggestQuestion) -> answers.SuggestAnswer:
    own = (asked.lang,) if asked.lang else ()
    prefer = tuple(dict.fromkeys((*asked.prefer, *own, *readers.accepted())))
    return suggestions_json(engine().suggest(asked.q, prefer, asked.size))


def _article(asked: ArticleQuestion) -> answers.ArticleAnswer:
    return article_json(engine().article(asked.id))


def _similar(asked: SimilarQuestion) -> answers.SimilarAnswer:
    return similar_json(engine().similar(asked.id, asked.size, tuple(asked.prefer) or readers.accepted()))


def _topics(asked: LabelsQuestion) -> answers.TopicsAnswer:
    language, counts = asked.ui or accepted(), engine().status().topics
    rows: list[answers.Topic] = [
        {
            "key": id,
            "label": topic.label(language),
            "within": topic.within or None,
            "articles": counts.get(id, 0),
        }
        for id, topic in TOPICS.items()
    ]
    return {"ui": language, "topics": sorted(rows, key=lambda row: -row["articles"])}


def _languages(asked: LabelsQuestion) -> answers.LanguagesAnswer:
    language, counts = asked.ui or accepted(), engine().counts()
    rows: list[answers.LanguageRow] = [
        {
            "code": row.code,
            "label": language_name_in(row.code, language),
            "endonym": row.endonym,
            "script": row.script,
            "direction": row.direction,
            "analysis": analysis(row.code),
            "stemmer": row.stemmer,
            "articles": counts.get(row.code, 0),
        }
        for row in LANGUAGES.values()
    ]
    return {"ui": language, "languages": sorted(rows, key=lambda row: -row["articles"])}


ENDPOINTS: tuple[Endpoint[Any], ...] = (
    Endpoint(
        "search",
        "search",
        "Find articles",
        "No text in `q` is an error. A hit is a work, shown in the language that the reader likes best "
        "of those it matches in (`prefer`, else `Accept-Language`). Pages are asked for by `page`, or by `cursor`, "
        "which holds when the index changes.",
        SearchQuestion,
        answers.SearchAnswer,
        _search,
        (
            "search?q=call%20center%20stress&size=3",
            "search?q=pracownik&lang=pl&sort=newest",
            "search?q=stres*%20-bonus&topic=wellbeing,pay&fields=id,title,score",
            "search?q=burnout&collapse=false&explain=true&size=2",
            "search",
        ),
        by_language=True,
    ),
    Endpoint(
        "batch",
        "search:batch",
        "Find articles for several searches at once",
        f"At most {MAX_BATCH} searches, in {MAX_BODY_BYTES} bytes, answered in order, each with its own status: one "
        "that cannot be answered has a problem in its place, and costs no other its answer. Those with `explain` may "
        "have as many hits together (`size`) as one search may have. What the beginnings (`a*`) and phrases of all of "
        "them would be looked for in is bounded as for one: what is left out is said in `notes`. Where requests are "
        "limited, each search counts as one; a batch is never refused for more than a whole rate.",
        BatchQuestion,
        answers.BatchAnswer,
        batch.answered,
        problems=("malformed-body", "unsupported-media-type"),
        by_language=True,
        method="post",
    ),
    Endpoint(
        "suggest",
        "suggest",
        "Complete what a reader types",
        "Titles, names of concepts and common words of the index: every word of what is typed has to begin a word of "
        "what is suggested, accents aside, and a letter of a longer one may be mistyped. A `spelling` is what was "
        "typed with such words put right.",
        SuggestQuestion,
        answers.SuggestAnswer,
        _suggest,
        ("suggest?q=call%20cen", "suggest?q=stres&lang=pl&size=3"),
        by_language=True,
    ),
    Endpoint(
        "article",
        "articles/{id}",
        "Read an article",
        "Slashes of the id may stand as they are, or as `%2F`.",
        ArticleQuestion,
        answers.ArticleAnswer,
        _article,
        ("articles/en/call-center-stress", "articles/pl%2Fburnout"),
        problems=("no-such-article",),
    ),
    Endpoint(
        "article_similar",
        "articles/{id}/similar",
        "Find articles like one",
        "Each is of another work. Where there is an article whose own id ends in `/similar`, this is its address; "
        "`similar?id=` can always be asked.",
        SimilarQuestion,
        answers.SimilarAnswer,
        _similar,
        ("articles/en/call-center-stress/similar?size=3",),
        problems=("no-such-article",),
        by_language=True,
    ),
    Endpoint(
        "similar",
        "similar",
        "Find articles like one, whatever its id",
        "The same as `articles/{id}/similar`, with the id as a parameter.",
        SimilarQuestion,
        answers.SimilarAnswer,
        _similar,
        ("similar?id=pl/burnout&prefer=pl,en",),
        problems=("no-such-article",),
        by_language=True,
    ),
    Endpoint(
        "explanation",
        "explanation",
        "Say why an article is a hit, or is none",
        "Takes the parameters of a search, and the article's id: which words were found where, what each adds to the "
        "score, as which translation its work ranks, and what keeps it off the page.",
        ExplanationQuestion,
        answers.Explanation,
        _explanation,
        ("explanation?id=pl/burnout&q=call%20center%20stress",),
        problems=("no-such-article",),
        by_language=True,
    ),
    Endpoint(
        "topics",
        "topics",
        "List the topics",
        "Labels are in the language that `ui` or `Accept-Language` asks for.",
        LabelsQuestion,
        answers.TopicsAnswer,
        _topics,
        ("topics?ui=pl", "topics"),
        by_language=True,
    ),
    Endpoint(
        "languages",
        "languages",
        "List the languages",
        "All that Karjera can analyse, with how it does. Labels are in the language that `ui` or `Accept-Language` "
        "asks for.",
        LabelsQuestion,
        answers.LanguagesAnswer,
        _languages,
        ("languages?ui=lt", "languages"),
        by_language=True,
    ),
)
