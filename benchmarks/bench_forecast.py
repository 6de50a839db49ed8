"""Rolling-origin test of the forecasts on real public series, beside naive and mean growth.

Every window of two to five yearly figures of `data/gdp.csv` is gone on with for one to four years.
Printed: the median error of each way in per cent, the scatter of one-year errors (the reference in
forecast.yaml), how often eight-in-ten ranges held, and whether “likely” and “unlikely” deserved
their names. Also: the time of an outlook with 1,000 and 10,000 simulated futures.
"""

import csv
import math
import statistics
import time
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

from lantu.core.judging.forecast.assumptions import assumptions
from lantu.core.judging.forecast.outlook import outlook
from lantu.core.judging.forecast.series import WAYS, ahead, errors, series, spread
from lantu.core.judging.records import Base, Commitment, Fact, Plan

DATA = Path(__file__).parent / "data" / "gdp.csv"
DAMPINGS = (0.5, 0.6, 0.7, 0.8, 0.9)


def countries() -> dict[str, dict[int, Decimal]]:
    found: dict[str, dict[int, Decimal]] = defaultdict(dict)
    with DATA.open(encoding="utf-8") as file:
        lines = (line for line in file if not line.startswith("#"))
        for row in csv.DictReader(lines):
            found[row["country"]][int(row["year"])] = Decimal(row["value"])
    return found


def windows(figures: dict[int, Decimal]):
    """Every run of two to five years that is followed by four known ones."""
    for size in range(2, 6):
        for start in range(min(figures), max(figures) - size - 3):
            yield {year: figures[year] for year in range(start, start + size)}, start + size - 1


def ways() -> None:
    print("median error in per cent, by years ahead")
    print("| way | damping | 1 | 2 | 3 | 4 |\n| --- | --- | --- | --- | --- | --- |")
    for way in WAYS:
        for damping in DAMPINGS if way == "damped" else (1.0,):
            missed: dict[int, list[float]] = defaultdict(list)
            for figures in countries().values():
                for seen, last in windows(figures):
                    found = series(seen, "亿元")
                    for horizon in range(1, 5):
                        level = ahead(found, way, horizon, damping)
                        missed[horizon].append(abs(level - math.log(figures[last + horizon])))
            cells = " | ".join(f"{100 * statistics.median(missed[h]):.1f}" for h in range(1, 5))
            print(f"| {way} | {damping if way == 'damped' else ''} | {cells} |")


def scatter() -> None:
    damping = assumptions(date(2026, 1, 1)).damping.value
    pooled = []
    for name, figures in countries().items():
        own = list(errors(series(figures, "亿元"), "damped", damping))
        short = [
            error
            for seen, last in windows(figures)
            for error in [
                ahead(series(seen, "亿元"), "damped", 1, damping) - math.log(figures[last + 1])
            ]
        ]
        pooled += short
        print(f"scatter {name}: {spread(own):.3f} (whole series), {spread(short):.3f} (2–5 years)")
    print(f"scatter of all, 2–5 years: {spread(pooled):.3f}")
    first = None
    for horizon in range(1, 5):
        missed = [
            ahead(series(seen, "亿元"), "damped", horizon, damping)
            - math.log(figures[last + horizon])
            for figures in countries().values()
            for seen, last in windows(figures)
        ]
        ratio = spread(missed) / (first := first or spread(missed))
        lasting = (ratio**2 / horizon - 1) / (horizon - 1) if horizon > 1 else math.nan
        print(f"{horizon} years ahead: {ratio:.2f} times the error of one, lasting {lasting:.2f}")


def calibration() -> None:
    """Promises of a plan made from each origin: what was called likely, and what came of it."""
    held = total = 0
    fates: dict[str, list[bool]] = defaultdict(list)
    for figures in countries().values():
        for start in range(1985, 2012):
            plan = Plan(start, start + 4)
            facts = [Fact(y, figures[y]) for y in range(start - 3, start + 2)]
            for growth in (0, 3, 6, 9, 12, 15):
                base = figures[start - 1]
                target = base * (1 + Decimal(growth) / 100) ** 5
                promise = Commitment(
                    "level", target=target.quantize(Decimal(1)), base=Base(start - 1, base),
                    unit="亿元",
                )  # fmt: skip
                told = outlook(promise, facts, plan=plan, as_of=date(start + 1, 12, 31), paths=300)
                met = figures[start + 4] >= target
                fates[str(told.band)].append(met)
                if growth == 0:
                    for year in told.years:
                        total += 1
                        held += year.low <= figures[year.year] <= year.high
    print(f"eight-in-ten ranges held in {held / total:.0%} of {total}")
    for band, met in sorted(fates.items()):
        print(f"{band}: {len(met)} promises, {sum(met) / len(met):.0%} were met")


def speed() -> None:
    promise = Commitment("level", target=Decimal(261), base=Base(2020, Decimal(133)), unit="亿元")
    facts = [Fact(2021, Decimal(150)), Fact(2022, Decimal(171)), Fact(2023, Decimal(180))]
    for paths in (1000, 10_000):
        begun = time.perf_counter()
        outlook(promise, facts, plan=Plan(2021, 2025), as_of=date(2023, 12, 31), paths=paths)
        print(f"{paths} futures: {time.perf_counter() - begun:.2f} s")


if __name__ == "__main__":
    ways()
    scatter()
    calibration()
    speed()
