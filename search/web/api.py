"""JSON for services, and what a load balancer asks.

Errors are application/problem+json (RFC 9457), all in one shape.
"""

import json
from collections.abc import Collection
from dataclasses import replace
from hashlib import sha256

from flask import Blueprint, Response, jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from corpus import LANGUAGES
from search.errors import BadRequest
from search.request import PARAMETERS, SearchRequest, checked_number, language_code
from search.serialization import article_json, explanation_json, search_json, similar_json, suggestions_json
from search.web import readers
from search.web.current import engine

blueprint = Blueprint("api", __name__)

# Paths whose errors are JSON.
PREFIXES = ("/api/", "/healthz", "/readyz")

SUGGESTIONS, MAX_SUGGESTIONS = 8, 20
SIMILAR, MAX_SIMILAR = 5, 20


@blueprint.get("/api/v1/search")
def search() -> AnyResponse:
    """Search; the parameters are those of `search.request.PARAMETERS`, and no others."""
    _check_names(PARAMETERS)
    asked = SearchRequest.from_parameters(request.args.to_dict(flat=False), engine().settings)
    if not asked.prefer:
        asked = replace(asked, prefer=readers.accepted())
    said = search_json(engine().search(asked))
    response = jsonify(said)
    response.vary.add("Accept-Language")
    # How long it took is no other answer.
    response.set_etag(sha256(json.dumps({**said, "milliseconds": 0}).encode()).hexdigest()[:32], weak=True)
    return response


@blueprint.get("/api/v1/articles/<path:id>")
def article(id: str) -> AnyResponse:
    """One article, whole."""
    return jsonify(article_json(engine().article(id)))


@blueprint.get("/api/v1/articles/<path:id>/similar")
def similar(id: str) -> AnyResponse:
    """Articles like one, each of another work: `prefer` (the languages a reader reads) and `size`, 1 to MAX_SIMILAR."""
    _check_names(("prefer", "size"))
    size = checked_number("size", request.args.get("size", ""), SIMILAR, MAX_SIMILAR)
    response = jsonify(similar_json(engine().similar(id, size, readers.said() or readers.accepted())))
    response.vary.add("Accept-Language")
    return response


@blueprint.get("/api/v1/suggest")
def suggest() -> AnyResponse:
    """What a reader may have begun to type: `q`, `size`, 1 to MAX_SUGGESTIONS, and whose comes first.

    That is what is in the languages of `prefer`, then in `lang`, that of the page, then in those the browser asks for.
    """
    _check_names(("q", "lang", "prefer", "size"))
    language = request.args.get("lang", "")
    code = language_code(language) if language else ""
    if code is None:
        raise BadRequest("lang", f"lang is {language[:40]!r}; allowed are {', '.join(LANGUAGES)}.")
    size = checked_number("size", request.args.get("size", ""), SUGGESTIONS, MAX_SUGGESTIONS)
    prefer = tuple(dict.fromkeys((*readers.said(), *((code,) if code else ()), *readers.accepted())))
    response = jsonify(suggestions_json(engine().suggest(request.args.get("q", ""), prefer, size)))
    response.vary.add("Accept-Language")
    return response


@blueprint.get("/api/v1/explanation")
def explanation() -> AnyResponse:
    """Why the article `id` is a hit of a search, where it is, or why it is none; else the parameters of a search."""
    _check_names(("id", *PARAMETERS))
    id = request.args.get("id", "")
    if not id:
        raise BadRequest("id", "id is missing; give that of an article, as a search names it.")
    asked = SearchRequest.from_parameters(request.args.to_dict(flat=False), engine().settings)
    return jsonify(explanation_json(engine().explain(asked, id)))


def _check_names(allowed: Collection[str]) -> None:
    """Raise BadRequest for a parameter that there is not."""
    unknown = sorted(request.args.keys() - set(allowed))
    if unknown:
        shown = unknown[0][:40]
        raise BadRequest(shown, f"there is no parameter {shown!r}; allowed are {', '.join(allowed)}.")


@blueprint.get("/healthz")
def healthz() -> AnyResponse:
    """The process answers."""
    return jsonify({"status": "ok"})


@blueprint.get("/readyz")
def readyz() -> AnyResponse:
    """There is an index that can be read; 503 otherwise."""
    return jsonify({"status": "ok", "articles": sum(engine().counts().values())})


def problem(status: int, title: str, detail: str, parameter: str = "") -> Response:
    """Return an error in the one shape all errors have; `parameter` names the one that cannot be used."""
    said = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if parameter:
        said["parameter"] = parameter
    return Response(
        json.dumps(said, ensure_ascii=False), status, content_type="application/problem+json; charset=utf-8"
    )
