"""JSON for operators' programs: start a sync of the index, and ask how it goes. Needs the operators' token.

Its endpoints are rows like those of `endpoints`, which the reference reads as well. Where the settings have no token,
the application is made without them.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import NotAcceptable

from corpus import CorpusError
from indexer.errors import IndexerError
from search import answers
from search.errors import BadRequest, Fault, SyncRefused
from search.serialization import run_json
from search.syncing import running_or_last, start_sync
from search.web import failures
from search.web.access import with_token
from search.web.current import engine
from search.web.endpoints import ROOT, Endpoint
from search.web.questions import NoQuestion

blueprint = Blueprint("admin", __name__)

ADDRESS = f"{ROOT}index:sync"
_ACCEPTED = ("application/json", "application/problem+json")


def _start(asked: NoQuestion) -> answers.Run | answers.NoRun:
    return run_json(start_sync(engine().settings))


def _state(asked: NoQuestion) -> answers.Run | answers.NoRun:
    return run_json(running_or_last(engine().settings))


ENDPOINTS: tuple[Endpoint[Any], ...] = (
    Endpoint(
        "sync",
        "index:sync",
        "Start a sync of the index",
        "What is read are the paths that the index was built from: nothing of the request says what to read, and it "
        "has no body. The answer is the sync as it begins; `GET` the same address to see how it goes. Where "
        "`KARJERA_ADMIN_TOKEN_HASH` is not set there is no such address, and the document of the service has it not.",
        NoQuestion,
        answers.Run,
        _start,
        problems=("not-an-operator", "not-found", "already-running", "nothing-to-sync"),
        method="post",
        status=202,
        conflict=answers.SyncProblem,
        for_operators=True,
    ),
    Endpoint(
        "sync_state",
        "index:sync",
        "See how a build or sync goes, or how the last one went",
        "Whoever started it: an operator, the command, a timer. One whose process was killed has failed, and says so.",
        NoQuestion,
        answers.Run | answers.NoRun,
        _state,
        ("index:sync",),
        problems=("not-an-operator", "not-found"),
        for_operators=True,
    ),
)


def _view(endpoint: Endpoint[Any]) -> Callable[[], Response]:
    def view() -> Response:
        response = _answer(endpoint)
        response.headers["Cache-Control"] = "no-store"
        return response

    return view


def _answer(endpoint: Endpoint[Any]) -> Response:
    if request.accept_mimetypes and not request.accept_mimetypes.best_match(_ACCEPTED):
        raise NotAcceptable
    asked = endpoint.question.of_texts(request.args.to_dict(flat=False))
    _check_bare()
    try:
        response = jsonify(endpoint.answered(asked))
    except SyncRefused as error:
        return _refused(failures.failure_of(error))
    except (CorpusError, IndexerError) as error:
        # An operator is told, unlike a reader, what to do about the index.
        return _refused(failures.nothing_to_sync(str(error)))
    response.status_code = endpoint.status
    if endpoint.status == 202:
        response.location = ADDRESS
    return response


def _check_bare() -> None:
    """Raise BadRequest for anything that could be meant to say what to read: that is for the index to say."""
    if request.content_length or request.headers.get("Transfer-Encoding"):
        detail = "there is a body; this address takes none: what is read are the paths of the index."
        raise BadRequest(Fault("body", detail))


def _refused(failure: failures.Failure) -> Response:
    return failures.said(failure, run=run_json(running_or_last(engine().settings)))


for _endpoint in ENDPOINTS:
    blueprint.add_url_rule(
        ROOT + _endpoint.path, _endpoint.name, with_token(_view(_endpoint)), methods=[_endpoint.method.upper()]
    )
