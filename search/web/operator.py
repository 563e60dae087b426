"""The operators' page: the state of the index, a button that starts a sync, and how it goes.

It works without a script; with one it looks by itself how a running sync goes. It needs the token, by a form, and is
not there where the settings have none.
"""

from datetime import UTC, datetime

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import format_datetime, format_timedelta, gettext
from werkzeug.wrappers import Response as AnyResponse

from corpus import CorpusError
from indexer.errors import IndexerError
from search.errors import SyncRefused
from search.page import IndexStatus
from search.request import SearchRequest
from search.syncing import running_or_last, start_sync
from search.web.access import is_token
from search.web.current import engine
from search.web.interface import switches
from search.web.sessions import PATH, form_key, is_own_form, is_signed_in, sign_in, sign_out, signed_in

blueprint = Blueprint("operator", __name__)


@blueprint.get(PATH)
def home() -> AnyResponse:
    """The state of things for an operator; for others a form to sign in with."""
    return _overview() if is_signed_in() else _entrance()


@blueprint.post(f"{PATH}/sign-in")
def enter() -> AnyResponse:
    """Take the token."""
    is_signed_in()  # or 404
    if not is_own_form():
        return _entrance(_too_old(), 400)
    if not is_token(request.form.get("token", "").strip(), engine().settings):
        return _entrance(gettext("This is not the operators' token."), 403)
    sign_in()
    return redirect(url_for("operator.home"), 303)


@blueprint.post(f"{PATH}/sign-out")
@signed_in
def leave() -> AnyResponse:
    """Forget who this is."""
    if is_own_form():
        sign_out()
    return redirect(url_for("operator.home"), 303)


@blueprint.post(f"{PATH}/sync")
@signed_in
def sync() -> AnyResponse:
    """Start a sync; where one is running, the page shows that."""
    if not is_own_form():
        return _overview(_too_old(), 400)
    try:
        start_sync(engine().settings)
    except SyncRefused:
        pass
    except (CorpusError, IndexerError) as error:
        return _overview(str(error), 409)
    return redirect(url_for("operator.home"), 303)


@blueprint.app_template_filter("moment")
def moment(text: str) -> str:
    """Return a time, given as ISO 8601 in UTC, as the interface writes it; as it is if it is none."""
    try:
        return str(format_datetime(datetime.fromisoformat(text), "medium"))
    except ValueError:
        return text


@blueprint.app_template_filter("ago")
def ago(time: datetime) -> str:
    """Return how long ago a time was, as the interface says it."""
    return str(format_timedelta(time - datetime.now(UTC), add_direction=True))


def _overview(error: str = "", status: int = 200) -> Response:
    index: IndexStatus | None = None
    try:
        index = engine().status()
    except IndexerError as missing:
        error = error or str(missing)
    run = running_or_last(engine().settings)
    return _page("operator.html", status, error=error, index=index, run=run)


def _entrance(error: str = "", status: int = 200) -> Response:
    return _page("sign-in.html", status, error=error)


def _page(template: str, status: int, **values: object) -> Response:
    links = switches({"endpoint": "operator.home"})
    asked = SearchRequest(size=engine().settings.page_size)
    response = Response(render_template(template, asked=asked, switches=links, form=form_key(), **values), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _too_old() -> str:
    return gettext("This page was too old for it. Please try again.")
