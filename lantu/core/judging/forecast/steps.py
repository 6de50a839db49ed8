"""Steps: the yearly movement that a promise still needs, beside the best one ever seen."""

import math
from decimal import Decimal
from typing import Final

from lantu.core.judging.forecast.series import Series
from lantu.core.judging.records import Commitment, Verdict

# Their need is what the judge says is needed a year: growth, a fall, or a yearly flow.
_TOLD_BY_JUDGE: Final = ("growth", "reduction", "cumulative", "per_year")


def steps_of(
    promise: Commitment, found: Series, now: Verdict, until: int
) -> tuple[Decimal | None, Decimal | None]:
    """What is needed a year and the best ever seen, both in the promised direction.

    Per cent for volumes and rates, units of the figure otherwise; None where there is none.
    """
    target = _goal(promise)
    sign = -1 if _falls(promise, target) else 1
    if promise.form in ("cumulative", "per_year"):
        return now.needed_per_year, max(found.values)
    if found.kind == "rate":
        seen = [sign * value for value in found.values]
    else:
        seen = [sign * _shown(found, step) for step in found.steps()]
    best = max(seen, default=None)
    if promise.form in _TOLD_BY_JUDGE:
        return now.needed_per_year, best
    horizon = until - found.years[-1]
    if target is None or (found.kind == "volume" and target <= 0):
        return None, best
    whole = Series(found.kind, (0, horizon), (found.values[-1], target)).steps()[0]
    return sign * _shown(found, whole), best


def _goal(promise: Commitment) -> Decimal | None:
    """The level to be reached; None where it hangs on a base that is not printed."""
    base = promise.base.value
    if promise.form == "multiple":
        return None if base is None or promise.k is None else base * promise.k
    if promise.form == "change":
        if base is None or promise.target is None:
            return None
        return base - promise.target if promise.direction == "less" else base + promise.target
    if promise.form == "complete":
        return promise.n
    if promise.form == "range":
        return promise.high if promise.direction == "less" else promise.low
    return promise.target


def _falls(promise: Commitment, target: Decimal | None) -> bool:
    if promise.direction is not None:
        return promise.direction == "less"
    if promise.form in ("ceiling", "reduction"):
        return True
    base = promise.base.value
    return promise.form == "level" and base is not None and target is not None and target < base


def _shown(found: Series, step: float) -> Decimal:
    """A step as people read it: per cent a year for a volume, units a year otherwise."""
    return Decimal(f"{math.expm1(step) * 100:.6g}" if found.kind == "volume" else f"{step:.6g}")
