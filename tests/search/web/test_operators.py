import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from search.web.operators import CHECK, is_operator, signed_in


@signed_in
def secret() -> str:
    """Only for operators."""
    return "the report"


def test_without_a_guard_nobody_is_an_operator(app: Flask) -> None:
    with app.test_request_context("/operator/report"):
        assert not is_operator()
        with pytest.raises(NotFound):
            secret()


def test_the_guard_decides_who_is(app: Flask) -> None:
    allowed = [False, True]
    app.extensions[CHECK] = lambda: allowed.pop()
    with app.test_request_context("/operator/report"):
        assert secret() == "the report"
        with pytest.raises(NotFound):
            secret()
