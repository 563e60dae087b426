from flask import Flask
from flask_babel import force_locale

from search.reasons import WAYS
from search.web.catalogues import INTERFACE_LANGUAGES
from search.web.tiers import way_name


def test_every_way_of_finding_a_word_has_a_name_of_its_own_in_every_language(app: Flask) -> None:
    with app.test_request_context("/"):
        for code in INTERFACE_LANGUAGES:
            with force_locale(code):
                assert len({way_name(way) for way in WAYS}) == len(WAYS)


def test_ways_are_said_in_the_language_of_the_interface(app: Flask) -> None:
    with app.test_request_context("/?ui=pl"):
        assert way_name("stem") == "inna forma słowa"
