"""Real clicks: from the list to a department to a promise; and axe on each page."""

import pytest
from playwright.sync_api import expect

from tests.browsing import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]
WIDTHS = [390, 1280]
PAGES = [
    "/z/qinghe/departments/",
    "/z/xinxiang/departments/",
    "/z/qinghe/departments/industry/?as_of=2023-06-30",
    "/z/qinghe/departments/planning/",
]


@pytest.mark.parametrize("width", WIDTHS)
def test_from_the_list_to_a_department_to_its_promise(site, chromium, width):
    page = chromium.new_page(locale="zh-CN", viewport={"width": width, "height": 900})
    page.goto(f"{site}/z/qinghe/departments/")
    page.get_by_role("link", name="经发局").click()
    expect(page.locator("h1")).to_have_text("经发局")
    expect(page.get_by_text("待报数据、督办单和其他办理事项")).to_have_count(0)
    page.get_by_role("link", name="2023-12-31").click()
    page.locator("main table").get_by_role("link", name="生产总值达到200亿元").click()

    page.wait_for_url("**/z/qinghe/promises/gdp/?as_of=2023-12-31")
    page.close()


def test_a_member_sees_the_cases_of_a_department(site, chromium):
    page = chromium.new_page(locale="zh-CN")
    page.goto(f"{site}/accounts/login/")
    page.locator("#id_login").fill("pia")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.goto(f"{site}/z/qinghe/departments/")
    expect(page.get_by_role("columnheader", name="办理中")).to_be_visible()
    page.get_by_role("link", name="经发局").click()

    expect(page.get_by_role("heading", name="待报数据、督办单和其他办理事项")).to_be_visible()
    page.close()


@pytest.mark.parametrize(
    ("width", "locale", "scheme"),
    [
        (390, "zh-CN", "dark"),
        (390, "en-US", "light"),
        (1280, "zh-CN", "light"),
        (1280, "en-US", "dark"),
    ],
)
def test_no_page_has_a_fault_that_axe_finds(site, chromium, width, locale, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = chromium.new_page(
        locale=locale, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    for address in PAGES:
        page.goto(site + address)
        assert Axe().run(page).response["violations"] == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    page.close()
