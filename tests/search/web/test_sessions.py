import time
from dataclasses import replace

import pytest
from flask import Flask, session

from corpus import Settings
from search.tokens import hash_of
from search.web import create_app
from search.web.sessions import form_key, is_own_form, is_signed_in, sign_in, sign_out


@pytest.fixture
def guarded(settings: Settings) -> Settings:
    return replace(settings, admin_token_hash=hash_of("the-token"), session_secret="s" * 40)


@pytest.fixture
def app(guarded: Settings) -> Flask:
    return create_app(guarded)


def cookie_of(app: Flask, base: str = "http://localhost") -> str:
    """The cookie of somebody who signed in."""
    with app.test_request_context("/operator", base_url=base):
        sign_in()
        response = app.make_response("")
        app.session_interface.save_session(app, session, response)
        return response.headers["Set-Cookie"]


def is_let_in(app: Flask, cookie: str) -> bool:
    with app.test_request_context("/operator", headers={"Cookie": cookie.split(";")[0]}):
        return is_signed_in()


def test_a_cookie_lets_in_on_any_worker_with_the_same_settings(app: Flask, guarded: Settings) -> None:
    cookie = cookie_of(app)
    assert is_let_in(app, cookie)
    assert is_let_in(create_app(guarded), cookie)


def test_another_token_or_another_secret_voids_it(app: Flask, guarded: Settings) -> None:
    cookie = cookie_of(app)
    assert not is_let_in(create_app(replace(guarded, admin_token_hash=hash_of("another"))), cookie)
    assert not is_let_in(create_app(replace(guarded, session_secret="t" * 40)), cookie)


@pytest.mark.parametrize("wrong", ["", "x", "eyJ0b2tlbiI6MX0.x.y", "a" * 5000])
def test_a_cookie_of_another_making_lets_nobody_in(app: Flask, wrong: str) -> None:
    assert not is_let_in(app, f"karjera_operator={wrong}")


def test_the_cookie_is_for_the_operators_pages_alone(app: Flask) -> None:
    parts = set(cookie_of(app).split("; "))
    assert {"HttpOnly", "Path=/operator", "SameSite=Strict"} <= parts
    assert "Secure" not in parts
    assert "Secure" in set(cookie_of(app, "https://localhost").split("; "))


def test_readers_get_no_cookie_of_it(app: Flask, settings: Settings) -> None:
    assert "Set-Cookie" not in app.test_client().get("/healthz").headers


def test_after_twelve_hours_it_is_void(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = cookie_of(app)
    now = time.time()
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now + 11 * 3600)
    assert is_let_in(app, cookie)
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now + 13 * 3600)
    assert not is_let_in(app, cookie)


def test_a_form_is_that_of_its_session(app: Flask) -> None:
    with app.test_request_context("/operator"):
        key = form_key()
        assert key == form_key()
        kept = dict(session)
    for sent, own in ((key, True), ("", False), ("x" + key, False)):
        with app.test_request_context("/operator", method="POST", data={"form": sent}):
            session.update(kept)
            assert is_own_form() is own
            sign_out()
            assert not is_own_form()
