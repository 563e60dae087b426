"""The API as OpenAPI 3.1, written from the code that checks what comes and types what is answered."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import version
from typing import Any, get_args

from pydantic import TypeAdapter

from corpus import Settings
from search import answers
from search.parameters import Parameters, properties, required
from search.request import bounded
from search.web import admin
from search.web.endpoints import ENDPOINTS, ROOT, Endpoint
from search.web.problem_types import PROBLEM_TYPES
from search.web.questions import SearchQuestion

Json = dict[str, Any]

DESCRIPTION = """\
Full-text search over career articles in many languages. Every answer is JSON; every error is \
`application/problem+json` (RFC 9457) in one shape, whose `type` is an address that explains it. What a `GET` finds \
in the index has an ETag that begins with its generation; ask with `If-None-Match` to be told 304 for as long as it \
holds. Every answer has an `X-Request-Id`: that of the request, if it is 8 to 64 letters without accents, digits, \
points, underscores and hyphens, else one that is made.\
"""

_COMPONENT = "#/components/schemas/{model}"
_ANYWHERE = ("invalid-parameters", "not-acceptable", "address-too-long", "body-too-large", "too-many-requests",
             "internal-error")  # fmt: skip
_OF_THE_INDEX = ("index-unavailable",)
_OPERATORS = "operators"
_HEADERS: Json = {
    "ETag": {
        "description": "What tells this answer from every other to the same request; begins with the generation.",
        "schema": {"type": "string"},
    },
    "Location": {
        "description": "Where to see how it goes.",
        "schema": {"type": "string", "format": "uri-reference"},
    },
    "Retry-After": {"description": "Seconds after which to ask again.", "schema": {"type": "integer"}},
    "X-Request-Id": {
        "description": "The id of the request, as it came or was made.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{8,64}$"},
    },
    "WWW-Authenticate": {"description": "How to say who asks.", "schema": {"type": "string"}},
}
# status -> headers that a problem with it has beside those of all.
_MORE_HEADERS = {401: ("WWW-Authenticate",), 429: ("Retry-After",), 503: ("Retry-After",)}
_SCHEME: Json = {
    "type": "http",
    "scheme": "bearer",
    "description": "The operators' token, which `karjera token` makes.",
}


def endpoints(settings: Settings) -> tuple[Endpoint[Any], ...]:
    """Return the endpoints that a service with these settings has: without a token none for operators."""
    return (*ENDPOINTS, *admin.ENDPOINTS) if settings.admin_token_hash else ENDPOINTS


@lru_cache(maxsize=8)
def document(settings: Settings) -> Json:
    """Return the whole document for a service with these settings; not to be changed."""
    paths: dict[str, Json] = {}
    for endpoint in endpoints(settings):
        paths.setdefault(ROOT + endpoint.path, {})[endpoint.method] = _operation(endpoint, settings)
    components: Json = {"schemas": _schemas(settings), "headers": _HEADERS}
    if settings.admin_token_hash:
        components["securitySchemes"] = {_OPERATORS: _SCHEME}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Karjera",
            "version": version("karjera"),
            "summary": "Search over career articles in many languages",
            "description": DESCRIPTION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": settings.public_address or "/"}],
        "paths": paths,
        "components": components,
    }


def _operation(endpoint: Endpoint[Any], settings: Settings) -> Json:
    model: type[Parameters] = bounded(endpoint.question, settings)
    schemas, needed = properties(model), required(model)
    operation: Json = {"operationId": endpoint.name, "summary": endpoint.summary, "description": endpoint.description}
    if endpoint.method == "get":
        operation["parameters"] = [
            _parameter(name, schema, name in needed, f"{{{name}}}" in endpoint.path) for name, schema in schemas.items()
        ]
        operation["x-examples"] = [ROOT + example for example in endpoint.examples]
    elif schemas:
        examples = {name: schema["examples"][0] for name, schema in schemas.items()}
        operation["requestBody"] = {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "properties": {name: _referring(schema) for name, schema in schemas.items()},
                        "required": sorted(needed),
                        "additionalProperties": False,
                    },
                    "examples": {endpoint.name: {"value": examples}},
                }
            },
        }
    if endpoint.for_operators:
        operation["security"] = [{_OPERATORS: []}]
    operation["responses"] = _responses(endpoint)
    return operation


def _parameter(name: str, schema: Json, needed: bool, in_path: bool) -> Json:
    parameter: Json = {
        "name": name,
        "in": "path" if in_path else "query",
        "required": needed,
        "description": schema["description"],
        "schema": _without(schema, "description", "examples"),
    }
    if schema.get("type") == "array":
        parameter |= {"style": "form", "explode": True}
    if "examples" in schema:
        parameter["examples"] = {str(at): {"value": value} for at, value in enumerate(schema["examples"], 1)}
    return parameter


def _responses(endpoint: Endpoint[Any]) -> Json:
    headers = {"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}}
    tagged = headers | {"ETag": {"$ref": "#/components/headers/ETag"}}
    located = {"Location": {"$ref": "#/components/headers/Location"}} if endpoint.status == 202 else {}
    references = [{"$ref": _COMPONENT.format(model=shape.__name__)} for shape in _shapes(endpoint)]
    told_apart = endpoint.method == "get" and not endpoint.for_operators
    responses: Json = {
        str(endpoint.status): {
            "description": " Or: ".join((shape.__doc__ or "").splitlines()[0] for shape in _shapes(endpoint)),
            "headers": tagged if told_apart else headers | located,
            "content": {
                "application/json": {"schema": references[0] if len(references) == 1 else {"anyOf": references}}
            },
        }
    }
    if told_apart:
        responses["304"] = {"description": "The answer is still the one with this ETag.", "headers": tagged}
    rows = [
        PROBLEM_TYPES[name]
        for name in (*_ANYWHERE, *(() if endpoint.for_operators else _OF_THE_INDEX), *endpoint.problems)
    ]
    for status in sorted({row.status for row in rows}):
        more = {name: {"$ref": f"#/components/headers/{name}"} for name in _MORE_HEADERS.get(status, ())}
        shape = endpoint.conflict if status == 409 else answers.Problem
        responses[str(status)] = {
            "description": " ".join(f"`{row.name}`: {row.title}." for row in rows if row.status == status),
            "headers": headers | more,
            "content": {"application/problem+json": {"schema": {"$ref": _COMPONENT.format(model=shape.__name__)}}},
        }
    return responses


def _schemas(settings: Settings) -> Json:
    rows = endpoints(settings)
    shapes = [*(shape for row in rows for shape in _shapes(row)), *(row.conflict for row in rows), answers.Problem]
    _, found = TypeAdapter.json_schemas(
        [(shape, "serialization", TypeAdapter(shape)) for shape in dict.fromkeys(shapes)], ref_template=_COMPONENT
    )
    question = bounded(SearchQuestion, settings)
    without = {field.alias or name for name, field in question.model_fields.items() if field.default is None}
    schemas: Json = dict(found["$defs"])
    schemas["SearchQuestion"] = {
        "title": "SearchQuestion",
        "description": "The parameters of a search.",
        "type": "object",
        "properties": {name: _nullable(schema, name in without) for name, schema in properties(question).items()},
        "additionalProperties": False,
    }
    return {name: schemas[name] for name in sorted(schemas)}


def _shapes(endpoint: Endpoint[Any]) -> tuple[Any, ...]:
    """Return the shapes that an answer may have: one, or those of a union."""
    return get_args(endpoint.answer) or (endpoint.answer,)


def _referring(schema: Json) -> Json:
    """Return the schema of a part of a body, with items that are a component named as one."""
    kept = _without(schema, "examples")
    title = schema.get("items", {}).get("title")
    return kept | {"items": {"$ref": _COMPONENT.format(model=title)}} if title else kept


def _nullable(schema: Json, missing: bool) -> Json:
    """Return the schema of a value in a body, where null says the same as leaving it out if it may be missing."""
    return schema | {"type": [schema["type"], "null"]} if missing else schema


def _without(schema: Mapping[str, Any], *names: str) -> Json:
    return {name: value for name, value in schema.items() if name not in names}
