"""The reference of the API: as OpenAPI for programs, as pages for those who write them.

All of it is in English, within the frame of the site. The pages are rendered from the same document, by our own
template: nothing is loaded from elsewhere.
"""

import re
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for
from markupsafe import Markup, escape
from werkzeug.exceptions import NotAcceptable

from search.parameters import refuse_any
from search.request import SearchRequest
from search.web import openapi
from search.web.addresses import absolute
from search.web.current import engine
from search.web.interface import switches
from search.web.problem_types import PROBLEM_TYPES, ProblemType

blueprint = Blueprint("reference", __name__)

_MEDIA_TYPES = ("application/json", "application/vnd.oai.openapi+json;version=3.1", "application/problem+json")
_CODE = re.compile(r"`([^`]+)`")


@blueprint.get("/api/v1/openapi.json")
def document() -> Response:
    """The API as OpenAPI 3.1."""
    refuse_any(request.args)
    if request.accept_mimetypes and not request.accept_mimetypes.best_match(_MEDIA_TYPES):
        raise NotAcceptable
    return jsonify(openapi.document(engine().settings))


@blueprint.get("/api")
def api() -> str:
    """The reference of the API."""
    described = openapi.document(engine().settings)
    operations = [
        (method, path, operation) for path, item in described["paths"].items() for method, operation in item.items()
    ]
    return _page(
        "reference.html",
        "reference.api",
        {},
        document=described,
        operations=operations,
        problems=PROBLEM_TYPES.values(),
    )


@blueprint.get("/problems/<name>")
def problem_type(name: str) -> str:
    """What a kind of problem means, at the address that is its type."""
    row: ProblemType | None = PROBLEM_TYPES.get(name)
    if row is None:
        abort(404)
    return _page("problem_type.html", "reference.problem_type", {"name": name}, kind=row)


def _page(template: str, endpoint: str, values: dict[str, Any], **shown: Any) -> str:
    return render_template(
        template,
        asked=SearchRequest(size=engine().settings.page_size),
        switches=switches({"endpoint": endpoint, **values}),
        canonical=absolute(url_for(endpoint, _external=False, **values)),
        **shown,
    )


@blueprint.app_template_filter("code")
def _code(text: str) -> Markup:
    """Return a text, escaped, with what stands in backticks as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))


@blueprint.app_template_filter("shape")
def _shape(schema: dict[str, Any]) -> Markup:
    """Return the type of a schema in few words, with links to the schemas it names."""
    if "$ref" in schema:
        return Markup('<a href="#schema-{0}">{0}</a>').format(str(schema["$ref"]).rpartition("/")[2])
    if "anyOf" in schema:
        return Markup(" or ").join(_shape(part) for part in schema["anyOf"])
    if "enum" in schema:
        names = [str(name) for name in schema["enum"]]
        return Markup("one of {}").format(", ".join(names))
    if "const" in schema:
        return escape(schema["const"])
    kind = schema.get("type", "any value")
    if kind == "array" and "enum" in schema["items"]:
        return Markup("any of {}").format(", ".join(schema["items"]["enum"]))
    if kind == "array":
        return Markup("list of {}").format(_shape(schema["items"]))
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return Markup("object of {}").format(_shape(schema["additionalProperties"]))
    if kind == "integer" and "maximum" in schema:
        return Markup("integer from {} to {}").format(schema.get("minimum", 0), schema["maximum"])
    return escape({"date": "date", "uri-reference": "address"}.get(schema.get("format", ""), kind))
