"""Pictures of every page, and a list of what is wrong with them.

    python benchmarks/screenshots.py pictures [--only promise] [--few] [--public] [--home HOME]

Starts a prepared home, signs in a planner and walks as the public too, and finds a page for each
name of the URL map in both zones, every page of the handbook and a promise of each form. Each is
shown in Chinese and English, light and dark, wide and narrow (`--few`, and the public in the same
walk: Chinese in the light and English in the dark; `--public`: the public alone, all eight). The
folder gets the pictures and an `index.html` with the faults: what axe finds, errors of scripts and
of the policy, answers from 400, what is wider than the screen (also at 200 %), text of another
language without its mark, moving layout, images without words. `--overview FILE` makes the picture
of the handbook instead.
"""

import argparse
import html
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent))
from browsers import ROOT, served

from tests.browsing import CHROMIUM, FLAGS, PASSWORD

FAULTS = Path(__file__).with_name("faults.js").read_text(encoding="utf-8")
SHIFT = """new PerformanceObserver(list => list.getEntries().forEach(one => {
  if (!one.hadRecentInput) window.lantuShift = (window.lantuShift || 0) + one.value;
})).observe({type: "layout-shift", buffered: true})"""
DRAWN = "[...document.querySelectorAll('[data-chart]')].every(one => one.dataset.drawn === 'true')"
LANGUAGES, SCHEMES, WIDTHS = ("zh-CN", "en"), ("light", "dark"), (1280, 390)
FEW = (
    ("zh-CN", "light", 1280), ("en", "dark", 390), ("zh-CN", "light", 390), ("en", "dark", 1280),
)  # fmt: skip
PRINTED = ("overview", "promises", "promise", "projects", "evaluation", "report", "department")


@dataclass
class Walk:
    """What is gathered on the way."""

    folder: Path
    root: str
    forms: dict[str, str]
    faults: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    shown: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("pictures"))
    parser.add_argument("--only", nargs="+", default=[], help="names of addresses")
    parser.add_argument("--few", action="store_true", help="four looks of each page, not eight")
    parser.add_argument("--public", action="store_true", help="only readers without a name")
    parser.add_argument("--home", help="a prepared home with the planner `pia`")
    parser.add_argument("--overview", type=Path, help="make this one picture instead")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        os.environ["LANTU_HOME"] = prepare(args.home or made, people=not args.home)
        os.environ["DJANGO_SETTINGS_MODULE"] = "lantu.settings"
        with served(2) as root:
            look(args, root.replace("127.0.0.1", "localhost"))


def prepare(home: str, *, people: bool) -> str:
    """A home as `setup` makes it, with the styles of today; and Pia, who plans in both zones."""
    environment = {**os.environ, "LANTU_HOME": home, "LANTU_PASSWORD": PASSWORD}
    grants = [f"users grant pia --zone {zone} --role planner" for zone in ("qinghe", "xinxiang")]
    for words in ("setup --quiet", *(["users add pia", *grants] if people else [])):
        command = [sys.executable, "-m", "lantu", *words.split()]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return home


def look(args: argparse.Namespace, root: str) -> None:
    import django
    from playwright.sync_api import sync_playwright

    django.setup()
    found = forms()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        if args.overview:
            picture_of_overview(browser, root, args.overview)
            return
        args.folder.mkdir(parents=True, exist_ok=True)
        walk = Walk(args.folder, root, found)
        for person in ("",) if args.public else ("pia", ""):
            show(walk, browser, person, args)
            index(walk)
        browser.close()
    pictures, faults = (sum(map(len, one.values())) for one in (walk.shown, walk.faults))
    print(f"{len(walk.shown)} pages, {pictures} pictures, {faults} faults: {args.folder}")


def picture_of_overview(browser: Any, root: str, file: Path) -> None:
    page = browser.new_context(
        locale="zh-CN", viewport={"width": 1280, "height": 960}, reduced_motion="reduce"
    ).new_page()
    page.goto(f"{root}/z/xinxiang/", wait_until="networkidle")
    page.screenshot(path=file)


def signed_in(browser: Any, root: str, person: str) -> Any:
    """The cookies of a person, or of nobody."""
    context = browser.new_context(locale="zh-CN")
    if person:
        page = context.new_page()
        page.goto(f"{root}/accounts/login/")
        page.fill("#id_login", person)
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url(lambda address: "accounts" not in address)
    state = context.storage_state()
    context.close()
    return state


