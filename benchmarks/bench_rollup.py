"""A province rolled up: indicators by units by months, over three levels of areas and of time.

Figures lie in Parquet as DECIMAL. Timed: reading the columns, the roll-up itself, and one changed
cell until all totals above it can be read. Beside it DuckDB's own GROUPING SETS over the same file
and, where it is at hand, pandas; their totals are compared with ours first, digit by digit. Each
works in a process of its own, so that memory is its own; the least of the rounds counts.

Then the same through the product, on SQLite with 1.2 million stored figures: the first question
for the totals of an indicator, and a superseded figure until the table of the page has it.

    python benchmarks/bench_rollup.py [--rounds 3]
"""

import argparse
import gc
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
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
PRODUCT = "product"


def stored_facts(path: Path, units: int) -> dict[str, Any]:
    """The first table of an indicator from the database, and tables after one changed figure."""
    import returns_zone as made

    made.new_home()
    from lantu.kernel.facts.actions import supersede
    from lantu.kernel.facts.models import Observation
    from lantu.services.totals import queries

    enter(units)
    crowd()
    chosen = list(Observation.objects.filter(indicator__zh="税收收入").order_by("?")[:200])
    gc.collect()
    gc.freeze()  # as the web server does with all that it has loaded
    today = date(LAST + 1, 6, 1)
    asked = queries.Asked("税收收入", "year", None, "", today, None)
    begun = time.perf_counter()
    queries.page("province", asked)
    first, times = time.perf_counter() - begun, []
    for number, figure in enumerate(chosen):
        supersede(figure, value=Decimal(number) / 8, reason="put right", known_on=today, by=None)
        begun = time.perf_counter()
        page = queries.page("province", asked)
        times.append(time.perf_counter() - begun)
    assert page is not None and page.table is not None
    found = [str(cell.total) for row in page.table.rows for cell in row.cells]
    from lantu.services.totals import gathering

    gathering.forget()
    anew = queries.page("province", asked)
    assert anew is not None and anew.table is not None
    assert found == [str(cell.total) for row in anew.table.rows for cell in row.cells]
    return {"total": first, "change": times, "figures": Observation.objects.count()}


def enter(units: int) -> None:
    """Zones in cities in a province, each with sixty months of one indicator."""
    from lantu.core.figures.periods import Period
    from lantu.core.plans.records import Observed
    from lantu.core.rollup.territory import AreaEntry, Lying, Territory
    from lantu.kernel.access.actions import ensure_zone
    from lantu.kernel.facts.actions import import_observed
    from lantu.kernel.places.actions import take_territory

    cities: dict[int, list[Lying]] = {}
    for unit in range(units):
        slug = f"u{unit}"
        zone = ensure_zone(slug, zh=f"{unit}区", en=slug, invented=True, by=None)
        cities.setdefault(unit // TO_A_CITY, []).append(Lying("", slug, "", None))
        rows = [
            Observed(
                indicator="税收收入", subject=zone.zh, period=Period(year, month, year, month),
                value=Decimal(unit * 7919 + month * 104729 + year) / 10000, unit="亿元",
                kind="level", scope="", scope_note="", vintage="", source_title="made up",
                source_url="", published_on="", known_on=None, where="",
            )
            for year in range(FIRST, LAST + 1) for month in range(1, 13)
        ]  # fmt: skip
        import_observed(zone, rows, source="made up", by=None)
    areas = [AreaEntry("", "province", "省", "Province", None, ())]
    for city, lying in cities.items():
        name = f"c{city}"
        areas.append(AreaEntry("", name, name, name, "province", tuple(lying)))
    take_territory(Territory(True, tuple(areas)), by=None)


def crowd() -> None:
    """The same figures again for every other indicator, so that the table is a province's."""
    from django.db import connection

    from lantu.kernel.access.models import Zone
    from lantu.kernel.facts.models import Indicator, Observation

    Indicator.objects.bulk_create(
        [
            Indicator(zone=zone, zh=f"指标{number:02d}")
            for zone in Zone.objects.all()
            for number in range(1, INDICATORS)
        ],
        batch_size=2000,
    )
    copied = [
        field.column
        for field in Observation._meta.concrete_fields
        if field.column not in ("id", "indicator_id", "key")
    ]
    columns = ", ".join(copied)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO facts_observation (indicator_id, key, {columns}) "
            f"SELECT other.id, other.id || '-' || o.id, {', '.join(f'o.{x}' for x in copied)} "
            "FROM facts_indicator other JOIN facts_observation o ON o.zone_id = other.zone_id "
            "WHERE other.zh LIKE '指标%'"
        )


def apart(way: str, path: Path, units: int) -> dict[str, Any]:
    """One way in a process of its own, with its time and its memory."""
    command = [sys.executable, __file__, "--way", way, "--path", str(path), "--units", str(units)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--way", choices=[*WAYS, PRODUCT])
    parser.add_argument("--path", type=Path)
    parser.add_argument("--units", type=int, default=0)
    args = parser.parse_args()
    if args.way:
        way = stored_facts if args.way == PRODUCT else WAYS[args.way]
        found = way(args.path, args.units)
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
    found = apart(PRODUCT, folder, SIZES["1.2 M"])
    after = [one * 1000 for one in sorted(found["change"])]
    late = sum(one > 50 for one in after)
    print(f"through the product, {found['figures']:,} figures stored: first table "
          f"{found['total']:.2f} s; after each of {len(after)} changed figures median "
          f"{statistics.median(after):.1f} ms, slowest {after[-1]:.1f} ms, {late} over 50 ms; "
          "the same as made anew")  # fmt: skip
    if not find_spec("pandas"):
        print("pandas is not installed here and was not compared")


if __name__ == "__main__":
    main()
