"""What a page costs a reader: octets, requests, first paint, moving layout, time of scripts.

    python benchmarks/bench_face.py

Each page is opened twice in Chromium, once by a browser that has seen nothing and once by one that
has just seen it. Octets are those on the wire (compressed). Goals: 400 KB with its chart code,
60 KB once cached, a layout shift below 0.1 (what browsers call good).
"""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent))
from browsers import ROOT, served

from tests.browsing import CHROMIUM, FLAGS

PAGES = (
    "/", "/z/xinxiang/", "/z/xinxiang/promises/", "/z/xinxiang/promises/t12-01/",
    "/z/xinxiang/projects/", "/z/xinxiang/facts/", "/z/xinxiang/contradictions/", "/z/qinghe/",
    "/z/qinghe/promises/gdp/", "/z/qinghe/firms/", "/z/qinghe/air/", "/z/qinghe/compare/",
    "/docs/",
)  # fmt: skip
COLD_KB, CACHED_KB, SHIFT = 400, 60, 0.1
WATCH = """window.lantuShift = 0; new PerformanceObserver(list => list.getEntries().forEach(one => {
  if (!one.hadRecentInput) window.lantuShift += one.value;
})).observe({type: "layout-shift", buffered: true})"""
PAINT = """() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0"""


@dataclass
class Visit:
    """One opening of a page."""

    kilobytes: float
    requests: int
    paint_ms: float
    shift: float
    script_ms: float


def main() -> None:
    if CHROMIUM is None:
        raise SystemExit("There is no chromium here; set LANTU_CHROMIUM.")
    with tempfile.TemporaryDirectory() as home:
        os.environ["LANTU_HOME"] = home
        subprocess.run([sys.executable, "-m", "lantu", "setup", "--quiet"], cwd=ROOT, check=True)
        with served() as root:
            measure(root)


def measure(root: str) -> None:
    from playwright.sync_api import sync_playwright

    print(f"{'page':34} {'cold':>29}   {'cached':>29}")
    print(f"{'':34} " + "   ".join(["   KB  req  paint  shift script"] * 2))
    worst = Visit(0, 0, 0, 0, 0), Visit(0, 0, 0, 0, 0)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for address in PAGES:
            visits = twice(browser, root + address)
            print(f"{address:34} " + "   ".join(told(one) for one in visits))
            for most, one in zip(worst, visits, strict=True):
                most.kilobytes = max(most.kilobytes, one.kilobytes)
                most.shift = max(most.shift, one.shift)
        browser.close()
    print(f"heaviest cold {worst[0].kilobytes:.0f} KB (goal {COLD_KB}: ratio "
          f"{worst[0].kilobytes / COLD_KB:.2f}); cached {worst[1].kilobytes:.0f} KB (goal "
          f"{CACHED_KB}: ratio {worst[1].kilobytes / CACHED_KB:.2f}); most shift "
          f"{max(one.shift for one in worst):.3f} (goal {SHIFT})")  # fmt: skip


def twice(browser: Any, address: str) -> tuple[Visit, Visit]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    context.add_init_script(WATCH)
    visits = []
    for _ in range(2):
        page = context.new_page()
        visits.append(visited(page, address))
        page.close()
    context.close()
    return visits[0], visits[1]


def visited(page: Any, address: str) -> Visit:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Performance.enable")
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(300)  # a chart that moves the layout does so after the network is idle
    metrics = {one["name"]: one["value"] for one in wire.send("Performance.getMetrics")["metrics"]}
    return Visit(
        sum(sizes) / 1024,
        sum(1 for one in sizes if one),
        page.evaluate(PAINT),
        page.evaluate("window.lantuShift"),
        metrics["ScriptDuration"] * 1000,
    )


def told(one: Visit) -> str:
    return (f"{one.kilobytes:5.0f} {one.requests:4} {one.paint_ms:6.0f} {one.shift:6.3f} "
            f"{one.script_ms:6.0f}")  # fmt: skip


if __name__ == "__main__":
    main()