def show(walk: Walk, browser: Any, person: str, args: argparse.Namespace) -> None:
    from addresses import pages

    state = signed_in(browser, walk.root, person)
    asking = browser.new_context(locale="zh-CN", storage_state=state).request

    def fetch(address: str) -> tuple[int, str, str]:
        answer = asking.get(walk.root + address, max_redirects=0)
        kind = answer.headers.get("content-type", "")
        return answer.status, kind, answer.text() if kind.startswith("text/html") else ""

    found, met = pages(fetch, walk.forms)
    for fault in met:
        walk.faults["addresses"][f"{person or 'the public'}: {fault}"] += 1
    few = args.few or not (person or args.public)
    for language, scheme, width in FEW if few else product(LANGUAGES, SCHEMES, WIDTHS):
        context = browser.new_context(
            locale=language, color_scheme=scheme, storage_state=state,
            viewport={"width": width, "height": 900},
        )  # fmt: skip
        context.add_init_script(SHIFT)
        page = context.new_page()
        for key, address in found.items():
            if not args.only or key[0] in args.only:
                label = "-".join(filter(None, (key[0].replace(":", "-"), *key[1:], person)))
                one_look(walk, page, label, address, (language, scheme, width))
        context.close()


def forms() -> dict[str, str]:
    """The form of every promise by the address of its page."""
    from django.urls import reverse

    from lantu.kernel.commitments.models import Record

    rows = Record.objects.filter(sort=Record.Sort.COMMITMENT).select_related("plan__zone")
    addresses: dict[str, str] = {}
    for one in rows:
        if not one.plan.is_nested and "form" in one.terms:
            at = {"zone": one.plan.zone.slug, "code": one.code}
            addresses[reverse("promise", kwargs=at)] = one.terms["form"]
    return addresses


def one_look(walk: Walk, page: Any, label: str, address: str, look: tuple[str, str, int]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    met: list[str] = []
    refused = label.startswith("refused")

    def heard(message: Any) -> None:
        if message.type == "error" and not refused:
            met.append(message.text)

    def failed(error: Any) -> None:
        met.append(str(error))

    page.on("console", heard)
    page.on("pageerror", failed)
    language, scheme, width = look
    answer = page.goto(walk.root + address, wait_until="load")
    page.wait_for_timeout(250)
    met += undrawn(page)
    if answer.status >= 400 and not refused:
        met.append(f"answered {answer.status}")
    met += page.evaluate(FAULTS)
    met += [f"axe {one['id']}: {one['nodes'][0]['html'][:90]}"
            for one in Axe().run(page).response["violations"]]  # fmt: skip
    file = f"{label}-{language[:2]}-{scheme}-{width}.png"
    page.screenshot(path=walk.folder / file, full_page=True)
    walk.shown[label].append(file)
    if width == max(WIDTHS):
        page.set_viewport_size({"width": width // 2, "height": 450})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            met.append("wider than the screen at 200 %")
        page.set_viewport_size({"width": width, "height": 900})
        if label.split("-")[0] in PRINTED and scheme == "light":
            page.pdf(path=walk.folder / file.replace(".png", ".pdf"), format="A4")
    walk.faults[label].update(met)
    page.remove_listener("console", heard)
    page.remove_listener("pageerror", failed)


def undrawn(page: Any) -> list[str]:
    """Wait for the charts: those below what is in view are drawn a little later.

    The page is asked again and again from here: the policy forbids a script that waits in it.
    """
    for _ in range(50):
        if page.evaluate(DRAWN):
            return []
        page.wait_for_timeout(100)
    return ["a chart was not drawn"]


def index(walk: Walk) -> None:
    """One page with the faults first and every picture."""
    parts = ["<!doctype html><meta charset=utf-8><title>Pages</title><h1>Faults</h1>"]
    for label, met in walk.faults.items():
        items = "".join(f"<li>{html.escape(one)} × {times}</li>" for one, times in met.items())
        parts.append(f"<h3>{label}</h3><ul>{items}</ul>" if met else "")
    for label, files in walk.shown.items():
        drawn = "".join(f'<a href="{one}"><img src="{one}" alt="{one}" width=240></a> '
                        for one in files)  # fmt: skip
        parts.append(f"<h2>{label}</h2><p>{drawn}</p>")
    (walk.folder / "index.html").write_text("\n".join(parts), encoding="utf-8")
    lines = [f"{label}: {one}" for label, met in walk.faults.items() for one in met]
    (walk.folder / "faults.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
