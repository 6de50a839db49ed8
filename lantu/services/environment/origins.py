"""Where measured values came in: the sample behind a class, the stations and files behind a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import get_current_timezone

from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Zone
from lantu.services.environment.models import AirDay, Batch, Station, WaterSample
from lantu.services.environment.sampling import KEPT_BY_WEIGHT, KEPT_IN
from lantu.services.environment.water import Section, known, section


@dataclass(frozen=True, slots=True)
class Came:
    """One file or message of values, and when it came in."""

    source: str
    at: datetime
    by: str  # empty: by the system


@dataclass(frozen=True, slots=True)
class Measured:
    """One item of a sample: its value, the unit of it, and its own class."""

    item: str
    value: str
    unit: str  # empty: it has none
    cls: str  # empty: it counts in no class


@dataclass(frozen=True, slots=True)
class Earlier:
    """A sample that another one took the place of."""

    values: Mapping[str, str]
    came: Came

    @property
    def measured(self) -> list[Measured]:
        """Each item as it was held."""
        return _measured(self.values, {})


@dataclass(frozen=True, slots=True)
class Origin:
    """The sample of a section in a month: what it measured, and what was held before it."""

    section: Section
    came: Came
    earlier: tuple[Earlier, ...]  # the newest first

    @property
    def measured(self) -> list[Measured]:
        """Each item with its value and its own class; no class for what counts in none."""
        return _measured(self.section.values, self.section.classes)


@dataclass(frozen=True, slots=True)
class StationDay:
    """What one station gave to the day of its zone."""

    station: Station
    aqi: int | None
    means: Mapping[str, str | None]


def sample_of(zone: Zone, code: str, month: date, then: Question | None = None) -> Origin | None:
    """The sample that counted then; None where nothing was known of that month there."""
    rows = known(WaterSample.objects.filter(zone=zone, station__code=code, month=month), then)
    found = list(rows.select_related("station", "entered_by").order_by("-pk"))
    if not found:
        return None
    newest = found[0]
    return Origin(
        section(newest.station, month, newest.values),
        _came(newest),
        tuple(Earlier(one.values, _came(one)) for one in found[1:]),
    )


def batches_of(zone: Zone, day: date) -> list[Came]:
    """The files whose hours reach into a day, in the order in which they came in."""
    # Midnight here is the first hour of a day; the value of an hour is stamped with its begin.
    begin = datetime.combine(day, datetime.min.time(), get_current_timezone())
    rows = Batch.objects.filter(
        zone=zone, first_hour__lt=begin + timedelta(days=1), last_hour__gte=begin
    )
    return [_came(one) for one in rows.select_related("entered_by").order_by("number")]


def stations_of(zone: Zone, day: date) -> list[StationDay]:
    """The stations whose day the zone's day is made of, in the order of their codes."""
    rows = AirDay.objects.filter(zone=zone, day=day, station__isnull=False)
    ordered = rows.select_related("station").order_by("station__code")
    return [StationDay(one.station, one.aqi, one.means) for one in ordered if one.station]


def _came(one: WaterSample | Batch) -> Came:
    by = one.entered_by.get_username() if one.entered_by else ""
    return Came(one.source, one.entered_at, by)


def _measured(values: Mapping[str, str], classes: Mapping[str, str]) -> list[Measured]:
    return [
        Measured(item, value, KEPT_IN.get(item, KEPT_BY_WEIGHT), classes.get(item, ""))
        # In one order whatever the database keeps: those of a unit of their own first.
        for item, value in sorted(values.items(), key=lambda one: (one[0] not in KEPT_IN, one[0]))
    ]
