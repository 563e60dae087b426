"""Addresses of searches, and of pages as seen from outside."""

from typing import Any

from flask import request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.routing import PathConverter

from search.request import SearchRequest
from search.web.current import engine


class IdConverter(PathConverter):
    """The id of an article in a path, which may have slashes anywhere."""

    regex = ".+?"
    part_isolating = False


def search_address(asked: SearchRequest, endpoint: str = "pages.home", prefer: str | None = None) -> str:
    """Return the address of a search; parameters at their defaults are left out, and what nobody reads of a query.

    What the reader reads is in it as `prefer`, or without it where the address of the current page says so.
    """
    parameters: MultiDict[str, str] = MultiDict()
    settings = engine().settings
    if asked.query:
        parameters["q"] = asked.query[: settings.max_query_chars]
    for name, values in (("lang", asked.languages), ("topic", asked.topics), ("year", asked.years)):
        for value in values:
            parameters.add(name, str(value))
    if asked.published_from:
        parameters["from"] = asked.published_from.isoformat()
    if asked.published_to:
        parameters["to"] = asked.published_to.isoformat()
    if not asked.collapse:
        parameters["collapse"] = "false"
    if asked.sort != "relevance":
        parameters["sort"] = asked.sort
    if asked.size != settings.page_size:
        parameters["size"] = str(asked.size)
    if not asked.expand:
        parameters["expand"] = "false"
    if asked.explain:
        parameters["explain"] = "true"
    if asked.page > 1:
        parameters["page"] = str(asked.page)
    given: dict[str, Any] = parameters.to_dict(flat=False)
    if prefer is not None:
        given["prefer"] = prefer or None
    return url_for(endpoint, **given)


def article_address(id: str, asked: SearchRequest) -> str:
    """Return the address of an article, in which the words of a search are to be marked."""
    query = asked.query[: engine().settings.max_query_chars]
    expand = "false" if query and not asked.expand else None
    return url_for("pages.article", id=id, q=query or None, expand=expand)


def absolute(address: str) -> str:
    """Return an address of ours with scheme and host: those of the settings, else those the request came to.

    Without them where the request's host is none.
    """
    host = f"{request.scheme}://{request.host}" if request.host else ""
    return (engine().settings.public_address or host) + address
