"""Real keys and clicks: the picture of the plan, the menu, what is new; and axe on these pages."""

import re

import pytest
from playwright.sync_api import expect

from tests.browsing import CHROMIUM, PASSWORD, PIA, running

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("plan-server"),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """`lantu run` in a home of its own, with Pia the planner."""
    with running(tmp_path_factory, *PIA) as address:
        yield address


@pytest.fixture
def opened(chromium, server):
    """Open a page of the server in a browser of its own; nothing may be complained of."""
    contexts, complaints = [], []

    def open_page(path, *, width=1280, locale="zh-CN", scheme="light", scripts=True, person=""):
        context = chromium.new_context(
            locale=locale, color_scheme=scheme, java_script_enabled=scripts,
            viewport={"width": width, "height": 900},
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
        if person:
            page.goto(f"{server}/accounts/login/")
            page.locator("#id_login").fill(person)
            page.locator("#id_password").fill(PASSWORD)
            page.locator("#id_password").press("Enter")
            page.wait_for_url(re.compile(r"^(?!.*accounts)"))
        page.goto(server + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("width", [1280, 390])
def test_a_mark_tells_itself_and_leads_to_its_promise_its_figure_and_the_ledger(opened, width):
    page = opened("/z/qinghe/", width=width, person="pia")
    mark = page.locator(".mark[href$='/bridges/']")

    mark.hover()

    words = mark.evaluate("one => getComputedStyle(one, '::after').content")
    assert "第三章：新建桥梁6座，目标 6 座，未完成" in words
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    mark.click()
    page.wait_for_url("**/z/qinghe/promises/bridges/")
    page.locator("main").get_by_role("link", name="2025", exact=True).first.click()
    expect(page.get_by_role("heading", name="出处")).to_be_visible()
    expect(page.get_by_role("link", name="虚构公报")).to_be_visible()
    page.get_by_role("link", name="账本").click()
    expect(page.get_by_role("heading", name="账本")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_arrows_walk_through_the_picture_and_tab_leaves_it(opened, width):
    page = opened("/z/qinghe/", width=width)
    first = page.locator(".picture__row").nth(0).locator(".mark")
    second = page.locator(".picture__row").nth(1).locator(".mark")
    expect(page.locator(".picture[data-ready]")).to_have_count(1)
    page.locator(".picture__skip").focus()

    page.keyboard.press("Tab")
    expect(first.nth(0)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(first.nth(2)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(second.nth(2)).to_be_focused()
    page.keyboard.press("End")
    expect(second.last).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    expect(first.nth(0)).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.picture')") is None
    page.keyboard.press("Shift+Tab")
    expect(first.nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/promises/*/")


def test_escape_puts_the_words_away_and_the_next_mark_brings_them_back(opened):
    page = opened("/z/qinghe/")
    marks = page.locator(".mark")
    shown = "one => getComputedStyle(one, '::after').display"
    page.locator(".picture__skip").focus()
    page.keyboard.press("Tab")

    assert marks.nth(0).evaluate(shown) == "block"
    page.keyboard.press("Escape")
    assert marks.nth(0).evaluate(shown) == "none"
    page.keyboard.press("ArrowRight")
    assert marks.nth(1).evaluate(shown) == "block"


def test_a_chart_tells_the_figures_of_a_year_under_pointer_and_finger_and_by_arrows(opened):
    page = opened("/z/qinghe/promises/gdp/", locale="en")
    chart, told = page.locator("#chart-path"), page.locator("#chart-path .chart__reading")
    chart.locator("svg").wait_for()
    box = chart.bounding_box()

    page.mouse.move(box["x"] + box["width"] * 0.97, box["y"] + box["height"] / 2)
    expect(told).to_contain_text("2025")
    expect(told).to_contain_text("Actual 204.3 CNY 100 m")

    page.mouse.move(5, 5)
    expect(told).to_be_hidden()
    chart.press("ArrowRight")
    expect(told).to_contain_text("2020")
    chart.press("Escape")
    expect(told).to_be_hidden()
    finger = {"pointerType": "touch", "clientX": box["x"] + box["width"] * 0.97}
    for event in ("pointerdown", "pointerup", "pointerleave"):
        chart.dispatch_event(event, finger)
    expect(told).to_contain_text("2025")
    chart.blur()
    expect(told).to_be_hidden()


def test_the_largest_plan_is_walked_from_line_to_line_of_one_chapter(opened):
    page = opened("/z/xinxiang/")
    expect(page.locator(".picture[data-ready]")).to_have_count(1)
    third = page.locator(".picture__row").nth(2).locator(".mark")
    third.nth(4).focus()
    left = third.nth(4).bounding_box()

    page.keyboard.press("ArrowDown")

    found = page.locator(".mark:focus").bounding_box()
    assert 0 < found["y"] - left["y"] < 40
    assert abs(found["x"] - left["x"]) < 30


def test_without_scripts_marks_years_and_menu_are_links(opened):
    page = opened("/z/qinghe/", scripts=False)

    page.get_by_role("link", name="2023年", exact=True).click()
    expect(page.get_by_text("2023年当年的评判。")).to_be_visible()
    skip = page.locator(".picture__skip")
    skip.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".mark").nth(1)).to_be_focused()
    page.locator(".menu summary", has_text="规划").click()
    page.get_by_role("navigation", name="本区页面").get_by_role("link", name="项目").click()
    page.wait_for_url("**/z/qinghe/projects/")


def test_the_menu_opens_one_group_at_a_time_and_closes_on_escape(opened):
    page = opened("/z/qinghe/promises/", person="pia")
    plan, data = (page.locator(".menu__group", has_text=name) for name in ("识读", "方法"))

    plan.locator("summary").press("Enter")
    expect(plan.get_by_role("link", name="识读")).to_be_visible()
    data.locator("summary").press("Enter")
    expect(plan.get_by_role("link", name="识读")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(data.get_by_role("link", name="方法")).to_be_hidden()
    expect(data.locator("summary")).to_be_focused()


def test_a_planner_marks_what_is_new_as_seen(opened):
    page = opened("/z/qinghe/", person="pia")
    expect(page.get_by_role("heading", name="近七天的变化")).to_be_visible()

    page.get_by_role("button", name="标记为已阅").click()

    expect(page.get_by_text("没有变化")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "locale"), [(1280, "zh-CN"), (390, "en-US")])
def test_these_pages_have_no_fault_that_axe_finds(opened, scheme, width, locale):
    from axe_playwright_python.sync_playwright import Axe

    page = opened("/z/qinghe/", width=width, locale=locale, scheme=scheme, person="pia")
    addresses = ["/z/qinghe/", "/z/xinxiang/", "/z/qinghe/?year=2023",
                 "/z/qinghe/promises/hightech/", "/ui/"]  # fmt: skip
    for address in addresses:
        page.goto(page.url.split("/z/")[0].split("/ui/")[0] + address)
        if page.locator(".menu summary").count():
            page.locator(".menu summary").first.click()
        found = [one["id"] for one in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert (address, found, wide) == (address, [], False)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_projects_stand_on_a_map_and_lead_to_their_pages(opened, width):
    page = opened("/z/qinghe/projects/", width=width)
    page.wait_for_selector("[data-map][data-drawn] path")
    expect(page.locator("[data-map] path.map__point")).to_have_count(11)
    signs = page.locator(".map__label:not(.map__name)").all_inner_texts()
    assert set("".join(signs)) <= set("✔▷■?")
    # Beneath them the border of the zone and its three parts, which take no clicks.
    expect(
        page.locator("[data-map] path:not(.map__point):not(.leaflet-interactive)")
    ).to_have_count(4)
    expect(page.locator(".map__name")).to_have_text(["工业片区", "城市片区", "创新片区"])

    page.locator("[data-map] path.map__point").first.dispatch_event("click")
    page.locator(".leaflet-popup-content a").click()
    assert re.search(r"/projects/q-\d\d/", page.url)
