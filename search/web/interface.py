"""In which language the pages speak: as the address says (`?ui=pl`), else as chosen before, else as the browser asks.

What an address says is carried on by every link of the page, and remembered in a cookie. The language of an article is
its own, whatever the interface is.
"""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, has_request_context, request, url_for
from flask_babel import get_locale

from corpus import LANGUAGES
from search.web.catalogues import INTERFACE_LANGUAGES, SOURCE

PARAMETER = COOKIE = "ui"
COOKIE_SECONDS = 365 * 24 * 3600

blueprint = Blueprint("interface", __name__)


@dataclass(frozen=True, slots=True)
class Switch:
    """A link to the same page in another language of the interface."""

    code: str
    name: str
    address: str
    current: bool


def choose() -> str:
    """Return the language of the interface for the current request."""
    for said in (request.args.get(PARAMETER), request.cookies.get(COOKIE)):
        if said in INTERFACE_LANGUAGES:
            return said
    return accepted()


def accepted() -> str:
    """Return the language of the interface that the browser, or another program, asks for."""
    # Not best_match: of "de-AT, en;q=0.5" it takes English, for that is an exact match.
    for tag, quality in request.accept_languages:
        primary = tag.partition("-")[0].lower()
        if quality > 0 and primary in INTERFACE_LANGUAGES:
            return primary
    return SOURCE


def locale() -> str:
    """Return the locale of the current request. English dates are European ones, 18 May 2026."""
    code = choose()
    return "en_150" if code == "en" else code


def current() -> str:
    """Return the code of the interface's language."""
    locale = get_locale()
    return str(locale.language) if locale else SOURCE


def switches(address: dict[str, Any]) -> list[Switch]:
    """Return links to the page that `address` names (arguments of url_for), in each language."""
    here = current()
    return [
        Switch(code, LANGUAGES[code].endonym, url_for(**{**address, PARAMETER: code}), code == here)
        for code in sorted(INTERFACE_LANGUAGES, key=lambda code: LANGUAGES[code].endonym.casefold())
    ]


@blueprint.app_url_defaults
def _carry_on(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint.startswith("pages.") and has_request_context() and PARAMETER not in values:
        said = request.args.get(PARAMETER)
        if said in INTERFACE_LANGUAGES:
            values[PARAMETER] = said


@blueprint.after_app_request
def _remember(response: Response) -> Response:
    said = request.args.get(PARAMETER)
    if said in INTERFACE_LANGUAGES and request.cookies.get(COOKIE) != said and response.mimetype == "text/html":
        response.set_cookie(COOKIE, said, COOKIE_SECONDS, secure=request.is_secure, httponly=True, samesite="Lax")
    return response
