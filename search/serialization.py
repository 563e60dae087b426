"""Pages as JSON: what the API answers, and what `karjera search --json` prints. One shape, in one place.

Snippets and titles come twice: `html`, escaped, with <mark> around what was found, and `segments` for clients that
want no HTML.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from corpus import LANGUAGES, TOPICS
from indexer.runs import Run
from search import answers
from search.page import (
    ArticlePage,
    Explanation,
    FacetValue,
    Hit,
    OtherLanguage,
    RankedAs,
    Rewording,
    SearchPage,
    Segment,
    SimilarArticle,
    Suggestion,
)
from search.reasons import lacking

# Words of an article that one word of a query may list; `a*` finds hundreds.
MAX_FOUND_WORDS = 20

_LANGUAGE_LABELS = {code: language.name for code, language in LANGUAGES.items()}
_TOPIC_LABELS = {id: topic.label("en") for id, topic in TOPICS.items()}


def search_json(page: SearchPage, fields: Sequence[str] = ()) -> answers.SearchAnswer:
    """Return a page of hits as JSON values, each with some of HIT_FIELDS, or with all."""
    request, interpretation = page.request, page.interpretation
    return {
        "query": request.query,
        "interpretation": {
            "words": list(interpretation.words),
            "excluded": list(interpretation.excluded),
            "languages": list(interpretation.languages),
            "topics": list(interpretation.topics),
            "also": [
                {
                    "words": also.words,
                    "concept": also.concept,
                    "terms": {code: list(terms) for code, terms in also.terms.items()},
                }
                for also in interpretation.also
            ],
            "replaced": [
                {"word": replaced.word, "instead": list(replaced.instead), "kind": replaced.kind}
                for replaced in interpretation.replaced
            ],
            "unknown": list(interpretation.unknown),
            "left_out": list(interpretation.left_out),
            "notes": [str(note) for note in interpretation.notes],
            "did_you_mean": _rewording(interpretation.did_you_mean),
        },
        "filters": {
            "languages": list(request.languages),
            "topics": list(request.topics),
            "years": list(request.years),
            "from": request.published_from.isoformat() if request.published_from else None,
            "to": request.published_to.isoformat() if request.published_to else None,
        },
        "expand": request.expand,
        "prefer": list(request.prefer),
        "collapse": request.collapse,
        "sort": request.sort,
        "page": None if request.after else request.page,
        "size": request.size,
        "pages": page.pages,
        "total": page.total,
        "complete": page.complete,
        "articles": page.articles,
        "first": page.first,
        "hits": [_hit(hit, fields) for hit in page.hits],
        "next": str(page.next) if page.next else None,
        "index_changed": page.index_changed,
        "facets": {
            "languages": _facet(page.languages, _LANGUAGE_LABELS),
            "topics": _facet(page.topics, _TOPIC_LABELS),
            "years": _facet(page.years, {}),
        },
        "generation": page.generation,
        "milliseconds": page.milliseconds,
    }


def _rewording(rewording: Rewording | None) -> answers.Rewording | None:
    return {"query": rewording.query, "complete": rewording.complete} if rewording else None


def article_json(page: ArticlePage) -> answers.ArticleAnswer:
    """Return an article as JSON values; offsets count characters (Unicode code points) of `body`."""
    article = page.article
    return {
        "id": article.id,
        "language": article.language,
        "title": article.title,
        "body": article.body,
        "markup": [
            {"start": span.start, "end": span.end, "kind": span.kind, "value": span.value} for span in article.markup
        ],
        "topics": list(article.topics),
        "published": article.published.isoformat() if article.published else None,
        "author": article.author,
        "source": article.source,
        "work": article.work,
        "translations": [
            {"id": other.id, "language": other.language, "title": other.title} for other in page.translations
        ],
    }


def explanation_json(explanation: Explanation) -> answers.Explanation:
    """Return what a score is made of as JSON values; `found` has at most MAX_FOUND_WORDS, `more` counts others."""
    factors = explanation.factors
    return {
        "id": explanation.id,
        "language": explanation.language,
        "absence": explanation.absence or None,
        "shown_as": _other_language(explanation.shown_as) if explanation.shown_as else None,
        "ranked_as": _ranked_as(explanation.ranked_as),
        "factors": {"preferred": factors.preferred, "missing": factors.missing} if factors else None,
        "missing": list(lacking(explanation)),
        "score": explanation.score,
        "together": explanation.together,
        "groups": [
            {
                "words": group.label,
                "contribution": group.contribution,
                "common": group.common,
                "found": [
                    {"text": word.text, "tier": word.tier, "field": word.field, "count": word.count}
                    for word in group.found[:MAX_FOUND_WORDS]
                ],
                "more": max(0, len(group.found) - MAX_FOUND_WORDS),
            }
            for group in explanation.groups
        ],
    }


def _other_language(other: OtherLanguage) -> answers.OtherLanguage:
    return {"id": other.id, "language": other.language}


def _ranked_as(other: RankedAs | None) -> answers.RankedAs | None:
    if other is None:
        return None
    return {"id": other.id, "language": other.language, "score": other.score, "missing": list(other.missing)}


def similar_json(articles: Sequence[SimilarArticle]) -> answers.SimilarAnswer:
    """Return articles like another one as JSON values."""
    return {
        "similar": [
            {
                "id": article.id,
                "language": article.language,
                "title": article.title,
                "topics": list(article.topics),
                "published": article.published.isoformat() if article.published else None,
                "work": article.work,
            }
            for article in articles
        ]
    }


def suggestions_json(suggestions: Sequence[Suggestion]) -> answers.SuggestAnswer:
    """Return suggestions as JSON values; `kind` is title, concept or term, and what the kind has not is null."""
    return {
        "suggestions": [
            {
                "text": item.text,
                "kind": item.kind,
                "language": item.language,
                "article_id": item.article_id,
                "concept": item.concept,
            }
            for item in suggestions
        ]
    }


def html(segments: Sequence[Segment]) -> str:
    """Return segments as HTML, escaped, hits in <mark>."""
    return "".join(
        f"<mark>{escape(segment.text)}</mark>" if segment.hit else escape(segment.text) for segment in segments
    )


def text(segments: Sequence[Segment]) -> str:
    """Return the text of segments."""
    return "".join(segment.text for segment in segments)


def _highlighted(segments: Sequence[Segment]) -> answers.Highlighted:
    return {
        "html": html(segments),
        "segments": [{"text": segment.text, "hit": segment.hit} for segment in segments],
    }


def run_json(run: Run | None) -> answers.Run | answers.NoRun:
    """Return a build or sync as JSON values; its state is none where there never was one."""
    if run is None:
        return {"state": "none"}
    return {
        "kind": run.kind,
        "state": run.state,
        "started": run.started,
        "process": run.process,
        "finished": run.finished,
        "seconds": run.seconds,
        "read": run.read,
        "bytes_read": run.bytes_read,
        "bytes_total": run.bytes_total,
        "share": run.share,
        "generation": run.generation,
        "added": run.added,
        "changed": run.changed,
        "removed": run.removed,
        "unchanged": run.unchanged,
        "kept": run.kept,
        "articles": dict(run.articles),
        "problems": list(run.problems),
        "problem_count": run.problem_count,
        "skipped": run.skipped,
        "error": run.error,
    }


# field of a hit -> its value; `explanation` beside them is there if it was asked for.
HIT_FIELDS: Mapping[str, Callable[[Hit], object]] = {
    "id": lambda hit: hit.id,
    "language": lambda hit: hit.language,
    "title": lambda hit: text(hit.title),
    "title_highlighted": lambda hit: _highlighted(hit.title),
    "snippet": lambda hit: _highlighted(hit.snippet),
    "topics": lambda hit: list(hit.topics),
    "published": lambda hit: hit.published.isoformat() if hit.published else None,
    "author": lambda hit: hit.author,
    "source": lambda hit: hit.source,
    "work": lambda hit: hit.work,
    "translations": lambda hit: [_other_language(other) for other in hit.translations],
    "score": lambda hit: hit.score,
    "ranked_as": lambda hit: _ranked_as(hit.ranked_as),
    "missing": lambda hit: list(hit.missing),
}


def _hit(hit: Hit, fields: Sequence[str]) -> answers.Hit:
    said = {name: HIT_FIELDS[name](hit) for name in fields or HIT_FIELDS}
    if hit.explanation:
        said["explanation"] = explanation_json(hit.explanation)
    return said  # type: ignore[return-value]  # a test holds each value to its type


def _facet(values: Sequence[FacetValue], labels: Mapping[str, str]) -> list[answers.FacetValue]:
    return [
        {
            "value": value.value,
            "label": labels.get(value.value, value.value),
            "count": value.count,
            "selected": value.selected,
        }
        for value in values
    ]
