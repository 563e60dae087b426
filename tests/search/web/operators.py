"""An operator, for tests: a token, settings that know it, and how to sign in with it."""

import re
from dataclasses import replace

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus import Settings
from search.tokens import hash_of, new_token

TOKEN = new_token()


def guarded_by_token(settings: Settings) -> Settings:
    return replace(settings, admin_token_hash=hash_of(TOKEN), session_secret="s" * 40)


def form_of(page: TestResponse) -> str:
    found = re.search(r'name="form" value="([^"]+)"', page.text)
    assert found
    return found[1]


def sign_in(client: FlaskClient, token: str = TOKEN) -> TestResponse:
    return client.post("/operator/sign-in", data={"token": token, "form": form_of(client.get("/operator"))})
