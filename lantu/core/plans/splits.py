"""Splits: a target handed down to departments or spread over years, and whether it adds up.

VERDICTS §7: a split must add up (or multiply up) to the target; a difference is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Literal

from lantu.core.figures.decimals import ARITHMETIC, half_unit, power, shown
from lantu.core.judging.paths import Way, default_path
from lantu.core.judging.records import Plan
from lantu.core.plans.records import PlanCommitment

Sort = Literal["additive", "weighted", "ratio"]
HUNDRED = Decimal(100)
_RATIO_UNITS = ("%", "‰", "/")


@dataclass(frozen=True, slots=True)
class Part:
    """What one department takes over.

    additive: `value` is an amount. weighted: `value` is growth in per cent, `weight` the base it
    grows from. ratio: `value` is the numerator, `weight` the denominator.
    """

    department: str
    value: Decimal | None
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """A target beside what its parts give together. None where a part is not known."""

    sort: Sort
    target: Decimal
    got: Decimal | None
    missing: tuple[str, ...] = ()

    @property
    def remainder(self) -> Decimal | None:
        """What the parts leave open (below zero: they give more), exactly."""
        return None if self.got is None else self.target - self.got

    @property
    def holds(self) -> bool:
        """Whether the parts give the target as exactly as it is printed."""
        return self.remainder is not None and abs(self.remainder) <= half_unit(self.target)


def sort_of(record: PlanCommitment) -> Sort:
    """How a promise is split: rates by weight, shares by numerator and denominator, else by sum."""
    if record.form in ("growth", "reduction"):
        return "weighted"
    if any(mark in record.unit for mark in _RATIO_UNITS):
        return "ratio"
    return "additive"


def scale_of(record: PlanCommitment) -> Decimal:
    """What a numerator over its denominator is multiplied by: 45 % is 0.45, 20 件/万人 is 20."""
    return HUNDRED if "%" in record.unit else Decimal(1000) if "‰" in record.unit else Decimal(1)


def balance(
    sort: Sort, target: Decimal, parts: Sequence[Part], *, scale: Decimal = HUNDRED
) -> Balance:
    """A target beside its parts; `scale` is of a ratio, as `scale_of` gives it."""
    missing = tuple(
        part.department
        for part in parts
        if part.value is None or (sort != "additive" and part.weight is None)
    )
    if missing or not parts:
        return Balance(sort, target, None, missing)
    with localcontext(ARITHMETIC):
        values = [part.value or Decimal(0) for part in parts]
        if sort == "additive":
            return Balance(sort, target, sum(values, Decimal(0)))
        weights = [part.weight or Decimal(0) for part in parts]
        whole = sum(weights, Decimal(0))
        if whole == 0:
            return Balance(sort, target, None, tuple(part.department for part in parts))
        if sort == "ratio":
            return Balance(sort, target, sum(values, Decimal(0)) * scale / whole)
        grown = sum((v * w for v, w in zip(values, weights, strict=True)), Decimal(0))
        return Balance(sort, target, grown / whole)


def balance_of(
    record: PlanCommitment, target: Decimal | None, parts: Sequence[Part]
) -> Balance | None:
    """A promise's target beside its parts; None without a target or without any part in figures."""
    if target is None or all(part.value is None for part in parts):
        return None
    return balance(sort_of(record), target, parts, scale=scale_of(record))


def years_of(record: PlanCommitment, plan: Plan) -> dict[int, Decimal]:
    """What each year owes in the terms of the yearly figure: its annual target, else by the path.

    Empty where the path asks for nothing before the end, or the base is not printed.
    """
    last = record.target_year or plan.end
    with localcontext(ARITHMETIC):
        found = {**_by_form(record, plan, last), **record.annual}
    return {year: found[year] for year in range(plan.start, last + 1) if year in found}


def _by_form(record: PlanCommitment, plan: Plan, last: int) -> dict[int, Decimal]:
    years = range(plan.start, last + 1)
    if record.form == "growth" and record.growth_pct is not None:
        return dict.fromkeys(years, record.growth_pct)
    target = record.target_value
    if target is None:
        return {}
    if record.form == "cumulative":
        return dict.fromkeys(years, target / len(years))
    if record.form == "per_year":
        return dict.fromkeys(years, target)
    if record.form == "reduction":
        even = 1 - power(1 - target / HUNDRED, 1, len(years)) if target < HUNDRED else Decimal(1)
        return dict.fromkeys(years, even * HUNDRED)
    return _levels(record, plan, last, target)


def _levels(record: PlanCommitment, plan: Plan, last: int, target: Decimal) -> dict[int, Decimal]:
    base = record.base.value
    if base is None or record.form not in ("level", "floor", "ceiling"):
        return {}
    first = plan.start - 1 if record.base.year is None else record.base.year
    path = record.path or default_path(record.promise())
    way = Way(path, base, target, first, last, record.annual)
    if way.is_silent or path == "annual":
        return {}
    return {
        year: base + way.share_due(year) * (target - base) for year in range(plan.start, last + 1)
    }


def balance_of_years(
    record: PlanCommitment, plan: Plan, annual: Mapping[int, Decimal]
) -> Balance | None:
    """The annual targets of all years beside the promise; None where there is nothing to add up."""
    target = record.growth_pct if record.form == "growth" else record.target_value
    if target is None:
        return None
    years = range(plan.start, (record.target_year or plan.end) + 1)
    missing = tuple(str(year) for year in years if year not in annual)
    if record.form in ("level", "floor", "ceiling", "range"):
        reached = annual.get(years[-1])
        return Balance("additive", target, reached, () if reached is not None else missing)
    sort: Sort = "weighted" if record.form in ("growth", "reduction") else "additive"
    if missing:
        return Balance(sort, target, None, missing)
    with localcontext(ARITHMETIC):
        return Balance(sort, target, _together(record, [annual[year] for year in years]))


def _together(record: PlanCommitment, values: Sequence[Decimal]) -> Decimal:
    if record.form not in ("growth", "reduction"):
        return sum(values, Decimal(0))
    sign = 1 if record.form == "growth" else -1
    factor = Decimal(1)
    for value in values:
        factor *= 1 + sign * value / HUNDRED
    if record.form == "reduction":
        return (1 - factor) * HUNDRED
    return (power(factor, 1, len(values)) - 1) * HUNDRED if factor > 0 else -HUNDRED


def is_eased(record: PlanCommitment, value: Decimal) -> bool:
    """Whether another target would be easier to meet than the one that is promised."""
    now = record.growth_pct if record.form == "growth" else record.target_value
    if now is None:
        return True  # nothing to compare with: only an amended plan may say
    return value > now if falls(record, now) else value < now


def stand(part: str, *figures: Decimal | None) -> str:
    """What a page shows of a part, by which a later act sees whether it is still so."""
    return " ".join((part, *("-" if one is None else shown(one) for one in figures)))


def falls(record: PlanCommitment, target: Decimal) -> bool:
    """Whether less of the figure is better: by form, else as stated, else from base to target."""
    if record.form in ("ceiling", "rank"):
        return True
    if record.form in ("reduction", "change"):
        return False  # the promised fall or change is printed positive: more of it is harder
    if record.direction is not None:
        return record.direction == "less"
    return record.base.value is not None and target < record.base.value
