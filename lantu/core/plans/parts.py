"""Parts: what a department took over of a promise, as a promise of its own.

A department's part is judged by its own figures: those of the same indicator whose subject is the
department. Nobody's part is guessed from the whole.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from lantu.core.judging.records import Base, Plan
from lantu.core.plans.records import PlanCommitment
from lantu.core.plans.splits import sort_of

_AMOUNTS: Final = frozenset({"level", "cumulative", "change", "floor", "ceiling", "per_year"})


def part_of(
    record: PlanCommitment, subject: str, value: Decimal, *, year: int, period: Plan
) -> tuple[PlanCommitment, Plan] | None:
    """The part as a promise, and the years it covers; None where parts cannot be told by a number.

    `year` 0 is a part of the whole plan, any other one a part for that year alone. The base is
    the department's own figure of the year before: the printed one is that of the whole.
    """
    measure = record.measured_by
    if measure is None or measure.other is not None:
        return None
    terms: dict[str, Decimal]
    if record.form == "growth":
        terms = {"growth_pct": value}
    elif record.form in _AMOUNTS and sort_of(record) == "additive":
        terms = {"target_value": value}
    else:
        return None
    part = replace(
        record,
        base=Base(),
        annual={},
        path=None if record.path == "annual" else record.path,
        target_year=year or record.target_year,
        measured_by=replace(measure, subject=subject),
        **terms,  # type: ignore[arg-type]
    )
    return part, Plan(year, year) if year else period
