"""The Flask application: what all its answers have in common."""

import os

from flask import Flask, current_app, request
from flask_babel import Babel

from corpus import Settings
from corpus.glossary import load_glossary
from search.engine import Engine
from search.notices import read_notices
from search.reasons import reasons
from search.web import (
    admin,
    api,
    assets,
    cors,
    discovery,
    exposition,
    failures,
    incoming,
    interface,
    limits,
    logs,
    naming,
    operator,
    pages,
    readers,
    reference,
    reports,
    request_id,
    sessions,
    tiers,
)
from search.web.addresses import IdConverter, article_address
from search.web.catalogues import SOURCE, Catalogues
from search.web.delivery import delivered
from search.web.observing import observe
from search.web.rendering import marked


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application; without settings, with those of the environment. The index is opened when first asked.

    Raises SettingsError for a KARJERA_* variable or a file of notices that cannot be used, GlossaryError if a notice
    names a concept and the glossary cannot be used.
    """
    settings = settings or Settings.from_environment(os.environ)
    app = Flask(__name__, static_folder=None)
    app.url_map.merge_slashes = False  # an id may have two in a row
    app.url_map.converters["id"] = IdConverter
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # of the default provider
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["marked"] = marked
    app.jinja_env.filters["reasons"] = reasons
    app.jinja_env.globals["article_address"] = article_address
    # Hooks after a request run last to first: what was answered is seen as it leaves.
    app.extensions["karjera"] = Engine(settings, observe(app, settings))
    app.extensions["karjera.notices"] = read_notices(
        settings.notices, lambda: [concept.id for concept in load_glossary(settings.glossary).concepts]
    )
    babel = Babel(app, default_locale=SOURCE, locale_selector=interface.locale)
    babel.domain_instance = Catalogues()
    app.after_request(delivered)  # first in, last to run: after the cookie is set
    incoming.set_up(app)
    for concern in (limits, cors, sessions):
        concern.set_up(app, settings)
    if settings.admin_token_hash:
        app.register_blueprint(admin.blueprint)
    modules = (logs, request_id, interface, readers, naming, tiers, assets, pages, discovery, api, reference)
    for module in (*modules, operator, exposition, reports):
        app.register_blueprint(module.blueprint)
    app.context_processor(_limits)
    failures.register(app)
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
