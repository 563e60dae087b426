"""The operators' page, over a real index."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect

from corpus import Collection, Settings
from indexer.building import build
from indexer.generations import IndexFolder
from indexer.runs import begun
from search.web import create_app
from tests.search.web.conftest import Serve
from tests.search.web.operators import PATIENCE_SECONDS, TOKEN, form_of, guarded_by_token, sign_in, sync_ended


@pytest.fixture
def guarded(settings: Settings) -> Settings:
    return guarded_by_token(settings)


@pytest.fixture
def articles(tmp_path: Path, settings: Settings) -> Path:
    """A folder of two articles, of which there is an index, and an input with a hostile name."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for language in ("en", "pl"):
        (folder / f"{language}.md").write_text(f"---\nlang: {language}\n---\n# Title\n\nZeppelin.\n")
    (folder / "<img src=x onerror=alert(1)>.md").touch()
    build(IndexFolder(settings.index), Collection([folder], settings), settings, lambda read: None)
    return folder


@pytest.fixture
def client(articles: Path, guarded: Settings) -> FlaskClient:
    return create_app(guarded).test_client()


def test_where_the_settings_lack_token_or_secret_there_is_no_such_page(guarded: Settings, articles: Path) -> None:
    for lacking in (replace(guarded, admin_token_hash=""), replace(guarded, session_secret="")):
        client = create_app(lacking).test_client()
        assert client.get("/operator").status_code == 404
        for path in ("sign-in", "sign-out", "sync"):
            assert client.post(f"/operator/{path}", data={"token": TOKEN}).status_code == 404


def test_without_the_token_nothing_is_told_and_nothing_done(client: FlaskClient, settings: Settings) -> None:
    before = (settings.index / "run.json").read_bytes()
    page = client.get("/operator")
    assert page.status_code == 200
    assert "Operators' token" in page.text
    assert "onerror" not in page.text
    for path in ("sync", "sign-out"):
        answer = client.post(f"/operator/{path}", data={"form": form_of(page)})
        assert (answer.status_code, answer.location) == (303, "/operator")
    assert (settings.index / "run.json").read_bytes() == before
    wrong = sign_in(client, "not the token")
    assert wrong.status_code == 403
    assert "This is not the operators" in wrong.text


def test_the_page_shows_the_index_and_the_last_run_escaped(client: FlaskClient) -> None:
    entered = sign_in(client)
    assert (entered.status_code, entered.location) == (303, "/operator")
    page = client.get("/operator")
    assert page.headers["Cache-Control"] == "no-store"
    assert "Build: done" in page.text
    assert re.search(r"<th scope=\"row\">Polish</th><td class=\"figure\">1</td>", page.text)
    assert "&lt;img src=x onerror=alert(1)&gt;.md: skipped: empty." in page.text
    assert "<img src=x" not in page.text


def test_a_sync_is_started_by_a_form_of_the_session_only(
    client: FlaskClient, articles: Path, settings: Settings
) -> None:
    sign_in(client)
    before = (settings.index / "run.json").read_bytes()
    for data in ({}, {"form": "x"}, {"form": "\N{LATIN SMALL LETTER Y WITH DIAERESIS}"}):
        assert client.post("/operator/sync", data=data).status_code == 400
    assert (settings.index / "run.json").read_bytes() == before
    (articles / "new.md").write_text("---\nlang: en\n---\n# Title\n\nSubmarine.\n")
    form = form_of(client.get("/operator"))
    started = client.post("/operator/sync", data={"form": form})
    assert (started.status_code, started.location) == (303, "/operator")
    again = client.post("/operator/sync", data={"form": form})  # the one there is, is shown
    assert again.status_code == 303
    sync_ended(settings)
    page = client.get("/operator").text
    assert "Sync: done" in page
    assert re.search(r"<dt>Added</dt><dd>1</dd>", page)


def test_what_keeps_a_sync_from_starting_is_told(client: FlaskClient, articles: Path) -> None:
    sign_in(client)
    form = form_of(client.get("/operator"))
    articles.rename(articles.with_name("elsewhere"))
    answer = client.post("/operator/sync", data={"form": form})
    assert answer.status_code == 409
    assert "no such file or folder" in answer.text


def test_without_an_index_the_page_says_what_to_run(guarded: Settings) -> None:
    client = create_app(guarded).test_client()
    sign_in(client)
    page = client.get("/operator")
    assert page.status_code == 200
    assert "Run `karjera index build` to make one." in page.text
    assert "Nothing has been built or synced yet." in page.text


def test_signing_out_ends_it(client: FlaskClient) -> None:
    sign_in(client)
    client.post("/operator/sign-out", data={})  # from another site
    assert "Sign out" in client.get("/operator").text
    client.post("/operator/sign-out", data={"form": form_of(client.get("/operator"))})
    assert "Sign in" in client.get("/operator").text


@pytest.mark.browser
def test_an_operator_signs_in_starts_a_sync_and_sees_its_end_without_pressing_anything(
    browser: Browser, serve: Serve, articles: Path, guarded: Settings, settings: Settings
) -> None:
    address = serve(create_app(guarded))
    page = browser.new_context(locale="en-GB").new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/operator")
    assert Axe().run(page).response["violations"] == []
    page.get_by_label("Operators' token").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Build: done")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    (articles / "new.md").write_text("---\nlang: en\n---\n# Title\n\nSubmarine.\n")
    page.get_by_role("button", name="Start a sync").click()
    expect(page.get_by_text("Sync: done")).to_be_visible(timeout=PATIENCE_SECONDS * 1000)
    page.goto(f"{address}/operator?ui=ar")
    assert Axe().run(page).response["violations"] == []
    assert refused == []
    page.context.close()


@pytest.mark.browser
def test_without_a_script_a_link_shows_how_it_goes(
    browser: Browser, serve: Serve, articles: Path, guarded: Settings
) -> None:
    address = serve(create_app(guarded))
    page = browser.new_context(locale="en-GB", java_script_enabled=False).new_page()
    page.goto(f"{address}/operator")
    page.get_by_label("Operators' token").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    folder = IndexFolder(guarded.index)
    with folder.lock():
        begun(folder, "sync", 1, 100)
        page.goto(f"{address}/operator")
        expect(page.get_by_text("Sync: running")).to_be_visible()
        expect(page.get_by_role("button", name="Start a sync")).to_have_count(0)
        page.get_by_role("link", name="Look again").click()
        expect(page.get_by_text("Sync: running")).to_be_visible()
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("Sync: failed")).to_be_visible()
    page.context.close()
