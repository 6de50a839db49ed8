"""What a forecast sets out from: the series that speaks for a promise, and the belief in it."""

import math
from dataclasses import dataclass
from typing import Final

from lantu.core.judging.evidence import Evidence
from lantu.core.judging.forecast.assumptions import Assumptions
from lantu.core.judging.forecast.series import WAYS, Series, Way, errors, series, spread
from lantu.core.judging.records import Commitment, Plan

BY_RATE: Final = ("growth", "reduction")


@dataclass(frozen=True, slots=True)
class Belief:
    """How a series goes on, and how far off that may be in one year.

    `scatter` is a standard deviation on the scale of `Series.levels`; `source` is that of the
    reference of its kind, None where the series' own errors speak alone.
    """

    way: Way
    scatter: float
    source: dict[str, str] | None
    damping: float
    lasting: float
    likely: float
    unlikely: float


def series_of(promise: Commitment, evidence: Evidence, plan: Plan) -> Series | None:
    """The yearly figures that speak for a promise: rates where it promises growth and has them."""
    if promise.form in BY_RATE and evidence.growth:
        rates = {year: fact.value for year, fact in evidence.growth.items()}
        return series(rates, "%", is_rate=True) if len(rates) > 1 else None
    figures = {year: fact.value for year, fact in evidence.level.items()}
    base = promise.base
    is_flow = promise.form in ("cumulative", "per_year")
    if base.value is not None and not is_flow and base.scope in (None, promise.scope):
        figures.setdefault(plan.start - 1 if base.year is None else base.year, base.value)
    return series(figures, promise.unit) if len(figures) > 1 else None


def belief_in(found: Series, assumed: Assumptions) -> Belief | None:
    """How far off the damped trend may be: own errors and those of the kind, weighed together.

    Without a reference of its kind a series goes on in the way that missed least so far.
    """
    damping = assumed.damping.value
    own = {way: tuple(errors(found, way, damping)) for way in WAYS}
    kind = assumed.scatter.get(found.kind)
    way: Way = "damped"
    if kind is not None:
        weight, count = assumed.reference_weight, len(own[way])
        squares = weight * kind.value**2 + sum(error * error for error in own[way])
        scatter, source = math.sqrt(squares / (weight + count)), kind.source
    elif len(own[way]) >= assumed.own_errors:
        way = min(WAYS, key=lambda one: spread(own[one]))
        scatter, source = spread(own[way]), None
    else:
        return None
    return Belief(
        way,
        scatter,
        source,
        damping,
        assumed.lasting.value,
        assumed.likely.value,
        assumed.unlikely.value,
    )
