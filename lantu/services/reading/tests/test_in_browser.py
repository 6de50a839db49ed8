"""Real clicks and keys: from the document on the disk to the promise and its verdict."""

import io
from pathlib import Path

import docx
import pytest
from playwright.sync_api import expect

from tests.browsing import CHROMIUM, PASSWORD, running

ROOT = Path(__file__).parents[4]
REAL = ROOT.parent / "shared" / "seed" / "xinxiang-etdz-14fyp.txt"
SHORT = "“十五五”规划\n\n第一章 目标\n\n"
ZONES = ("nanhu", "beihu", "donghu", "xihu")
DORA = (
    ("users", "add", "dora"),
    *(("zones", "add", zone, f"{zone}区", zone, "--invented") for zone in ZONES),
    *(("users", "grant", "dora", "--zone", zone, "--role", "planner") for zone in ZONES),
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("server"),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


def long_plan(pages=300):
    """A made-up plan of that many pages as docx: five promises and some 700 letters a page."""
    paper = docx.Document()
    paper.add_heading("南湖区国民经济和社会发展第十五个五年规划纲要", 0)
    for page in range(pages):
        if page % 15 == 0:
            paper.add_heading(f"第{'一二三四五六七八九十'[page // 15 % 10]}章 第{page}部分", 1)
        paper.add_paragraph("坚持系统谋划，统筹各项工作，进一步夯实基础。" * 25)
        paper.add_paragraph(
            f"到2030年，第{page}产业园产值达到{600 + page}亿元，绿化率保持在{30 + page % 40}%以上，"
            f"用水量控制在{900 + page}万吨以内。研发投入年均增长{5 + page % 9}.5%。"
            f"新建{3 + page}座公厕。"
        )
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """`lantu run` in a home of its own, with empty zones and Dora, their planner."""
    with running(tmp_path_factory, *DORA) as address:
        yield address


@pytest.fixture
def page(server, chromium):
    """Dora's browser, wide."""
    made = chromium.new_page(locale="zh-CN", viewport={"width": 1280, "height": 900})
    made.goto(f"{server}/accounts/login/?next=/z/nanhu/reading/")
    made.fill("[name=login]", "dora")
    made.fill("[name=password]", PASSWORD)
    made.click("main button")
    made.wait_for_url(f"{server}/z/nanhu/reading/")
    yield made
    made.close()


def hand_in(page, server, zone, name, content, amends=""):
    """Upload a document and wait until its proposals are there."""
    page.goto(f"{server}/z/{zone}/reading/")
    if amends:
        page.select_option("[name=older]", label=amends)
    page.set_input_files("[name=file]", {"name": name, "mimeType": "", "buffer": content})
    page.click("main button")
    ready(page)


def ready(page):
    """Wait until the page listens to keys."""
    expect(page.locator("html[data-desk=ready]")).to_be_attached()


def press(page, key):
    """Press a key whose act loads the page anew, and wait for it."""
    with page.expect_navigation():
        page.keyboard.press(key)
    ready(page)


def test_a_plan_of_300_pages_is_reviewed_with_keys_and_loaded(server, page):
    hand_in(page, server, "nanhu", "规划纲要.docx", long_plan())

    expect(page.locator("[data-draft]")).to_have_count(30)
    first = page.locator("[data-draft]").first
    expect(first).to_have_attribute("aria-current", "true")
    press(page, "a")
    expect(first.locator(".draft__state")).to_have_text("已采纳")
    page.keyboard.press("k")
    press(page, "r")
    expect(first.locator(".draft__state")).to_have_text("已舍弃")
    press(page, "u")
    expect(first.locator(".draft__state")).to_have_text("已采纳")

    page.locator("main form.filters select[name=state]").select_option("open")
    page.click("text=显示")
    page.locator("#above").select_option("0.5")
    page.click("text=采纳本列表中全部待审条目")
    expect(page.locator(".notice--success")).to_contain_text("已采纳")
    expect(page.locator("details", has_text="舍弃本列表中全部")).to_have_count(0)  # none is open
    page.click("text=载入已采纳的条目")
    page.fill("[name=en]", "Plan of Nanhu")
    page.click("text=保存，并显示载入后的变化")
    page.click("text=载入本区")
    page.wait_for_url("**/z/nanhu/promises/**")
    page.click("text=第7产业园产值达到607亿元")
    expect(page.locator(".verdict").first).to_be_visible()
    expect(page.locator("h1")).to_contain_text("达到607亿元")


def test_a_draft_is_merged_split_and_put_right_with_keys(server, page):
    text = f"{SHORT}到2030年，工业总产值达到600亿元。城镇化率保持在70%以上。\n"
    hand_in(page, server, "beihu", "规划.txt", text.encode())

    page.keyboard.press("j")
    press(page, "m")
    expect(page.locator(".draft--merged")).to_have_count(1)
    press(page, "u")
    expect(page.locator(".draft--merged")).to_have_count(0)
    page.keyboard.press("s")
    page.fill("[name=value]", "75")
    page.click("text=保存并采纳")
    ready(page)
    expect(page.locator("[data-draft]")).to_have_count(3)
    expect(page.locator(".draft--accepted")).to_have_count(1)
    page.locator(".draft--open").first.click()
    page.keyboard.press("e")
    expect(page.locator("[name=metric]")).to_be_visible()


def test_the_keys_go_through_the_document_with_the_proposals(server, page):
    hand_in(page, server, "donghu", "长.docx", long_plan(40))

    for _ in range(29):
        page.keyboard.press("j")

    expect(page.locator("[data-draft]").last).to_have_attribute("aria-current", "true")
    expect(page.locator(".desk__number--current")).to_be_in_viewport()
    press(page, "j")
    expect(page.locator(".desk__pages span").first).to_contain_text("第2页")


def test_it_all_works_without_scripts_and_on_a_phone(server, chromium, page):
    hand_in(
        page,
        server,
        "xihu",
        "规划.txt",
        f"{SHORT}产值达到600亿元。\n".encode(),
    )
    context = chromium.new_context(
        locale="zh-CN", java_script_enabled=False, storage_state=page.context.storage_state(),
        viewport={"width": 390, "height": 800},
    )  # fmt: skip
    plain = context.new_page()
    plain.goto(page.url)

    plain.locator("[data-draft] button", has_text="采纳").click()

    expect(plain.locator(".draft--accepted")).to_have_count(1)
    plain.click("text=载入已采纳的条目")
    plain.fill("[name=en]", "Plan of Xihu")
    plain.click("text=保存，并显示载入后的变化")
    expect(plain.get_by_role("button", name="载入本区")).to_be_visible()
    context.close()


@pytest.mark.skipif(
    not REAL.exists(), reason="the text of the real plan is not beside the checkout"
)
def test_the_real_plan_goes_from_upload_to_verdict(server, page):
    hand_in(page, server, "xihu", "规划纲要.txt", REAL.read_bytes())

    page.locator("#above").select_option("0.9")
    page.click("text=采纳本列表中全部待审条目")
    expect(page.locator(".notice--success")).to_contain_text("已采纳")
    page.locator("details", has_text="舍弃本列表中全部").locator("summary").click()
    page.click("text=确认舍弃")
    page.click("text=载入已采纳的条目")
    page.fill("[name=en]", "Plan of the zone")
    page.fill("[name=outlook]", "2035")
    page.click("text=保存，并显示载入后的变化")
    page.click("text=载入本区")
    page.wait_for_url("**/z/xihu/promises/**")
    page.click("text=经济总量达到261亿元")
    expect(page.locator(".verdict").first).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_have_no_fault_of_accessibility_and_fit(server, page, width):
    from axe_playwright_python.sync_playwright import Axe

    text = f"{SHORT}产值达到{width}亿元。城镇化率保持在70%以上。建设8个班。\n"
    hand_in(page, server, "beihu", f"{width}.txt", text.encode())
    hand_in(
        page, server, "beihu", f"{width}改.txt", text.replace("70%", "75%").encode(),
        amends=f"{width}.txt",
    )  # fmt: skip
    page.set_viewport_size({"width": width, "height": 900})
    desk = page.url.split("?")[0]
    edit = page.locator("[data-key=e]").first.get_attribute("href").split("?")[0]
    places = (
        f"{server}/z/beihu/reading/", desk, f"{server}{edit}", f"{desk}confirm/",
        f"{desk}versions/",
    )  # fmt: skip
    for place in places:
        page.goto(place)
        assert [one["id"] for one in Axe().run(page).response["violations"]] == [], place
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place
    expect(page.locator("li", has_text="70 → 75")).not_to_have_count(0)


def test_departments_and_scope_are_put_right_and_arrive_with_the_promise(server, page):
    text = (
        f"{SHORT}到2030年，工业总产值达到600亿元（不含代管镇）。（牵头单位：工信局）\n\n"
        "第二章 民生\n\n城镇化率达到75%。\n"
    )
    hand_in(page, server, "donghu", "口径.txt", text.encode())

    expect(page.locator("[data-draft]").first).to_contain_text("不含代管镇")
    page.keyboard.press("e")
    page.fill("[name=lead]", "经发局")
    page.fill("[name=links]", "c0002")
    page.click("text=保存并采纳")
    ready(page)
    expect(page.locator("[data-draft]").first).to_contain_text("牵头部门")
    expect(page.locator("[data-draft]").last).to_contain_text("工业总产值达到600亿元")
    press(page, "a")
    page.click("text=载入已采纳的条目")
    page.fill("[name=en]", "Plan of Donghu")
    page.fill("[name^=departments-]", "Economic Bureau")
    page.click("text=保存，并显示载入后的变化")
    page.click("text=载入本区")
    page.click("text=工业总产值达到600亿元")
    expect(page.locator("main")).to_contain_text("经发局")
    expect(page.locator("main")).to_contain_text("不含代管镇")
    page.locator("main a", has_text="城镇化率达到75%").first.click()
    expect(page.locator("main")).to_contain_text("工业总产值达到600亿元")
