"""Pages for people: the form with its results, and an article. They work without JavaScript; there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from corpus import LANGUAGES, TOPICS, UNDETERMINED
from search.page import FacetValue, Segment
from search.request import SORTS, SearchRequest
from search.web.current import engine
from search.web.rendering import body_html, marked

blueprint = Blueprint("pages", __name__)

# Queries on the start page; all find something in the library.
EXAMPLES = ("call center stress", "rozmowa kwalifikacyjna", "darbas iš namų", '"cover letter"', "wypalenie OR burnout")
# Page numbers shown around the current one.
PAGES_AROUND = 2
# Values of a facet before "more".
FACET_VALUES = 8


@dataclass(frozen=True, slots=True)
class Link:
    """A choice on a page: what it says, where it leads, how many it leaves, whether it is chosen."""

    label: str
    address: str
    count: int = 0
    selected: bool = False
    lang: str = ""


@blueprint.get("/")
def home() -> str:
    """The start page, or the results when anything is asked."""
    settings = engine().settings
    asked = SearchRequest.from_parameters(request.args.to_dict(flat=False), settings)
    page = engine().search(asked)
    context: dict[str, Any] = {
        "asked": asked,
        "page": page,
        "languages": _facet_links(asked, page.languages, "languages"),
        "topics": _facet_links(asked, page.topics, "topics"),
        "facet_values": FACET_VALUES,
    }
    if not any(name in request.args for name in ("q", "lang", "topic", "from", "to", "page", "sort")):
        examples = [Link(query, url_for("pages.home", q=query)) for query in EXAMPLES]
        return render_template("start.html", examples=examples, articles=page.total, **context)
    return render_template(
        "results.html",
        chips=_chips(asked),
        sorts=[
            Link(sort.capitalize(), _address(replace(asked, sort=sort, page=1)), selected=asked.sort == sort)
            for sort in SORTS
        ],
        pager=_pager(asked, page.pages),
        **context,
    )


@blueprint.get("/articles/<path:id>")
def article(id: str) -> str:
    """One article, with the words of the query it was found by marked."""
    query = request.args.get("q", "")
    page = engine().article(id, query)
    shown = page.article
    translations = [
        Link(
            LANGUAGES[other.language].endonym,
            url_for("pages.article", id=other.id),
            lang=other.language,
        )
        for other in page.translations
    ]
    return render_template(
        "article.html",
        asked=SearchRequest(query=query, size=engine().settings.page_size),
        article=shown,
        title=marked(page.title),
        body=body_html(shown, page.body_hits),
        hits=sum(segment.hit for segment in page.title) + len(page.body_hits),
        translations=translations,
    )


def problem(status: int, title: str, detail: str) -> Response:
    """Return a page that says what went wrong, with the form to go on from, the query still in it."""
    asked = SearchRequest(query=request.args.get("q", ""), size=engine().settings.page_size)
    page = render_template("problem.html", asked=asked, title=title, detail=detail)
    return Response(page, status, content_type="text/html; charset=utf-8")


@blueprint.app_context_processor
def _limits() -> dict[str, int]:
    settings = engine().settings
    return {"page_size": settings.page_size, "max_query_chars": settings.max_query_chars}


@blueprint.app_template_filter("marked")
def _marked(segments: Sequence[Segment]) -> str:
    return marked(segments)


@blueprint.app_template_filter("language")
def _language(code: str) -> str:
    return LANGUAGES[code].name if code in LANGUAGES else code


@blueprint.app_template_filter("topic")
def _topic(id: str) -> str:
    return TOPICS[id].label("en") if id in TOPICS else id


@blueprint.app_template_filter("direction")
def _direction(code: str) -> str:
    if code not in LANGUAGES or code == UNDETERMINED.code:
        return "auto"
    return LANGUAGES[code].direction


def _address(asked: SearchRequest) -> str:
    """Return the address of a search; parameters at their defaults are left out."""
    parameters: MultiDict[str, str] = MultiDict()
    if asked.query:
        parameters["q"] = asked.query
    for name, values in (("lang", asked.languages), ("topic", asked.topics)):
        for value in values:
            parameters.add(name, value)
    if asked.published_from:
        parameters["from"] = asked.published_from.isoformat()
    if asked.published_to:
        parameters["to"] = asked.published_to.isoformat()
    if asked.sort != "relevance":
        parameters["sort"] = asked.sort
    if asked.size != engine().settings.page_size:
        parameters["size"] = str(asked.size)
    if asked.page > 1:
        parameters["page"] = str(asked.page)
    return url_for("pages.home", **parameters.to_dict(flat=False))  # type: ignore[arg-type]


def _facet_links(asked: SearchRequest, values: Sequence[FacetValue], name: str) -> list[Link]:
    labels = _language if name == "languages" else _topic
    chosen: tuple[str, ...] = getattr(asked, name)
    links = []
    for value in values:
        others = tuple(other for other in chosen if other != value.value)
        changes = {name: others if value.selected else (*chosen, value.value)}
        address = _address(replace(asked, page=1, **changes))  # type: ignore[arg-type]
        links.append(Link(labels(value.value), address, value.count, value.selected))
    return links


def _chips(asked: SearchRequest) -> list[Link]:
    """Return what filters are on, each a link that takes it away."""
    first = replace(asked, page=1)
    chips = [
        Link(_language(code), _address(replace(first, languages=tuple(c for c in asked.languages if c != code))))
        for code in asked.languages
    ]
    chips += [
        Link(_topic(id), _address(replace(first, topics=tuple(t for t in asked.topics if t != id))))
        for id in asked.topics
    ]
    if asked.published_from:
        chips.append(Link(f"from {asked.published_from}", _address(replace(first, published_from=None))))
    if asked.published_to:
        chips.append(Link(f"to {asked.published_to}", _address(replace(first, published_to=None))))
    return chips


def _pager(asked: SearchRequest, pages: int) -> Mapping[str, Any]:
    around = range(max(1, asked.page - PAGES_AROUND), min(pages, asked.page + PAGES_AROUND) + 1)
    numbers = sorted({1, *around, pages} if pages else set())
    return {
        "before": _address(replace(asked, page=asked.page - 1)) if 1 < asked.page <= pages else "",
        "after": _address(replace(asked, page=asked.page + 1)) if asked.page < pages else "",
        "numbers": [
            Link(str(number), _address(replace(asked, page=number)), selected=number == asked.page)
            for number in numbers
        ],
        "last": _address(replace(asked, page=pages)) if pages else "",
    }
