"""The server as a new user meets it: a fresh home, one command, a real browser, a real client."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

ROOT = Path(__file__).parent.parent
PAGES = [
    "/", "/z/xinxiang/", "/z/xinxiang/?as_of=2022-12-31", "/z/xinxiang/promises/?kind=number",
    "/z/xinxiang/promises/t12-01/", "/z/xinxiang/contradictions/", "/z/xinxiang/facts/",
    "/z/xinxiang/projects/", "/z/xinxiang/projects/p-2-1-02/", "/z/xinxiang/method/",
    "/z/qinghe/?as_of=2024-12-31", "/z/qinghe/promises/hightech/?as_of=2023-12-31",
    "/z/qinghe/projects/", "/ui/", "/accounts/login/",
]  # fmt: skip
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("server")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("home")


def environment(home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LANTU_")}
    return {**kept, "LANTU_HOME": str(home), "LANTU_PASSWORD": "a-long-enough-secret"}


@pytest.fixture(scope="module")
def server(home) -> Iterator[str]:
    """`lantu run` in a home of its own; the address it prints."""
    port = free_port()
    command = [sys.executable, "-m", "lantu", "run", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(home), stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    line = process.stdout.readline()
    address = re.search(r"http://localhost:\d+", line)[0]  # type: ignore[index]
    wait_for(address)
    yield address
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(timeout=20)
    process.stdout.close()


def wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


def lantu(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "lantu", *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment(home), capture_output=True, text=True, check=False
    )


def opened(chromium, address: str, *, width: int = 1280, language: str = "zh-CN", dark=False):
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        locale=language,
        color_scheme="dark" if dark else "light",
    )
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: page.complaints.append(message.text) if message.type == "error" else None,
    )
    page.goto(address)
    return page


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_is_accessible_wide_and_narrow_in_both_languages(
    chromium, server, width, language
):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(chromium, server, width=width, language=language)
    for address in PAGES:
        page.goto(server + address)
        page.wait_for_load_state("networkidle")
        found = [v["id"] for v in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
        assert (address, found, wide, page.complaints) == (address, [], False, [])
    page.context.close()


def test_pages_are_accessible_in_the_dark(chromium, server):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(chromium, server, dark=True)
    for address in PAGES[:6]:
        page.goto(server + address)
        found = [v["id"] for v in Axe().run(page).response["violations"]]
        assert (address, found) == (address, [])
    page.context.close()


def test_a_leader_finds_a_contradiction_in_three_clicks(chromium, server):
    page = opened(chromium, server)

    page.get_by_role("link", name="新乡经济技术开发区").first.click()
    page.locator(".card", has_text="矛盾").get_by_role("link").click()
    page.get_by_role("link", name="地区生产总值从133亿元增长到261亿元").first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("133")
    expect(page.get_by_text("155.24").first).to_be_visible()
    page.context.close()


def test_a_planner_asks_why_and_is_led_to_the_source(chromium, server):
    page = opened(chromium, f"{server}/z/qinghe/promises/hightech/?as_of=2023-12-31")

    page.get_by_text("原因").first.click()

    expect(page.get_by_text("进度＝").first).to_be_visible()
    assert page.locator("a.source").first.get_attribute("href").startswith("https://example.org/")
    page.context.close()


def test_the_chart_is_drawn_under_the_policy(chromium, server):
    page = opened(chromium, f"{server}/z/qinghe/promises/hightech/?as_of=2023-12-31")

    page.wait_for_selector("[data-drawn] svg")

    assert page.locator("[data-drawn] svg").get_attribute("aria-label") == "目标路径与实际"
    assert page.complaints == []
    page.context.close()


def test_pages_work_without_scripts(chromium, server):
    context = chromium.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()

    page.goto(f"{server}/z/qinghe/promises/?as_of=2024-12-31")
    page.get_by_label("State").select_option("achieved-early")
    page.get_by_role("button", name="Show").click()

    expect(page.locator("tbody tr")).to_have_count(5)
    context.close()


def test_the_language_is_switched_and_kept(chromium, server):
    page = opened(chromium, f"{server}/z/xinxiang/promises/t12-01/")

    page.get_by_role("link", name="English").click()
    page.locator(".menu summary", has_text="Data").click()
    page.get_by_role("link", name="Facts", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Facts")
    page.context.close()


def test_a_clerk_imports_a_file_and_reads_the_report(chromium, server, home, tmp_path):
    lantu(home, "users", "add", "alice")
    lantu(home, "users", "grant", "alice", "--zone", "qinghe", "--role", "clerk")
    file = tmp_path / "数据.csv"
    rows = ["指标,主体,时期,数值,单位,类型", "新增就业,青禾示范区,2021,１２,人,level",
            "新增就业,青禾示范区,2022,—,人,level"]  # fmt: skip
    file.write_text("\n".join(rows), encoding="utf-8")
    page = opened(chromium, f"{server}/z/qinghe/facts/import/")

    page.locator("#id_login").fill("alice")
    page.locator("#id_password").fill("a-long-enough-secret")
    page.get_by_role("button", name="登录").click()
    page.locator("#id_file").set_input_files(str(file))
    page.locator("#id_partial").check()
    page.get_by_role("button", name="导入").click()

    expect(page.get_by_text("未知不是零")).to_be_visible()
    page.goto(f"{server}/z/qinghe/facts/")
    expect(page.get_by_text("新增就业")).to_be_visible()
    page.context.close()


def test_the_api_keeps_to_its_own_description(server):
    # The settings only say that 414 is a refusal too, as RFC 9110 has it.
    settings = ROOT / "tests" / "schemathesis.toml"
    program = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(settings)]
    command = [*program, "run", "--max-examples=25", f"{server}/api/v1/openapi.json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-3000:]


def test_a_too_long_address_is_refused_as_a_problem_detail(server):
    def refused(length: int) -> tuple[int, str]:
        try:
            urllib.request.urlopen(f"{server}/api/v1/plans/{'a' * length}/findings", timeout=10)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers["Content-Type"]
        raise AssertionError("the address was answered")

    assert refused(7_000) == (422, "application/problem+json")
    assert refused(9_000) == (414, "application/problem+json")


@pytest.mark.parametrize("length", [8_200, 20_000])
def test_a_reader_whose_address_is_too_long_gets_a_page_in_the_own_language(server, length):
    heads = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": "en"}
    asked = urllib.request.Request(f"{server}/z/qinghe/?q={'a' * length}", headers=heads)

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked, timeout=10)

    with refused.value as answer:
        assert (answer.code, answer.headers["Content-Type"]) == (414, "text/html; charset=utf-8")
        assert answer.headers["Content-Security-Policy"]
        assert "<h1>The address is too long</h1>" in answer.read().decode()


def test_the_ledger_is_whole_after_all_this_and_a_second_start_changes_nothing(server, home):
    assert "the chain is whole" in lantu(home, "verify").stdout
    assert lantu(home, "plan", "load", "xinxiang-2021-2025").stdout.endswith("0 changes\n")


def test_a_taken_port_is_said_in_one_line(server, home):
    port = server.rsplit(":", 1)[1]

    done = lantu(home, "run", "--port", port)

    assert done.returncode == 1
    assert "cannot listen here" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_page_is_light(server):
    def weight(address: str) -> int:
        request = urllib.request.Request(server + address, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request, timeout=10) as response:
            return len(response.read())

    page = weight("/z/xinxiang/")
    with urllib.request.urlopen(f"{server}/z/xinxiang/", timeout=10) as response:
        text = response.read().decode()
    parts = sum(weight(path) for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', text))

    assert page < 60_000
    assert page + parts < 400_000


def test_a_promise_is_found_by_the_first_letters_of_its_pinyin(chromium, server):
    page = opened(chromium, f"{server}/z/qinghe/")

    page.keyboard.press("/")
    palette = page.get_by_role("dialog")
    expect(palette).to_be_visible()
    page.keyboard.type("gxjsqy")
    expect(palette.get_by_role("option").first).to_contain_text("高新技术企业")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("高新技术企业")
    assert page.complaints == []
    page.context.close()
