from flask import Flask

from corpus import Article, Settings
from search.web import create_app
from search.web.examples import examples
from tests.conftest import MakeEngine


def test_examples_find_something_and_begin_with_the_readers_language(
    make_engine: MakeEngine, settings: Settings
) -> None:
    make_engine(
        [
            Article("en", "en", "Call center stress", "Working from home."),
            Article("pl", "pl", "Praca zdalna", "Stres w call center."),
        ]
    )
    app = create_app(settings)
    with app.test_request_context("/"):
        # The Polish ones that work before all, but for one in English that works.
        assert examples("pl")[:3] == ("stres w call center", "call center stress", "praca zdalna")
        assert examples("en")[:2] == ("call center stress", "working from home")


def test_examples_follow_the_index(make_engine: MakeEngine, settings: Settings) -> None:
    make_engine([Article("a", "en", "Gardens", "Nothing of work.")])
    app = create_app(settings)
    with app.test_request_context("/"):
        assert examples("en") == ()
    make_engine([Article("a", "en", "Burnout", "Of work."), Article("b", "en", "Other", "Text.")])
    with app.test_request_context("/"):
        assert examples("en") == ("burnout OR stress",)


def test_an_unknown_language_gets_those_of_the_index(app: Flask) -> None:
    with app.test_request_context("/"):
        assert "call center stress" in examples("xx")
