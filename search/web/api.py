"""JSON for services, and what a load balancer asks.

Errors are application/problem+json (RFC 9457), all in one shape.
"""

import json

from flask import Blueprint, Response, jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from search.errors import BadRequest
from search.request import PARAMETERS, SearchRequest
from search.serialization import article_json, search_json
from search.web.current import engine

blueprint = Blueprint("api", __name__)

# Paths whose errors are JSON.
PREFIXES = ("/api/", "/healthz", "/readyz")


@blueprint.get("/api/v1/search")
def search() -> AnyResponse:
    """Search; the parameters are those of `search.request.PARAMETERS`, and no others."""
    unknown = sorted(request.args.keys() - PARAMETERS.keys())
    if unknown:
        shown = unknown[0][:40]
        raise BadRequest(shown, f"there is no parameter {shown!r}; allowed are {', '.join(PARAMETERS)}.")
    asked = SearchRequest.from_parameters(request.args.to_dict(flat=False), engine().settings)
    return jsonify(search_json(engine().search(asked)))


@blueprint.get("/api/v1/articles/<path:id>")
def article(id: str) -> AnyResponse:
    """One article, whole."""
    return jsonify(article_json(engine().article(id)))


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
