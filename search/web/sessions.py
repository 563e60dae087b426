"""Operators in a browser: the token shown once, then a signed cookie, and forms that no other site can send.

The cookie goes to the operators' pages only, is closed to scripts, never sent along from another site, and is void
after SESSION_HOURS or when the token or the secret of the settings is another. It holds nothing but a mark of the token
that let it in, and what the forms of the session carry. Nothing is kept of sessions here: signing out takes the cookie
away from the browser.
"""

import hmac
import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec

from flask import Flask, abort, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from werkzeug.wrappers import Response as AnyResponse

from corpus import Settings
from search.web.current import engine

Given = ParamSpec("Given")

PATH = "/operator"
SESSION_HOURS = 12

# Of a form, and of the session.
FORM = "form"
_MARK = "token"


class _Interface(SecureCookieSessionInterface):
    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


def set_up(app: Flask, settings: Settings) -> None:
    """Give an application sessions for its operators, if the settings have what they need."""
    if is_on(settings):
        app.secret_key = settings.session_secret
    app.session_interface = _Interface()
    app.config.update(
        SESSION_COOKIE_NAME="karjera_operator",
        SESSION_COOKIE_PATH=PATH,
        SESSION_COOKIE_SAMESITE="Strict",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=SESSION_HOURS),
        SESSION_REFRESH_EACH_REQUEST=False,
    )


def is_on(settings: Settings) -> bool:
    """Tell whether there are pages for operators."""
    return bool(settings.admin_token_hash and settings.session_secret)


def is_signed_in() -> bool:
    """Tell whether the current request is of an operator; 404 if there are no pages for operators."""
    if not is_on(engine().settings):
        abort(404)
    mark = session.get(_MARK)
    return isinstance(mark, str) and hmac.compare_digest(mark.encode(), _mark().encode())


def sign_in() -> None:
    """Make the session one of an operator."""
    session.clear()
    session.permanent = True
    session[_MARK] = _mark()


def sign_out() -> None:
    """End the session."""
    session.clear()


def form_key() -> str:
    """Return what each form of the session carries, and no other site knows."""
    if FORM not in session:
        session[FORM] = secrets.token_urlsafe(16)
    key: str = session[FORM]
    return key


def is_own_form() -> bool:
    """Tell whether the form that was sent is one of this session."""
    return FORM in session and hmac.compare_digest(
        request.form.get(FORM, "").encode("utf-8", "replace"), form_key().encode()
    )


def signed_in(view: Callable[Given, AnyResponse]) -> Callable[Given, AnyResponse]:
    """Let only operators reach a view; others are shown where to sign in, and 404 where there are no such pages."""

    @wraps(view)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> AnyResponse:
        return view(*args, **kwargs) if is_signed_in() else redirect(url_for("operator.home"), 303)

    return guarded


def _mark() -> str:
    settings = engine().settings
    return hmac.new(settings.session_secret.encode(), settings.admin_token_hash.encode(), "sha256").hexdigest()[:32]
