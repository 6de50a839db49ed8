"""Sub-indices, index and primary pollutants of days, by the standard in force on each."""

from collections.abc import Callable
from itertools import count
from typing import Any

import ibis
import ibis.expr.types as ir

from lantu.core.rules.columns import Dated, dated, day_of
from lantu.core.rules.methods import Method
from lantu.core.rules.staging import staged
from lantu.services.environment.methods.aqi import ITEMS, index_of, sub_index
from lantu.services.environment.methods.hourly.days import DAILY

NAMES = dict(zip(DAILY, ("PM2.5", "PM10", "SO2", "CO", "NO2", "O3-8h"), strict=True))
Keep = Callable[[ir.Table], ir.Table]


def kept_in(connection: Any) -> Keep:
    """Keeps each step as a temporary table of a connection."""
    numbers = count()
    return lambda table: connection.create_table(f"step_{next(numbers)}", table, temp=True)


def indexed(days: ir.Table, method: Method, *, keep: Keep) -> ir.Table:
    """The days with the sub-index of each item, `aqi` and the primary pollutants.

    `keep` stores a table and gives it back. Written into one another, the expressions of a step
    are repeated in each use, which made one query of five megabytes.
    """
    day = day_of(days["date"])
    breakpoints = Dated(method.parameters["breakpoints"], day)
    rounds = {one.since: one.value for one in method.parameters["rounds_first"].settings}
    first = dated(rounds, day)
    found = {
        f"{name}_i": sub_index(breakpoints, first, item, days[name])
        for name, item in zip(DAILY, ITEMS, strict=True)
    }
    days = keep(staged(days.mutate(**found)))
    days = keep(days.mutate(aqi=index_of([days[name] for name in found])))
    return days.mutate(primary=_primary(days))


def _primary(days: ir.Table) -> Any:
    """The items with the highest sub-index above 50, all of them where several are equal."""
    highest = days["aqi"]
    parts = [
        ibis.cases(
            ((days[f"{name}_i"] == highest) & (highest > 50), ibis.literal(f"{label} ")), else_=""
        )
        for name, label in NAMES.items()
    ]
    text = parts[0]
    for part in parts[1:]:
        text = text + part
    return text.strip()


def ratios(days: ir.Table, *, by: str = "station") -> ir.Table:
    """Valid and good days of each station and year; the ratio is a method of its own."""
    year = days.mutate(period=days["date"].year())
    return year.group_by([by, "period"]).aggregate(
        valid_days=year["aqi"].count(), good_days=year["aqi"].count(where=year["aqi"] <= 100)
    )
