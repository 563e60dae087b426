"""No string of the interface is without a translation, in any language."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from search.web.catalogues import FOLDER, INTERFACE_LANGUAGES, SOURCE, translations

ROOT = Path(__file__).parents[3]
MAPPINGS = [("**.py", "python"), ("templates/**", "jinja2")]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
TRANSLATED = [code for code in INTERFACE_LANGUAGES if code != SOURCE]

Key = tuple[str | None, object]  # context, msgid or (msgid, msgid_plural)


def in_code() -> set[Key]:
    found = extract_from_dir(ROOT / "search/web", MAPPINGS, keywords=KEYWORDS)
    return {(context, message) for _, _, message, _, context in found}


KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def catalogue(code: str) -> Catalog:
    with (FOLDER / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def messages(code: str) -> Iterator[Message]:
    return (message for message in catalogue(code) if message.id)


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def test_there_are_the_languages_that_are_promised() -> None:
    assert INTERFACE_LANGUAGES == ("ar", "de", "en", "es", "fr", "lt", "pl")


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_string_of_code_and_templates_is_translated_and_none_is_left_over(code: str) -> None:
    assert {(message.context, message.id) for message in messages(code)} == in_code(), "run `make translations`"


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_translation_is_empty_or_fuzzy_and_every_plural_form_is_there(code: str) -> None:
    plurals = catalogue(code).num_plurals
    for message in messages(code):
        assert not message.fuzzy, message.id
        assert all(form.strip() for form in forms(message)), message.id
        assert len(forms(message)) == (plurals if message.pluralizable else 1), message.id


@pytest.mark.parametrize("code", TRANSLATED)
def test_placeholders_are_those_of_the_original(code: str) -> None:
    plural_of = translations(code).plural
    numbers: dict[int, int] = {}  # plural form -> how many of these numbers take it
    for number in range(1000):
        numbers[plural_of(number)] = numbers.get(plural_of(number), 0) + 1
    for message in messages(code):
        wanted = set(PLACEHOLDER.findall(message.id[-1] if message.pluralizable else str(message.id)))
        for at, form in enumerate(forms(message)):
            found = set(PLACEHOLDER.findall(form))
            # A form for one number alone may say it in a word. French says none and one alike.
            spelt_out = message.pluralizable and not found and numbers[at] == 1
            assert found == wanted or spelt_out, (message.id, form)
            assert form.count("%") == len(PLACEHOLDER.findall(form)), form


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("pl", {1: "1 artykuł", 2: "2 artykuły", 5: "5 artykułów", 12: "12 artykułów", 22: "22 artykuły"}),
        ("lt", {1: "1 straipsnis", 2: "2 straipsniai", 10: "10 straipsnių", 11: "11 straipsnių", 21: "21 straipsnis"}),
        ("ar", {0: "لا مقالات", 1: "مقالة واحدة", 2: "مقالتان", 3: "3 مقالات", 11: "11 مقالةً", 100: "100 مقالة"}),
        ("fr", {0: "0 article", 1: "1 article", 2: "2 articles"}),
        ("en", {0: "0 articles", 1: "1 article", 2: "2 articles"}),
    ],
)
def test_numbers_take_the_plural_of_their_language(code: str, expected: dict[int, str]) -> None:
    for number, text in expected.items():
        form = translations(code).ngettext("%(shown)s article", "%(shown)s articles", number)
        assert form % {"shown": number} == text


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_sentence_loses_its_colon_or_full_stop(code: str) -> None:
    for message in messages(code):
        original = message.id[-1] if message.pluralizable else str(message.id)
        if original[-1] in ".:":
            for form in forms(message):
                assert form[-1] == original[-1], form
