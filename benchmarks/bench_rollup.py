"""A province rolled up: indicators by units by months, over three levels of areas and of time.

Figures lie in Parquet as DECIMAL. Timed: reading the columns, the roll-up itself, and one changed
cell until all totals above it can be read. Beside it DuckDB's own GROUPING SETS over the same file
and, where it is at hand, pandas; their totals are compared with ours first, digit by digit. Each
works in a process of its own, so that memory is its own; the least of the rounds counts.

    python benchmarks/bench_rollup.py [--rounds 3]
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))
INDICATORS, MONTHS, PLACES = 100, 60, 4
SIZES = {"1.2 M": 200, "12 M": 2000}  # units
TO_A_CITY = 10  # units
FIRST, LAST = 2021, 2025
CHANGES = 300


def stored(units: int, path: Path) -> None:
    """Invented amounts; one cell in two hundred is not reported."""
    import duckdb

    duckdb.sql("SELECT setseed(0.4)")
    duckdb.sql(
        f"COPY (SELECT i::INT AS indicator, u::INT AS unit, (u // {TO_A_CITY})::INT AS city, "
        f"m::INT AS month, (random() * 100000)::DECIMAL(18, {PLACES}) AS value "
        f"FROM range({INDICATORS}) a(i), range({units}) b(u), range({MONTHS}) c(m) "
        f"WHERE random() >= 0.005 ORDER BY ALL) TO '{path}' (FORMAT parquet)"
    )


def tree(units: int) -> Any:
    from lantu.core.rollup.tree import grow

    cities = {f"c{one}": "province" for one in range(units // TO_A_CITY)}
    return grow(
        {"province": None, **cities}, {f"u{one}": f"c{one // TO_A_CITY}" for one in range(units)}
    )


def ours(path: Path, units: int) -> dict[str, Any]:
    """Every total of every indicator, then single cells."""
    import duckdb
    import numpy as np

    from lantu.core.rollup.slots import EACH, Years
    from lantu.core.rollup.sums import Sums

    duckdb.sql("SET threads = 2")
    grown, years = tree(units), Years(FIRST, LAST)
    begun = time.perf_counter()
    read = duckdb.sql(
        f"SELECT indicator, unit, month, (value * {10**PLACES})::BIGINT AS value FROM '{path}'"
        " ORDER BY indicator"
    ).fetchnumpy()
    reading = time.perf_counter() - begun
    begun = time.perf_counter()
    slots = read["month"] // 12 * EACH + read["month"] % 12
    bounds = np.searchsorted(read["indicator"], np.arange(INDICATORS + 1))
    sums = []
    for first, last in zip(bounds, bounds[1:], strict=False):
        one = Sums(grown, years)
        rows = slice(first, last)
        one.fill_columns(read["unit"][rows], slots[rows], read["value"][rows], scale=PLACES)
        sums.append(one)
    rolling = time.perf_counter() - begun
    return {
        "read": reading, "roll": rolling, "total": reading + rolling,
        "change": changes(sums, units, years), "known": int(bounds[-1]),
        "totals": totals(sums, years, units),
    }  # fmt: skip


def changes(sums: list[Any], units: int, years: Any) -> list[float]:
    """The time from a new figure until its month, quarter and year are read at all three levels."""
    from lantu.core.rollup.slots import EACH, upwards

    times = []
    for one in range(CHANGES):
        found, unit = sums[one % INDICATORS], one * 7 % units
        slot = one * 11 % MONTHS // 12 * EACH + one * 11 % 12
        before = found.of_unit(f"u{unit}", slot).known
        begun = time.perf_counter()
        found.put(f"u{unit}", slot, Decimal(one) / 8)
        for area in ("province", f"c{unit // TO_A_CITY}"):
            for above in upwards(slot):
                found.total(area, above)
        times.append(time.perf_counter() - begun)
        found.put(f"u{unit}", slot, before)  # as it was, so that the answers can be compared
    return times


def totals(sums: list[Any], years: Any, units: int) -> list[list[str]]:
    """Some hundred totals of all levels, each with how much of it is known."""
    found = []
    for indicator in range(0, INDICATORS, 9):
        for area in ("province", "c0", f"c{units // TO_A_CITY - 1}"):
            for text in ("2021-01", "2023-Q2", "2025"):
                total = sums[indicator].total(area, years.slot(_period(text)))
                found.append([f"{indicator} {area} {text}", f"{total.known:f}"])
    return found


def _period(text: str) -> Any:
    from lantu.core.figures.periods import period

    return period(text)


def by_hand(path: Path, units: int) -> dict[str, Any]:
    """The same totals by the engine's own grouping."""
    import duckdb

    duckdb.sql("SET threads = 2")
    begun = time.perf_counter()
    duckdb.sql(
        "CREATE TABLE totals AS SELECT indicator, unit, city, month // 12 AS year, "
        "month // 3 AS quarter, month, sum(value) AS value, count(*) AS known "
        f"FROM '{path}' GROUP BY GROUPING SETS ({GROUPS})"
    )
    spent = time.perf_counter() - begun
    found = []
    for indicator in range(0, INDICATORS, 9):
        for area, city in (("province", ()), ("c0", (0,)), _last_city(units)):
            for text, where in PERIODS:
                [[value]] = duckdb.sql(
                    f"SELECT value FROM totals WHERE indicator = {indicator} AND unit IS NULL AND "
                    f"city IS NOT DISTINCT FROM {city[0] if city else 'NULL'} AND {where}"
                ).fetchall()
                found.append([f"{indicator} {area} {text}", f"{value:f}"])
    return {"total": spent, "totals": found}


