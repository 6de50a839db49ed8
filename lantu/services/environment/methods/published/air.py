"""Air quality: sub-indices, the index of a day, its class, and the share of good days.

Sources: HJ 633-2012; HJ 633-2026 from 2026-03-01; annual limits of GB 3095-2012.
"""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from lantu.core.errors import Refused
from lantu.core.figures.decimals import printed, rounded
from lantu.core.rules.parameters import beside, percent

_PARAMETERS = beside(__file__)
# The daily item of each pollutant of the daily report.
_DAILY = {
    "PM25": "PM25_24h",
    "PM10": "PM10_24h",
    "SO2": "SO2_24h",
    "CO": "CO_24h",
    "NO2": "NO2_24h",
    "O3_8h": "O3_8h",
    "O3_1h": "O3_1h",
}


def _since(standard: str) -> date:
    for setting in _PARAMETERS["breakpoints"].settings:
        if setting.source.replace(" ", "") == standard.replace(" ", ""):
            return setting.since
    raise Refused(f"The standard {standard} is not known; write HJ633-2012 or HJ633-2026.")


def _rounded(item: str, value: Decimal, day: date) -> Decimal:
    if not _PARAMETERS["rounds_first"].at(day):
        return value
    return rounded(value, 1 if item.startswith("CO") else 0)


def _sub_index(item: str, value: Decimal | None, day: date) -> Decimal | None:
    table = _PARAMETERS["breakpoints"].at(day)
    if value is None or value < 0:
        return None
    if item not in table["items"]:
        raise Refused(f"{item} has no sub-index; the items are: {', '.join(table['items'])}.")
    value = _rounded(item, value, day)
    points = [
        (index, limit)
        for index, limit in zip(table["iaqi"], table["items"][item], strict=True)
        if isinstance(limit, Decimal)
    ]
    for (low, low_limit), (high, high_limit) in zip(points, points[1:], strict=False):
        if value <= high_limit:
            share = (value - low_limit) * (high - low) / (high_limit - low_limit)
            return (share + low).to_integral_value(ROUND_CEILING)
    return _beyond(item, points[-1][0], table, day)


def _beyond(item: str, last: Decimal, table: dict[str, Any], day: date) -> Decimal | None:
    """Above the table's end: the last index; for SO2 1 h and O3 8 h what the standard says."""
    if last == table["iaqi"][-1]:
        return Decimal(last)
    found = _PARAMETERS["beyond"].at(day).get(item)
    return found if isinstance(found, Decimal) else None


def iaqi(standard: str, item: str, value: Decimal) -> dict[str, Any]:
    """The sub-index of one pollutant, rounded up; null where the standard gives none.

    µg/m³, CO in mg/m³. Source: HJ 633, formula 1.
    """
    return {"iaqi": _sub_index(item, value, _since(standard))}


def iaqi_with_input_rounding(standard: str, item: str, value: Decimal) -> dict[str, Any]:
    """The sub-index after the concentration was rounded as HJ 633-2026 says."""
    return iaqi(standard, item, value)


def _leading(indices: Mapping[str, Decimal | None]) -> list[str]:
    present = {name: index for name, index in indices.items() if index is not None}
    highest = max(present.values(), default=Decimal(0))
    return [name for name, index in present.items() if index == highest and highest > 50]


def primary_pollutant(iaqi: Mapping[str, Decimal | None]) -> dict[str, Any]:
    """The pollutants with the highest sub-index above 50; ties are all named."""
    return {"primary": _leading(iaqi)}


def aqi_class(aqi: Decimal) -> dict[str, Any]:
    """The class of an index in words, 优 to 严重污染."""
    for last, name in _PARAMETERS["classes"].at():
        if aqi <= last:
            return {"cls": name}
    return {"cls": None}


def aqi_daily(standard: str, **concentrations: Decimal | None) -> dict[str, Any]:
    """The index of a day: the highest sub-index, its class and primary pollutants."""
    day = _since(standard)
    indices = {
        name: _sub_index(_DAILY.get(name, name), value, day)
        for name, value in concentrations.items()
    }
    present = [index for index in indices.values() if index is not None]
    if not present:
        return {"aqi": None, "cls": None, "primary": [], "iaqi": indices}
    highest = max(present)
    return {
        "aqi": highest,
        "cls": aqi_class(highest)["cls"],
        "primary": _leading(indices),
        "iaqi": indices,
    }


def publish_with_missing_pollutant(iaqi: Mapping[str, Decimal | None]) -> dict[str, Any]:
    """With a pollutant missing, the index is published only where the rest exceeds 100."""
    present = [index for index in iaqi.values() if index is not None]
    highest = max(present, default=None)
    whole = len(present) == len(iaqi)
    return {"aqi": highest if highest is not None and (whole or highest > 100) else None}


def good_day_ratio(
    valid_days: Decimal,
    good_or_excellent: Decimal | None = None,
    excellent: Decimal | None = None,
    good: Decimal | None = None,
) -> dict[str, Any]:
    """Days with an index up to 100 in all valid days, in %."""
    days = good_or_excellent
    if days is None and excellent is not None and good is not None:
        days = excellent + good
    if days is not None and days > valid_days:
        raise Refused(f"{days} good days are more than {valid_days} valid days.")
    return {"ratio_pct": None if days is None else percent(days, valid_days)}


def composite_index(standard: str, **values: Decimal) -> dict[str, Any]:
    """The sum of each pollutant over its annual limit."""
    limits = _PARAMETERS["annual_limits"].at()
    names = {"O3_8h_p90": "O3", "CO_p95": "CO", "O3_8h": "O3"}
    parts = {name: value / limits[names.get(name, name)] for name, value in values.items()}
    return {"index": sum(parts.values(), Decimal(0)), "parts": parts}


def round_gbt8170(value: str, decimals: Decimal) -> dict[str, Any]:
    """Half to even on decimal text; to the left of the point as `13E2`. Source: GB/T 8170-2008."""
    places = int(decimals)
    result = rounded(printed(value), places)
    if places >= 0:
        return {"result": f"{result:f}"}
    digits = result.scaleb(places).to_integral_value()
    return {"result": f"{digits}E{-places}"}
