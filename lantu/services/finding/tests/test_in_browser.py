"""Real keys: the palette from opening to arriving, the search without scripts, and axe."""

import os

import pytest
from playwright.sync_api import expect

from tests.browsing import CHROMIUM, running

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("server"),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """`lantu run` in a home of its own."""
    with running(tmp_path_factory) as address:
        yield address


def test_a_slash_letters_an_arrow_and_enter_lead_to_a_thing(server, chromium):
    page = chromium.new_page(locale="zh-CN")
    page.goto(f"{server}/z/qinghe/")

    page.keyboard.press("/")
    box = page.locator(".palette__box")
    expect(box).to_be_focused()
    page.keyboard.type("bridges")
    first = page.locator(".palette__hit").first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "palette-0")
    page.keyboard.press("Enter")

    page.wait_for_url("**/z/qinghe/promises/bridges/")
    page.close()


def test_arrows_go_round_and_escape_closes(server, chromium):
    page = chromium.new_page(locale="zh-CN")
    page.goto(f"{server}/z/qinghe/")

    page.keyboard.press("Control+k")
    page.keyboard.type("e")
    expect(page.locator(".palette__hit").nth(1)).to_be_visible()
    last = page.locator(".palette__hit").count() - 1
    page.keyboard.press("ArrowUp")
    expect(page.locator(".palette__hit").nth(last)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")

    expect(page.locator("#palette")).to_be_hidden()
    page.close()


def test_without_scripts_the_box_in_the_header_finds_it(server, chromium):
    page = chromium.new_page(locale="en-US", java_script_enabled=False)
    page.goto(f"{server}/z/qinghe/")

    page.locator(".search__box").fill("bridges")
    page.locator(".search__go").click()
    page.locator(".hits a").first.click()

    page.wait_for_url("**/z/qinghe/promises/bridges/")
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_page_and_palette_have_no_fault_that_axe_finds(server, chromium, width, locale):
    from axe_playwright_python.sync_playwright import Axe

    page = chromium.new_page(locale=locale, viewport={"width": width, "height": 900})
    page.goto(f"{server}/z/qinghe/search/?q=road")
    assert Axe().run(page).response["violations"] == []

    page.keyboard.press("Control+k")
    page.keyboard.type("bridges")
    expect(page.locator(".palette__hit").first).to_be_visible()
    if shots := os.environ.get("FINDING_SHOTS"):
        page.screenshot(path=f"{shots}/{locale}-{width}.png")
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
