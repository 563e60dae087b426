"""axe-core finds nothing to complain about on any page, light and dark, left to right and right to left."""

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/?q=call+center",
    "/?q=stres+qqq&lang=pl&topic=wellbeing&from=2026-01-01",
    "/?q=qqq+-stres",
    "/?q=call+center+stresz&explain=true&expand=false",
    "/?size=2&page=2&sort=newest",
    "/articles/en/calls?q=call",
    "/about",
    "/api",
    "/problems/invalid-parameters",
    "/nothing",
    "/?page=x",
)


def violations(page: Page) -> list[Any]:
    found: list[Any] = Axe().run(page).response["violations"]
    return [(page.url, rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


@pytest.mark.parametrize(
    ("scheme", "ui", "width"),
    [("light", "en", 1280), ("dark", "en", 1280), ("light", "ar", 1280), ("dark", "ar", 1280), ("light", "pl", 360)],
)
def test_no_page_keeps_anybody_out(
    browser: Browser, address: str, scheme: Literal["light", "dark"], ui: str, width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in PAGES:
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}ui={ui}")
        assert violations(page) == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nor_do_open_suggestions_filters_and_marks(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 360, "height": 740}, locale="en-GB")
    page = context.new_page()
    page.goto(address)
    page.get_by_role("combobox").press_sequentially("stres")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    page.goto(f"{address}/?q=stres&lang=pl")
    page.locator(".fold > summary").click()
    assert violations(page) == []
    page.goto(f"{address}/articles/en/calls?q=call#m1")
    assert violations(page) == []
    context.close()
