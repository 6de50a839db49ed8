"""Real clicks: two days compared, a swap put right, zones chosen; and axe on each page."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]
WIDTHS = [390, 1280]
PAGES = [
    "/z/qinghe/compare/?from=2023-01-01&to=2023-12-31",
    "/z/xinxiang/compare/?from=2024-01-01&to=2023-12-31",
    "/zones/compare/",
    "/zones/compare/?indicator=实际利用外资&as_of=2025-12-31",
]


@pytest.fixture(params=WIDTHS)
def page(request, site, chromium):
    found = chromium.new_page(locale="zh-CN", viewport={"width": request.param, "height": 900})
    yield found
    found.close()


def test_from_the_overview_to_a_change_to_its_figure(site, page):
    page.goto(f"{site}/z/qinghe/")
    page.locator(".menu summary", has_text="规划").click()
    page.get_by_role("link", name="两日对比").click()
    page.get_by_label("起始日所知").fill("2023-01-01")
    page.get_by_label("截止日所知").fill("2023-12-31")
    page.get_by_role("button", name="对比").click()

    card = page.locator(".change").filter(has_text="进出口总额40—60亿元")
    expect(card).to_contain_text("好转")
    expect(card.locator(".state").nth(0)).to_contain_text("快于预期")
    expect(card.locator(".state").nth(1)).to_contain_text("提前实现")
    card.get_by_role("link", name="进出口总额 2022").click()

    page.wait_for_url(re.compile(r"/z/qinghe/facts/\d+/$"))
    expect(page.locator("main")).to_contain_text("虚构公报")


def test_swapped_days_are_put_right_by_a_click(site, page):
    page.goto(f"{site}/z/qinghe/compare/?from=2024-01-01&to=2023-01-01")
    expect(page.locator(".notice--fault")).to_contain_text("请把两个日期对调")

    page.get_by_role("link", name="对调后再对比").click()

    expect(page.get_by_label("起始日所知")).to_have_value("2023-01-01")
    expect(page.locator("#verdicts")).to_be_visible()


def test_an_indicator_is_chosen_and_leads_to_a_zones_promise(site, page):
    page.goto(f"{site}/")
    page.get_by_role("link", name="各区对比").click()
    page.get_by_label("指标", exact=True).select_option("实际利用外资")
    page.get_by_role("button", name="对比").click()

    invented = page.locator("section.panel").filter(has_text="虚构示例区")
    expect(invented).to_contain_text("本表所有数字均为虚构")
    expect(invented).not_to_contain_text("新乡")
    invented.get_by_role("link", name="累计利用外资10亿美元").click()
    page.wait_for_url("**/z/qinghe/promises/foreign-capital/**")


def test_without_scripts_the_form_of_days_works(site, chromium):
    page = chromium.new_page(locale="en-US", java_script_enabled=False)
    page.goto(f"{site}/z/qinghe/compare/")
    page.locator("#from").fill("2022-12-31")
    page.locator("#to").fill("2023-12-31")
    page.get_by_role("button", name="Compare").click()

    expect(page.locator(".change").first).to_be_visible()
    assert "from=2022-12-31" in page.url
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
