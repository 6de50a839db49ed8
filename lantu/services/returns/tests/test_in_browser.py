"""Keys alone: figures are asked for, filed, approved; and an opinion is sent from the portal."""

import re

import pytest
from playwright.sync_api import expect

from tests.browsing import CHROMIUM, PASSWORD, PIA, running

PEOPLE = (
    *PIA,
    ("users", "add", "jing"),
    ("users", "grant", "jing", "--zone", "qinghe", "--role", "clerk", "--department", "industry"),
    ("users", "add", "shen"),
    ("users", "grant", "shen", "--zone", "qinghe", "--role", "reviewer"),
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("returns-server"),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """`lantu run` in a home of its own, with a planner, a clerk and a reviewer."""
    with running(tmp_path_factory, *PEOPLE) as address:
        yield address


@pytest.fixture
def opened(chromium, server):
    """Open a page as a person, or as nobody; the mouse is never used."""
    contexts = []

    def open_page(path, person=""):
        contexts.append(chromium.new_context(locale="zh-CN"))
        page = contexts[-1].new_page()
        page.set_default_timeout(60_000)
        if person:
            page.goto(f"{server}/accounts/login/")
            page.keyboard.press("Tab")
            reach(page, page.locator("#id_login")).keyboard.type(person)
            reach(page, page.locator("#id_password")).keyboard.type(PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url(re.compile(r"^(?!.*accounts)"))
        page.goto(server + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def reach(page, target):
    """Press Tab until the target has the focus, and see that it shows it."""
    expect(target).to_have_count(1)
    for _ in range(150):
        if target.evaluate("one => one === document.activeElement"):
            assert target.evaluate("one => getComputedStyle(one).outlineStyle") != "none"
            return page
        page.keyboard.press("Tab")
    raise AssertionError("no key leads there")


def press(page, name):
    reach(page, page.get_by_role("button", name=name, exact=True)).keyboard.press("Enter")


def test_a_return_is_asked_for_filed_and_approved_with_keys(opened):
    planner = opened("/z/qinghe/returns/", "pia")
    reach(planner, planner.locator("#id_period")).keyboard.type("2025")
    press(planner, "布置")
    planner.wait_for_load_state()

    clerk = opened("/z/qinghe/my-work/", "jing")
    reach(clerk, clerk.locator("main a[href*='/returns/']")).keyboard.press("Enter")
    clerk.wait_for_url("**/returns/*/")
    address = re.sub(r"^https?://[^/]+", "", clerk.url)
    for box in clerk.locator(".return__remark input").all():
        reach(clerk, box).keyboard.type("尚未统计")
    press(clerk, "保存草稿")
    press(clerk, "报送")
    expect(clerk.locator("main strong").first).to_have_text("待审核")

    reviewer = opened(address, "shen")
    press(reviewer, "审定")
    expect(reviewer.locator("main strong").first).to_have_text("已审定")


def test_an_opinion_is_sent_from_the_public_portal_with_keys(opened):
    page = opened("/z/qinghe/opinions/")

    reach(page, page.locator("#id_text")).keyboard.type("增加公交线路")
    press(page, "提交")

    expect(page.locator(".notice--success")).to_have_count(1)
