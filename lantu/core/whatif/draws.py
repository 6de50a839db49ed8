"""Draws: many futures at once, with growth and delays that may come otherwise. Seeded.

Each promise and each lever has dice of its own: the same scenario has the same answer, a project's
delay is the same for its money and its output, and two scenarios that differ in one lever differ
by that lever alone.
"""

import math
import zlib
from collections.abc import Sequence
from typing import Any, Final

from lantu.core.judging.forecast.basis import Belief
from lantu.core.judging.forecast.series import Series, ahead
from lantu.core.whatif.levers import Growth, Lever, Policy, Project

SEED: Final = 20210910  # any fixed number
MOST_YEARS_LATE: Final = 50
Array = Any  # NumPy is imported by who calls, so that a web worker starts without it


def course(found: Series, belief: Belief, years: int, paths: int, code: str) -> Array:
    """Figures without levers: a row for each future, a column for each year; first the last known.

    A part of each error lasts, the rest is a random walk: as in the outlook of a promise.
    """
    import numpy as np

    dice = np.random.default_rng([SEED, zlib.crc32(code.encode())])
    middle = np.array([ahead(found, belief.way, year, belief.damping) for year in range(years + 1)])
    drift = dice.normal(0.0, belief.scatter * math.sqrt(belief.lasting), (paths, 1))
    walk = dice.normal(0.0, belief.scatter * math.sqrt(1 - belief.lasting), (paths, years))
    levels = np.repeat(middle[None, :], paths, axis=0)
    levels[:, 0] = found.levels[-1]
    levels[:, 1:] += np.cumsum(drift + walk, axis=1)
    return np.exp(levels) if found.kind == "volume" else levels


def pulled(base: Array, levers: Sequence[Lever], code: str, last: int) -> Array:
    """The futures with the levers, in their order; without the column of the last known figure.

    Every output that is pulled on must be known.
    """
    now = base[:, 1:].copy()
    for place, lever in enumerate(levers):
        if isinstance(lever, Project):
            _project(now, lever, code, last, _dice(place))
        elif lever.into != code:
            continue
        elif isinstance(lever, Growth):
            _growth(now, base, lever, last, _dice(place))
        else:
            _policy(now, lever, last, _dice(place))
    return now


def _dice(place: int) -> Any:
    import numpy as np

    return np.random.default_rng([SEED, 1, place])


def _project(now: Array, lever: Project, code: str, last: int, dice: Any) -> None:
    import numpy as np

    if lever.cancelled:
        return
    paths, years = now.shape
    slips, risk = np.zeros(paths, dtype=int), float(lever.delay_risk) / 100
    chance = dice.random((2, paths))
    if risk > 0:  # slips by at least k years with probability risk^k
        slips = np.minimum(np.log1p(-chance[0]) / math.log(risk), MOST_YEARS_LATE).astype(int)
    comes = chance[1] >= float(lever.cancel_risk) / 100
    late = slips + lever.delay
    for column in range(years):
        year = last + 1 + column
        if lever.invested_into == code:
            for planned, amount in lever.investment.items():
                now[:, column] += float(amount) * (comes & (planned + late == year))
        if lever.into == code and lever.runs_from is not None and lever.output is not None:
            if lever.runs_from + lever.delay > last:  # else the last figure holds it
                runs = comes & (lever.runs_from + late <= year)
                now[:, column] += float(lever.output) * runs


def _growth(now: Array, base: Array, lever: Growth, last: int, dice: Any) -> None:
    rate = float(lever.rate) + float(lever.spread) * dice.standard_normal(len(now))
    factor = (1 + rate / 100).clip(min=0.0)
    first = max(lever.since, last + 1)
    set_out = base[:, first - 1 - last] if first - 1 - last < base.shape[1] else None
    for column in range(first - 1 - last, now.shape[1]):
        years = last + 1 + column - first + 1
        part = float(lever.share) / 100
        now[:, column] += part * (set_out * factor**years - base[:, column + 1])


def _policy(now: Array, lever: Policy, last: int, dice: Any) -> None:
    amount: Any = float(lever.amount)
    if lever.least is not None and lever.most is not None and lever.least < lever.most:
        ends = float(lever.least), float(lever.most)
        amount = dice.triangular(ends[0], amount, ends[1], len(now))
    for column in range(now.shape[1]):
        year = last + 1 + column
        if year >= lever.since and (lever.until is None or year <= lever.until):
            now[:, column] += now[:, column] * amount / 100 if lever.relative else amount
