"""The Flask application: what all its answers have in common."""

import os

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from corpus import Settings
from indexer.errors import IndexerError
from search.engine import Engine
from search.errors import ArticleNotFound, BadRequest
from search.web import api, pages

# Nothing is loaded from elsewhere, nothing runs, nobody may frame the pages.
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application; without settings, with those of the environment. The index is opened when first asked.

    Raises SettingsError for a KARJERA_* variable that cannot be used.
    """
    app = Flask(__name__)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # of the default provider
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["karjera"] = Engine(settings or Settings.from_environment(os.environ))
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(api.blueprint)
    app.after_request(_secured)
    app.register_error_handler(BadRequest, _bad_request)
    app.register_error_handler(ArticleNotFound, _not_found)
    app.register_error_handler(IndexerError, _no_index)
    app.register_error_handler(HTTPException, _refused)
    return app


def _secured(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _bad_request(error: BadRequest) -> Response:
    return _problem(400, "This request cannot be answered", str(error), error.parameter)


def _not_found(error: ArticleNotFound) -> Response:
    return _problem(404, "Not found", str(error))


def _no_index(error: IndexerError) -> Response:
    # What to do about it is for the operator's log: a reader cannot do it.
    current_app.logger.error("%s", error)
    response = _problem(503, "The search is not ready", "The index cannot be read at the moment. Try again later.")
    response.headers["Retry-After"] = "10"
    return response


def _refused(error: HTTPException) -> HTTPException | Response:
    if error.code is None or error.code < 400 or error.response is not None:  # a redirect
        return error
    response = _problem(error.code, error.name, error.description or "")
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):  # Allow, of a method that is not allowed
            response.headers.setdefault(name, value)
    return response


def _problem(status: int, title: str, detail: str, parameter: str = "") -> Response:
    if request.path.startswith(api.PREFIXES):
        return api.problem(status, title, detail, parameter)
    return pages.problem(status, title, detail)
