"""Evaluation: a method over a table of columns, on any engine that Ibis speaks to.

A table has one row for each subject and period. Its column `period` (a year) or `date` says which
parameters are in force; without either, the day asked for does. Unknown values travel as null, and
each null result has its reason in the column `<method>_reason`.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import ibis
import ibis.expr.types as ir

from lantu.core.errors import Refused
from lantu.core.rules import climbing, scoring
from lantu.core.rules.columns import Dated, bounded, day, double, finite, setting, truth
from lantu.core.rules.methods import Method
from lantu.core.rules.scores import Score
from lantu.core.rules.staging import staged

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
    return staged(_evaluated(method, _read(method, table, on), overrides))


def _evaluated(method: Method, table: ir.Table, overrides: Overrides | None) -> ir.Table:
    if method.score is not None:
        return scoring.scored(method, method.score, table).drop("day_")
    if method.ladder is not None:
        return climbing.climbed(method, method.ladder, table).drop("day_", "year_")
    result, settings = _ruled(method, table, overrides)
    # The result stands in the table first, so that its reason does not compute it again.
    table = table.mutate(**{method.short: result})
    table = table.mutate(**{method.short: finite(table[method.short])})
    reason = _reason(method, table, settings)
    return table.mutate(**{f"{method.short}_reason": reason}).drop("day_")


def terms(
    method: Method, table: ir.Table, *, on: date, overrides: Overrides | None = None
) -> tuple[ir.Table, dict[str, Any]]:
    """The expressions that give the result, by item for a score, and the table they stand on."""
    table = _read(method, table, on)
    if method.score is None:
        return table, {method.short: _ruled(method, table, overrides)[0]}
    found = scoring.parts(method, method.score, table)
    return table, {one.column: found[f"{one.column}_score"] for one in method.score.items}


def _read(method: Method, table: ir.Table, on: date) -> ir.Table:
    """The table with its cells read, and with the day of each row."""
    if method.ladder is not None:
        return climbing.read(method.ladder, table).mutate(day_=day(table, on))
    names = _numbers(method)
    table = table.mutate(**{name: double(table[name]) for name in names})
    found = {name: bounded(table[name]) for name in names}
    if method.score is not None:
        found |= {name: truth(table[name]) for name in _decisions(method.score, table)}
    return table.mutate(**found, day_=day(table, on))


def _decisions(score: Score, table: ir.Table) -> list[str]:
    """The yes/no columns of a score that the table has."""
    named = [column for _, column in score.rulings] + ([score.veto] if score.veto else [])
    return [name for name in named if name in table.columns]


def _numbers(method: Method) -> list[str]:
    if method.score is None:
        return [one.name for one in method.inputs]
    extra = [method.score.bonus] if method.score.bonus else []
    return [one.column for one in method.score.items] + extra


def _ruled(
    method: Method, table: ir.Table, overrides: Overrides | None
) -> tuple[Any, dict[str, Any]]:
    assert method.rule is not None
    settings = {
        name: setting(one, table["day_"], (overrides or {}).get(name))
        for name, one in method.parameters.items()
    }
    return method.rule(*(table[one.name] for one in method.inputs), **settings), settings


def _reason(method: Method, table: ir.Table, settings: Mapping[str, Any]) -> Any:
    branches = [(table[method.short].notnull(), ibis.null())]
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
