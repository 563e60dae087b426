from datetime import date

import pytest
from flask import Flask

from search.web.naming import day, direction, endonym, language_name, number, score, topic_name


@pytest.mark.parametrize(
    ("ui", "expected"),
    [
        ("en", ("Polish", "Polski", "Pay and benefits", "3 March 2026", "12,345")),
        ("pl", ("Polski", "", "Wynagrodzenie i benefity", "3 marca 2026", "12\u00a0345")),
        ("lt", ("Lenkų", "Polski", "Atlyginimas ir priedai", "2026 m. kovo 3 d.", "12\u00a0345")),
        ("de", ("Polnisch", "Polski", "Gehalt und Zusatzleistungen", "3. März 2026", "12.345")),
        ("fr", ("Polonais", "Polski", "Salaire et avantages", "3 mars 2026", "12\u202f345")),
        ("es", ("Polaco", "Polski", "Salario y beneficios", "3 de marzo de 2026", "12.345")),
        ("ar", ("البولندية", "Polski", "الأجور والمزايا", "3 مارس 2026", "12,345")),
    ],
)
def test_things_are_called_as_the_interface_calls_them(app: Flask, ui: str, expected: tuple[str, ...]) -> None:
    with app.test_request_context(f"/?ui={ui}"):
        said = (language_name("pl"), endonym("pl"), topic_name("pay"), day(date(2026, 3, 3)), number(12345))
    assert said == expected


def test_what_nobody_knows_keeps_its_id(app: Flask) -> None:
    with app.test_request_context("/"):
        assert (language_name("xx"), endonym("xx"), topic_name("gardening")) == ("xx", "", "gardening")
        assert (language_name("und"), endonym("und")) == ("Unknown language", "")


def test_directions_are_those_of_the_script() -> None:
    assert [direction(code) for code in ("pl", "ar", "he", "und", "xx")] == ["ltr", "rtl", "rtl", "auto", "auto"]


@pytest.mark.parametrize(("ui", "expected"), [("en", "0.30"), ("pl", "0,30"), ("de", "0,30")])
def test_a_score_has_two_digits(app: Flask, ui: str, expected: str) -> None:
    with app.test_request_context(f"/?ui={ui}"):
        assert score(0.3) == expected
