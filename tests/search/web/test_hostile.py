"""What hostile authors and readers write shows as text in a real browser: nothing runs, nothing breaks the layout."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from corpus import Article, Settings, Span
from search.web import create_app
from tests.conftest import MakeEngine
from tests.search.web.conftest import Serve
from tests.search.web.services import served

pytestmark = pytest.mark.browser

SCRIPT = '<script>window.harmed = 1</script><img src=x onerror="window.harmed = 1">'
BROKEN = "\"'><svg/onload=window.harmed=1></main></body><style>*{display:none}</style><!--"
OVERRIDE = "\u202e\u2066\u202dgnp.elbatyas"
LONG = "W" * 3000
BODY = f"burnout {SCRIPT}\n{BROKEN}\n{OVERRIDE} \x00\x1b[31m\x7f\n{LONG}\nlink"

HOSTILE = (
    Article("script/<b>&\"'.html", "en", f"Burnout {SCRIPT}", BODY, author=SCRIPT, source=f"javascript:{SCRIPT}",
            markup=(Span(len(BODY) - 4, len(BODY), "link", "javascript:window.harmed=1"), Span(0, 7, "heading", "2"))),
    Article("broken/%2e%2e/?#", "en", f"Burnout {BROKEN}", BODY, ("pay", "<i>topic"), author=BROKEN, source=BROKEN),
    Article("override/\u202e", "ar", f"Burnout {OVERRIDE}", BODY, author=OVERRIDE, source=OVERRIDE),
    Article("long", "en", f"Burnout {LONG}", BODY, author=LONG, source=f"https://example.org/{LONG}"),
)  # fmt: skip

HUNDRED_KB = 100_000
QUERIES = (
    SCRIPT,
    BROKEN,
    f"burnout {OVERRIDE}",
    f"burnout {LONG}",
    'burnout -"</title><script>window.harmed=1</script>"',
    "burnout {{ 7 * 7 }} ${7*7} %(x)s",
)


@pytest.fixture
def address(make_engine: MakeEngine, settings: Settings, serve: Serve) -> str:
    make_engine(HOSTILE)
    return serve(create_app(settings))


@pytest.fixture(params=[360, 1280])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    page = browser.new_context(viewport={"width": request.param, "height": 800}, locale="en-GB").new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    yield page
    page.context.close()


def is_sound(page: Page) -> None:
    assert page.evaluate("window.harmed") is None
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.get_by_role("contentinfo")).to_be_visible()  # what comes last is where it belongs
    assert page.locator("main script, main style, main img, main iframe, [onload], [onerror]").count() == 0


def test_hostile_articles_are_text(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=burnout")
    is_sound(page)
    expect(page.locator(".hit")).to_have_count(4)
    expect(page.locator(".hit").filter(has_text="<script>window.harmed = 1</script>").first).to_be_visible()
    links = [link.get_attribute("href") or "" for link in page.locator(".hit h2 a").all()]
    for link in links:
        response = page.goto(address + link)
        assert response and response.status == 200, link
        is_sound(page)
        assert page.locator('a[href^="javascript"]').count() == 0
    page.goto(address)
    is_sound(page)


def test_hostile_queries_are_text(page: Page, address: str) -> None:
    for query in QUERIES:
        page.goto(address)
        page.locator("#q").fill(query)
        page.locator(".ask button").click()
        page.wait_for_url("**/?q=*")
        expect(page.locator("#q")).to_have_value(query[:500])
        is_sound(page)
        page.goto(f"{page.url}&explain=true")
        is_sound(page)
        page.locator("#q").fill("burnout")  # and in place
        page.keyboard.press("Enter")
        expect(page.locator(".hit")).to_have_count(4)
        is_sound(page)


@pytest.mark.parametrize("unit", [f"burnout {SCRIPT} {BROKEN} ", f"burnout {OVERRIDE} 工作压力 "])
@pytest.mark.parametrize("script", [True, False])
def test_a_query_of_a_hundred_kilobytes_is_text(
    make_engine: MakeEngine, settings: Settings, tmp_path: Path, browser: Browser, unit: str, script: bool
) -> None:
    make_engine(HOSTILE)
    query = unit * (HUNDRED_KB // len(unit.encode()))
    with served(settings.index, tmp_path / "service") as service:
        context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=script)
        page = context.new_page()
        page.goto(f"{service.address}/?ui=en&q={quote(query)}")
        expect(page.get_by_text("Only the first 500 characters of the query were used.")).to_be_visible()
        is_sound(page)
        page.locator("#q").fill(query)
        page.locator(".ask button").click()
        expect(page.locator("#q")).to_have_value(query[:500])
        expect(page.locator(".hit")).to_have_count(4)
        is_sound(page)
        assert max(len(link.get_attribute("href") or "") for link in page.locator("a").all()) < 10_000
        context.close()


def test_hostile_titles_are_text_among_the_suggestions(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#q").press_sequentially("burnou")
    expect(page.get_by_role("option").filter(has_text="Article")).to_have_count(4)
    is_sound(page)
    page.get_by_role("option").filter(has_text="<script>").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("<script>")
    is_sound(page)


def test_an_override_ends_with_the_text_it_stands_in(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=burnout&lang=ar")
    for selector in (".hit h2", ".hit .snippet", ".facts"):
        assert page.locator(selector).first.evaluate("element => getComputedStyle(element).unicodeBidi") == "isolate"
    page.goto(f"{address}/articles/override/%E2%80%AE?q=burnout")
    for selector in ("h1", ".body", ".facts bdi", ".source bdi", ".back bdi"):
        assert page.locator(selector).first.evaluate("element => getComputedStyle(element).unicodeBidi") == "isolate"
