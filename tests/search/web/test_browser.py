"""What a reader does, in a real Chromium against a real server: with and without JavaScript, at a desk and on a phone,
and by the keyboard alone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, Route, expect

from corpus import Article, Settings
from search import Engine
from search.web import create_app
from tests.conftest import MakeEngine
from tests.search.web.conftest import Serve

pytestmark = pytest.mark.browser

WIDE, PHONE = (1280, 900), (360, 740)


def opened(browser: Browser, size: tuple[int, int], javascript: bool) -> Page:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, java_script_enabled=javascript, locale="en-GB"
    )
    return context.new_page()


@pytest.fixture(params=["wide", "phone"])
def plain(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    page = opened(browser, {"wide": WIDE, "phone": PHONE}[request.param], javascript=False)
    yield page
    page.context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page with JavaScript; what goes wrong in it fails the test."""
    page = opened(browser, WIDE, javascript=True)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    yield page
    page.context.close()
    assert problems == []


def fits(page: Page) -> bool:
    """Nothing is wider than the screen."""
    viewport = page.viewport_size
    root, main = page.locator("html").bounding_box(), page.locator("main").bounding_box()
    assert root and main and viewport
    return main["x"] + main["width"] <= viewport["width"] and root["width"] <= viewport["width"]


def field(page: Page) -> Locator:
    return page.get_by_label("Search articles about work")


def facet(page: Page, name: str, value: str) -> Locator:
    return page.get_by_role("navigation", name=name, exact=True).get_by_role("link", name=value)


def open_filters(page: Page) -> None:
    filters = page.locator(".facets .fold > summary")
    if filters.is_visible() and page.locator(".facets .fold").get_attribute("open") is None:
        filters.click()


def tab_to(page: Page, target: Locator, presses: int = 60) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(presses):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(target).to_be_focused()


def read_on(page: Page, address: str) -> None:
    """From the results of "call": two languages and a topic, back, the one work, its matches, its translation."""
    expect(page).to_have_title("call – 1 article – Karjera")
    assert fits(page)
    open_filters(page)
    facet(page, "Languages", "English").click()
    expect(page).to_have_url(f"{address}/?q=call&lang=en")
    open_filters(page)
    facet(page, "Languages", "Polish").click()
    expect(page).to_have_url(f"{address}/?q=call&lang=en&lang=pl")
    open_filters(page)
    facet(page, "Topics", "Customer service").click()
    expect(page).to_have_url(f"{address}/?q=call&lang=en&lang=pl&topic=customer-service")
    page.get_by_role("link", name="Remove the filter Polish").click()
    expect(page).to_have_url(f"{address}/?q=call&lang=en&topic=customer-service")
    page.go_back()
    expect(page).to_have_url(f"{address}/?q=call&lang=en&lang=pl&topic=customer-service")
    expect(page.locator("#total")).to_contain_text("1 article")

    page.get_by_role("link", name="Call center stress").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Call center stress")
    expect(page.locator("h1 mark")).to_have_text("Call")
    assert fits(page)
    page.get_by_role("link", name="First match").click()
    expect(page.locator("#m1")).to_be_in_viewport()
    expect(page).to_have_url(re.compile("#m1$"))


def test_a_reader_searches_narrows_and_reads_without_javascript(plain: Page, address: str) -> None:
    plain.goto(address)
    assert fits(plain)
    field(plain).fill("call")
    plain.keyboard.press("Enter")
    read_on(plain, address)
    plain.get_by_role("link", name="next match").click()
    expect(plain).to_have_url(re.compile("#m2$"))
    expect(plain.get_by_role("link", name="next match")).to_have_attribute("href", "#m1")
    plain.get_by_role("link", name="Polski").first.click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Stres w call center")
    plain.get_by_role("link", name="Results for").click()
    expect(plain.locator("#total")).to_contain_text("1 article")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_reader_searches_narrows_and_reads_with_javascript(
    browser: Browser, address: str, size: tuple[int, int]
) -> None:
    page = opened(browser, size, javascript=True)
    page.goto(address)
    field(page).press_sequentially("call")
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/?q=call")
    page.evaluate("window.stays = true")
    read_on(page, address)
    expect(page.locator(".place")).to_have_text("1 of 2")
    page.get_by_role("link", name="Next match").click()
    expect(page.locator(".place")).to_have_text("2 of 2")
    expect(page.locator("#m2")).to_be_in_viewport()
    page.get_by_role("link", name="Next match").click()
    expect(page.locator(".place")).to_have_text("1 of 2")
    page.get_by_role("navigation", name="Translations").get_by_role("link", name="Polski").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stres w call center")
    page.context.close()


