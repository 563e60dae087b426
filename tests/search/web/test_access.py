from dataclasses import replace

import pytest
from flask import Flask

from corpus import Settings
from search.tokens import hash_of
from search.web import create_app
from search.web.access import MAX_TOKEN_CHARS, brings_token, is_token


@pytest.fixture
def guarded(settings: Settings) -> Settings:
    return replace(settings, admin_token_hash=hash_of("the-token"))


@pytest.mark.parametrize(
    ("header", "brings"),
    [
        ("Bearer the-token", True),
        ("bearer the-token", True),
        ("Bearer the-toke", False),
        ("Bearer ", False),
        ("Basic dGhlLXRva2VuOg==", False),
        ("the-token", False),
        ("", False),
    ],
)
def test_the_token_comes_as_a_bearer_token(guarded: Settings, header: str, brings: bool) -> None:
    app: Flask = create_app(guarded)
    with app.test_request_context(headers={"Authorization": header}):
        assert brings_token(guarded) is brings


def test_what_is_too_long_is_no_token(settings: Settings) -> None:
    long = "t" * (MAX_TOKEN_CHARS + 1)
    assert not is_token(long, replace(settings, admin_token_hash=hash_of(long)))
