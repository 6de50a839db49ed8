"""What the hours of a natural day make: means, the highest eight-hour mean of ozone, validity."""

from typing import Any

import ibis
import ibis.expr.types as ir

from lantu.core.rules.parameters import beside

PARAMETERS = beside(__file__)
# In the order in which the index takes them.
MEANS = ("pm25", "pm10", "so2", "co", "no2")
DAILY = (*MEANS, "o3_8h")


def daily(hours: ir.Table, *, by: str = "station") -> ir.Table:
    """Daily values of each station, each with the number of hours or windows it rests on.

    `hours` has `hour` (its beginning, in the zone's own clock) and a column for each item. A mean
    is null with fewer hours than the standard asks for; unknown hours are left out, never zero.
    """
    least = PARAMETERS["valid"].at()
    table = hours.mutate(date=hours["hour"].date(), clock=hours["hour"].hour())
    columns: dict[str, Any] = {}
    for name in MEANS:
        columns[f"{name}_mean"] = table[name].mean()
        columns[f"{name}_n"] = table[name].count()
    for clock in range(24):
        # One value for each hour of the day; a sort of all hours would cost ten times as much.
        columns[f"o3_{clock}"] = table["o3"].max(where=table["clock"] == clock)
    days = table.group_by([by, "date"]).aggregate(**columns)
    kept = {
        name: ibis.cases((days[f"{name}_n"] >= int(least["day_hours"]), days[f"{name}_mean"]),
                         else_=ibis.null("float64"))
        for name in MEANS
    }  # fmt: skip
    counts = {f"{name}_n": days[f"{name}_n"] for name in MEANS}
    return days.select(by, "date", **kept, **counts, **_ozone(days, least))


def _ozone(days: ir.Table, least: Any) -> dict[str, Any]:
    """The highest of the 17 eight-hour means that lie within the day, and how many were valid."""
    means, valid = [], []
    for first in range(17):
        parts = [days[f"o3_{clock}"] for clock in range(first, first + 8)]
        present = sum((part.notnull().cast("int64") for part in parts), start=ibis.literal(0))
        total = sum((part.fill_null(0.0) for part in parts), start=ibis.literal(0.0))
        enough = present >= int(least["o3_hours"])
        means.append(ibis.cases((enough, total / present), else_=ibis.null("float64")))
        valid.append(enough.cast("int64"))
    count = sum(valid, start=ibis.literal(0))
    highest = ibis.greatest(*means)
    sound = count >= int(least["o3_windows"])
    return {
        "o3_8h": ibis.cases((sound, highest), else_=ibis.null("float64")),
        "o3_8h_n": count,
    }


def of_zone(days: ir.Table, *, stations: int) -> ir.Table:
    """The zone's day: the mean of its stations where enough of them have a valid value."""
    share = float(PARAMETERS["valid"].at()["zone_stations"])
    columns: dict[str, Any] = {}
    for name in DAILY:
        enough = days[name].count() >= share * stations
        columns[name] = ibis.cases((enough, days[name].mean()), else_=ibis.null("float64"))
        columns[f"{name}_n"] = days[name].count()
    return days.group_by("date").aggregate(**columns).mutate(station=ibis.literal(""))
