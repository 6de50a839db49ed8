"""Real clicks: from the calendar to the arithmetic of a day, and an import with its report."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.commands import prepared

ROOT = Path(__file__).parents[4]
CHROMIUM = os.environ.get("LANTU_CHROMIUM") or shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PASSWORD = "a-long-enough-secret"
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
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LANTU_")}
    home = str(tmp_path_factory.mktemp("home"))
    env = {**kept, "LANTU_HOME": home, "LANTU_PASSWORD": PASSWORD}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    lantu = [sys.executable, "-m", "lantu"]
    # `run` makes the samples in the background; the calendar must be there when it is opened.
    prepared(Path(env["LANTU_HOME"]), tmp_path_factory)
    process = subprocess.Popen(
        [*lantu, "run", "--port", port], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    line = process.stdout.readline()
    for words in (["add", "alice"], ["grant", "alice", "--zone", "qinghe", "--role", "clerk"]):
        subprocess.run([*lantu, "users", *words], cwd=ROOT, env=env, check=True)
    yield re.search(r"http://localhost:\d+", line)[0]
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(timeout=20)
    process.stdout.close()


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


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
    page = chromium.new_page(locale="zh-CN")
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
