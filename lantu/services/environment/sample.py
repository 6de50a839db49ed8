"""Made-up stations and sections of an invented zone, the same for the same seed."""

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from lantu.core.errors import Refused
from lantu.core.figures.periods import Period
from lantu.core.plans.records import Observed
from lantu.kernel.access.actions import in_steps
from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import was_done
from lantu.kernel.facts.actions import import_observed
from lantu.services.environment import actions, daily
from lantu.services.environment.models import AirDay, Batch, Station, WaterSample
from lantu.services.environment.series import Stored, store_table

SOURCE = "虚构监测数据"
ENERGY = ("虚构能源数据", "energy")  # what the ledger calls it; once it was the second
Section = tuple[str, str, str, str, float]
AIR = (("a1", "管委会站", "Office station", 1.0), ("a2", "湖滨站", "Lakeside station", 0.8),
       ("a3", "东工业园站", "East works station", 1.2))  # fmt: skip
WATER: tuple[Section, ...] = (("w1", "清河入境断面", "Qing River inflow", "river", 1.3),
         ("w2", "清河出境断面", "Qing River outflow", "river", 1.0),
         ("w3", "青沙河桥断面", "Qingsha Bridge", "river", 2.1),
         ("w4", "禾湖中心", "He Lake centre", "lake", 0.5))  # fmt: skip
FIRST, LAST = datetime(2025, 1, 1), datetime(2026, 6, 30, 23)  # noqa: DTZ001  # the zone's clock
# Middle of the year, how much winter adds, how much the afternoon adds, noise, decimals
SHAPES = {"pm25": (26, 0.75, -0.1, 0.45, 1), "pm10": (52, 0.55, 0.1, 0.4, 1),
          "so2": (9, 0.4, 0.05, 0.3, 1), "co": (0.6, 0.4, -0.1, 0.3, 2),
          "no2": (27, 0.4, -0.25, 0.35, 1), "o3": (68, -0.5, 0.6, 0.25, 1)}  # fmt: skip


def load(zone: Zone, *, by: User | None = None) -> None:
    """Give an invented zone its air, water and energy; nothing where it has some of its own.

    Hours, days, sections and figures are committed one by one; cut off half-way, the next load does
    what is left.
    """
    if not zone.invented:
        raise Refused("Invented records belong in an invented zone only.")
    first = Batch.objects.filter(zone=zone).order_by("number").first()
    if first is None or first.source == SOURCE:
        in_steps(zone, _steps(zone, by))


def _steps(zone: Zone, by: User | None) -> Iterator[Callable[[], bool]]:
    """Each part with the question whether it is there already; what is computed holds no lock."""
    if not Batch.objects.filter(zone=zone).exists():
        table = _hours()
        yield partial(_air, zone, store_table(zone.slug, 1, table), table.num_rows, by)
    if not AirDay.objects.filter(zone=zone).exists():
        # Its table is computed first, and put in place as a whole.
        daily.recompute(zone, FIRST.date(), LAST.date())
    chance = random.Random(2021)  # noqa: S311  # figures, not secrets
    for section in WATER:
        yield partial(_section, zone, section, _samples(chance, section), by)
    yield partial(_energy, zone, by)
    if not was_done(zone, str(FIRST.year), act="publish", object_type="good-days"):
        actions.publish_good_days(zone, FIRST.year, by=by, subject=zone.zh)


def _air(zone: Zone, stored: Stored, rows: int, by: User | None) -> bool:
    if Batch.objects.filter(zone=zone).exists():
        return False
    for code, zh, en, _ in AIR:
        actions.ensure_station(
            zone, code, zh=zh, en=en, medium="air", since=date(2020, 1, 1), by=by
        )
    actions.add_batch(zone, stored, number=1, source=SOURCE, rows=rows, first=FIRST, last=LAST,
                      by=by)  # fmt: skip
    return True


