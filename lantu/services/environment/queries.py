"""What the pages of air, water and energy show."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from lantu.core.figures.decimals import rounded, shown
from lantu.core.plans.standing import Question
from lantu.core.rules.methods import methods
from lantu.kernel.access.models import Zone
from lantu.services.environment.daily import GoodDays, changed_since, counted
from lantu.services.environment.methods.published.air import aqi_class
from lantu.services.environment.models import AirDay, Batch, Station

ITEMS = {"pm25": "PM2.5", "pm10": "PM10", "so2": "SO2", "co": "CO", "no2": "NO2", "o3_8h": "O3-8h"}
UNITS = {name: "mg/m³" if name == "co" else "μg/m³" for name in ITEMS}
HOURLY = {**ITEMS, "o3": "O3"}
# Class in the order of the standard, with a letter so that colour is never the only sign.
CLASSES = {
    "优": ("A", "excellent"),
    "良": ("B", "good"),
    "轻度污染": ("C", "lightly polluted"),
    "中度污染": ("D", "moderately polluted"),
    "重度污染": ("E", "heavily polluted"),
    "严重污染": ("F", "severely polluted"),
}


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a station or of the zone."""

    day: date
    aqi: int | None
    zh: str  # the class
    en: str
    letter: str
    primary: str
    means: dict[str, Any]
    counts: dict[str, Any]
    indices: dict[str, Any]
    flags: dict[str, int]

    @property
    def label(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}


@dataclass(frozen=True, slots=True)
class Air:
    """A year of air: every day, its classes, and the stations."""

    year: int
    years: tuple[int, ...]
    station: Station | None
    stations: tuple[Station, ...]
    days: tuple[Day, ...]
    good: GoodDays
    classes: tuple[tuple[str, dict[str, str], int], ...]
    primaries: tuple[tuple[str, int], ...]
    unknown: int = 0  # days left out, as what was known of them on the day asked about is not kept


def _day(found: AirDay) -> Day:
    zh = "" if found.aqi is None else str(aqi_class(Decimal(found.aqi))["cls"])
    letter, en = CLASSES.get(zh, ("", ""))
    return Day(
        found.day, found.aqi, zh, en, letter, found.primary, found.means, found.counts,
        found.indices, found.flags,
    )  # fmt: skip


def stations(zone: Zone, *media: str, on: date = date.max) -> tuple[Station, ...]:
    """The stations of a zone that measure air or water, and had begun to by a day."""
    found = Station.objects.filter(zone=zone, medium__in=media, since__lte=on)
    return tuple(found.order_by("code"))


def air_years(zone: Zone, as_of: date = date.max) -> tuple[int, ...]:
    """The years of which there are days, up to a day."""
    found = AirDay.objects.filter(zone=zone, day__lte=as_of).dates("day", "year")
    return tuple(one.year for one in found)


def air(
    zone: Zone, year: int | None, then: Question | None = None, station: Station | None = None
) -> Air:
    """A year of the zone or of a station, up to the day asked about; the newest if none is asked.

    Days hold what their hours say now. Where hours came in after the day of knowledge, what was
    computed before is not kept: such a day is left out and counted.
    """
    last = date.max if then is None else then.as_of
    years = air_years(zone, last)
    chosen = year_of(year, years, last)
    rows = AirDay.objects.filter(zone=zone, station=station, day__year=chosen, day__lte=last)
    every = tuple(_day(one) for one in rows.order_by("day"))
    late = [] if then is None or then.known_on is None else changed_since(zone, then.known_on)
    days = tuple(one for one in every if not any(a <= one.day <= b for a, b in late))
    count = Counter(day.zh for day in days if day.zh)
    primaries = Counter(one for day in days for one in day.primary.split())
    return Air(
        chosen, years, station, stations(zone, "air", on=last), days,
        counted(chosen, [one.aqi for one in days]),
        tuple((CLASSES[zh][0], {"zh": zh, "en": CLASSES[zh][1]}, count[zh]) for zh in CLASSES),
        tuple(primaries.most_common()), len(every) - len(days),
    )  # fmt: skip


def year_of(asked: int | None, years: Sequence[int], last: date) -> int:
    """The year asked for, else the newest that is known; none that begins after the last day."""
    if asked is not None and asked <= last.year:
        return asked
    return years[-1] if years else min(localdate(), last).year


