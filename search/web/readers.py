"""Which languages a reader reads: as the address says (`?prefer=pl,en`), else as chosen before, else as the browser
asks.

It decides which translation of a work is shown, and is neither the language of the interface nor a filter. What an
address says is carried on by every link of the page and remembered in a cookie; an empty `prefer` forgets it.
"""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, has_request_context, request

from corpus import UNDETERMINED
from corpus.languages import language_for
from search.errors import BadRequest
from search.request import SearchRequest, forgiving, preferred
from search.web.addresses import search_address
from search.web.choices import Choice
from search.web.current import engine
from search.web.interface import COOKIE_SECONDS
from search.web.naming import language_name

PARAMETER = COOKIE = "prefer"

blueprint = Blueprint("readers", __name__)


def said() -> tuple[str, ...]:
    """Return the languages that the address names; raises BadRequest."""
    return preferred(request.args.getlist(PARAMETER))


def accepted() -> tuple[str, ...]:
    """Return the languages that the browser asks for, as far as there are any."""
    rows = (language_for(tag) for tag, quality in request.accept_languages if quality > 0)
    return tuple(dict.fromkeys(row.code for row in rows if row is not None and row is not UNDETERMINED))


def current() -> tuple[str, ...]:
    """Return the languages that the reader of the current page reads; raises BadRequest for what an address says."""
    return said() or _remembered() or accepted()


def asked() -> SearchRequest:
    """Return the search that the current page is asked for, by a reader of these languages; raises BadRequest."""
    given = SearchRequest.from_parameters(forgiving(request.args.to_dict(flat=False)), engine().settings)
    return replace(given, prefer=current())


def choices(shown: SearchRequest) -> tuple[list[Choice], list[Choice]]:
    """Return the languages a reader reads, in order, and the others that there are articles in.

    Each leads to where it is taken away or added; the only one to nowhere.
    """
    first, read = replace(shown, page=1), shown.prefer

    def choice(code: str, codes: tuple[str, ...], key: str) -> Choice:
        address = search_address(first, prefer=",".join(codes)) if codes else ""
        return Choice(language_name(code), address, f"{key}-{code}")

    return (
        [choice(code, tuple(other for other in read if other != code), "unread") for code in read],
        [choice(code, (*read, code), "read") for code in engine().counts() if code not in (*read, UNDETERMINED.code)],
    )


def _remembered() -> tuple[str, ...]:
    try:
        return preferred([request.cookies.get(COOKIE, "")])
    except BadRequest:  # of another version, or not ours
        return ()


def _said() -> str | None:
    """Return what the address says, if that can be used; None if it says nothing."""
    if PARAMETER not in request.args:
        return None
    try:
        return ",".join(said())
    except BadRequest:
        return None


@blueprint.app_url_defaults
def _carry_on(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint.startswith("pages.") and has_request_context() and PARAMETER not in values and (named := _said()):
        values[PARAMETER] = named


@blueprint.after_app_request
def _remember(response: Response) -> Response:
    named = _said()
    if named is None or response.mimetype != "text/html" or response.status_code != 200:
        return response
    if not named:
        response.delete_cookie(COOKIE, secure=request.is_secure, httponly=True, samesite="Lax")
    elif request.cookies.get(COOKIE) != named:
        response.set_cookie(COOKIE, named, COOKIE_SECONDS, secure=request.is_secure, httponly=True, samesite="Lax")
    return response


@blueprint.app_context_processor
def _in_templates() -> dict[str, object]:
    return {"prefer_said": _said()}
