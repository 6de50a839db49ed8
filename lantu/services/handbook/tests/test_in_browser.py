"""Real clicks on a desk and on a phone: help beside a word, the guide, the handbook, and axe."""

import re

import pytest
from playwright.sync_api import expect

from tests.browsing import CHROMIUM, running

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
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


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def page(request, chromium):
    """A page without scripts of ours: what is tested here needs none."""
    page = chromium.new_page(locale="zh-CN", viewport=request.param, java_script_enabled=False)
    page.set_default_timeout(30_000)
    yield page
    page.close()


def test_a_mark_says_what_a_word_means_and_leads_to_the_glossary(page, server):
    page.goto(f"{server}/z/qinghe/promises/hightech/")
    means = page.locator(".term__text", has_text="数字包括哪些地方")
    expect(means).to_be_hidden()

    page.get_by_role("button", name="“口径”是什么意思？").click()
    expect(means).to_be_visible()
    means.get_by_role("link").click()

    page.wait_for_url("**/docs/glossary/#scope")
    expect(page.locator("#scope")).to_be_in_viewport()


def test_escape_closes_what_the_keyboard_opened(chromium, server):
    page = chromium.new_page(locale="en-US", viewport=DESK)
    page.goto(f"{server}/z/qinghe/promises/")
    mark = page.get_by_role("button", name="What does progress mean?")
    mark.focus()

    page.keyboard.press("Enter")
    expect(page.get_by_text("How much of the way from base")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_text("How much of the way from base")).to_be_hidden()
    expect(mark).to_be_focused()
    page.close()


def test_a_beginner_goes_from_the_start_page_along_the_guide(page, server):
    page.goto(f"{server}/")
    page.get_by_role("button", name="第一次使用？从入门路线开始").click()
    expect(page.get_by_text("已完成0步，共9步")).to_be_visible()

    page.get_by_role("link", name=re.compile("打开页面: 看总览")).click()
    page.wait_for_url("**/z/qinghe/")
    page.go_back()
    page.get_by_role("button", name=re.compile("看过了，勾选: 看总览")).click()

    expect(page.get_by_text("已完成1步，共9步")).to_be_visible()
    expect(page.locator("#promise")).to_contain_text("下一步")
    page.get_by_role("button", name=re.compile("取消勾选: 看总览")).click()
    expect(page.get_by_text("已完成0步，共9步")).to_be_visible()


def follow_in_the_head(page, name):
    """On a phone what is not the zone or the search waits behind a button."""
    more = page.locator(".top__more")
    if more.is_visible():
        more.click()
    page.get_by_role("link", name=name).click()


def test_help_leads_through_the_contents_to_a_part_of_a_page(page, server):
    page.goto(f"{server}/z/qinghe/")
    follow_in_the_head(page, "帮助")
    page.get_by_role("link", name="经办人员").click()
    page.get_by_role("navigation", name="本页目录").get_by_role("link", name="用表格").click()

    page.wait_for_url("**/docs/for-clerks/#by-spreadsheet")
    expect(page.locator("#by-spreadsheet")).to_be_in_viewport()


def test_the_language_is_changed_in_the_middle_of_a_page(page, server):
    page.goto(f"{server}/docs/security/")
    follow_in_the_head(page, "English")

    expect(page.get_by_role("heading", name="What is never done")).to_be_visible()
    follow_in_the_head(page, "中文")
    expect(page.get_by_role("heading", name="绝不做的事")).to_be_visible()


def test_the_palette_leads_to_a_word(chromium, server):
    page = chromium.new_page(locale="zh-CN", viewport=DESK)
    page.goto(f"{server}/docs/")
    page.keyboard.press("/")
    page.keyboard.type("约束性")
    first = page.locator(".palette__hit", has_text="术语").first
    expect(first).to_contain_text("约束性")
    first.click()

    page.wait_for_url("**/docs/glossary/#binding")
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
@pytest.mark.parametrize("view", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_is_wrong_that_axe_finds_and_nothing_is_too_wide(
    chromium, server, view, locale, theme
):
    from axe_playwright_python.sync_playwright import Axe

    page = chromium.new_page(locale=locale, viewport=view, color_scheme=theme)
    loud: list[str] = []
    page.on("console", lambda message: loud.append(message.text))
    for address in ("", "glossary/", "commands/", "reader/", "for-clerks/", "tour/"):
        page.goto(f"{server}/docs/{address}")
        assert Axe().run(page).response["violations"] == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    page.goto(f"{server}/guide/")
    page.locator(".guide__tick").first.click()
    assert Axe().run(page).response["violations"] == []
    page.goto(f"{server}/z/qinghe/method/")
    page.locator(".term__mark").nth(3).click()
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert loud == []
    page.close()
