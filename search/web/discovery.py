"""What programs look for on a site: the sitemap, robots.txt, a feed of the newest articles, search from the browser."""

import re
from datetime import UTC, datetime, time
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for

from search.request import SearchRequest, forgiving, language_code
from search.serialization import text
from search.web.addresses import absolute, search_address
from search.web.current import engine
from search.web.interface import current

blueprint = Blueprint("discovery", __name__)

# The protocol allows 50,000 addresses a file; a fifth of that keeps a file below a megabyte.
SITEMAP_ADDRESSES = 10_000
FEED_ENTRIES = 20
BROWSER_SUGGESTIONS = 8
# A crawler and a feed reader need not ask more often.
HOUR = "public, max-age=3600"

# What XML 1.0 has no way to write, escaped or not.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Crawlers are welcome to articles and topics, and kept from the endless combinations of searches."""
    lines = (
        "User-agent: *",
        "Disallow: /api/",
        "Disallow: /*?*q=",
        "Disallow: /*?*page=",
        "Disallow: /*?*prefer=",
        "Disallow: /*?*collapse=",
        "Disallow: /*?*sort=",
        "Disallow: /*?*from=",
        "Disallow: /*?*to=",
        f"Sitemap: {absolute(url_for('discovery.sitemap'))}",
    )
    return _answer("\n".join(lines) + "\n", "text/plain; charset=utf-8")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The list of sitemaps."""
    files = max(1, -(-sum(engine().counts().values()) // SITEMAP_ADDRESSES))
    addresses = [absolute(url_for("discovery.sitemap_part", number=number)) for number in range(1, files + 1)]
    return _answer(render_template("sitemaps.xml", addresses=addresses), "application/xml; charset=utf-8")


@blueprint.get("/sitemap-<int:number>.xml")
def sitemap_part(number: int) -> Response:
    """One sitemap: SITEMAP_ADDRESSES articles in the order of their ids."""
    listed = engine().listing((number - 1) * SITEMAP_ADDRESSES, SITEMAP_ADDRESSES) if number else ()
    if not listed:
        abort(404)
    entries = [(absolute(url_for("pages.article", id=item.id)), item.published) for item in listed]
    return _answer(render_template("sitemap.xml", entries=entries), "application/xml; charset=utf-8")


@blueprint.get("/feed.atom")
def feed() -> Response:
    """The newest articles, of the languages and topics asked for; those without a date are not among them."""
    given = {name: values for name, values in request.args.to_dict(flat=False).items() if name in ("lang", "topic")}
    asked = SearchRequest.from_parameters(forgiving(given), engine().settings)
    page = engine().search(
        SearchRequest(
            languages=asked.languages,
            topics=asked.topics,
            published_from=datetime.min.date(),
            sort="newest",
            size=FEED_ENTRIES,
            collapse=False,  # an entry is an address, and does not become another when a translation comes
        )
    )
    entries = [
        (hit, absolute(url_for("pages.article", id=hit.id)), _midnight(hit.published or datetime.min.date()))
        for hit in page.hits
    ]
    html = render_template(
        "feed.atom.xml",
        asked=asked,
        entries=entries,
        updated=entries[0][2] if entries else _midnight(engine().status().built.date()),
        here=absolute(search_address(asked, "discovery.feed")),
        home=absolute(search_address(asked)),
    )
    return _answer(html, "application/atom+xml; charset=utf-8")


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """What a browser needs to offer Karjera among its searches."""
    page = absolute(url_for("pages.home", ui=current()))
    suggestions = absolute(url_for("discovery.browser_suggestions", lang=current()))
    html = render_template(
        "opensearch.xml", page=f"{page}&q={{searchTerms}}", suggestions=f"{suggestions}&q={{searchTerms}}"
    )
    return _answer(html, "application/opensearchdescription+xml; charset=utf-8")


@blueprint.get("/suggestions.json")
def browser_suggestions() -> Response:
    """Suggestions in the form that browsers read: [what was typed, [texts]]."""
    typed = request.args.get("q", "")[: engine().settings.max_query_chars]
    code = language_code(request.args.get("lang", "")[:10])
    found = engine().suggest(typed, (code,) if code else (), BROWSER_SUGGESTIONS)
    response = jsonify([typed, [suggestion.text for suggestion in found]])
    response.mimetype = "application/x-suggestions+json"
    return response


@blueprint.app_template_filter("xml")
def _xml(value: str) -> str:
    return _NO_XML.sub("\ufffd", value)


@blueprint.app_template_filter("outside")
def _outside(address: str) -> str:
    return absolute(address)


@blueprint.app_template_filter("plain")
def _plain(segments: Any) -> str:
    return text(segments)


def _midnight(day: Any) -> str:
    return datetime.combine(day, time(), UTC).isoformat()


def _answer(content: str, type: str) -> Response:
    response = Response(content, content_type=type)
    response.headers["Cache-Control"] = HOUR
    response.vary.update(("Accept-Language", "Cookie"))
    return response
