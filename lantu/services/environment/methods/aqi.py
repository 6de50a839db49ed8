"""The air quality index of a day."""

from typing import Any

import ibis
import ibis.expr.types as ir

from lantu.core.rules.columns import nine_places, whole_above, whole_below

ITEMS = ("PM25_24h", "PM10_24h", "SO2_24h", "CO_24h", "NO2_24h", "O3_8h")


def aqi(
    pm25: ir.NumericColumn,
    pm10: ir.NumericColumn,
    so2: ir.NumericColumn,
    co: ir.NumericColumn,
    no2: ir.NumericColumn,
    o3_8h: ir.NumericColumn,
    *,
    breakpoints: Any,
    rounds_first: ir.BooleanColumn,
) -> ir.NumericColumn:
    """The highest sub-index of a day's means, rounded up.

    One value per station and day; µg/m³, CO in mg/m³. With a pollutant missing there is an index
    only where the rest exceeds 100; with none reported it is null. Source: HJ 633.
    """
    columns = dict(zip(ITEMS, (pm25, pm10, so2, co, no2, o3_8h), strict=True))
    indices = [sub_index(breakpoints, rounds_first, *one) for one in columns.items()]
    return index_of(indices)


def index_of(indices: Any) -> Any:
    """The highest sub-index; with one missing, only where the rest exceeds 100."""
    # greatest() passes over nulls, which is meant here; the rule for missing ones follows.
    highest = ibis.greatest(*indices)
    missing = indices[0].isnull()
    for one in indices[1:]:
        missing = missing | one.isnull()
    return ibis.cases((missing & (highest <= 100), ibis.null()), else_=highest)


def sub_index(breakpoints: Any, rounds_first: Any, item: str, column: Any) -> Any:
    """The sub-index of one item by the standard in force on each row's day."""
    rounded = _half_even(column, 10 if item[:2] == "CO" else 1)
    # Far beyond the last breakpoint there is nothing to round.
    exact = ibis.cases((rounds_first & (column.abs() < 100_000), rounded), else_=column)
    return breakpoints.each(lambda table: _sub_index(table, item, exact))


def _sub_index(table: Any, item: str, column: Any) -> Any:
    points = [
        (float(index), float(limit))
        for index, limit in zip(table["iaqi"], table["items"][item], strict=True)
        if not isinstance(limit, str)
    ]
    branches = [(column < 0, ibis.null())]
    for (low, low_limit), (high, high_limit) in zip(points, points[1:], strict=False):
        share = (column - low_limit) * (high - low) / (high_limit - low_limit) + low
        # Nine places take away what binary fractions add, before the index is rounded up.
        branches.append((column <= high_limit, whole_above(nine_places(share))))
    end = points[-1][0]
    last = ibis.literal(end) if end == float(table["iaqi"][-1]) else ibis.null()
    branches.append((column.notnull(), last))
    return ibis.cases(*branches, else_=ibis.null())


def _half_even(column: Any, scale: int) -> Any:
    scaled = nine_places(column * scale)
    whole = whole_below(scaled)
    rest = scaled - whole
    up = (rest > 0.5) | ((rest == 0.5) & (whole % 2 == 1))
    return (whole + ibis.cases((up, 1.0), else_=0.0)) / scale
