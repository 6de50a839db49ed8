"""Air, water and energy over HTTP. Public, read only."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from lantu.core.errors import Refused
from lantu.core.figures.decimals import shown
from lantu.kernel.access.models import Zone
from lantu.services.environment import queries
from lantu.services.environment import water as waters
from lantu.services.environment.models import Station
from lantu.ui.api import MISSING, IsoDay, Slug

router = Router(tags=["environment"])
Year = Annotated[int, Field(ge=1990, le=2100)]


class DayOut(Schema):
    """A day; `cls` is the class as the standard words it; means are decimals as text."""

    day: date
    aqi: int | None
    cls: str
    primary: list[str]
    means: dict[str, str | None]
    counts: dict[str, int]
    indices: dict[str, int | None]
    flags: dict[str, int]


class AirOut(Schema):
    """A year of air. `ratio_pct` is the share of good days in the valid ones."""

    year: int
    station: str | None
    valid_days: int
    good_days: int
    ratio_pct: str | None
    is_valid_year: bool
    days: list[DayOut]


class SectionOut(Schema):
    month: date
    section: str
    cls: str
    deciding: list[str]
    values: dict[str, str]


class EnergyOut(Schema):
    """Tonnes of standard coal and 吨标准煤/万元, decimals as text."""

    year: int
    calorific_tce: str | None
    equivalent_tce: str | None
    intensity: str | None
    decline_pct: str | None
    missing: list[str]


class AirAsked(Schema):
    year: Year | None = None
    station: Slug | None = None


class YearAsked(Schema):
    year: Year | None = None


def _zone(slug: str) -> Zone:
    found = Zone.objects.filter(slug=slug).first()
    if found is None:
        raise Refused(f"There is no zone {slug}.")
    return found


def _station(zone: Zone, code: str | None) -> Station | None:
    if code is None:
        return None
    found = Station.objects.filter(zone=zone, code=code, medium="air").first()
    if found is None:
        raise Refused(f"There is no air station {code}.")
    return found


@router.get("/zones/{zone}/air", response={200: AirOut, **MISSING})
def air(request: HttpRequest, zone: Slug, asked: Query[AirAsked]) -> Any:
    found = _zone(zone)
    page = queries.air(found, asked.year, station=_station(found, asked.station))
    ratio = page.good.ratio
    return {
        "year": page.year,
        "station": asked.station,
        "valid_days": page.good.valid,
        "good_days": page.good.good,
        "ratio_pct": None if ratio is None else shown(ratio, 4),
        "is_valid_year": page.good.is_valid,
        "days": [_day(one) for one in page.days],
    }


def _day(one: queries.Day) -> dict[str, Any]:
    return {
        "day": one.day, "aqi": one.aqi, "cls": one.zh, "primary": one.primary.split(),
        "means": one.means, "counts": one.counts, "indices": one.indices, "flags": one.flags,
    }  # fmt: skip


class StepOut(Schema):
    item: str
    mean: str | None
    rounded: str | None
    low: list[str]
    high: list[str]
    index: int | None


class ExplainedOut(Schema):
    """The arithmetic of a day: between which two points each sub-index was interpolated."""

    day: date
    aqi: int | None
    standard: str
    rounds_first: bool
    steps: list[StepOut]


@router.get("/zones/{zone}/air/{day}", response={200: ExplainedOut, **MISSING})
def explained(request: HttpRequest, zone: Slug, day: IsoDay, asked: Query[AirAsked]) -> Any:
    found = _zone(zone)
    page = queries.explained(found, _station(found, asked.station), day)
    if page is None:
        raise Refused(f"Nothing was measured on {day}.")
    steps = [
        {"item": one.item, "mean": one.mean,
         "rounded": None if one.rounded is None else shown(one.rounded),
         "low": [shown(part) for part in one.low or ()],
         "high": [shown(part) for part in one.high or ()], "index": one.index}
        for one in page.steps
    ]  # fmt: skip
    return {"day": day, "aqi": page.day.aqi, "standard": page.standard,
            "rounds_first": page.rounds, "steps": steps}  # fmt: skip


@router.get("/zones/{zone}/water", response={200: list[SectionOut], **MISSING})
def water(request: HttpRequest, zone: Slug, asked: Query[YearAsked]) -> Any:
    page = waters.water(_zone(zone), asked.year)
    return [
        {"month": one.month, "section": one.station.code, "cls": one.cls, "deciding": one.items,
         "values": one.values}
        for month in page.months for one in month.sections if one is not None
    ]  # fmt: skip


@router.get("/zones/{zone}/energy", response={200: list[EnergyOut], **MISSING})
def energy(request: HttpRequest, zone: Slug) -> Any:
    return [
        {
            "year": one.year,
            "calorific_tce": None if one.calorific is None else shown(one.calorific, 2),
            "equivalent_tce": None if one.equivalent is None else shown(one.equivalent, 2),
            "intensity": None if one.intensity is None else shown(one.intensity, 6),
            "decline_pct": None if one.decline_pct is None else shown(one.decline_pct, 4),
            "missing": one.missing,
        }
        for one in waters.energy(_zone(zone))
    ]