def _hours() -> Any:
    """Hourly values with a winter, an afternoon, spells of bad air, and faults to be found."""
    import numpy as np
    import pyarrow as pa

    chance = np.random.default_rng(2021)
    count = int((LAST - FIRST) / timedelta(hours=1)) + 1
    hour = np.datetime64(FIRST) + np.arange(count).astype("timedelta64[h]")
    turn = 2 * np.pi * np.arange(count) / (24 * 365.25)
    clock = 2 * np.pi * (np.arange(count) % 24 - 9) / 24
    spell = np.repeat(chance.lognormal(0, 0.42, count // 72 + 1), 72)[:count]
    parts = []
    for code, _, _, factor in AIR:
        for item, (middle, winter, noon, noise, places) in SHAPES.items():
            local = np.repeat(chance.lognormal(0, 0.08, count // 6 + 1), 6)[:count]
            value = middle * factor**0.5 * (1 + winter * np.cos(turn)) * (1 + noon * np.sin(clock))
            spread = spell ** (0.35 if item == "o3" else 1) * local
            value = np.maximum(
                value * spread * chance.lognormal(0, noise / 3, count),
                0.03 if item == "co" else 0.6,
            )
            parts.append(_with_faults(code, item, hour, np.round(value, places), chance))
    columns = {name: pa.concat_arrays([part[name] for part in parts]) for name in parts[0]}
    return pa.table(columns)


def _with_faults(code: str, item: str, hour: Any, value: Any, chance: Any) -> dict[str, Any]:
    import numpy as np
    import pyarrow as pa

    gone = chance.random(len(value)) < 0.004
    if (code, item) == ("a2", "no2"):
        value[3000:3016] = 31.4  # stuck
    if (code, item) == ("a3", "pm10"):
        value[[5000, 5001, 9000]] = -4.0
        value[7000] = 9850.0
    if (code, item) == ("a1", "so2"):
        value[4000:4004] = 0.011  # milligrams in place of micrograms
    if (code, item) == ("a3", "o3"):
        gone[6000:6150] = True  # out of order for six days
    if (code, item) == ("a2", "pm25"):
        value[8000:8003] = 0.5
    text = np.where(gone, "", np.char.mod("%g", value))
    count = len(value)
    return {
        "station": pa.array([code] * count),
        "hour": pa.array(hour, pa.timestamp("us")),
        "item": pa.array([item] * count),
        "text": pa.array(text.tolist(), pa.string()),
        "value": pa.array(value, pa.float64(), mask=gone),
        "unit": pa.array([""] * count),
        "mark": pa.array([""] * count),
    }


def _samples(chance: random.Random, section: Section) -> list[tuple[date, dict[str, str]]]:
    """Eighteen months of a section; one river was dry in one of them."""
    code, _, _, medium, dirt = section
    found = []
    for number in range(18):
        month = date(2025 + number // 12, number % 12 + 1, 1)
        if (code, number) != ("w3", 13):
            summer = 1 + 0.3 * (5 <= month.month <= 9)
            found.append((month, _sample(chance, medium, dirt * summer)))
    return found


def _section(
    zone: Zone, section: Section, samples: list[tuple[date, dict[str, str]]], by: User | None
) -> bool:
    code, zh, en, medium, _ = section
    station: Station = actions.ensure_station(
        zone, code, zh=zh, en=en, medium=medium, since=date(2020, 1, 1), by=by
    )
    if WaterSample.objects.filter(station=station).exists():
        return False
    for month, values in samples:
        actions.add_sample(station, month, values, source=SOURCE, by=by)
    actions.note_samples(zone, len(samples), source=f"{SOURCE} {code}", by=by)
    return True


def _sample(chance: random.Random, medium: str, dirt: float) -> dict[str, str]:
    middles = {"CODMn": 3.6, "COD": 14, "BOD5": 2.6, "NH3-N": 0.5, "TP": 0.1}
    values = {name: f"{middle * dirt * chance.uniform(0.7, 1.3):.2f}"
              for name, middle in middles.items()}  # fmt: skip
    values["DO"] = f"{max(9.5 - 1.6 * dirt * chance.uniform(0.7, 1.3), 1.5):.1f}"
    values["pH"] = f"{chance.uniform(7.2, 8.3):.1f}"
    if medium == "lake":
        values |= {"chla": f"{14 * dirt * chance.uniform(0.7, 1.4):.1f}", "SD": "0.9",
                   "TN": f"{1.6 * dirt * chance.uniform(0.7, 1.3):.2f}"}  # fmt: skip
    return values


def _energy(zone: Zone, by: User | None) -> bool:
    if was_done(zone, *ENERGY, act="import", object_type="water"):
        return False
    rows = []
    # So that energy per output falls by what the zone publishes: 2.1, 2.4, 2.9, 3.1 and 3.6 %.
    every_coal = (118.0, 124.5, 131.1, 137.6, 144.2, 150.4)
    for place, (year, coal) in enumerate(zip(range(2020, 2026), every_coal, strict=True)):
        gas, power = 5200 + 900 * place, 92000 + 8600 * place
        output = 1240000 * 1.092**place
        figures = {"原煤消费量": (coal, "万吨"), "天然气消费量": (gas, "万立方米"),
                   "柴油消费量": (2.1, "万吨"), "全社会用电量": (power, "万千瓦时"),
                   "不变价生产总值": (round(output), "万元")}  # fmt: skip
        rows += [_figure(zone, name, year, value, unit) for name, (value, unit) in figures.items()]
    import_observed(zone, rows, source=SOURCE, by=by)
    actions.note_samples(zone, len(rows), source=ENERGY[0], by=by)
    return True


def _figure(zone: Zone, name: str, year: int, value: float, unit: str) -> Observed:
    from decimal import Decimal

    return Observed(
        indicator=name, subject=zone.zh, period=Period(year, 1, year, 12),
        value=Decimal(str(value)), unit=unit, kind="level", scope="", scope_note="",
        vintage="年报", source_title=SOURCE, source_url="https://example.org/qinghe/energy",
        published_on=f"{year + 1}-09-30", known_on=date(year + 1, 9, 30), where=name,
    )  # fmt: skip
