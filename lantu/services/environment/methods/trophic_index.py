"""The trophic index of a lake."""

from typing import Any

import ibis
import ibis.expr.types as ir


def trophic_index(
    chla: ir.NumericColumn,
    tp: ir.NumericColumn,
    tn: ir.NumericColumn,
    sd: ir.NumericColumn,
    codmn: ir.NumericColumn,
    *,
    items: Any,
) -> ir.NumericColumn:
    """The parts weighted by r², over the parts that were measured.

    One value per lake and month. A part that is missing or not above zero is left out and the
    weights of the rest are renormalised; null where none is left. Source: 总站生字〔2001〕090号.
    """
    columns = {"chla": chla, "TP": tp, "TN": tn, "SD": sd, "CODMn": codmn}

    def index(table: Any) -> Any:
        total, weight = ibis.literal(0.0), ibis.literal(0.0)
        for key, column in columns.items():
            one = {name: float(value) for name, value in table[key].items()}
            part = (column.nullif(0).ln() * one["slope"] + one["constant"]) * 10 * one["r2"]
            usable = column > 0
            total = total + ibis.cases((usable, part), else_=0.0)
            weight = weight + ibis.cases((usable, ibis.literal(one["r2"])), else_=0.0)
        return total / weight.nullif(0)

    return items.each(index)
