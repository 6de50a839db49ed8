"""Scoring: the items of a score as points, the total, ranks and classes, in one pass."""

from decimal import Decimal
from typing import Any

import ibis
import ibis.expr.types as ir

from lantu.core.rules.columns import Dated, dated, literal, rounded, settled
from lantu.core.rules.methods import Method
from lantu.core.rules.scores import Item, Score


def scored(method: Method, score: Score, table: ir.Table) -> ir.Table:
    """The table with the points of each item, the total with its reason, rank and class.

    What looks at a whole cohort comes first and is kept. What follows from one row is written after
    the ranks: an engine carries every column of a table through each window.
    """
    given = list(table.columns)
    around = {
        f"{one.column}_score": _part(method, score, one, table)
        for one in score.items
        if score.kind != "ratio" or one.missing == "cohort-mean"
    }
    table = table.mutate(**around)
    table = table.mutate(**{method.short: _total(method, score, table)})
    table = table.mutate(**{method.short: settled(table[method.short])})
    if score.classes is not None:
        table = _ranked(method, score, table)
    table = table.mutate(**parts(method, score, table))
    table = table.mutate(**{f"{method.short}_reason": _reason(method, score, table)})
    places = [name for name in ("rank", "ranked") if name in table.columns]
    points = [f"{one.column}_score" for one in score.items]
    table = table.select(*given, *points, method.short, f"{method.short}_reason", *places)
    return table if score.classes is None else _classed(method, score, table)


def parts(method: Method, score: Score, table: ir.Table) -> dict[str, Any]:
    """The points of each item by the name of its column, as the table has them."""
    found = {}
    for one in score.items:
        name = f"{one.column}_score"
        known = name in table.columns
        found[name] = table[name] if known else _part(method, score, one, table)
    return found


def _reason(method: Method, score: Score, table: ir.Table) -> Any:
    unknown = [
        (table[f"{one.column}_score"].isnull(), ibis.literal(f"not reported: {one.column}"))
        for one in score.items
        if one.missing != "exclude"
    ]
    nothing = (table[method.short].isnull(), ibis.literal("cannot be computed"))
    return ibis.cases(*unknown, nothing, else_=ibis.null())


def _total(method: Method, score: Score, table: ir.Table) -> Any:
    """The items added and the bonus; null without any."""
    points = parts(method, score, table)
    total = _weighted(method, score, table, points)
    if score.bonus:
        total = total + table[score.bonus].fill_null(0.0)
    return total


def _weighted(method: Method, score: Score, table: ir.Table, points: dict[str, Any]) -> Any:
    """The items added. The weight of one that is left out goes to the others."""
    listed = [(one, points[f"{one.column}_score"]) for one in score.items]
    total = sum(
        (part.fill_null(0.0) if one.missing == "exclude" else part for one, part in listed),
        start=ibis.literal(0.0),
    )
    if not any(one.missing == "exclude" for one in score.items):
        return total
    weights = {one.column: _weight(method, score, one, table) for one in score.items}
    known = [
        ibis.cases((part.isnull(), ibis.literal(0.0)), else_=weights[one.column])
        if one.missing == "exclude"
        else weights[one.column]
        for one, part in listed
    ]
    whole = sum(weights.values(), start=ibis.literal(0.0))
    return total * whole / sum(known, start=ibis.literal(0.0)).nullif(0.0)


def _weight(method: Method, score: Score, item: Item, table: ir.Table) -> Any:
    return _of_item(method, score, item, table, "weight")


def _of_item(
    method: Method, score: Score, item: Item, table: ir.Table, name: str, default: Any = None
) -> Any:
    settings = method.parameters[score.table].settings
    values = {one.since: one.value[item.column].get(name, default) for one in settings}
    return dated(values, table["day_"])


def _cohort(score: Score, table: ir.Table) -> list[str]:
    return [name for name in ("period", "date") if name in table.columns] + list(score.cohort)


