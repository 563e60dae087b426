"""What a reader does, in a real Chromium against a real server, without JavaScript and on a phone too."""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from corpus import Settings
from search.web import create_app
from tests.conftest import ARTICLES, MakeEngine

pytestmark = pytest.mark.browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# As root in a container there is no sandbox to be had; the rest keeps it from asking other hosts.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("KARJERA_REQUIRE_BROWSER"):
            pytest.fail("there is no Chromium on this machine, and KARJERA_REQUIRE_BROWSER asks for one")
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def address(make_engine: MakeEngine, settings: Settings) -> Iterator[str]:
    make_engine(ARTICLES)
    server = make_server("127.0.0.1", 0, create_app(settings), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=["wide", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    size = {"wide": (1280, 900), "phone": (360, 740)}[request.param]
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, java_script_enabled=False, locale="en-GB"
    )
    yield context.new_page()
    context.close()


def fits(page: Page) -> bool:
    """Nothing is wider than the screen."""
    root = page.locator("html").bounding_box()
    widest = page.locator("main").bounding_box()
    assert root and widest
    viewport = page.viewport_size
    assert viewport
    return widest["x"] + widest["width"] <= viewport["width"] and root["width"] <= viewport["width"]


def test_a_reader_searches_narrows_and_reads(page: Page, address: str) -> None:
    page.goto(address)
    assert fits(page)
    page.get_by_label("Search articles about work").fill("stress")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 articles")
    expect(page.locator(".hit mark").first).to_be_visible()
    assert fits(page)

    filters = page.locator(".fold > summary")
    if filters.is_visible():
        filters.click()
    page.get_by_role("navigation", name="Languages").get_by_role("link", name="Lithuanian").click()
    expect(page.get_by_role("status")).to_contain_text("1 article")
    expect(page.get_by_role("link", name="Remove the filter Lithuanian")).to_be_visible()

    page.get_by_role("link", name="Stresas skambučių centre").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stresas skambučių centre")
    expect(page.locator("h1 mark")).to_have_text("Stresas")
    assert fits(page)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Call center stress")


def test_the_keyboard_reaches_everything_and_shows_where_it_is(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=stress")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    hit = page.get_by_role("link", name="Call center stress")
    for _ in range(40):
        if hit.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(hit).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Call center stress")


def test_nothing_found_leads_on(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=qqq")
    expect(page.get_by_text("Nothing was found")).to_be_visible()
    page.get_by_role("link", name="begin with a topic").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Find articles about work")


def test_nothing_is_asked_of_other_hosts(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/?q=stress")
    assert asked
    assert all(url.startswith(address) for url in asked)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_in_light_and_dark(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{address}/?q=stress&lang=lt")
    for selector in (".snippet", ".facts", ".hit h2 a", "mark", ".label", ".facets a[aria-current]", ".ask button"):
        assert contrast(page, selector) >= 4.5, selector
    context.close()


def test_the_stylesheet_is_found(page: Page, address: str) -> None:
    with page.expect_response(lambda response: response.url.endswith("style.css")) as response:
        page.goto(address)
    assert response.value.status == 200
    assert (Path(__file__).parents[3] / "search/web/static/style.css").read_bytes() == response.value.body()


def contrast(page: Page, selector: str) -> float:
    """The contrast ratio of WCAG 2.2 between an element's text and what is behind it."""
    colours: list[list[float]] = page.locator(selector).first.evaluate(
        """element => {
            const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
            const rgb = colour => {
                canvas.clearRect(0, 0, 1, 1);
                canvas.fillStyle = colour;
                canvas.fillRect(0, 0, 1, 1);
                return [...canvas.getImageData(0, 0, 1, 1).data];
            };
            let behind = element;
            while (behind && rgb(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
            return [rgb(getComputedStyle(element).color), rgb(getComputedStyle(behind).backgroundColor)];
        }"""
    )

    def luminance(colour: list[float]) -> float:
        channels = [value / 255 for value in colour[:3]]
        linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted(luminance(colour) for colour in colours)
    return (light + 0.05) / (dark + 0.05)
