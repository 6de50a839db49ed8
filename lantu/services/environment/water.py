"""What the pages of water and energy show."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from lantu.core.figures.decimals import printed
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Zone
from lantu.kernel.facts import queries as facts
from lantu.services.environment.methods.hourly.energy import PARAMETERS as EQUIVALENT
from lantu.services.environment.methods.published import energy as coal
from lantu.services.environment.methods.published import water as published
from lantu.services.environment.models import Station, WaterSample
from lantu.services.environment.queries import stations, year_of

ORDER = ("I", "II", "III", "IV", "V", "劣V")
GOOD = ORDER[:3]
_OWN_NAMES = {"TP": "TP_{}"}
_NOT_IN_CLASS = {"TN", "chla", "SD"}
_TROPHIC = {"chla": "chla_mg_m3", "TP": "TP_mg_l", "TN": "TN_mg_l", "SD": "SD_m",
            "CODMn": "CODMn_mg_l"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """A section in a month: its class and the items that decide it."""

    station: Station
    month: date
    cls: str
    items: tuple[str, ...]  # those that are at the section's class
    values: dict[str, str]
    classes: dict[str, str]
    trophic: Decimal | None
    state: str


@dataclass(frozen=True, slots=True)
class Month:
    """All sections in a month, and their shares."""

    month: date
    sections: tuple[Section | None, ...]  # in the order of the stations; None: not measured
    monitored: int
    good: int
    good_pct: Decimal | None
    grade: str
    stations: tuple[Station, ...]

    @property
    def cells(self) -> tuple[tuple[Station, Section | None], ...]:
        """Each section with what it came to in the month."""
        return tuple(zip(self.stations, self.sections, strict=True))


@dataclass(frozen=True, slots=True)
class Water:
    """A year of water."""

    year: int
    years: tuple[int, ...]
    stations: tuple[Station, ...]
    months: tuple[Month, ...]
    good: int
    monitored: int
    good_pct: Decimal | None


def section(station: Station, month: date, values: dict[str, str]) -> Section:
    """The class of one section: the worst of its items, with all that are as bad."""
    kind = "lake" if station.medium == "lake" else "river"
    classes = {}
    for name, text in values.items():
        if name not in _NOT_IN_CLASS:
            item = _OWN_NAMES.get(name, name).format(kind)
            classes[name] = str(published.item_class(item, printed(text))["cls"])
    worst = max(classes.values(), key=ORDER.index)
    items = tuple(name for name, cls in classes.items() if cls == worst and cls != "I")
    index, state = None, ""
    if kind == "lake":
        given = {_TROPHIC[name]: printed(text) for name, text in values.items() if name in _TROPHIC}
        found = published.tli_from_concentrations(**given)
        index, state = found["TLI"], found["cls"] or ""
    return Section(station, month, worst, items, values, classes, index, state)


def known(rows: QuerySet[WaterSample], then: Question | None) -> QuerySet[WaterSample]:
    """The samples of months that had begun by the day asked about, and were here by then."""
    if then is None:
        return rows
    rows = rows.filter(month__lte=then.as_of)
    return rows if then.known_on is None else rows.filter(entered_at__date__lte=then.known_on)


def water(zone: Zone, year: int | None, then: Question | None = None) -> Water:
    """The sections of a year, month by month; a section that was not measured does not count."""
    rows = known(WaterSample.objects.filter(zone=zone), then)
    rows = rows.select_related("station").order_by("pk")
    newest: dict[tuple[date, str], WaterSample] = {
        (one.month, one.station.code): one for one in rows
    }
    years = tuple(sorted({month.year for month, _ in newest}))
    last = date.max if then is None else then.as_of
    chosen = year_of(year, years, last)
    sections = stations(zone, "river", "lake", on=last)
    months = []
    for month in sorted({month for month, _ in newest if month.year == chosen}):
        row: list[Section | None] = []
        for one in sections:
            sample = newest.get((month, one.code))
            row.append(None if sample is None else section(one, month, sample.values))
        months.append(_month(month, sections, row))
    good, monitored = sum(one.good for one in months), sum(one.monitored for one in months)
    share = Decimal(good * 100) / monitored if monitored else None
    return Water(chosen, years, sections, tuple(months), good, monitored, share)


def _month(month: date, stations: tuple[Station, ...], sections: list[Section | None]) -> Month:
    known = [one for one in sections if one is not None]
    good = sum(1 for one in known if one.cls in GOOD)
    bad = sum(1 for one in known if one.cls == ORDER[-1])
    found = published.section_ratio_and_grade(Decimal(len(known)), Decimal(good), Decimal(bad))
    # With fewer than five sections the regulation gives no grade by shares.
    grade = str(found["grade"]) if len(known) >= 5 else ""
    return Month(month, tuple(sections), len(known), good, found["good_pct"], grade, stations)


# The indicator as sources print it, the energy, the measure of its factor, and its size in 1 unit.
FUELS = (("原煤消费量", "原煤", "kg", {"吨": 1000, "万吨": 10_000_000}),
         ("柴油消费量", "柴油", "kg", {"吨": 1000, "万吨": 10_000_000}),
         ("天然气消费量", "天然气", "m3", {"立方米": 1, "万立方米": 10_000}),
         ("全社会用电量", "电力", "kwh", {"千瓦时": 1, "万千瓦时": 10_000}))  # fmt: skip
OUTPUT = "不变价生产总值"


@dataclass(frozen=True, slots=True)
class EnergyYear:
    """A year's energy as standard coal, both ways, and what output cost."""

    year: int
    parts: tuple[tuple[str, Decimal | None], ...]
    calorific: Decimal | None  # 当量值, 万吨标准煤
    equivalent: Decimal | None  # 等价值
    output: Decimal | None  # 万元
    intensity: Decimal | None  # 吨标准煤/万元, by the equivalent value
    change_pct: Decimal | None
    decline_pct: Decimal | None  # since the first year, compounded
    missing: tuple[str, ...]