GROUPS = ", ".join(
    f"(indicator{place}, {period})"
    for place in ("", ", city", ", unit")
    for period in ("month", "month // 3", "month // 12")
    if (place, period) != (", unit", "month")
)
PERIODS = (("2021-01", "month = 0"), ("2023-Q2", "quarter = 9 AND month IS NULL AND year IS NULL"),
           ("2025", "year = 4 AND month IS NULL AND quarter IS NULL"))  # fmt: skip


def _last_city(units: int) -> tuple[str, tuple[int, ...]]:
    last = units // TO_A_CITY - 1
    return f"c{last}", (last,)


def with_pandas(path: Path, units: int) -> dict[str, Any]:
    """The same totals by one groupby each, on the same scaled whole numbers."""
    import duckdb

    duckdb.sql("SET threads = 2")
    begun = time.perf_counter()
    frame = duckdb.sql(
        f"SELECT *, month // 3 AS quarter, month // 12 AS year, "
        f"(value * {10**PLACES})::BIGINT AS scaled FROM '{path}'"
    ).df()
    made = {
        (place, period): frame.groupby(["indicator", *place, period])["scaled"].agg(
            ["sum", "count"]
        )
        for place in ((), ("city",), ("unit",))
        for period in ("month", "quarter", "year")
        if (place, period) != (("unit",), "month")
    }
    spent = time.perf_counter() - begun
    found = []
    for indicator in range(0, INDICATORS, 9):
        for area, city in (("province", ()), ("c0", (0,)), _last_city(units)):
            for text, period, number in (
                ("2021-01", "month", 0), ("2023-Q2", "quarter", 9), ("2025", "year", 4)
            ):  # fmt: skip
                table = made[("city",) if city else (), period]
                value = int(table.loc[(indicator, *city, number), "sum"])
                found.append([f"{indicator} {area} {text}", f"{Decimal(value) / 10**PLACES:.4f}"])
    return {"total": spent, "totals": found}


WAYS = {"ours": ours, "duckdb": by_hand}
if find_spec("pandas"):  # nothing of the product needs it
    WAYS["pandas"] = with_pandas


def apart(way: str, path: Path, units: int) -> dict[str, Any]:
    """One way in a process of its own, with its time and its memory."""
    command = [sys.executable, __file__, "--way", way, "--path", str(path), "--units", str(units)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--way", choices=list(WAYS))
    parser.add_argument("--path", type=Path)
    parser.add_argument("--units", type=int, default=0)
    args = parser.parse_args()
    if args.way:
        found = WAYS[args.way](args.path, args.units)
        found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps(found))
        return
    with tempfile.TemporaryDirectory(prefix="lantu-rollup-") as folder:
        report(Path(folder), args.rounds)


def report(folder: Path, rounds: int) -> None:
    spent = {}
    for name, units in SIZES.items():
        path = folder / f"{units}.parquet"
        stored(units, path)
        found = {way: [apart(way, path, units) for _ in range(rounds)] for way in WAYS}
        for way, runs in found.items():
            assert runs[0]["totals"] == found["ours"][0]["totals"], f"{way} differs"
        best = {way: min(runs, key=lambda one: one["total"]) for way, runs in found.items()}
        mine, changed = best["ours"], [one * 1000 for one in sorted(best["ours"]["change"])]
        print(f"{name}: {units} units, {mine['known']:,} cells known, "
              f"{len(mine['totals'])} totals the same in every way")  # fmt: skip
        print(f"  ours {mine['total']:.2f} s (columns {mine['read']:.2f}, totals "
              f"{mine['roll']:.2f}), {mine['memory']} MB")  # fmt: skip
        for way, one in best.items():
            if way != "ours":
                print(f"  {way} {one['total']:.2f} s, {one['memory']} MB; "
                      f"ratio {mine['total'] / one['total']:.2f}")  # fmt: skip
        print(f"  one cell until all its totals are read: median "
              f"{statistics.median(changed):.3f} ms, slowest {changed[-1]:.3f} ms")  # fmt: skip
        spent[name] = mine["total"]
    small, large = spent.values()
    print(f"ten times the cells take {large / small:.1f} times as long")
    if not find_spec("pandas"):
        print("pandas is not installed here and was not compared")


if __name__ == "__main__":
    main()
