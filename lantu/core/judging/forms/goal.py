"""Goals: the value a level should have, how exact it was printed, and where it sets out."""

from dataclasses import dataclass
from decimal import Decimal

from lantu.core.errors import ContentError
from lantu.core.figures.decimals import half_unit
from lantu.core.figures.scopes import Match, match
from lantu.core.judging.case import ZERO, Case
from lantu.core.judging.paths import Way, need_annual, need_reach

ONCE_MET = {"floor", "ceiling", "rank", "complete"}  # met or not, with no more than met
SURE_OF_BASE = {"change", "multiple"}  # no target without a base


@dataclass(frozen=True, slots=True)
class Start:
    """Where a promise sets out. `value` is None where nobody ever stated it."""

    value: Decimal | None
    is_other_scope: bool = False


@dataclass(frozen=True, slots=True)
class Goal:
    """A level to reach. `sign` is +1 where more is better and −1 where less is."""

    value: Decimal
    half: Decimal
    sign: int
    far: Decimal  # beyond this bound, and half a unit, it is more than was promised
    far_half: Decimal
    may_exceed: bool
    base: Decimal | None
    center: Decimal | None = None  # closer is better: distances from here are judged

    def read(self, figure: Decimal) -> Decimal:
        """A figure in the terms of the goal."""
        return figure if self.center is None else -abs(figure - self.center)

    def is_met(self, figure: Decimal) -> bool:
        return self.sign * (figure - self.value) >= -self.half

    def is_exceeded(self, figure: Decimal) -> bool:
        return self.may_exceed and self.sign * (figure - self.far) > self.far_half

    def left(self, figure: Decimal) -> Decimal:
        return max(ZERO, self.sign * (self.value - figure))

    def progress(self, figure: Decimal) -> Decimal | None:
        """The share of the way done; None without a base or with nothing to climb."""
        if self.base is None or self.base == self.value:
            return None
        return (figure - self.base) / (self.value - self.base)


def start(case: Case) -> Start:
    """The printed base; else the figure of the base year in the scope of the target."""
    base, scope = case.promise.base, case.promise.scope
    if base.value is not None:
        other = match(base.scope, scope) is Match.OTHER
        return Start(None if other else base.value, other)
    if case.promise.form == "complete":
        return Start(ZERO)
    fact = case.facts.level.get(case.base_year)
    return Start(None if fact is None else case.use(fact))


def sign_of(case: Case, base: Decimal | None) -> int:
    """Which way is better: by form, else as stated, else from base to target."""
    promise = case.promise
    if promise.form in ("ceiling", "rank"):
        return -1
    if promise.form == "floor":
        return 1
    if promise.direction is not None:
        return -1 if promise.direction == "less" else 1
    target = promise.n if promise.form == "complete" else promise.target
    if promise.form == "complete" and target == 0:
        return -1  # all of none: what is left is to go
    falls = promise.form in ("level", "complete") and base is not None and target is not None
    return -1 if falls and target < base else 1  # type: ignore[operator]


def goal(case: Case, base: Decimal | None) -> Goal | None:
    """What is to be reached; None where it hangs on a base that is not known."""
    promise, sign = case.promise, sign_of(case, base)
    if promise.form in SURE_OF_BASE:
        return None if base is None else _from_base(case, base, sign)
    if promise.form == "range":
        return _range(case, base, sign)
    value = promise.n if promise.form == "complete" and promise.n is not None else promise.target
    value = _needed(value, "target", "Give the value that is promised.")
    exact = promise.form in ("complete", "rank")
    half = ZERO if exact else half_unit(value)
    may_exceed = promise.form not in ONCE_MET
    if promise.direction == "closer":
        shifted = None if base is None else -abs(base - value)
        return Goal(ZERO, half, 1, ZERO, half, False, shifted, center=value)
    return Goal(value, half, sign, value, half, may_exceed, base)


def way(case: Case, goal: Goal) -> Way | None:
    """The way from base to goal; None without a base or with nothing to climb.

    Raises ContentError where the annual figures should be the path and cannot be.
    """
    if goal.base is None or goal.is_met(goal.base) and case.promise.form != "complete":
        return None
    if goal.base == goal.value:
        return None  # all are there at the start, or none is to be left and no base is printed
    if case.path == "annual":
        _check_annual(case, goal)
    annual = {year: goal.read(value) for year, value in case.promise.annual.items()}
    return Way(case.path, goal.base, goal.value, case.base_year, case.target_year, annual)


def _check_annual(case: Case, goal: Goal) -> None:
    need_annual(case.promise, range(case.first, case.target_year + 1))
    reached = case.promise.annual[case.target_year]
    need_reach(reached, goal.value, short=not goal.is_met(goal.read(reached)))


def _from_base(case: Case, base: Decimal, sign: int) -> Goal:
    promise = case.promise
    if promise.form == "multiple":
        k = _needed(promise.k, "k", "Say how many times the base, such as `k: 2`.")
        value, half = k * base, half_unit(base)
        sign = sign if promise.direction else (1 if k >= 1 else -1)
    else:
        change = _needed(promise.target, "target", "Give the change that is promised.")
        value, half = base + sign * abs(change), half_unit(change)
    return Goal(value, half, sign, value, half, True, base)


def _range(case: Case, base: Decimal | None, sign: int) -> Goal:
    low = _needed(case.promise.low, "low", "Give both ends, `low` and `high`.")
    high = _needed(case.promise.high, "high", "Give both ends, `low` and `high`.")
    near, far = (low, high) if sign > 0 else (high, low)
    return Goal(near, half_unit(near), sign, far, half_unit(far), True, base)


def _needed(value: Decimal | None, key: str, remedy: str) -> Decimal:
    if value is None:
        raise ContentError("commitment", f"There is no `{key}`.", remedy)
    return value