@dataclass(frozen=True, slots=True)
class Step:
    """How the sub-index of one item came about."""

    item: str
    unit: str
    mean: str | None
    count: int
    rounded: Decimal | None
    low: tuple[Decimal, Decimal] | None  # concentration and sub-index below
    high: tuple[Decimal, Decimal] | None
    exact: Decimal | None
    index: int | None
    is_highest: bool

    @property
    def shown(self) -> str:
        """The daily value with three places; the arithmetic beside it uses all."""
        return "" if self.mean is None else shown(Decimal(self.mean), 3)


@dataclass(frozen=True, slots=True)
class Explained:
    """The arithmetic of a day's index, in order, with the standard that was in force."""

    station: Station | None
    day: Day
    standard: str
    since: date
    rounds: bool
    steps: tuple[Step, ...]
    missing: tuple[str, ...]
    before: date
    after: date


def explained(zone: Zone, station: Station | None, day: date) -> Explained | None:
    """The arithmetic of a day; None where there is no such day."""
    found = AirDay.objects.filter(zone=zone, station=station, day=day).first()
    if found is None:
        return None
    parameters = methods("lantu.services", rules=False)["environment.aqi"].parameters
    setting = parameters["breakpoints"].on(day)
    rounds = bool(parameters["rounds_first"].at(day))
    steps = tuple(_step(found, name, setting.value, rounds) for name in ITEMS)
    missing = tuple(step.item for step in steps if step.index is None)
    return Explained(
        station, _day(found), setting.source, setting.since, rounds, steps, missing,
        day - timedelta(days=1), day + timedelta(days=1),
    )  # fmt: skip


def _step(found: AirDay, name: str, table: dict[str, Any], rounds: bool) -> Step:
    text, index = found.means[name], found.indices[name]
    nothing = Step(ITEMS[name], UNITS[name], text, found.counts[name], None, None, None, None,
                   index, False)  # fmt: skip
    if text is None:
        return nothing
    value = Decimal(text)
    if rounds:
        value = rounded(value, 1 if name == "co" else 0)
    key = "O3_8h" if name == "o3_8h" else f"{name.upper()}_24h"
    points = [(limit, i) for i, limit in zip(table["iaqi"], table["items"][key], strict=True)
              if isinstance(limit, Decimal)]  # fmt: skip
    for low, high in zip(points, points[1:], strict=False):
        if value <= high[0]:
            exact = (high[1] - low[1]) / (high[0] - low[0]) * (value - low[0]) + low[1]
            return Step(ITEMS[name], UNITS[name], text, found.counts[name], value, low, high,
                        exact.quantize(Decimal("0.01")), index, index == found.aqi)  # fmt: skip
    return nothing


@dataclass(frozen=True, slots=True)
class Hour:
    """An hourly value with what is doubtful about it."""

    hour: datetime
    item: str
    text: str
    value: Decimal | None
    flag: str
    unit: str

    @property
    def name(self) -> str:
        """What is measured, as it is written."""
        return HOURLY[self.item]


def is_forgotten(zone: Zone, day: date, known_on: date | None) -> bool:
    """Whether a day was computed anew since, so that what was known of it then is not kept."""
    late = [] if known_on is None else changed_since(zone, known_on)
    return any(first <= day <= last for first, last in late)


def hours(
    zone: Zone, station: Station, first: date, last: date, *, known_on: date | None = None
) -> list[Hour]:
    """The hourly values of a station in a span, each with its flag; those here by a day."""
    from lantu.services.environment.methods.hourly import flags
    from lantu.services.environment.series import opened

    batches = Batch.objects.filter(zone=zone).order_by("number")
    if known_on is not None:
        batches = batches.filter(entered_at__date__lte=known_on)
    connection = opened(batches.values_list("path", flat=True))
    if connection is None:
        return []
    table = connection.table("series")
    table = table.filter(
        (table["station"] == station.code)
        & (table["hour"] >= datetime.combine(first - timedelta(days=2), datetime.min.time()))
        & (table["hour"] < datetime.combine(last + timedelta(days=3), datetime.min.time()))
    )
    marked = flags.flagged(table)
    marked = marked.filter(marked["hour"].date().between(first, last)).order_by("hour", "item")
    return [
        Hour(
            row["hour"],
            row["item"],
            row["text"],
            None if row["value"] is None else Decimal(str(row["value"])),
            row["flag"] or "",
            row["unit"],
        )  # fmt: skip
        for row in connection.to_pyarrow(marked).to_pylist()
    ]


def flagged(listed: Sequence[Hour]) -> list[Hour]:
    """Those that something is doubtful about."""
    return [one for one in listed if one.flag]
