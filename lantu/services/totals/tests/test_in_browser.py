"""Real clicks: from the first page to an area, an indicator and a zone; and axe on each page."""

import pytest
from playwright.sync_api import expect

from tests.browsing import running

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("areas")]
AREAS = """
invented: true
areas:
- {slug: ande, zh: 安德省（虚构）, en: Ande (invented)}
- slug: north-city
  zh: 北川市（虚构）
  en: North City (invented)
  upper: ande
  zones: [{slug: qinghe, since: 2021-01-01}, {slug: nanhu}]
"""
PAGES = [
    "/areas/",
    "/areas/ande/",
    "/areas/ande/?indicator=生产总值",
    "/areas/north-city/?indicator=服务业占比&grain=month&year=2024",
]


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """A server whose sample zone lies in a city, beside a zone of which nothing is known."""
    path = tmp_path_factory.mktemp("areas") / "areas.yaml"
    path.write_text(AREAS, encoding="utf-8")
    commands = (
        ("zones", "add", "nanhu", "南湖区", "Nanhu", "--invented"),
        ("zones", "place", str(path)),
    )
    with running(tmp_path_factory, *commands) as address:
        yield address


@pytest.mark.parametrize("width", [390, 1280])
def test_from_the_first_page_to_a_total_and_to_a_zone(province, chromium, width):
    page = chromium.new_page(locale="zh-CN", viewport={"width": width, "height": 900})
    page.goto(f"{province}/")
    page.get_by_role("link", name="区域汇总").click()
    page.get_by_role("link", name="安德省（虚构）").first.click()
    page.get_by_label("指标").select_option("生产总值")
    page.get_by_role("button", name="汇总").click()

    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="安德省（虚构）"))
    expect(row).to_contain_text("2个区中已知1个")
    expect(row).to_contain_text("≥")
    page.get_by_role("link", name="青禾示范区").click()
    page.wait_for_url("**/z/qinghe/")
    page.close()


@pytest.mark.parametrize(
    ("width", "locale", "scheme"),
    [(390, "zh-CN", "dark"), (390, "en-US", "light"), (1280, "en-US", "dark")],
)
def test_no_page_has_a_fault_that_axe_finds(province, chromium, width, locale, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = chromium.new_page(
        locale=locale, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    for address in PAGES:
        page.goto(province + address)
        assert Axe().run(page).response["violations"] == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    page.close()
