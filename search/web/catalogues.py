"""The interface's translations: one .po file a language, read as they are.

There is no compiled file to forget in a wheel or to fall behind its source: a catalogue is compiled in memory when its
language is first asked for, which takes some milliseconds. English is what the templates say.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask_babel import Domain, get_locale

FOLDER = Path(__file__).parent / "translations"
SOURCE = "en"

# Codes of the languages of the interface: adding one is adding a file.
INTERFACE_LANGUAGES = tuple(sorted({SOURCE, *(file.stem for file in FOLDER.glob("*.po"))}))


class Catalogues(Domain):
    """What Flask-Babel asks for translations, answering from .po files."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def get_translations(self) -> NullTranslations:
        """Return the translations of the current request's language."""
        locale = get_locale()
        return translations(locale.language if locale else SOURCE)


@cache
def translations(code: str) -> NullTranslations:
    """Return the translations of a language of the interface."""
    if code == SOURCE:
        return NullTranslations()
    compiled = BytesIO()
    with (FOLDER / f"{code}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return Translations(compiled)
