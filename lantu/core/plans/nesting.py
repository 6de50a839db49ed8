"""Nesting: which promise of an upper plan a promise of a lower plan carries out, and what is left.

A lower plan is a year's (annual), a sector's, or a zone's under its city's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from lantu.core.figures.decimals import ARITHMETIC
from lantu.core.plans.records import PlanCommitment, PlanFolder
from lantu.core.plans.splits import falls, years_of

HELD = ("level", "floor", "ceiling")  # what a year reaches stays reached


@dataclass(frozen=True, slots=True)
class Pair:
    """A promise of a lower plan, and the one it carries out; None where the upper has none."""

    lower: PlanCommitment
    upper: PlanCommitment | None


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of an upper promise once the year's target is met; None where it is not known.

    `remaining` is a distance in the unit of the promise, never below zero: beyond the target
    nothing is left. `per_year` is that over the years left.
    """

    years: int
    remaining: Decimal | None
    per_year: Decimal | None
    is_falling: bool = False  # the figure has still to fall by it

    @property
    def is_nothing(self) -> bool:
        """Whether the whole is reached with the target of the year."""
        return self.remaining == 0


def pairs(upper: PlanFolder, lower: PlanFolder) -> Iterator[Pair]:
    """Every promise of a lower plan with the one it names, else the one of the same measure."""
    by_code = {one.code: one for one in upper.commitments if one.is_judged}
    by_measure = _by_measure(by_code)
    for one in lower.commitments:
        if one.is_judged:
            named = by_code.get(one.parent)
            yield Pair(one, named or by_measure.get(_measure(one)))


def _by_measure(
    by_code: Mapping[str, PlanCommitment],
) -> dict[tuple[str, ...] | None, PlanCommitment]:
    """The promises by what measures them; a measure of several promises names none of them."""
    found: dict[tuple[str, ...] | None, PlanCommitment] = {}
    twice: set[tuple[str, ...] | None] = {None}
    for one in by_code.values():
        key = _measure(one)
        twice |= {key} if key in found else set()
        found[key] = one
    return {key: one for key, one in found.items() if key not in twice}


def _measure(one: PlanCommitment) -> tuple[str, ...] | None:
    found = one.measured_by
    return None if found is None else (found.indicator, found.subject, one.form or "")


def value_of(one: PlanCommitment) -> Decimal | None:
    """The number that is promised, in the terms of the yearly figure."""
    return one.growth_pct if one.form == "growth" else one.target_value


def due(upper: PlanCommitment, plan: PlanFolder, year: int) -> Decimal | None:
    """What the upper plan's own path asks of a year; None where it asks for nothing."""
    return years_of(replace(upper, annual={}), plan.period).get(year)


def left(
    upper: PlanCommitment, plan: PlanFolder, year: int, target: Decimal, before: Decimal | None
) -> Left:
    """What is left of an upper promise after a year whose target is met.

    Nothing (0) is left where the year's target passes the upper one. `before` is the sum of the
    years before, for a cumulative promise.
    """
    last = upper.target_year or plan.period.end
    years, whole = max(last - year, 0), value_of(upper)
    if whole is None:
        return Left(years, None, None)
    with localcontext(ARITHMETIC):
        is_falling = upper.form in HELD and falls(upper, whole)
        if upper.form in HELD:
            apart = target - whole if is_falling else whole - target
        elif upper.form == "cumulative" and before is not None:
            apart = whole - before - target
        else:
            return Left(years, None, None)
        remaining = max(Decimal(0), apart)
        return Left(years, remaining, remaining / years if years else None, is_falling)