def inputs(years: Sequence[EnergyYear]) -> tuple[str, ...]:
    """The indicators that the years were computed from: those that are known of any of them."""
    names = [*(one[0] for one in FUELS), OUTPUT]
    return tuple(name for name in names if any(name not in year.missing for year in years))


def energy(zone: Zone, then: Question | None = None) -> tuple[EnergyYear, ...]:
    """Energy by year from the figures in force; what is not reported leaves no total."""
    names = [one[0] for one in FUELS] + [OUTPUT]
    by_year: dict[int, dict[str, Any]] = defaultdict(dict)
    for one in facts.observed(zone, indicators=names, known_on=then.known_on if then else None):
        if then is not None and one.period.last_day > then.as_of:
            continue
        if one.kind == "level" and one.subject == zone.zh:
            by_year[one.period.end_year][one.indicator] = one
    found: list[EnergyYear] = []
    for year in sorted(by_year):
        found.append(_year(year, by_year[year], found))
    return tuple(found)


def _year(year: int, figures: dict[str, Any], before: list[EnergyYear]) -> EnergyYear:
    parts = {name: _tonnes(figures.get(name), energy, measure, sizes)
             for name, energy, measure, sizes in FUELS}  # fmt: skip
    missing = tuple(name for name in (*parts, OUTPUT) if name not in figures)
    known = [value for value in parts.values() if value is not None]
    calorific = sum(known, Decimal(0)) if len(known) == len(parts) else None
    equivalent = None
    if calorific is not None:
        power = figures[FUELS[-1][0]]
        kwh = power.value * FUELS[-1][3][power.unit]
        made = kwh * EQUIVALENT["electricity_equivalent"].at() / 1000
        equivalent = calorific - (parts[FUELS[-1][0]] or Decimal(0)) + made
    output = figures[OUTPUT].value if OUTPUT in figures else None
    intensity = equivalent / output if equivalent is not None and output else None
    last = before[-1].intensity if before else None
    first = before[0].intensity if before else None
    change = (intensity / last - 1) * 100 if intensity and last else None
    decline = (1 - intensity / first) * 100 if intensity and first else None
    return EnergyYear(year, tuple(parts.items()), calorific, equivalent, output, intensity, change,
                      decline, missing)  # fmt: skip


def _tonnes(one: Any, energy: str, measure: str, sizes: dict[str, int]) -> Decimal | None:
    if one is None or one.unit not in sizes:
        return None
    quantity = one.value * sizes[one.unit]
    found: Decimal = coal.energy_conversion(energy, **{f"qty_{measure}": quantity})["tce"]
    return found
