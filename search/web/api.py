"""JSON for services: the endpoints of the table, each checked, answered, and told apart by the state of the index.

An answer depends on the address, the languages asked for, the index and this version of Karjera, so its ETag is made of
those: who has it already is answered 304 without a search.
"""

import json
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import ClientDisconnected, NotAcceptable, RequestEntityTooLarge, UnsupportedMediaType

import corpus
import indexer
import search
from search.parameters import Parameters, refuse_any
from search.request import bounded
from search.web.current import engine
from search.web.endpoints import ENDPOINTS, ROOT, Endpoint
from search.web.failures import MalformedBody
from search.web.questions import MAX_BODY_BYTES

blueprint = Blueprint("api", __name__)

_ACCEPTED = ("application/json", "application/problem+json")


def _view(endpoint: Endpoint[Any]) -> Callable[..., Response]:
    def view(**in_path: str) -> Response:
        if request.accept_mimetypes and not request.accept_mimetypes.best_match(_ACCEPTED):
            raise NotAcceptable
        question: type[Parameters] = bounded(endpoint.question, engine().settings)
        in_query = request.args.to_dict(flat=False)
        if endpoint.method == "post":
            refuse_any(in_query)
            return jsonify(endpoint.answered(question.of_values(_body())))
        asked = question.of_texts(in_query, in_path)
        tag = _tag(endpoint)
        known = request.if_none_match
        # `*` asks for anything that exists, which is only known once it is there.
        if not known.star_tag and known.contains_weak(tag):
            response = Response(status=304, mimetype="application/json")
            response.headers["Cache-Control"] = "no-cache"
        else:
            response = jsonify(endpoint.answered(asked))
        response.set_etag(tag, weak=True)
        if endpoint.by_language:
            response.vary.add("Accept-Language")
        return response

    return view


_VIEWS = {endpoint.name: _view(endpoint) for endpoint in ENDPOINTS}


def _similar_or_article(id: str) -> Response:
    """Answer what ends in /similar: the article of that id if there is one, else those like it."""
    whole = f"{id}/similar"
    return _VIEWS["article"](id=whole) if engine().has(whole) else _VIEWS["article_similar"](id=id)


for _endpoint in ENDPOINTS:
    blueprint.add_url_rule(
        ROOT + _endpoint.path.replace("{id}", "<id:id>"),
        _endpoint.name,
        _similar_or_article if _endpoint.name == "article_similar" else _VIEWS[_endpoint.name],
        methods=[_endpoint.method.upper()],
    )


def _tag(endpoint: Endpoint[Any]) -> str:
    """Return what changes whenever the answer to the current request may: it begins with the index's generation."""
    version = engine().version()
    languages = request.headers.get("Accept-Language", "") if endpoint.by_language else ""
    depends_on = (version, request.path, request.query_string, languages, engine().settings, _code())
    return f"{version.partition('.')[0]}-{sha256(repr(depends_on).encode()).hexdigest()[:24]}"


@cache
def _code() -> str:
    """Return a digest of the program: after a change of it the same question to the same index has another answer."""
    digest = sha256()
    for package in (corpus, indexer, search):
        for file in sorted(Path(str(package.__file__)).parent.rglob("*")):
            if file.suffix in (".py", ".toml", ".txt"):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def _body() -> object:
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    # Of a body whose length is not said no more is read than what shows that it is too large.
    request.max_content_length = MAX_BODY_BYTES + 1
    too_large = RequestEntityTooLarge(f"The body is larger than the {MAX_BODY_BYTES} bytes that are allowed.")
    if (request.content_length or 0) > MAX_BODY_BYTES:
        raise too_large
    try:
        sent = request.get_data()
    except ClientDisconnected:
        raise MalformedBody("The body breaks off before its end.") from None
    if len(sent) > MAX_BODY_BYTES:
        raise too_large
    try:
        return json.loads(sent.decode("utf-8"), parse_constant=_no_number, parse_float=_number)
    except ValueError as error:
        raise MalformedBody(f"The body cannot be read as JSON: {str(error)[:200]}.") from None
    except RecursionError:
        raise MalformedBody("The body cannot be read as JSON: it is nested too deeply.") from None


def _number(text: str) -> float:
    """Return a number that is written with a point or an exponent: to JSON, as to its schemas, 7.0 is whole."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number of JSON")


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return jsonify({"status": "ok"})


@blueprint.get("/readyz")
def readyz() -> Response:
    """There is an index that can be read; 503 otherwise."""
    return jsonify({"status": "ok", "articles": sum(engine().counts().values())})
