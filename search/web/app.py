"""The Flask application: what all its answers have in common."""

import os

from flask import Flask, Response, current_app, request
from flask_babel import Babel
from werkzeug.exceptions import HTTPException

from corpus import Settings
from corpus.glossary import load_glossary
from indexer.errors import IndexerError
from search.engine import Engine
from search.errors import ArticleNotFound, BadRequest
from search.notices import read_notices
from search.reasons import reasons
from search.web import api, assets, discovery, interface, naming, pages, readers, tiers
from search.web.addresses import article_address
from search.web.catalogues import SOURCE, Catalogues
from search.web.delivery import delivered
from search.web.rendering import marked


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application; without settings, with those of the environment. The index is opened when first asked.

    Raises SettingsError for a KARJERA_* variable or a file of notices that cannot be used, GlossaryError if a notice
    names a concept and the glossary cannot be used.
    """
    settings = settings or Settings.from_environment(os.environ)
    app = Flask(__name__, static_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # of the default provider
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["marked"] = marked
    app.jinja_env.filters["reasons"] = reasons
    app.jinja_env.globals["article_address"] = article_address
    app.extensions["karjera"] = Engine(settings)
    app.extensions["karjera.notices"] = read_notices(
        settings.notices, lambda: [concept.id for concept in load_glossary(settings.glossary).concepts]
    )
    babel = Babel(app, default_locale=SOURCE, locale_selector=interface.locale)
    babel.domain_instance = Catalogues()
    app.after_request(delivered)  # first in, last to run: after the cookie is set
    for module in (interface, readers, naming, tiers, assets, pages, discovery, api):
        app.register_blueprint(module.blueprint)
    app.context_processor(_limits)
    app.register_error_handler(BadRequest, _bad_request)
    app.register_error_handler(ArticleNotFound, _not_found)
    app.register_error_handler(IndexerError, _no_index)
    app.register_error_handler(HTTPException, _refused)
    return app


def _limits() -> dict[str, object]:
    settings = current_app.extensions["karjera"].settings
    return {
        "page_size": settings.page_size,
        "max_query_chars": settings.max_query_chars,
        "ui": interface.current(),
        "ui_direction": naming.direction(interface.current()),
        "ui_said": request.args.get(interface.PARAMETER) == interface.current(),
    }


def _bad_request(error: BadRequest) -> Response:
    return _problem(error, 400, "This request cannot be answered", str(error), error.parameter)


def _not_found(error: ArticleNotFound) -> Response:
    return _problem(error, 404, "Not found", str(error))


def _no_index(error: IndexerError) -> Response:
    # What to do about it is for the operator's log: a reader cannot do it.
    current_app.logger.error("%s", error)
    said = "The index cannot be read at the moment. Try again later."
    response = _problem(error, 503, "The search is not ready", said)
    response.headers["Retry-After"] = "10"
    return response


def _refused(error: HTTPException) -> HTTPException | Response:
    if error.code is None or error.code < 400 or error.response is not None:  # a redirect
        return error
    response = _problem(error, error.code, error.name, error.description or "")
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):  # Allow, of a method that is not allowed
            response.headers.setdefault(name, value)
    return response


def _problem(error: Exception, status: int, title: str, detail: str, parameter: str = "") -> Response:
    if request.path.startswith(api.PREFIXES):
        return api.problem(status, title, detail, parameter)
    return pages.problem(error, status)
