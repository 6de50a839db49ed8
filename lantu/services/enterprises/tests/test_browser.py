"""One evaluation round by real clicks: objection, correction, difference, answer, final."""

import re

import pytest
from playwright.sync_api import expect

from tests.browsing import PASSWORD, PIA, running

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("enterprises-server")]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """`lantu run` in a home of its own, with Pia the planner."""
    with running(tmp_path_factory, *PIA) as address:
        yield address


@pytest.fixture(scope="module")
def page(chromium, server):
    """A signed-in planner's page that notes every complaint of the browser."""
    found = chromium.new_page(locale="zh-CN")
    found.complaints = []
    found.on("pageerror", lambda error: found.complaints.append(str(error)))
    found.on("console", lambda one: found.complaints.append(one.text)
             if one.type == "error" else None)  # fmt: skip
    found.goto(f"{server}/accounts/login/")
    found.locator("#id_login").fill("pia")
    found.locator("#id_password").fill(PASSWORD)
    found.get_by_role("button", name="登录").click()
    return found


def test_a_planner_takes_a_round_to_its_end(server, page):
    page.goto(f"{server}/z/qinghe/")
    page.locator(".menu summary", has_text="园区").click()
    page.get_by_role("navigation", name="本区页面").get_by_role("link", name="亩均评价").click()
    page.get_by_role("link", name="2025").click()
    page.get_by_role("button", name="定稿").click()
    expect(page.get_by_text("1条异议尚未答复")).to_be_visible()

    code = re.search(r"[0-9A-Z]{18}", page.locator(".objection a").get_attribute("href"))[0]
    page.get_by_text("更正数据").click()
    page.locator("#id_correction-code").fill(code)
    page.locator("#id_correction-item").select_option("land_used")
    page.locator("#id_correction-value").fill("3.5")
    page.locator("#id_correction-source").fill("土地证")
    page.locator("#id_correction-reason").fill("退还土地")
    page.get_by_role("button", name="更正").click()
    expect(page.get_by_text("上次测算之后数据或认定有变化")).to_be_visible()

    page.locator("#id_run-reason").fill("用地更正")
    page.get_by_role("button", name="测算", exact=True).click()
    expect(page.get_by_role("heading", name="第1次与第2次测算对比")).to_be_visible()
    expect(page.get_by_text("本企业数据更正").first).to_be_visible()

    page.set_viewport_size({"width": 390, "height": 800})  # the rest on a phone
    page.go_back()
    page.reload()
    objection = page.locator(".objection")
    objection.get_by_label("理由").fill("经核实属实，已更正。")
    objection.get_by_label("不服答复的救济途径").fill("可向市工信局申请复核")
    page.get_by_role("button", name="答复").click()
    page.get_by_role("button", name="定稿").click()

    expect(page.get_by_text("评价已定稿，全区指标已发布。")).to_be_visible()
    page.goto(f"{server}/z/qinghe/promises/tax-per-mu/?as_of=2026-12-31")
    expect(page.get_by_text("亩均效益综合评价（2025年度）").first).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})


def test_the_map_and_the_waterfall_are_drawn_under_the_policy(server, page):
    page.complaints.clear()
    page.goto(f"{server}/z/qinghe/firms/map/")
    page.wait_for_selector("[data-map][data-drawn] path")
    expect(page.locator("[data-map] path.leaflet-interactive")).to_have_count(120)
    # Beneath the parcels lies the border of the zone.
    expect(page.locator("[data-map] path:not(.leaflet-interactive)")).to_have_count(1)
    assert page.locator(".map__label").first.inner_text() in "12345?"
    ground = "element => getComputedStyle(element).backgroundColor"
    light = page.locator("[data-map]").evaluate(ground)
    page.emulate_media(color_scheme="dark")
    assert page.locator("[data-map]").evaluate(ground) != light
    page.emulate_media(color_scheme="light")

    page.locator("main table a").first.click()
    page.locator("#chart-score").scroll_into_view_if_needed()
    page.wait_for_selector("#chart-score[data-drawn] svg")
    assert page.complaints == []


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_are_accessible_wide_and_narrow(server, page, width):
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{server}/z/qinghe/evaluation/")
    newest = page.locator("main table a").first.get_attribute("href")
    firm = "/z/qinghe/firms/?q=光电"
    paths = [newest, f"{newest}run/2/", "/z/qinghe/evaluation/", firm, "/z/qinghe/firms/map/",
             "/z/qinghe/firms/nurture/", "/z/qinghe/firms/duplicates/",
             "/z/qinghe/firms/import/"]  # fmt: skip
    page.goto(server + firm)
    page.locator("main table a[href*='/firms/9']").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("光电")
    paths.append(page.url.removeprefix(server))
    for path in paths:
        page.goto(server + path)
        page.wait_for_load_state("networkidle")
        found = [one["id"] for one in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
        assert (path, found, wide) == (path, [], False)
