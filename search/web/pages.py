"""Pages for people: start, results, an article, about. They work without JavaScript; with it they are quicker."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotAcceptable

from corpus import LANGUAGES, UNDETERMINED
from search.errors import ArticleNotFound, BadRequest
from search.page import ArticlePage, SearchPage
from search.request import PARAMETERS, SearchRequest, forgiving
from search.synonyms import other_words
from search.web import choices, problems, readers
from search.web.addresses import absolute, article_address, search_address
from search.web.analyses import analysis_name
from search.web.current import asked_by_nobody, engine, notices_for
from search.web.examples import examples
from search.web.interface import current, switches
from search.web.naming import language_name
from search.web.rendering import body_html, contents, marked
from search.web.structured import article_data, site_data

blueprint = Blueprint("pages", __name__)

# Newest articles on the start page.
NEWEST = 6
# Similar articles below an article.
SIMILAR = 5
# Headings that make a table of contents worth its place.
MIN_CONTENTS = 3


@blueprint.before_request
def _check_accept() -> None:
    accepted = request.accept_mimetypes
    if accepted and not accepted.accept_html:
        raise NotAcceptable


@blueprint.get("/")
def home() -> Response:
    """The start page, or the results when anything is asked."""
    page = engine().search(readers.asked())
    html = _results(page) if request.args.keys() & PARAMETERS.keys() - {"size", readers.PARAMETER} else _start(page)
    response = Response(html)
    response.headers["Server-Timing"] = f"search;dur={page.milliseconds}"
    return response


def _start(page: SearchPage) -> str:
    asked = SearchRequest(size=page.request.size)
    return render_template(
        "start.html",
        asked=asked,
        page=page,
        hits=page.hits[:NEWEST],
        languages=[choices.language_choice(asked, value) for value in page.languages],
        topics=[choices.topic_choice(asked, value) for value in page.topics],
        examples=[choices.Choice(query, url_for("pages.home", q=query)) for query in examples(current())],
        structured=site_data(),
        **_common(asked, "pages.home"),
    )


def _results(page: SearchPage) -> str:
    asked, typed = page.request, page.interpretation
    found = page.hits[0].language if page.hits else ""
    read, unread = readers.choices(asked)
    return render_template(
        "results.html",
        asked=asked,
        page=page,
        facets=choices.facets(page),
        chips=choices.chips(asked),
        sorts=choices.sorts(asked),
        pager=choices.pager(asked, page.pages),
        unfiltered=choices.without_filters(asked),
        other=other_words(typed.also),
        expanding=choices.expanding(asked),
        explaining=choices.explaining(asked),
        collapsing=choices.collapsing(page),
        meaning=choices.meaning(page),
        read=read,
        unread=unread,
        topics=[] if page.total else _all_topics(),
        feed=search_address(SearchRequest(languages=asked.languages, topics=asked.topics), "discovery.feed"),
        notices=notices_for(
            asked.query,
            (*asked.topics, *typed.topics),
            dict.fromkeys((current(), *asked.languages, *typed.languages, found)),
        ),
        **_common(asked, "pages.home"),
    )


def _all_topics() -> list[choices.Choice]:
    with asked_by_nobody():
        everything = engine().search(SearchRequest(size=1))
    return [choices.topic_choice(SearchRequest(), value) for value in everything.topics]


@blueprint.get("/articles/<id:id>")
def article(id: str) -> str:
    """One article, with the words of the query it was found by marked."""
    query = request.args.get("q", "")[: engine().settings.max_query_chars]
    given = forgiving({"q": [query], "expand": request.args.getlist("expand")})
    asked = SearchRequest.from_parameters(given, engine().settings)
    page = engine().article(id, query, asked.expand)
    shown = page.article
    headings = contents(shown)
    canonical = absolute(url_for("pages.article", id=shown.id, ui=None, prefer=None))
    return render_template(
        "article.html",
        article=shown,
        title=marked(page.title),
        body=body_html(shown, page.body_hits, gettext("next match")),
        matches=len(page.body_hits),
        contents=headings if len(headings) >= MIN_CONTENTS else [],
        translations=[
            choices.Choice(
                LANGUAGES[other.language].endonym,
                article_address(other.id, asked),
                aside=language_name(other.language),
                lang=other.language,
            )
            for other in page.translations
        ],
        similar=engine().similar(id, SIMILAR, readers.current()),
        notices=notices_for(query, shown.topics, (current(), shown.language), shown),
        structured=article_data(page, canonical),
        alternates=_in_languages(page),
        asked=asked,
        back=search_address(SearchRequest(query, size=asked.size, expand=asked.expand)),
        switches=switches(
            {
                "endpoint": "pages.article",
                "id": shown.id,
                "q": query or None,
                "expand": None if asked.expand else "false",
            }
        ),
        canonical=canonical,
    )


def _in_languages(page: ArticlePage) -> list[tuple[str, str]]:
    """Return the language and address of an article and its translations, one a language."""
    found = {other.language: other.id for other in reversed(page.translations)}
    found[page.article.language] = page.article.id
    found.pop(UNDETERMINED.code, None)
    return [
        (language, absolute(url_for("pages.article", id=id, ui=None, prefer=None)))
        for language, id in sorted(found.items())
    ]


@blueprint.get("/about")
def about() -> str:
    """What is here: languages and how each is analysed, topics, how many articles and how fresh."""
    status = engine().status()
    return render_template(
        "about.html",
        asked=SearchRequest(size=engine().settings.page_size),
        status=status,
        keeps_queries=engine().settings.query_log is not None,
        analyses=[(code, count, analysis_name(code)) for code, count in status.languages.items()],
        **_common(SearchRequest(), "pages.about"),
    )


def _common(asked: SearchRequest, endpoint: str) -> dict[str, Any]:
    """Return what head and foot of a page need: its one address, and the same page in other languages."""
    parameters = dict(request.args.to_dict(flat=False)) if endpoint == "pages.home" else {}
    parameters = {name: values for name, values in parameters.items() if name in PARAMETERS}
    if "q" in parameters:
        parameters["q"] = [asked.query[: engine().settings.max_query_chars]]
    # For every reader the page is one.
    here = search_address(replace(asked, explain=False), prefer="") if endpoint == "pages.home" else url_for(endpoint)
    links = switches({"endpoint": endpoint, **parameters})
    return {
        "switches": links,
        "canonical": absolute(here),
        "alternates": [(link.code, absolute(link.address)) for link in links],
    }


def _without(parameters: set[str]) -> str:
    """Return the address asked for without parameters that cannot be used."""
    if parameters & {"from", "to"}:  # each may be right, and both be the wrong way round
        parameters |= {"from", "to"}
    kept = {
        name: values for name, values in forgiving(request.args.to_dict(flat=False)).items() if name not in parameters
    }
    if "q" in kept:
        kept["q"] = [kept["q"][-1][: engine().settings.max_query_chars]]
    endpoint = request.endpoint if request.method in ("GET", "HEAD") else None
    address: dict[str, Any] = {**((request.view_args or {}) if endpoint else {}), **kept}
    return url_for(endpoint or "pages.home", **address)


def problem(error: Exception, status: int) -> Response:
    """Return a page that says what went wrong, with the form to go on from, the query still in it."""
    explained = problems.explained(error, status)
    query = request.args.get("q", "")
    page = render_template(
        "problem.html",
        asked=SearchRequest(query, size=engine().settings.page_size),
        problem=explained,
        again=_without({fault.parameter for fault in error.faults}) if isinstance(error, BadRequest) else "",
        topics=_all_topics() if isinstance(error, ArticleNotFound) else [],
        switches=switches({"endpoint": "pages.home", "q": query[: engine().settings.max_query_chars] or None}),
    )
    return Response(page, status)
