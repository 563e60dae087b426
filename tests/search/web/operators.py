"""An operator, for tests: a token, settings that know it, how to sign in with it, and to wait for a sync."""

import re
import time
from dataclasses import replace

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus import Settings
from indexer.generations import IndexFolder
from indexer.runs import Run, last_run
from search.tokens import hash_of, new_token

TOKEN = new_token()
BEARER = {"Authorization": f"Bearer {TOKEN}"}
# Far more than a sync takes, for a machine that does other things as well.
PATIENCE_SECONDS = 60


def guarded_by_token(settings: Settings) -> Settings:
    return replace(settings, admin_token_hash=hash_of(TOKEN), session_secret="s" * 40)


def sync_ended(settings: Settings) -> Run:
    """Wait until no build or sync is running, and return the last."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (run := last_run(IndexFolder(settings.index))) is None or run.state == "running":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return run


def form_of(page: TestResponse) -> str:
    found = re.search(r'name="form" value="([^"]+)"', page.text)
    assert found
    return found[1]


def sign_in(client: FlaskClient, token: str = TOKEN) -> TestResponse:
    return client.post("/operator/sign-in", data={"token": token, "form": form_of(client.get("/operator"))})
