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

    def open_page(path, person="", width=1280):
        view = {"width": width, "height": 800}
        contexts.append(chromium.new_context(locale="zh-CN", viewport=view))
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
    """Press a button by keys, and wait for the page to which it leads."""
    reach(page, page.get_by_role("button", name=name, exact=True))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def heard(page):
    """What a screen reader has its cursor on: the role, its words, what describes it, if wrong."""
    page.wait_for_function("document.activeElement !== document.body")
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    told = {node["nodeId"]: {one["name"]: one["value"].get("value") for one in
                             node.get("properties", [])} for node in nodes}  # fmt: skip
    node = next(one for one in reversed(nodes) if told[one["nodeId"]].get("focused"))

    def words(one):
        inner = "".join(words(by_id[child]) for child in one.get("childIds", []) if child in by_id)
        return one.get("name", {}).get("value") or inner

    about = node.get("description", {}).get("value", "")
    wrong = told[node["nodeId"]].get("invalid") == "true"
    return node["role"]["value"], words(node), about, wrong


def test_a_return_is_asked_for_filed_and_approved_with_keys(opened):
    """Nothing is seen here: each step is found by keys and told by the tree of accessibility."""
    planner = opened("/z/qinghe/returns/", "pia")
    reach(planner, planner.locator("#id_period")).keyboard.type("2025")
    press(planner, "布置")
    assert heard(planner)[:2] == ("status", "已布置5份填报。")

    clerk = opened("/z/qinghe/my-work/", "jing", width=390)
    reach(clerk, clerk.locator("main a[href*='/returns/']")).keyboard.press("Enter")
    clerk.wait_for_url("**/returns/*/")
    address = re.sub(r"^https?://[^/]+", "", clerk.url)
    file_badly(clerk)
    for box in clerk.locator(".return__remark input").all():
        reach(clerk, box).keyboard.type("尚未统计")
    press(clerk, "保存草稿")
    assert heard(clerk)[:2] == ("status", "已存为草稿，尚未报送。")
    press(clerk, "报送")
    assert heard(clerk)[0] == "status"
    expect(clerk.locator("main strong").first).to_have_text("待审核")

    reviewer = opened(address, "shen")
    reach(reviewer, reviewer.get_by_label("退回：理由")).keyboard.type("外资再核")
    press(reviewer, "退回")
    assert heard(reviewer)[:2] == ("status", "已连同理由退回部门。")
    clerk.reload()
    expect(clerk.locator(".notice--warning").first).to_contain_text("shen：外资再核")
    press(clerk, "报送")
    reviewer.reload()
    press(reviewer, "审定")
    assert heard(reviewer)[0] == "status"
    expect(reviewer.locator("main strong").first).to_have_text("已审定")


def file_badly(clerk):
    """Words instead of a number, and a sheet that is none: what is wrong is heard and led to."""
    first = clerk.locator(".return__value input").first
    reach(clerk, first).keyboard.type("1e400")
    press(clerk, "报送")
    role, words, _, _ = heard(clerk)
    assert role == "alert"
    assert "生产总值达到200亿元：这不是数字。" in words
    clerk.keyboard.press("Tab")
    clerk.keyboard.press("Enter")
    role, words, about, wrong = heard(clerk)
    assert (role, words, wrong) == ("textbox", "数值 (亿元)", True)
    assert "“1e400”不是数字。" in about and "上次" in about
    clerk.keyboard.press("Control+A")
    clerk.keyboard.press("Delete")

    table = "编码,本期数值\nmoon,3\n".encode()
    reach(clerk, clerk.locator("#id_file"))
    clerk.set_input_files("#id_file", {"name": "填报.csv", "mimeType": "text/csv", "buffer": table})
    press(clerk, "读入填好的表格")
    assert heard(clerk)[:2] == ("status", "填报.csv · 拒收 1")
    expect(clerk.locator("main td").last).to_contain_text("没有要求填报编码“moon”。")
    reach(clerk, clerk.get_by_role("link", name="返回填报表")).keyboard.press("Enter")
    clerk.wait_for_url(re.compile(r"/returns/[^/]+/$"))


def test_an_opinion_is_sent_from_the_public_portal_with_keys(opened):
    page = opened("/z/qinghe/opinions/", width=390)
    sent = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)

    reach(page, page.locator("#id_text")).keyboard.type("增加公交线路")
    reach(page, page.get_by_role("button", name="提交", exact=True))
    page.evaluate("""() => [1, 2].forEach(
      () => document.activeElement.form.requestSubmit(document.activeElement))""")

    expect(page.locator(".notice--success")).to_have_count(1)
    assert len(sent) == 1  # pressed twice, sent once
