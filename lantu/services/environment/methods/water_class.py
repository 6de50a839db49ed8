"""The class of a section of a river or lake."""

from typing import Any

import ibis
import ibis.expr.types as ir


def water_class(
    do: ir.NumericColumn,
    codmn: ir.NumericColumn,
    cod: ir.NumericColumn,
    bod5: ir.NumericColumn,
    nh3n: ir.NumericColumn,
    tp: ir.NumericColumn,
    is_lake: ir.NumericColumn,
    *,
    limits: Any,
) -> ir.NumericColumn:
    """The worst class of the items that were measured: 1 to 5, and 6 for worse than V.

    One value per section and month; mg/L. Items that were not measured do not count; null where
    none was. Total phosphorus has limits of its own in lakes. Source: GB 3838, 环办〔2011〕22号.
    """
    least = {"DO": do}
    most = {"CODMn": codmn, "COD": cod, "BOD5": bod5, "NH3-N": nh3n}

    def worst(table: Any) -> Any:
        found = [_class(one, table["least"][key], True) for key, one in least.items()]
        found += [_class(one, table["most"][key], False) for key, one in most.items()]
        river, lake = (_class(tp, table["most"][f"TP_{kind}"], False) for kind in ("river", "lake"))
        found.append(ibis.cases((is_lake == 1, lake), else_=river))
        return ibis.greatest(*found)

    return limits.each(worst)


def _class(column: Any, limits: Any, is_least: bool) -> Any:
    """Equal limits give the better class, so the limits are tried from the best."""
    branches = [
        (column >= float(one) if is_least else column <= float(one), ibis.literal(float(place)))
        for place, one in enumerate(limits, 1)
    ]
    return ibis.cases(*branches, (column.notnull(), ibis.literal(6.0)), else_=ibis.null("float64"))
