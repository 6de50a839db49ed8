"""27 indicators of 10 departments over 5 years: entered, sent, approved, added up, read back.

Once through the actions and queries that the pages use, once through HTTP as browsers do it, with
forms and the pages to which each act leads. Every value is read back, from the facts and
from the ledger, and compared with what was entered.

    python benchmarks/bench_returns.py [--way actions|http|both] [--departments N] [--indicators N]

Akvo RSR 107 s: entering and adding up the same number of approved values there, measured once on an
equal machine with its own server; that measurement is not repeated here.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent))
import returns_zone as made
from browsers import Browser, served

DEPARTMENTS, INDICATORS = 10, 27
AKVO_S = 107


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--way", choices=("actions", "http", "both"), default="both")
    parser.add_argument("--departments", type=int, default=DEPARTMENTS)
    parser.add_argument("--indicators", type=int, default=INDICATORS)
    args = parser.parse_args()
    if args.way == "both":  # each in a process and a home of its own
        for one in ("actions", "http"):
            subprocess.run([sys.executable, __file__, "--way", one], check=True)
        return
    made.new_home()
    made.load(args.departments, args.indicators)
    entered = made.values(args.departments, args.indicators)
    way = {"actions": through_actions, "http": through_http}[args.way]
    goal = {"actions": 2, "http": 10}[args.way]
    seconds = way(entered, args.departments)
    print(f"{len(entered):,} values through {args.way}: {seconds:.2f} s", end="")
    if (args.departments, args.indicators) == (DEPARTMENTS, INDICATORS):
        print(f" (goal {goal} s: ratio {seconds / goal:.2f}); Akvo RSR {AKVO_S} s on an equal "
              f"machine: ratio {seconds / AKVO_S:.3f}", end="")  # fmt: skip
    print()


def through_actions(entered: dict[tuple[str, int], Decimal], departments: int) -> float:
    from lantu.kernel.access.models import User
    from lantu.services.returns import actions, queries
    from lantu.services.returns.actions import Written

    clerks = {f"d{one:02d}": User.objects.get(username=f"clerk-{one:02d}")
              for one in range(departments)}  # fmt: skip
    reviewer = User.objects.get(username="reviewer")
    laps: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])  # on the clock, of the processor
    begun, spent = time.perf_counter(), time.process_time()
    last = (begun, spent)

    def lap(name: str) -> None:
        nonlocal last
        now = (time.perf_counter(), time.process_time())
        laps[name][0] += now[0] - last[0]
        laps[name][1] += now[1] - last[1]
        last = now

    for year in made.YEARS:
        cases = made.issue(year)
        lap("ask")
        for case in cases:
            clerk = clerks[case.department]
            lines = {
                line.code: Written(str(entered[line.code, year]))
                for line in case.return_lines.all()
            }
            actions.write_lines(case, lines, by=clerk)
            lap("write")
            actions.submit(case, queries.open_questions(case), by=clerk)
            lap("send")
            actions.approve(case, by=reviewer)
            lap("approve")
    check(entered)
    lap("read back")
    seconds = time.perf_counter() - begun
    print("  " + ", ".join(f"{name} {wall:.2f} s ({own:.2f})" for name, (wall, own) in laps.items())
          + f"; processor {time.process_time() - spent:.2f} s")  # fmt: skip
    return seconds


def check(entered: dict[tuple[str, int], Decimal]) -> None:
    """Every value is a fact, the sums over departments hold, and the ledger tells each write."""
    from lantu.kernel.access.models import LedgerEntry, Zone
    from lantu.kernel.facts.queries import observed

    zone = Zone.objects.get(slug=made.ZONE)
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    count = 0
    for one in observed(zone):
        sums[one.indicator, str(one.period)] += one.value
        count += 1
    expected: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for (code, year), value in entered.items():
        expected[f"指标{code[1:3]}", str(year)] += value
    told = {
        (code, key[:4]): after["value"]
        for key, whole in LedgerEntry.objects.filter(
            zone=zone, act="write", object_type="returns.data_return"
        ).values_list("object_key", "after")
        for code, after in whole.items()
    }
    assert (count, sums) == (len(entered), expected)
    assert {key: Decimal(value) for key, value in told.items()} == {
        (code, str(year)): value for (code, year), value in entered.items()
    }


def through_http(entered: dict[tuple[str, int], Decimal], departments: int) -> float:
    for year in made.YEARS:  # asking is one click; its time is in the other measurement
        made.issue(year)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with served() as root:
        reviewer = Browser(root, made.session("reviewer"))
        clerks = [Browser(root, made.session(f"clerk-{one:02d}")) for one in range(departments)]
        begun, own = time.perf_counter(), time.process_time()
        for year in made.YEARS:
            for number, clerk in enumerate(clerks):
                page = f"/z/{made.ZONE}/returns/{made.key(year, number)}/"
                form = {
                    f"value:{code}": str(value)
                    for (code, when), value in entered.items()
                    if when == year and code.endswith(f"-d{number:02d}")
                }
                clerk.post(page, form)
                clerk.post(f"{page}act/", {"act": "submit"})
                reviewer.post(f"{page}act/", {"act": "approve"})
        read_back(reviewer, entered)
        seconds = time.perf_counter() - begun
        spent = time.process_time() - own
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    served_s = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    print(f"  processor: server {served_s:.2f} s with its start, browsers {spent:.2f} s")
    check(entered)
    return seconds


def read_back(reader: Browser, entered: dict[tuple[str, int], Decimal]) -> None:
    """All facts over the API, page by page, as another system reads them."""
    found: dict[tuple[str, str, int], Decimal] = {}
    after: str | None = ""
    while after is not None:
        page = reader.json(f"/api/v1/zones/{made.ZONE}/facts?after={after}&count=500")
        for one in page["items"]:
            found[one["indicator"], one["subject"], int(one["period"])] = Decimal(one["value"])
        after = page["next"]
    assert found == {
        (f"指标{code[1:3]}", f"部门{code[5:7]}", year): value
        for (code, year), value in entered.items()
    }


if __name__ == "__main__":
    main()