def test_results_change_in_place(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=stres&collapse=false")
    page.evaluate("window.stays = true")
    facet(page, "Languages", "Polish").click()
    expect(page.locator("#total")).to_contain_text("1 article")
    page.get_by_role("navigation", name="Order").wait_for(state="detached")
    page.get_by_role("link", name="Remove the filter Polish").click()
    expect(page.locator("#total")).to_contain_text("2 articles")
    page.get_by_role("link", name="Newest").click()
    expect(page).to_have_url(f"{address}/?q=stres&collapse=false&sort=newest")
    field(page).fill("pracownik")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/?q=pracownik&collapse=false&sort=newest")
    assert page.evaluate("window.stays") is True
    for rest, total in (("&sort=newest", "2"), ("", "2"), ("", "1"), ("", "2")):
        page.go_back()
        chosen = "&lang=pl" if total == "1" else ""
        expect(page).to_have_url(f"{address}/?q=stres{chosen}&collapse=false{rest}")
        expect(page.locator("#total")).to_contain_text(total)
        expect(field(page)).to_have_value("stres")
    page.go_forward()
    expect(page.locator("#total")).to_contain_text("1 article")
    assert page.evaluate("window.stays") is True


def test_coming_back_leads_to_where_the_reader_was(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto(f"{address}/?collapse=false&sort=newest&size=5")
    page.get_by_role("link", name="Next").scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 100
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("link", name="Previous")).to_be_visible()
    assert page.evaluate("scrollY") == 0
    page.go_back()
    expect(page.get_by_role("link", name="Previous")).to_have_count(0)
    page.wait_for_function(f"Math.abs(scrollY - {before}) < 50")


def test_results_follow_what_is_typed_in_one_step_of_the_history(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=pracownik")
    page.evaluate("window.stays = true")
    field(page).fill("")
    field(page).press_sequentially("stres", delay=20)
    expect(page).to_have_url(f"{address}/?q=stres")
    field(page).press_sequentially(" call", delay=20)
    expect(page).to_have_url(f"{address}/?q=stres+call")
    expect(field(page)).to_be_focused()
    expect(page.get_by_role("heading", level=2, name="Call center stress")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(f"{address}/?q=pracownik")
    expect(field(page)).to_have_value("pracownik")
    assert page.evaluate("window.stays") is True


def test_half_a_word_that_finds_nothing_changes_nothing_until_it_is_sent(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=pracownik")
    field(page).fill("qqq")
    expect(page.get_by_role("listbox")).to_have_count(0)
    page.wait_for_timeout(600)
    expect(page).to_have_url(f"{address}/?q=pracownik")
    expect(page.locator("#total")).to_contain_text("3 articles")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing was found")).to_be_visible()
    expect(page).to_have_url(f"{address}/?q=qqq")


def test_the_count_is_announced_once_for_each_search(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=pracownik&collapse=false")
    status = page.get_by_role("status")
    expect(status).to_be_empty()  # a page that is loaded is read out as it is
    page.evaluate(
        """() => {
            window.said = [];
            const status = document.querySelector("[role=status]");
            new MutationObserver(() => window.said.push(status.textContent)).observe(
                status, {childList: true, characterData: true, subtree: true});
        }"""
    )
    field(page).fill("")
    field(page).press_sequentially("stres", delay=30)
    expect(status).to_have_text("2 articles: stres")
    facet(page, "Languages", "Polish").click()
    expect(status).to_have_text("1 article: stres")
    assert page.evaluate("window.said") == ["2 articles: stres", "1 article: stres"]


def test_an_old_answer_is_dropped(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=pracownik")
    held: list[Route] = []

    def hold(route: Route, request: Request) -> None:
        if request.url.endswith("?q=stres"):
            held.append(route)
        else:
            route.continue_()

    page.route("**/?q=*", hold)
    field(page).fill("stres")
    page.wait_for_timeout(500)
    assert len(held) == 1
    field(page).fill("sleep")
    expect(page).to_have_url(f"{address}/?q=sleep")
    held[0].fulfill(body="<body class=results><main>too late</main>", content_type="text/html")
    page.wait_for_timeout(200)
    expect(page.get_by_text("too late")).to_have_count(0)
    expect(page.get_by_role("heading", level=2, name="Working at night")).to_be_visible()


def test_where_the_script_cannot_ask_the_browser_does(browser: Browser, address: str) -> None:
    page = opened(browser, WIDE, javascript=True)
    page.goto(f"{address}/?q=stres")
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('there is no network')); }")
    facet(page, "Languages", "Polish").click()
    expect(page.locator("#total")).to_contain_text("1 article")
    assert page.evaluate("typeof window.stays") == "undefined"
    page.context.close()


def test_the_focus_stays_on_what_was_chosen(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=stres&collapse=false")
    polish = facet(page, "Languages", "Polish")
    polish.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#total")).to_contain_text("1 article")
    expect(facet(page, "Languages", "Polish")).to_be_focused()
    chip = page.get_by_role("link", name="Remove the filter Polish")
    chip.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#total")).to_contain_text("2 articles")
    expect(page.locator("#total")).to_be_focused()  # the chip is gone


def test_suggestions_are_a_combobox(page: Page, address: str) -> None:
    page.goto(address)
    box = page.get_by_role("combobox", name="Search articles about work")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("stre")
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(options).to_have_count(3)
    expect(box).to_have_attribute("aria-expanded", "true")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    first = options.nth(0)
    expect(first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    expect(first).to_contain_text("Article · English")  # the interface is English
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    expect(options.nth(2)).to_have_attribute("aria-selected", "true")
    expect(box).to_be_focused()
    expect(box).to_have_value("stre")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_value("stre")
    page.keyboard.press("ArrowDown")
    expect(options).to_have_count(3)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Call center stress")


def test_suggestions_say_what_kind_they_are_and_a_concept_is_searched_for(
    page: Page, knowing: Engine, serve: Serve
) -> None:
    page.goto(serve(create_app(knowing.settings)))
    field(page).press_sequentially("skambuciu ce")
    first = page.get_by_role("option").nth(0)
    expect(first).to_contain_text("skambučių centras")
    expect(first).to_contain_text("Concept · Lithuanian")
    expect(page.get_by_role("option").nth(1)).to_contain_text("Article · Lithuanian")
    first.click()
    expect(field(page)).to_have_value("skambučių centras")
    expect(page.locator("#total")).to_contain_text("article")


def test_a_suggestion_can_be_clicked_and_leaving_the_field_closes_them(page: Page, address: str) -> None:
    page.goto(address)
    field(page).press_sequentially("nocy")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_have_count(0)
    field(page).press_sequentially(" ")
    page.get_by_role("option").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Praca w nocy")


def test_what_was_mistyped_is_offered_as_it_may_have_been_meant(
    page: Page, make_engine: MakeEngine, settings: Settings, serve: Serve
) -> None:
    make_engine([Article(f"night{at}", "en", f"Title {at}", "Stressful callers at night.") for at in range(3)])
    page.goto(serve(create_app(settings)))
    field(page).press_sequentially("stresful calers")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("option")).to_have_text("stressful callers Did you mean · English")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value("stressful callers")
    expect(page.locator(".hit")).to_have_count(3)


def test_everything_is_reached_by_the_keyboard_alone(page: Page, address: str) -> None:
    page.goto(address)
    expect(field(page)).to_be_focused()
    page.keyboard.type("call")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/?q=call")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    tab_to(page, facet(page, "Languages", "English"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/?q=call&lang=en")
    tab_to(page, facet(page, "Topics", "Customer service"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/?q=call&lang=en&topic=customer-service")
    tab_to(page, page.get_by_role("link", name="Call center stress"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Call center stress")
    tab_to(page, page.locator(".jump"))
    page.keyboard.press("Enter")
    expect(page.locator(".place")).to_have_text("1 of 2")
    expect(page.get_by_role("status")).to_have_text("1 of 2: Calls never stop. Stress grows in a call center.")
    page.keyboard.press("Enter")
    expect(page.locator(".place")).to_have_text("2 of 2")
    page.go_back()
    expect(page).to_have_url(f"{address}/?q=call&lang=en&topic=customer-service")


def test_nothing_found_leads_on(plain: Page, address: str) -> None:
    plain.goto(f"{address}/?q=qqq")
    expect(plain.get_by_role("heading", name="Nothing was found")).to_be_visible()
    assert fits(plain)
    plain.get_by_role("link", name="Pay and benefits").click()
    expect(plain.locator("#total")).to_contain_text("1 article")


def test_the_interface_changes_its_language_and_remembers(plain: Page, address: str) -> None:
    plain.goto(f"{address}/?q=stres")
    plain.get_by_role("link", name="العربية").click()
    expect(plain.locator("html")).to_have_attribute("dir", "rtl")
    assert fits(plain)
    plain.goto(f"{address}/?q=stres")
    expect(plain.locator("html")).to_have_attribute("lang", "ar")


def test_the_narrowest_screen_and_the_longest_words_fit(browser: Browser, address: str) -> None:
    page = opened(browser, (320, 640), javascript=True)
    for path in ("/", "/?q=stres", f"/?q={'W' * 400}", "/articles/en/calls?q=call", "/about", "/nothing"):
        for code in ("de", "fr", "es", "ar"):
            page.goto(f"{address}{path}{'&' if '?' in path else '?'}ui={code}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, code)
    page.context.close()


def test_reasons_come_in_place_and_stay_for_the_next_query(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=stress")
    page.get_by_role("link", name="Why are these here?").click()
    expect(page.locator(".why")).to_have_count(page.locator(".hit").count())
    expect(page.get_by_role("link", name="Without the reasons")).to_be_focused()
    expect(page).to_have_url(re.compile("explain=true"))
    field(page).fill("pracownik")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=pracownik.*explain=true"))
    expect(page.locator(".why b", has_text="pracownik").first).to_be_visible()
