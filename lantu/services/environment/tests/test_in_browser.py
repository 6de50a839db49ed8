"""Real clicks: from the calendar to the arithmetic of a day, and an import with its report."""

import pytest
from playwright.sync_api import expect

from tests.browsing import CHROMIUM, PASSWORD, running

ALICE = (
    ("users", "add", "alice"),
    ("users", "grant", "alice", "--zone", "qinghe", "--role", "clerk"),
)
CSV = "station,time,PM2.5,PM10\na1,2024-03-05 03:00,35,-3\nzz,2024-03-05 04:00,36,60\n"
PAGES = ("air/?year=2025", "air/station/a2/?year=2025&month=5", "air/day/2026-03-01/",
         "water/", "energy/")  # fmt: skip
pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("server"),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """`lantu run` in a home of its own, with Alice, a clerk of the invented zone."""
    with running(tmp_path_factory, *ALICE) as address:
        yield address


def test_from_the_calendar_to_the_arithmetic_of_a_day(server, chromium):
    page = chromium.new_page(locale="zh-CN")
    page.goto(f"{server}/z/qinghe/air/?year=2025")

    page.locator(".heat__drawing a").nth(40).click()

    page.wait_for_url("**/air/day/2025-02-10/")
    assert "HJ 633-2012" in page.content()
    expect(page.locator("tbody tr")).to_have_count(6)
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_have_no_fault_of_accessibility_and_fit(server, chromium, width):
    from axe_playwright_python.sync_playwright import Axe

    page = chromium.new_page(locale="zh-CN", viewport={"width": width, "height": 900})
    for place in PAGES:
        page.goto(f"{server}/z/qinghe/{place}")
        assert [one["id"] for one in Axe().run(page).response["violations"]] == [], place
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place
    page.close()


def test_a_clerk_imports_and_reads_what_became_of_each_value(server, chromium, tmp_path):
    file = tmp_path / "hours.csv"
    file.write_text(CSV, encoding="utf-8")
    page = chromium.new_page(locale="zh-CN", viewport={"width": 390, "height": 800})
    page.goto(f"{server}/accounts/login/?next=/z/qinghe/air/")
    page.fill("[name=login]", "alice")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/z/qinghe/air/")

    page.click("text=导入小时数据")
    page.set_input_files("[name=file]", file)
    page.click("main button")

    page.wait_for_selector("text=没有空气监测站点")
    assert "负值" in page.content()
    page.close()
