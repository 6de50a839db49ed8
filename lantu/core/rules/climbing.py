"""Climbing: the years on end in one class, and the step that they give, in one pass over all rows.

A row's class continues the one before it where both are counted alike and no year lies between.
Where a row begins a new count is summed up along the years, which numbers the stretches.
"""

from typing import Any

import ibis
import ibis.expr.types as ir

from lantu.core.rules.columns import Dated, bounded, double, finite, literal, rounded, year
from lantu.core.rules.ladders import Ladder
from lantu.core.rules.methods import Method


def read(ladder: Ladder, table: ir.Table) -> ir.Table:
    """The table with its classes as texts and its years as numbers; an empty text is unknown."""
    name = table[ladder.column].cast("string").strip()
    found = {ladder.column: name.nullif(""), "year_": year(table["period"])}
    if ladder.beside is not None and ladder.beside in table.columns:
        found[ladder.beside] = bounded(double(table[ladder.beside]))
    return table.mutate(**found)


def climbed(method: Method, ladder: Ladder, table: ir.Table) -> ir.Table:
    """The table with the years on end, since when, the step, its value and the reason of a null."""
    given = list(table.columns)
    table = _stretched(ladder, table)
    stretch = [ladder.subject, "stretch_"]
    place = ibis.row_number().over(ibis.window(group_by=stretch, order_by=_order(table)))
    since = table["year_"].min().over(ibis.window(group_by=stretch))
    table = table.mutate(years=place + 1, since=since)
    table = table.mutate(**{method.short: _value(method, ladder, table)})
    table = table.mutate(step=_step(method, ladder, table))
    reason = _reason(method, ladder, table)
    known = reason.isnull()
    counted = {
        name: ibis.cases((known, table[name].cast("int64")), else_=ibis.null())
        for name in ("years", "since", "step")
    }
    # DuckDB reads the literal 0.3 as a decimal and casts it to the double beside the nearest one.
    value = ibis.cases((known, rounded(finite(table[method.short]))), else_=ibis.null())
    table = table.mutate(**counted, **{method.short: value, f"{method.short}_reason": reason})
    return table.select(*given, "years", "since", "step", method.short, f"{method.short}_reason")


def _order(table: ir.Table) -> list[Any]:
    """By year, the unknown last. Rows of one year, which have no result, by their kind."""
    return [ibis.asc(table[name], nulls_first=False) for name in ("year_", "kind_")]


def _stretched(ladder: Ladder, table: ir.Table) -> ir.Table:
    """The table with a number for each stretch of years, and whether a year is listed twice."""
    name = table[ladder.column]
    groups = [(name.isin(group), ibis.literal("+".join(group))) for group in ladder.together]
    table = table.mutate(kind_=ibis.cases(*groups, else_=name) if groups else name)
    ordered = ibis.window(group_by=ladder.subject, order_by=_order(table))
    last_year, last_kind = (table[one].lag().over(ordered) for one in ("year_", "kind_"))
    follows = table["kind_"] == last_kind
    if ladder.gap == "ends":
        follows = follows & (table["year_"] == last_year + 1)
    alike = ibis.window(group_by=[ladder.subject, "year_"])
    rows = table["year_"].count().over(alike)
    table = table.mutate(
        begins_=ibis.cases((follows.fill_null(False), 0), else_=1).cast("int64"), rows_=rows
    )
    along = ibis.cumulative_window(group_by=ladder.subject, order_by=_order(table))
    whole = ibis.window(group_by=ladder.subject)
    return table.mutate(
        stretch_=table["begins_"].sum().over(along).cast("int64"),
        twice_=table["rows_"].max().over(whole) > 1,
    )


def _value(method: Method, ladder: Ladder, table: ir.Table) -> Any:
    """The step's value, and what applies beside it."""

    def given(steps: Any) -> Any:
        return ibis.cases(
            *((table[ladder.column] == name, _of_years(values, table["years"]))
              for name, values in steps.items()),
            else_=ibis.null(),
        )  # fmt: skip

    own = Dated(method.parameters[ladder.steps], table["day_"]).each(given)
    if ladder.beside not in table.columns:
        return own
    other = table[ladder.beside]
    if ladder.take == "sum":
        return own + other
    # An unknown price beside it may be the higher one: greatest() would pass over it.
    known = own.notnull() & other.notnull()
    return ibis.cases((known, ibis.greatest(own, other)), else_=ibis.null())


def _of_years(values: Any, years: Any) -> Any:
    branches = [(years <= count, literal(one)) for count, one in enumerate(values[:-1], 1)]
    last = literal(values[-1])
    return ibis.cases(*branches, else_=last) if branches else last


def _step(method: Method, ladder: Ladder, table: ir.Table) -> Any:
    """The number of the step: the years on end, up to the last step of the class."""

    def given(steps: Any) -> Any:
        return ibis.cases(
            *((table[ladder.column] == name, ibis.least(table["years"], len(values)))
              for name, values in steps.items()),
            else_=ibis.null(),
        )  # fmt: skip

    return Dated(method.parameters[ladder.steps], table["day_"]).each(given)


def _reason(method: Method, ladder: Ladder, table: ir.Table) -> Any:
    steps = method.parameters[ladder.steps]
    in_force = Dated(steps, table["day_"]).each(lambda _: ibis.literal(True))
    unknown = [
        (table[column].isnull(), ibis.literal(f"not reported: {name}"))
        for column, name in (
            (ladder.subject, ladder.subject), ("year_", "period"), (ladder.column, ladder.column)
        )
    ]  # fmt: skip
    if ladder.beside in table.columns:
        unknown.append(
            (table[ladder.beside].isnull(), ibis.literal(f"not reported: {ladder.beside}"))
        )
    return ibis.cases(
        *unknown,
        (table["twice_"], ibis.literal("listed twice in a year")),
        (in_force.isnull(), ibis.literal(f"not in force: {ladder.steps}")),
        (table["step"].isnull(), ibis.literal(f"class not known: {ladder.column}")),
        (table[method.short].isnull(), ibis.literal("cannot be computed")),
        else_=ibis.null(),
    )
