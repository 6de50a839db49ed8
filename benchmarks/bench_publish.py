"""`lantu publish` of 270 indicators × 20 groups × 30 years: 162,000 figures, 270 promises.

The reference is sdg-build, which makes data files of the same shape in 3.9 s and 140 MB: a figure
that was given, since the package that bears its name on the registry is another one. It writes data
only; here every indicator also has its page, and a promise that is judged, in two languages. So the
data files are measured by themselves as well. Ours is to take half. What was written is compared
with what was imported before any time is told. Where its source is at hand, peer_sdg_build.py runs
it by turns with ours.
"""

import atexit
import csv
import io
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from decimal import Decimal
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
INDICATORS, GROUPS = 270, 20
YEARS = range(1996, 2026)
ZONE, PLAN = "bench", "bench-2021-2025"
SUBJECT = "示例区"
GIVEN_S, GIVEN_MB = 3.9, 140
Figures = dict[tuple[int, int, int], Decimal]  # indicator, group, year


def new_home() -> Path:
    """A system of its own, which goes when this program ends."""
    home = Path(tempfile.mkdtemp(prefix="lantu-bench-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["LANTU_HOME"] = str(home)
    subprocess.run([sys.executable, "-m", "lantu", "setup", "-q"], cwd=ROOT, check=True)
    return home


def figures() -> Figures:
    chance, found = random.Random(20260101), {}
    for indicator in range(INDICATORS):
        for group in range(GROUPS):
            value = Decimal(chance.randint(1_000, 9_000)) / 10
            for year in YEARS:
                value = round(value * (1 + Decimal(chance.randint(-20, 60)) / 1000), 1)
                found[indicator, group, year] = value
    return found


def name(indicator: int) -> str:
    return f"指标{indicator:03d}"


def write_plan(folder: Path) -> None:
    scopes = {
        f"g{group:02d}": {"zh": f"组{group:02d}", "en": f"group {group}"} for group in range(GROUPS)
    }
    head = {
        "name": PLAN, "zone": {"slug": ZONE, "zh": SUBJECT, "en": "Bench"}, "invented": True,
        "title": {"zh": "示例规划（虚构）", "en": "Bench plan (invented)"},
        "period": {"start": 2021, "end": 2025}, "document": {"title": "示例规划（虚构）"},
        "scopes": scopes,
    }  # fmt: skip
    (folder / "commitments").mkdir(parents=True)
    (folder / "plan.yaml").write_text(yaml.safe_dump(head, allow_unicode=True), encoding="utf-8")
    for chapter in range(INDICATORS // 27):
        body = {"chapter": f"第{chapter + 1}章", "commitments": [
            promise(indicator) for indicator in range(chapter * 27, chapter * 27 + 27)
        ]}  # fmt: skip
        text = yaml.safe_dump(body, allow_unicode=True, sort_keys=False)
        (folder / "commitments" / f"{chapter:02d}.yaml").write_text(text, encoding="utf-8")


def promise(indicator: int) -> dict[str, object]:
    return {
        "code": f"i{indicator:03d}", "kind": "target", "form": "level", "unit": "亿元",
        "title": {"zh": f"{name(indicator)}达到900亿元", "en": f"{indicator} reaches 900"},
        "metric": {"zh": name(indicator), "en": f"Indicator {indicator}"}, "scope": "g00",
        "target": {"year": 2025, "value": 900},
        "measured_by": {"indicator": name(indicator), "subject": SUBJECT, "kind": "level"},
    }  # fmt: skip


def fill(found: Figures) -> float:
    """Load the plan and import the figures by the usual act; the seconds that takes."""
    from lantu.cli.django import setup

    setup()
    from lantu.kernel.access.models import Zone
    from lantu.kernel.commitments.actions import load_folder
    from lantu.kernel.facts.actions import import_file

    with tempfile.TemporaryDirectory() as place:
        write_plan(Path(place) / PLAN)
        load_folder(Path(place) / PLAN)
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["indicator", "subject", "period", "value", "unit", "kind", "scope"])
    table.writerows(
        [name(indicator), SUBJECT, year, value, "亿元", "level", f"g{group:02d}"]
        for (indicator, group, year), value in found.items()
    )
    begun = time.perf_counter()
    report = import_file(
        Zone.objects.get(slug=ZONE), out.getvalue().encode(), name="bench.csv", by=None
    )
    assert report.counts["taken"] == len(found), report.counts
    return time.perf_counter() - begun


class Memory(threading.Thread):
    """The most that a process and all below it hold at one time, in MB; shared pages count once."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.most, self.is_over = pid, 0.0, False

    def run(self) -> None:
        while not self.is_over:
            self.most = max(self.most, sum(held(pid) for pid in family(self.pid)) / 1024)
            time.sleep(0.03)


def family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in family(int(child)))]


def held(pid: int) -> int:
    """Kilobytes of a process; of pages that it shares, its part."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(re.search(r"^Pss:\s+(\d+)", told, re.MULTILINE)[1])  # type: ignore[index]


Measured = tuple[float, float, float, str]


def publish(folder: Path, *options: str) -> Measured:
    return measured("-m", "lantu", "publish", str(folder), "--zone", ZONE, *options)


def measured(
    *words: str, python: str = sys.executable, path: Path = ROOT, within: Path = ROOT
) -> Measured:
    """Seconds by the clock and of processors, the most memory in MB, and what it said.

    `python` runs it, finding modules in `path`, from the folder `within`.
    """
    surrounding = os.environ | {"PYTHONPATH": str(path)}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    process = subprocess.Popen(
        [python, *words], cwd=within, env=surrounding, stdout=subprocess.PIPE, text=True
    )
    memory = Memory(process.pid)
    memory.start()
    said, _ = process.communicate()
    seconds = time.perf_counter() - begun
    memory.is_over = True
    memory.join()
    assert process.returncode == 0, said
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, spent, memory.most, said.strip().rpartition(": ")[2]


def wrong(folder: Path, found: Figures) -> list[str]:
    return wrong_tables(folder, found) + wrong_pages(folder, found)


def wrong_tables(folder: Path, found: Figures) -> list[str]:
    """Which tables do not hold what was imported, all of it and no other."""
    missing = []
    for indicator in range(INDICATORS):
        wanted = sorted(found[indicator, g, y] for g in range(GROUPS) for y in YEARS)
        (file,) = (folder / "data/z" / ZONE / "facts/series").glob(f"*{name(indicator)}_*.csv")
        with file.open(encoding="utf-8-sig", newline="") as lines:
            stated = sorted(Decimal(row["value"]) for row in csv.DictReader(lines))
        if stated != wanted:
            missing.append(f"{file}: {len(stated)} figures, {len(wanted)} were imported")
    return missing


def wrong_pages(folder: Path, found: Figures, sampled: int = 40) -> list[str]:
    """Which of the sampled pages do not show what was imported."""
    chance, missing = random.Random(7), []
    for indicator in chance.sample(range(INDICATORS), sampled):
        wanted = sorted(found[indicator, g, y] for g in range(GROUPS) for y in YEARS)
        for language in ("zh", "en"):
            page = series_page(folder / language, indicator)
            text = page.read_text(encoding="utf-8")
            shown = re.findall(r'class="figure"[^>]*>\s*([\d,]+(?:\.\d+)?)', text)
            if sorted(Decimal(one.replace(",", "")) for one in shown) != wanted:
                missing.append(f"{page}: {len(shown)} figures, {len(wanted)} were imported")
    return missing


def series_page(folder: Path, indicator: int) -> Path:
    place = folder / "z" / ZONE / "facts" / "series"
    (found,) = [one for one in place.rglob("*.html") if name(indicator) in str(one)]
    return found


def supersede_one() -> None:
    """A small change: one figure of one indicator is put right."""
    from datetime import date

    from lantu.kernel.access.models import User, Zone
    from lantu.kernel.facts.actions import supersede
    from lantu.kernel.facts.models import Observation

    one = Observation.objects.filter(zone=Zone.objects.get(slug=ZONE), period="2024").first()
    by, _ = User.objects.get_or_create(username="bench")
    supersede(one, value=one.value + 1, reason="put right", known_on=date(2026, 1, 1), by=by)


def told(what: str, found: Measured) -> None:
    seconds, spent, memory, said = found
    print(
        f"{what}: {seconds:.1f} s ({spent:.1f} s of processors), {memory:.0f} MB; {said}\n"
        f"  against {GIVEN_S} s and {GIVEN_MB} MB as given for sdg-build: "
        f"{seconds / GIVEN_S:.2f} × the time, {memory / GIVEN_MB:.2f} × the memory (goal 0.50)"
    )


def main() -> None:
    new_home()
    found = figures()
    print(f"{len(found):,} figures imported in {fill(found):.0f} s")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "copy"
        first = publish(folder)
        faults = wrong(folder, found)
        print(f"tables and sampled pages that differ from the figures: {len(faults)}")
        print(*faults[:3], sep="\n")
        told("publish", first)
        size = sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())
        print(f"  {size / 1e6:.0f} MB on the disk")
        told("again, nothing changed", publish(folder))
        supersede_one()
        told("again, one figure changed", publish(folder))
        told("the data files alone", publish(Path(place) / "data", "--data"))
    if faults:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
