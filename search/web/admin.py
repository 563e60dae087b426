"""JSON for operators' programs: start a sync of the index, and ask how it goes. Needs the operators' token."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request, url_for

from corpus import CorpusError
from indexer.errors import IndexerError
from indexer.runs import Run
from search.errors import BadRequest, Fault, SyncRefused
from search.parameters import Parameters
from search.syncing import running_or_last, start_sync
from search.web import failures
from search.web.access import with_token
from search.web.current import engine

blueprint = Blueprint("admin", __name__)

ADDRESS = "/api/v1/index:sync"


@blueprint.post(ADDRESS)
@with_token
def sync() -> Response:
    """Start a sync of the index with the paths that it was built from: 202, or 409 with what is running."""
    _check_bare()
    try:
        run = start_sync(engine().settings)
    except SyncRefused as error:
        return _private(failures.said(failures.failure_of(error), run=run_json(running_or_last(engine().settings))))
    except (CorpusError, IndexerError) as error:
        # An operator is told, unlike a reader, what to do about the index.
        return _private(failures.said(failures.nothing_to_sync(str(error))))
    response = jsonify(run_json(run))
    response.status_code = 202
    response.location = url_for("admin.state")
    return _private(response)


@blueprint.get(ADDRESS)
@with_token
def state() -> Response:
    """Say how the build or sync goes that is running, or how the last one went."""
    _check_bare()
    return _private(jsonify(run_json(running_or_last(engine().settings))))


def run_json(run: Run | None) -> dict[str, object]:
    """Return a run as JSON has it; its state is none where there never was one."""
    return {"state": "none"} if run is None else {**asdict(run), "share": run.share}


def _check_bare() -> None:
    """Raise BadRequest for anything that could be meant to say what to read: that is for the index to say."""
    Parameters.of_texts(request.args.to_dict(flat=False))
    if request.content_length or request.headers.get("Transfer-Encoding"):
        detail = "there is a body; this address takes none: what is read are the paths of the index."
        raise BadRequest(Fault("body", detail))


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
