"""The one place where what went wrong becomes an answer: JSON for services, a page for people.

Services get one shape, `answers.Problem`; people a page in the language of the interface.
"""

import json
from dataclasses import dataclass
from typing import cast

from flask import Flask, Response, current_app, request, url_for
from werkzeug.exceptions import BadRequest as MalformedRequest
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotAcceptable, RequestEntityTooLarge

from indexer.errors import IndexerError, IndexMissing
from indexer.generations import REBUILD
from search import answers
from search.errors import ArticleNotFound, BadRequest, Fault, SyncRefused
from search.parameters import shown
from search.web import pages
from search.web.addresses import absolute
from search.web.problem_types import BY_STATUS, PROBLEM_TYPES
from search.web.request_id import request_id

# Paths whose errors are JSON.
PREFIXES = ("/api/", "/healthz", "/readyz")
# Seconds after which a client may ask again for an index.
RETRY_SECONDS = 10


class MalformedBody(MalformedRequest):
    """The body is no JSON; the description says where."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong, for whoever asked: `type` is the name of a row of PROBLEM_TYPES, empty for a bare status."""

    status: int
    type: str
    title: str
    detail: str
    faults: tuple[Fault, ...] = ()


def register(app: Flask) -> None:
    """Have an application answer what goes wrong."""
    for kind in (BadRequest, ArticleNotFound, IndexerError):
        app.register_error_handler(kind, _failed)
    app.register_error_handler(HTTPException, _refused)


def failure_of(error: Exception) -> Failure:
    """Return what to say of an error that this package knows."""
    if isinstance(error, BadRequest):
        faults = error.faults
        more = f"{len(faults)} parameters cannot be used; `errors` says why."
        return _of_type("invalid-parameters", str(error) if len(faults) == 1 else more, faults)
    if isinstance(error, ArticleNotFound):
        return _of_type("no-such-article", str(error))
    if isinstance(error, IndexMissing):
        said = f"There is no index yet. Run `{REBUILD}` to make one; the service finds it by itself."
        return _of_type("index-unavailable", said)
    if isinstance(error, IndexerError):
        # With what names folders and versions it is for the operator's log.
        said = "The index cannot be read at the moment; the log of the service says what to do. Try again later."
        return _of_type("index-unavailable", said)
    if isinstance(error, SyncRefused):
        return _of_type("already-running", str(error))
    if isinstance(error, MalformedBody):
        return _of_type("malformed-body", error.description or "")
    assert isinstance(error, HTTPException)
    status = error.code or 500
    row = BY_STATUS.get(status)
    detail = _detail(error)
    return _of_type(row.name, detail) if row else Failure(status, "", error.name, detail)


def problem(failure: Failure) -> answers.Problem:
    """Return a failure as JSON values."""
    return {
        "type": absolute(url_for("reference.problem_type", name=failure.type)) if failure.type else "about:blank",
        "title": failure.title,
        "status": failure.status,
        "detail": failure.detail,
        "errors": [{"parameter": fault.parameter, "detail": fault.detail} for fault in failure.faults],
        "request_id": request_id(),
    }


def answer(error: Exception) -> Response:
    """Return what to answer when an error ends a request."""
    failure = failure_of(error)
    if not request.path.startswith(PREFIXES):
        return pages.problem(error, failure.status)
    return said(failure)


def said(failure: Failure, **more: object) -> Response:
    """Return a failure as an answer for services, with more members of its own."""
    text = json.dumps({**problem(failure), **more}, ensure_ascii=False)
    return Response(text, failure.status, content_type="application/problem+json; charset=utf-8")


def nothing_to_sync(detail: str) -> Failure:
    """Return that there is nothing that an index could be synced with."""
    return _of_type("nothing-to-sync", detail)


def _of_type(name: str, detail: str, faults: tuple[Fault, ...] = ()) -> Failure:
    row = PROBLEM_TYPES[name]
    return Failure(row.status, name, row.title, detail, faults)


def _detail(error: HTTPException) -> str:
    path = shown(request.path)
    if error.code == 404:
        return f"There is nothing at {path}; see {url_for('reference.document')}."
    if isinstance(error, MethodNotAllowed):
        return f"{request.method} is not allowed at {path}; allowed are {', '.join(error.valid_methods or ())}."
    if isinstance(error, NotAcceptable):
        return f"Accept is {shown(request.headers.get('Accept', ''))}; allowed is application/json."
    if error.code == 415:
        return f"Content-Type is {shown(request.headers.get('Content-Type', ''))}; allowed is application/json."
    if error.code == 413 and error.description == RequestEntityTooLarge.description:
        return f"The body is larger than the {request.max_content_length} bytes that are allowed."
    return error.description or ""


def _failed(error: Exception) -> Response:
    response = answer(error)
    if isinstance(error, IndexerError):
        current_app.logger.error("%s", error)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _refused(error: HTTPException) -> Response:
    if error.code is None or error.code < 400 or error.response is not None:  # a redirect
        return cast(Response, error.get_response())
    response = answer(error)
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):  # Allow, of a method that is not allowed
            response.headers.setdefault(name, value)
    return response