def _part(method: Method, score: Score, item: Item, table: ir.Table) -> Any:
    column = table[item.column]
    window = ibis.window(group_by=_cohort(score, table))
    weight = _weight(method, score, item, table)
    if score.kind == "ratio":
        base = _of_item(method, score, item, table, "baseline")
        share = base / column.nullif(0.0) if item.less_is_better else column / base
    elif score.kind == "best":
        share = _against_best(column, item, window)
    else:
        least, best = column.min().over(window), column.max().over(window)
        place = (best - column) if item.less_is_better else (column - least)
        floor = literal(score.floor or Decimal(0))
        share = floor + (1 - floor) * place / (best - least).nullif(0.0)
    if score.kind != "minmax" and (score.cap is not None or score.floor is not None):
        # clip() keeps the unknown; greatest() would turn it into the floor.
        share = share.clip(lower=_bound(score.floor), upper=_bound(score.cap))
    points = share * weight
    if item.missing == "penalty":
        return points.fill_null(_of_item(method, score, item, table, "penalty", Decimal(0)))
    return _filled(points, item, window)


def _against_best(column: Any, item: Item, window: Any) -> Any:
    """The value over the cohort's best; where less is better, 2 less the value over its mean.

    Null where the best, or the mean, is not above zero: a share of it would order firms wrongly.
    """
    if item.less_is_better:
        # Engines add a cohort in orders of their own; nine places of the mean are the same.
        mean = rounded(column.mean().over(window))
        return 2.0 - column / ibis.cases((mean > 0.0, mean), else_=ibis.null())
    best = column.max().over(window)
    return column / ibis.cases((best > 0.0, best), else_=ibis.null())


def _bound(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _filled(points: Any, item: Item, window: Any) -> Any:
    if item.missing == "cohort-mean":
        # Engines add a cohort in orders of their own; nine places of the mean are the same.
        return points.fill_null(rounded(points.mean().over(window)))
    return points


def _ranked(method: Method, score: Score, table: ir.Table) -> ir.Table:
    """The rank in the cohort and how many were ranked: equals share one, the unknown none."""
    points, cohort = table[method.short], _cohort(score, table)
    # The unknown come last, so that one sorting of the cohort gives both.
    order = ibis.desc(points, nulls_first=False)
    place = ibis.rank().over(ibis.window(group_by=cohort, order_by=order)) + 1
    count = points.count().over(ibis.window(group_by=cohort))
    return table.mutate(rank=ibis.cases((points.notnull(), place), else_=ibis.null()), ranked=count)


def _classed(method: Method, score: Score, table: ir.Table) -> ir.Table:
    """The place in % and the class; a veto puts a firm into the last."""
    assert score.classes is not None
    # As doubles: with a decimal factor DuckDB would compute row by row in 128 bits.
    share, ranked = table["rank"].cast("float64") * 100.0, table["ranked"].cast("float64")
    ends = Dated(method.parameters[score.classes], table["day_"])

    def place(listed: Any) -> Any:
        # The ends are compared as products, so that 20 % of 5 firms is exactly one firm.
        branches = [(share <= ranked * float(end), ibis.literal(name)) for end, name in listed]
        return ibis.cases(*branches, else_=ibis.null())

    percentile = rounded(share / ranked.nullif(0.0))
    table = table.mutate(rank_percentile=percentile, computed_class=ends.each(place))
    return table.mutate(final_class=_decided(score, table, ends))


def _decided(score: Score, table: ir.Table, ends: Dated) -> Any:
    """The class after what a person decided: the last by a veto, or not the first."""
    computed = table["computed_class"]
    last, not_first = _columns(score, table, "last"), _columns(score, table, "not_first")
    final = computed
    if not_first:
        first = ends.each(lambda listed: ibis.literal(listed[0][1]))
        second = ends.each(lambda listed: ibis.literal(listed[1][1]))
        final = ibis.cases((_any(table, not_first) & (computed == first), second), else_=final)
    if last:
        lowest = ends.each(lambda listed: ibis.literal(listed[-1][1]))
        final = ibis.cases((_any(table, last), lowest), else_=final)
    return final


def _columns(score: Score, table: ir.Table, kind: str) -> list[str]:
    """The yes/no columns that say so, of those that the table has."""
    named = [column for one, column in score.rulings if one == kind]
    veto = [score.veto] if kind == "last" and score.veto else []
    return [name for name in (*veto, *named) if name in table.columns]


def _any(table: ir.Table, names: list[str]) -> Any:
    found = table[names[0]].fill_null(False)
    for name in names[1:]:
        found = found | table[name].fill_null(False)
    return found
