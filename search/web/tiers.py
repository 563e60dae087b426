"""How a word was found, said to a reader in the language of the interface."""

from flask import Blueprint
from flask_babel import gettext

from search.reasons import How

blueprint = Blueprint("tiers", __name__)


@blueprint.app_template_filter("way")
def way_name(how: How) -> str:
    """Return how a word of an article answers a word of the query."""
    names: dict[How, str] = {
        "exact": gettext("as written"),
        "folded": gettext("accents aside"),
        "stem": gettext("another form of the word"),
        "row": gettext("the words one after the other"),
        "derived": gettext("another word of the same stem"),
        "compound": gettext("the word is part of it"),
        "part": gettext("part of the word"),
        "prefix": gettext("begins with it"),
        "typo": gettext("another spelling"),
        "glossary": gettext("another word for the same"),
        "instead": gettext("a word for the subject in general"),
    }
    return names[how]
