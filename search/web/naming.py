"""What things are called in the language of the interface: languages, topics, numbers, days. Filters of templates.

Names of languages are those of CLDR, as a list shows them: with a capital, where the script has capitals.
"""

from datetime import date, datetime

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Blueprint
from flask_babel import force_locale, get_locale, gettext

from corpus import LANGUAGES, TOPICS, UNDETERMINED

blueprint = Blueprint("naming", __name__)


def locale() -> Locale:
    """Return the locale of the interface."""
    return get_locale() or Locale("en")


@blueprint.app_template_filter("language")
def language_name(code: str) -> str:
    """Return what the interface calls a language; its code if nobody knows it."""
    if code == UNDETERMINED.code:
        return gettext("Unknown language")
    return _capital(locale().languages.get(code) or LANGUAGES[code].name) if code in LANGUAGES else code


def language_name_in(code: str, language: str) -> str:
    """Return what a language of the interface calls another one, whatever the interface is in now."""
    with force_locale(language):
        return language_name(code)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


@blueprint.app_template_filter("endonym")
def endonym(code: str) -> str:
    """Return what a language calls itself; nothing where the interface says the same."""
    if code not in LANGUAGES or code == UNDETERMINED.code:
        return ""
    own = LANGUAGES[code].endonym
    return own if own.casefold() != language_name(code).casefold() else ""


@blueprint.app_template_filter("topic")
def topic_name(id: str) -> str:
    """Return the label of a topic; its id if nobody knows it."""
    return TOPICS[id].label(locale().language) if id in TOPICS else id


@blueprint.app_template_filter("number")
def number(value: int) -> str:
    """Return a number as the interface writes it."""
    return str(format_decimal(value, locale=locale()))


@blueprint.app_template_filter("score")
def score(value: float) -> str:
    """Return a score, or a part of one, with two digits as the interface writes them."""
    return str(format_decimal(value, format="0.00", locale=locale()))


@blueprint.app_template_filter("day")
def day(value: date) -> str:
    """Return a day as the interface writes it, month in letters."""
    if isinstance(value, datetime):
        value = value.date()
    return str(format_date(value, "long", locale=locale()))


@blueprint.app_template_filter("direction")
def direction(code: str) -> str:
    """Return the direction of a language's text; of an unknown one, as its first letters show."""
    if code not in LANGUAGES or code == UNDETERMINED.code:
        return "auto"
    return LANGUAGES[code].direction
