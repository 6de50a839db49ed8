"""Growth promised as a mean, and falls promised in total."""

from decimal import Decimal

from lantu.core.errors import ContentError
from lantu.core.figures.decimals import half_unit, power
from lantu.core.judging import grading
from lantu.core.judging.case import HUNDRED, ZERO, Case
from lantu.core.judging.forms import fall
from lantu.core.judging.forms.chain import (
    Chain,
    latest_chain,
    missing,
    nth_root,
    of_year,
    printed_base,
)
from lantu.core.judging.paths import need_annual, need_reach
from lantu.core.judging.records import Verdict
from lantu.core.judging.states import State

SORTS = ("growth",)


def to_date(case: Case) -> Verdict:
    """The plan to date, from the chain of yearly rates or from base and latest level."""
    found = latest_chain(case)
    if found is None:
        return _without(case)
    for fact in found.facts:
        case.use(fact)
    case.note("chain-rates" if found.from_rates else "chain-levels", **_story(case, found))
    if case.promise.form == "reduction":
        return fall.to_date(case, found)
    return _growth(case, found)


def _without(case: Case) -> Verdict:
    _, other = printed_base(case)
    levels = any(case.first <= year <= case.last for year in case.facts.level)
    if other and levels and not case.facts.growth:
        case.note("base-other-scope", base=case.promise.base.scope, scope=case.promise.scope)
        return case.verdict("scope-mismatch")
    return case.without_figure("growth", "level", missing=missing(case, case.facts))


def _story(case: Case, found: Chain) -> dict[str, object]:
    return {
        "first": case.base_year + 1,
        "last": found.at,
        "factor": found.factor,
        "mean": found.mean,
        "values": tuple(fact.value for fact in found.facts),
        "base": case.promise.base.value,
    }


def promised(case: Case) -> tuple[Decimal, Decimal]:
    """The growth promised in per cent: the near end, and the end beyond which it is exceeded.

    Raises ContentError without one, and for a fall of all there is or more, which has no mean.
    """
    near, far = _printed_growth(case)
    _need_rest("growth_pct", min(near, far))
    return near, far


def _need_rest(key: str, growth: Decimal) -> None:
    if growth <= -HUNDRED:
        raise ContentError(
            key,
            f"A yearly growth of {growth:f} per cent leaves nothing to grow.",
            "Give a figure above -100; a fall is negative.",
        )


def _printed_growth(case: Case) -> tuple[Decimal, Decimal]:
    promise = case.promise
    if promise.growth_pct is not None:
        return promise.growth_pct, promise.growth_pct
    if promise.low is not None and promise.high is not None:
        less = promise.direction == "less"
        return (promise.high, promise.low) if less else (promise.low, promise.high)
    if promise.target is not None:
        return promise.target, promise.target
    raise ContentError(
        "commitment", "There is no `growth_pct`.", "Give the mean yearly growth in per cent."
    )


def _growth(case: Case, found: Chain) -> Verdict:
    less = case.promise.direction == "less"
    near, far = promised(case)
    mean = found.mean
    back = mean < 0 and not less
    if found.at == case.target_year:
        state = _final(near, far, mean, less=less)
        case.note("final-growth", mean=mean, near=near, far=far, state=state)
        gap = near - mean if less else mean - near
        ratio = mean / near if case.rules.measure == "compound" and near > 0 and not less else None
        return case.verdict(state, found.at, mean_growth=mean, gap=gap, ratio=ratio, reversed=back)
    owed = _owed(case, found, near)
    grade = grading.growth(case, mean, owed, less=less)
    needed = _needed(case, found, near)
    case.note("still-growth", needed=needed)
    return case.verdict(
        grade.state,
        found.at,
        mean_growth=mean,
        gap=grade.gap,
        ratio=grade.ratio,
        needed_per_year=needed,
        reversed=back,
        rules=grade.rules,
    )


def _final(near: Decimal, far: Decimal, mean: Decimal, *, less: bool) -> State:
    sign = -1 if less else 1
    if sign * (mean - near) < -half_unit(near):
        return "missed"
    return "over-fulfilled" if sign * (mean - far) > half_unit(far) else "fulfilled"


def _owed(case: Case, found: Chain, near: Decimal) -> Decimal:
    """The mean owed to date: the promised one, or that of the annual plans."""
    if case.promise.path != "annual":
        return near
    years = range(case.base_year + 1, case.target_year + 1)
    need_annual(case.promise, years)
    whole = (nth_root(_product(case, years), len(years)) - 1) * HUNDRED
    less = case.promise.direction == "less"
    half = half_unit(near)
    need_reach(whole, near, short=whole > near + half if less else whole < near - half)
    to_date = range(case.base_year + 1, found.at + 1)
    return (nth_root(_product(case, to_date), len(to_date)) - 1) * HUNDRED


def _product(case: Case, years: range) -> Decimal:
    factor = Decimal(1)
    for year in years:
        _need_rest("annual", case.promise.annual[year])
        factor *= 1 + case.promise.annual[year] / HUNDRED
    return factor


def _needed(case: Case, found: Chain, near: Decimal) -> Decimal | None:
    """The growth a year that would still bring the mean to the promise, in per cent."""
    if found.factor <= 0:
        return None
    whole = (1 + near / HUNDRED) ** (case.target_year - case.base_year)
    rest = case.target_year - found.at
    return (power(whole / found.factor, 1, rest) - 1) * HUNDRED


def year(case: Case, asked: int) -> Verdict:
    """The year's own growth beside what the year owes."""
    base, _ = printed_base(case)
    found = of_year(case, asked, case.facts, base)
    if found is None:
        return case.year_without_figure(asked, "growth", "level")
    for fact in found.facts:
        case.use(fact)
    if case.promise.form == "reduction":
        return fall.year(case, found)
    return _year_growth(case, found)


def _year_growth(case: Case, found: Chain) -> Verdict:
    less = case.promise.direction == "less"
    rate = (found.factor - 1) * HUNDRED
    annual = case.promise.annual.get(found.at)
    owed = promised(case)[0] if annual is None else annual
    case.note("year-growth", rate=rate, owed=owed)
    grade = grading.growth(case, rate, owed, less=less)
    if annual is not None:
        sign = -1 if less else 1
        met = sign * (rate - annual) >= -half_unit(annual)
        grade = grading.at_least_on_track(grade, met)
    back = rate < ZERO and not less
    return case.verdict(
        grade.state,
        found.at,
        mean_growth=rate,
        gap=grade.gap,
        ratio=grade.ratio,
        reversed=back,
        rules=grade.rules,
    )
