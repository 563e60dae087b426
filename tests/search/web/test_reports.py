import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from corpus import Settings
from search import Engine
from search.querylog.entry import Entry
from search.web import create_app
from tests.search.web.conftest import Serve
from tests.search.web.operators import TOKEN, guarded_by_token, sign_in

NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
SCRIPT = "<script>window.harmed = 1</script>\"'><svg onload=x>"


def entry(query: str, language: str, found: dict[str, int], days_ago: int = 0) -> str:
    total = max(found.values(), default=0)
    return Entry(NOW - timedelta(days=days_ago), query, language, {}, 1, total, total, found, 12.4).to_json() + "\n"


@pytest.fixture
def kept(engine: Engine, settings: Settings, tmp_path: Path) -> Settings:
    path = tmp_path / "queries.log"
    path.write_text(
        entry("praca zdalna", "pl", {"en": 3})
        + entry("praca zdalna", "pl", {"en": 3}, 2)
        + entry(SCRIPT, "und", {})
        + entry("\u202egnp.elbatyas", "en", {"en": 1}, 1)
        + entry("long ago", "en", {"en": 1}, 40)
    )
    return replace(settings, query_log=path)


def signed_in(settings: Settings) -> FlaskClient:
    client = create_app(guarded_by_token(settings)).test_client()
    sign_in(client)
    return client


@pytest.fixture
def operator(kept: Settings) -> FlaskClient:
    return signed_in(kept)


def test_who_is_no_operator_finds_nothing(kept: Settings) -> None:
    assert create_app(kept).test_client().get("/operator/report").status_code == 404
    answer = create_app(guarded_by_token(kept)).test_client().get("/operator/report")
    assert (answer.status_code, answer.location) == (303, "/operator")
    assert "praca" not in answer.text


def test_an_operator_sees_what_people_look_for(operator: FlaskClient) -> None:
    page = operator.get("/operator/report").text
    assert '<a href="/?q=praca+zdalna"><bdi>praca zdalna</bdi></a>' in page
    assert re.search(r"<th scope=\"row\">Polish</th><td>English</td><td class=\"figure\">2</td>", page)
    assert "long ago" not in page
    assert "long ago" in operator.get("/operator/report?days=60").text


def test_plots_are_drawn_without_script_or_style(operator: FlaskClient) -> None:
    page = operator.get("/operator/report").text
    drawings = [ElementTree.fromstring(svg) for svg in re.findall(r"<svg class=\"plot\".*?</svg>", page, re.DOTALL)]
    volume, times = drawings
    assert [group.findtext("title", "").split(": ")[1] for group in volume.findall("g")] == ["1", "1", "2"]
    assert [len(group.findall("rect")) for group in volume.findall("g")] == [1, 1, 2]  # one without results, today
    assert len(times.findall("g")) == 11
    assert "style=" not in page


def test_what_strangers_typed_is_text(operator: FlaskClient) -> None:
    page = operator.get("/operator/report").text
    assert "<script>window" not in page
    assert "&lt;script&gt;window.harmed = 1&lt;/script&gt;" in page
    assert "<svg onload" not in page


def test_it_speaks_the_language_of_the_page(operator: FlaskClient) -> None:
    page = operator.get("/operator/report?ui=pl").text
    assert "<h1>Czego szukają ludzie</h1>" in page
    assert ">7 dni</a>" in page
    assert '<th scope="row">Polski</th><td>Angielski</td>' in page


@pytest.mark.parametrize("days", ["0", "367", "x", "-1"])
def test_days_are_bounded(operator: FlaskClient, days: str) -> None:
    assert operator.get(f"/operator/report?days={days}").status_code == 400


def test_without_a_log_it_says_how_to_keep_one(engine: Engine, settings: Settings) -> None:
    page = signed_in(settings).get("/operator/report").text
    assert "No log of what is asked is kept." in page
    assert "KARJERA_QUERY_LOG" in page


def test_a_log_that_cannot_be_read_is_said(engine: Engine, settings: Settings) -> None:
    unreadable = Path("/proc/self/mem")  # opens, and cannot be read from its beginning
    answer = signed_in(replace(settings, query_log=unreadable)).get("/operator/report")
    assert answer.status_code == 200
    assert "The log of what is asked cannot be read." in answer.text
    assert "/proc/self/mem" in answer.text


def test_a_time_without_searches_says_so(engine: Engine, settings: Settings, tmp_path: Path) -> None:
    page = signed_in(replace(settings, query_log=tmp_path / "queries.log")).get("/operator/report").text
    assert "Nothing was asked in this time." in page


def test_the_about_page_says_what_is_kept(kept: Settings, settings: Settings) -> None:
    said = "What is searched for is kept, with the hour"
    assert said in create_app(kept).test_client().get("/about").text
    assert said not in create_app(settings).test_client().get("/about").text


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_is_accessible_and_fits(kept: Settings, serve: Serve, browser: Browser, scheme: str, width: int) -> None:
    address = serve(create_app(guarded_by_token(kept)))
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/operator")
    page.get_by_label("Operators' token").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="What people look for").click()
    for details in page.locator("details").all():
        details.evaluate("element => element.open = true")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("window.harmed") is None
    assert page.locator(".plot rect").first.evaluate("element => getComputedStyle(element).fill") != "rgb(0, 0, 0)"
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    context.close()
