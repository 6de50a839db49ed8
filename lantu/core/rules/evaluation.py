"""Evaluation: a method over a table of columns, on any engine that Ibis speaks to.

A table has one row for each subject and period. Its column `period` (a year) or `date` says which
parameters are in force; without either, the day asked for does. Unknown values travel as null, and
each null result has its reason in the column `<method>_reason`.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import ibis
import ibis.expr.types as ir

from lantu.core.errors import Refused
from lantu.core.rules.methods import Method
from lantu.core.rules.parameters import Parameter
from lantu.core.rules.scores import Item, Score

Overrides = Mapping[str, Decimal]


def evaluated(
    method: Method, table: ir.Table, *, on: date, overrides: Overrides | None = None
) -> ir.Table:
    """The table with the method's result and the reason of each null.

    Raises Refused where a column is missing, or no parameter was in force.
    """
    missing = [name for name in method.needs if name not in table.columns]
    if missing:
        raise Refused(
            f"{method.name} needs the columns {', '.join(method.needs)}; "
            f"the table has no {', '.join(missing)}."
        )
    table = _numbered(method, table)
    if method.score is not None:
        return _scored(method, method.score, table, on)
    result, settings = _ruled(method, table, on, overrides)
    return table.mutate(
        **{
            method.short: _finite(result),
            f"{method.short}_reason": _reason(method, table, result, settings),
        }
    )


def terms(
    method: Method, table: ir.Table, *, on: date, overrides: Overrides | None = None
) -> tuple[ir.Table, dict[str, Any]]:
    """The expressions that give the result, by item for a score, and the table they stand on."""
    table = _numbered(method, table)
    if method.score is None:
        return table, {method.short: _ruled(method, table, on, overrides)[0]}
    table, window = _windowed(method.score, table, on)
    return table, {
        one.column: _part(method, method.score, one, table, window) for one in method.score.items
    }


def _numbered(method: Method, table: ir.Table) -> ir.Table:
    return table.mutate(**{name: _number(table[name]) for name in _numbers(method)})


def _ruled(
    method: Method, table: ir.Table, on: date, overrides: Overrides | None
) -> tuple[Any, dict[str, Any]]:
    assert method.rule is not None
    day = _day(table, on)
    settings = {
        name: _column(one, day, (overrides or {}).get(name))
        for name, one in method.parameters.items()
    }
    return method.rule(*(table[one.name] for one in method.inputs), **settings), settings


def _numbers(method: Method) -> list[str]:
    if method.score is None:
        return [one.name for one in method.inputs]
    extra = [method.score.bonus] if method.score.bonus else []
    return [one.column for one in method.score.items] + extra


def _number(column: Any) -> Any:
    """Numbers as double; texts that are no number, such as `/`, as null."""
    return column.try_cast("float64") if column.type().is_string() else column.cast("float64")


def _day(table: ir.Table, on: date) -> Any:
    if "date" in table.columns:
        return table["date"].cast("date")
    if "period" in table.columns:
        # What holds at a year's end holds for the year.
        return ibis.date(table["period"].cast("int64"), 12, 31)
    return ibis.literal(on)


class Dated:
    """A table of parameters by date: a rule says what a table gives, each row takes its own."""

    def __init__(self, parameter: Parameter, day: Any) -> None:
        self._settings, self._day = parameter.settings, day

    def each(self, given: Callable[[Any], Any]) -> Any:
        """What the rule gives with the table in force on each row's day; null before the first."""
        branches = [
            (self._day >= ibis.literal(one.since), given(one.value))
            for one in reversed(self._settings)
        ]
        return ibis.cases(*branches, else_=ibis.null())


def _column(parameter: Parameter, day: Any, override: Decimal | None) -> Any:
    if parameter.unit == "table":
        return Dated(parameter, day)
    if override is not None:
        return ibis.literal(float(override))
    return _dated({one.since: one.value for one in parameter.settings}, day)


def _dated(values: Mapping[date, Any], day: Any) -> Any:
    """The value in force on each row's day, as a column; null before the first."""
    branches = [
        (day >= ibis.literal(since), _literal(value))
        for since, value in sorted(values.items(), reverse=True)
    ]
    return ibis.cases(*branches, else_=ibis.null())


def _literal(value: Any) -> Any:
    return ibis.literal(float(value)) if isinstance(value, Decimal) else ibis.literal(value)


def _finite(column: Any) -> Any:
    return ibis.cases((column.isnan() | column.isinf(), ibis.null()), else_=column)


def _reason(method: Method, table: ir.Table, result: Any, settings: Mapping[str, Any]) -> Any:
    branches = [(_finite(result).notnull(), ibis.null())]
    branches += [
        (table[one.name].isnull(), ibis.literal(f"not reported: {one.name}"))
        for one in method.inputs
    ]
    branches += [
        (one.isnull(), ibis.literal(f"not in force: {name}"))
        for name, one in settings.items()
        if not isinstance(one, Dated)
    ]
    return ibis.cases(*branches, else_=ibis.literal("cannot be computed"))


