"""Which hourly values count: each doubtful one gets a flag, and none is changed.

Limits are in the YAML beside this file. A flag is null where a value is sound.
"""

from typing import Any

import ibis
import ibis.expr.types as ir

from lantu.core.rules.parameters import beside

PARAMETERS = beside(__file__)
ITEMS = ("pm25", "pm10", "so2", "co", "no2", "o3")
# These are shown with their reason, but still stand for a value that was measured.
COUNTED = ("below-detection",)


def flagged(hours: ir.Table) -> ir.Table:
    """The table with `flag` and `used`, the value where it counts and null where it does not.

    One row for each station, hour and item; `mark` says what was seen when the value came in.
    """
    hours = _with_run(hours)
    limits = PARAMETERS["limits"].at()
    by_item = {key: _by_item(hours, limits, key) for key in ("most", "least", "stuck_hours")}
    value = hours["value"]
    flag = ibis.cases(
        (hours["mark"] != "", hours["mark"]),
        (value.isnull(), ibis.literal("missing")),
        (value < 0, ibis.literal("negative")),
        (value > by_item["most"], ibis.literal("out-of-range")),
        ((value > 0) & (value < by_item["least"]), ibis.literal("unit")),
        (hours["run"] >= by_item["stuck_hours"], ibis.literal("stuck")),
        else_=ibis.null("string"),
    )
    hours = hours.mutate(flag=flag).drop("run")
    counts = hours["flag"].isnull() | hours["flag"].isin(COUNTED)
    return hours.mutate(used=ibis.cases((counts, hours["value"]), else_=ibis.null("float64")))


def _with_run(hours: ir.Table) -> ir.Table:
    """For how many hours on end the station gave the same value; a gap ends the run."""
    number = (hours["hour"].epoch_seconds() / 3600).cast("int64")
    same = ["station", "item", "value"]
    order = ibis.row_number().over(ibis.window(group_by=same, order_by=hours["hour"]))
    hours = hours.mutate(island=number - order)
    run = hours.count().over(ibis.window(group_by=[*same, "island"]))
    return hours.mutate(run=run).drop("island")


def _by_item(hours: ir.Table, limits: Any, key: str) -> Any:
    branches = [(hours["item"] == name, ibis.literal(float(limits[name][key]))) for name in ITEMS]
    return ibis.cases(*branches, else_=ibis.null("float64"))


def wide(hours: ir.Table) -> ir.Table:
    """One row for each station and hour, a column for each item that counts."""
    columns = {name: hours["used"].max(where=hours["item"] == name) for name in ITEMS}
    return hours.group_by(["station", "hour"]).aggregate(**columns)
