"""Days from hours: flags, means, sub-indices and index of each station and of the zone."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from lantu.core.figures.decimals import shown
from lantu.core.rules.methods import methods
from lantu.core.rules.parameters import beside, percent
from lantu.kernel.access.models import Zone
from lantu.services.environment.models import AirDay, Batch, Station
from lantu.services.environment.series import opened

_DAYS = Path(__file__).parent / "methods" / "hourly" / "days.py"
# A value that stays the same is seen only with the hours before and after it, so new hours may
# change the flags of the days beside their own.
BESIDE = timedelta(days=1)
MARGIN = timedelta(days=2)


def recompute(zone: Zone, first: date, last: date) -> list[str]:
    """Compute the days of a span, and those beside it, anew. Gives what was noticed."""
    from lantu.services.environment.methods.hourly import days, flags, indices

    paths = Batch.objects.filter(zone=zone).order_by("number").values_list("path", flat=True)
    connection = opened(paths)
    if connection is None:
        return []
    first, last = first - BESIDE, last + BESIDE
    hours = connection.table("series")
    start, end = _span(first, last)
    hours = hours.filter((hours["hour"] >= start - MARGIN) & (hours["hour"] < end + MARGIN))
    keep = indices.kept_in(connection)
    marked = keep(flags.flagged(hours))
    inside = marked.filter((marked["hour"] >= start) & (marked["hour"] < end))
    by_station = keep(days.daily(flags.wide(inside)))
    known = list(Station.objects.filter(zone=zone, medium="air"))
    of_zone = days.of_zone(by_station, stations=len(known)).select(by_station.columns)
    method = methods("lantu.services")["environment.aqi"]
    found = indices.indexed(by_station.union(of_zone), method, keep=keep)
    rows = connection.to_pyarrow(found).to_pylist()
    noticed = _flags(connection, inside)
    _replace(zone, rows, noticed, {one.code: one for one in known}, first, last)
    return _notes(noticed)


def _span(first: date, last: date) -> tuple[datetime, datetime]:
    return datetime.combine(first, time()), datetime.combine(last, time()) + timedelta(days=1)


def _flags(connection: Any, inside: Any) -> dict[tuple[str, date], dict[str, int]]:
    doubtful = inside.filter(inside["flag"].notnull())
    counted = doubtful.group_by(
        ["station", doubtful["hour"].date().name("date"), "flag"]
    ).aggregate(count=doubtful.count())
    found: dict[tuple[str, date], dict[str, int]] = defaultdict(dict)
    for row in connection.to_pyarrow(counted).to_pylist():
        found[row["station"], row["date"]][row["flag"]] = row["count"]
    return found


def _notes(noticed: dict[tuple[str, date], dict[str, int]]) -> list[str]:
    total: dict[str, int] = defaultdict(int)
    for flags in noticed.values():
        for flag, count in flags.items():
            total[flag] += count
    return [f"{count} hourly values are flagged: {flag}." for flag, count in sorted(total.items())]


@transaction.atomic
def _replace(
    zone: Zone,
    rows: Iterable[dict[str, Any]],
    noticed: dict[tuple[str, date], dict[str, int]],
    stations: dict[str, Station],
    first: date,
    last: date,
) -> None:
    AirDay.objects.filter(zone=zone, day__range=(first, last)).delete()
    AirDay.objects.bulk_create(
        (
            AirDay(
                zone=zone,
                station=stations.get(row["station"]),
                day=row["date"],
                means={name: _text(row[name]) for name in ITEMS},
                counts={name: row[f"{name}_n"] for name in ITEMS},
                indices={name: _whole(row[f"{name}_i"]) for name in ITEMS},
                flags=noticed.get((row["station"], row["date"]), {}),
                aqi=_whole(row["aqi"]),
                primary=row["primary"] or "",
            )
            for row in rows
        ),
        batch_size=1000,
    )


ITEMS = ("pm25", "pm10", "so2", "co", "no2", "o3_8h")


def _text(value: float | None) -> str | None:
    """Nine places are more than any instrument has, and take away what binary fractions add."""
    return None if value is None else shown(Decimal(str(round(value, 9))).normalize())


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


@dataclass(frozen=True, slots=True)
class GoodDays:
    """The share of good days of a year, and whether the year is valid."""

    year: int
    days: int
    valid: int
    good: int
    ratio: Decimal | None
    least: int

    @property
    def is_valid(self) -> bool:
        return self.valid >= self.least


def good_days(zone: Zone, year: int, station: Station | None = None) -> GoodDays:
    """Valid and good days of a year."""
    found = AirDay.objects.filter(zone=zone, station=station, day__year=year)
    return counted(year, list(found.values_list("aqi", flat=True)))


def counted(year: int, values: list[int | None]) -> GoodDays:
    """The same of the indices of a year's days, as far as they are known."""
    known = [value for value in values if value is not None]
    good = sum(1 for value in known if value <= 100)
    least = int(beside(str(_DAYS))["valid"].at()["year_days"])
    ratio = percent(Decimal(good), Decimal(len(known)))
    return GoodDays(year, len(values), len(known), good, ratio, least)


def changed_since(zone: Zone, day: date) -> list[tuple[date, date]]:
    """The spans of days that were computed anew from hours that came in after a day."""
    late = Batch.objects.filter(zone=zone, entered_at__date__gt=day)
    return [
        (localtime(first).date() - BESIDE, localtime(last).date() + BESIDE)
        for first, last in late.values_list("first_hour", "last_hour")
    ]


def means(zone: Zone, year: int) -> Any:
    """The means of a year's days, as the method of the index takes them: a pyarrow table.

    One row for each day of a station, and of the zone as a whole under its own name.
    """
    import pyarrow

    listed = AirDay.objects.filter(zone=zone, day__year=year).select_related("station")
    named = [(one.day, one.station.code if one.station else zone.slug, one) for one in listed]
    named.sort(key=lambda entry: entry[:2])
    columns: dict[str, Any] = {
        "subject": pyarrow.array([code for _, code, _ in named], pyarrow.string()),
        "date": pyarrow.array([day for day, _, _ in named], pyarrow.date32()),
    }
    for item in ITEMS:
        values = [None if one.means[item] is None else float(one.means[item]) for *_, one in named]
        columns[item] = pyarrow.array(values, pyarrow.float64())
    return pyarrow.table(columns)