def _scored(method: Method, score: Score, table: ir.Table, on: date) -> ir.Table:
    cohort = _cohort(score, table)
    table, window = _windowed(score, table, on)
    parts = {f"{one.column}_score": _part(method, score, one, table, window) for one in score.items}
    table = table.mutate(**parts)
    total = _total(method, score, table)
    if score.bonus:
        total = total + table[score.bonus].fill_null(0.0)
    total = total.round(9)
    table = table.mutate(**{method.short: total}).drop("day_")
    left_out = {one.column for one in score.items if one.missing == "exclude"}
    unknown = [
        (table[name].isnull(), name.removesuffix("_score"))
        for name in parts
        if name.removesuffix("_score") not in left_out
    ]
    reason = ibis.cases(
        *((empty, ibis.literal(f"not reported: {name}")) for empty, name in unknown),
        else_=ibis.cases(
            (table[method.short].isnull(), ibis.literal("cannot be computed")), else_=ibis.null()
        ),
    )
    table = table.mutate(**{f"{method.short}_reason": reason})
    return table if score.classes is None else _classed(method, score, table, cohort, on)


def _total(method: Method, score: Score, table: ir.Table) -> Any:
    """The items added. The weight of one that is left out goes to the others; null without any."""
    points = [
        table[f"{one.column}_score"].fill_null(0.0)
        if one.missing == "exclude"
        else table[f"{one.column}_score"]
        for one in score.items
    ]
    total = sum(points, start=ibis.literal(0.0))
    if not any(one.missing == "exclude" for one in score.items):
        return total
    weights = {one.column: _weight(method, score, one, table["day_"]) for one in score.items}
    whole = sum(weights.values(), start=ibis.literal(0.0))
    known = sum(
        (
            ibis.cases(
                (table[f"{one.column}_score"].isnull(), ibis.literal(0.0)),
                else_=weights[one.column],
            )
            if one.missing == "exclude"
            else weights[one.column]
            for one in score.items
        ),
        start=ibis.literal(0.0),
    )
    return total * whole / known.nullif(0.0)


def _weight(method: Method, score: Score, item: Item, day: Any) -> Any:
    settings = method.parameters[score.table].settings
    return _dated({one.since: one.value[item.column]["weight"] for one in settings}, day)


def _cohort(score: Score, table: ir.Table) -> list[str]:
    return [name for name in ("period", "date") if name in table.columns] + list(score.cohort)


def _windowed(score: Score, table: ir.Table, on: date) -> tuple[ir.Table, Any]:
    return table.mutate(day_=_day(table, on)), ibis.window(group_by=_cohort(score, table))


def _part(method: Method, score: Score, item: Item, table: ir.Table, window: Any) -> Any:
    settings = method.parameters[score.table].settings
    column, day = table[item.column], table["day_"]
    weight = _weight(method, score, item, day)
    if score.kind == "ratio":
        base = _dated({one.since: one.value[item.column]["baseline"] for one in settings}, day)
        share = base / column.nullif(0) if item.less_is_better else column / base
    else:
        least, best = column.min().over(window), column.max().over(window)
        place = (best - column) if item.less_is_better else (column - least)
        floor = _literal(score.floor or Decimal(0))
        share = floor + (1 - floor) * place / (best - least).nullif(0)
    if score.kind == "ratio" and (score.cap is not None or score.floor is not None):
        # clip() keeps the unknown; greatest() would turn it into the floor.
        share = share.clip(lower=_bound(score.floor), upper=_bound(score.cap))
    return _filled(share * weight, item, window)


def _bound(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _filled(points: Any, item: Item, window: Any) -> Any:
    if item.missing == "cohort-mean":
        return points.fill_null(points.mean().over(window))
    if item.missing == "penalty":
        return points.fill_null(0.0)
    return points


def _classed(
    method: Method, score: Score, table: ir.Table, cohort: list[str], on: date
) -> ir.Table:
    """Rank, place in % and class. Firms without a score are not ranked; equals share a rank."""
    assert score.classes is not None
    points = table[method.short]
    ranked = points.notnull()
    window = ibis.window(group_by=[*cohort, ranked], order_by=points.desc())
    rank = ibis.cases((ranked, ibis.rank().over(window) + 1), else_=ibis.null())
    count = points.count().over(ibis.window(group_by=cohort))
    table = table.mutate(rank=rank, ranked=count)
    place = table["rank"] * 100.0 / table["ranked"].nullif(0)
    ends = method.parameters[score.classes].on(on).value
    # The ends are compared as products, so that 20 % of 5 firms is exactly one firm.
    branches = [
        (table["rank"] * 100.0 <= table["ranked"] * float(end), ibis.literal(name))
        for end, name in ends
    ]
    computed = ibis.cases(*branches, else_=ibis.null())
    table = table.mutate(rank_percentile=place.round(9), computed_class=computed)
    if score.veto is None:
        return table.mutate(final_class=table["computed_class"])
    last = ends[-1][1]
    vetoed = table[score.veto].cast("boolean").fill_null(False)
    final = ibis.cases((vetoed, ibis.literal(last)), else_=table["computed_class"])
    return table.mutate(final_class=final)
