"""Falls: a total fall in per cent, owed step by step."""

from decimal import Decimal

from lantu.core.errors import ContentError
from lantu.core.figures.decimals import half_unit, power
from lantu.core.judging import grading
from lantu.core.judging.case import HUNDRED, ZERO, Case
from lantu.core.judging.forms.chain import Chain
from lantu.core.judging.grading import Compound
from lantu.core.judging.paths import need_annual, need_reach
from lantu.core.judging.records import Verdict
from lantu.core.judging.states import State

ONE = Decimal(1)


def to_date(case: Case, found: Chain) -> Verdict:
    """The fall so far beside the fall due."""
    promised = _promised(case)
    fallen = (1 - found.factor) * HUNDRED
    progress = fallen / promised
    half = half_unit(promised)
    case.note("fallen", fallen=fallen, promised=promised, progress=progress)
    if found.at == case.target_year:
        return _final(case, found, fallen, promised)
    left = max(ZERO, promised - fallen)
    back = fallen < 0
    met = fallen >= promised - half
    if case.path in ("none", "step"):
        state: State = "achieved-early" if met else "not-due"
        needed = ZERO if met else None
        share = progress if met else None
        return case.verdict(state, found.at, progress=share, left=left, needed_per_year=needed)
    due = _due(case, found.at, promised)
    case.note("due-fall", due=due, share=due / promised, path=case.path, year=found.at)
    shares = {"progress": progress, "due": due / promised, "reversed": back, "left": left}
    if met:
        case.note("met-early", figure=fallen, target=promised, half=half)
        ratio = fallen / due if due > 0 else None
        return case.verdict("achieved-early", found.at, ratio=ratio, needed_per_year=ZERO, **shares)
    needed = _needed(case, found, promised)
    case.note("still-fall", left=left, needed=needed)
    years = case.target_year - case.base_year
    compound = Compound(found.factor, 1 - promised / HUNDRED, found.years, years)
    grade = grading.share(case, progress, due / promised, compound)
    return case.verdict(
        grade.state,
        found.at,
        ratio=grade.ratio,
        gap=grade.gap,
        rules=grade.rules,
        needed_per_year=needed,
        **shares,
    )


def _final(case: Case, found: Chain, fallen: Decimal, promised: Decimal) -> Verdict:
    half = half_unit(promised)
    state: State = "missed"
    if fallen >= promised - half:
        state = "over-fulfilled" if fallen > promised + half else "fulfilled"
    case.note("final", target=promised, half=half, figure=fallen, state=state)
    share = fallen / promised
    gap = (share - 1) * HUNDRED if case.rules.measure == "points" else None
    return case.verdict(
        state, found.at, progress=share, due=ONE, ratio=share, gap=gap, reversed=fallen < 0
    )


def _promised(case: Case) -> Decimal:
    promised = case.promise.target
    if promised is None or promised <= 0:
        raise ContentError(
            "commitment",
            "A reduction needs a target above zero: the total fall in per cent.",
            "Write a fall of 13.5 % as `value: 13.5`.",
        )
    return promised


def _due(case: Case, at: int, promised: Decimal) -> Decimal:
    """The fall due at the end of a year, in per cent."""
    gone, years = at - case.base_year, case.target_year - case.base_year
    if case.path == "annual":
        whole = range(case.base_year + 1, case.target_year + 1)
        need_annual(case.promise, whole)
        reached = _together(case, whole)
        need_reach(reached, promised, short=reached < promised - half_unit(promised))
        return _together(case, range(case.base_year + 1, at + 1))
    if case.path == "geometric" and promised < HUNDRED:
        return (1 - power(1 - promised / HUNDRED, gone, years)) * HUNDRED
    return promised * gone / years


def _together(case: Case, years: range) -> Decimal:
    factor = ONE
    for year in years:
        factor *= 1 - case.promise.annual[year] / HUNDRED
    return (1 - factor) * HUNDRED


def _needed(case: Case, found: Chain, promised: Decimal) -> Decimal | None:
    """The fall a year that is still needed, in per cent."""
    if found.factor <= 0:
        return ZERO
    left = (1 - promised / HUNDRED) / found.factor
    if left <= 0:
        return HUNDRED
    return max(ZERO, (1 - power(left, 1, case.target_year - found.at)) * HUNDRED)


def year(case: Case, found: Chain) -> Verdict:
    """The fall of one year beside the fall it owes."""
    promised = _promised(case)
    fallen = (1 - found.factor) * HUNDRED
    annual = case.promise.annual.get(found.at)
    owed = _even(case, promised) if annual is None else annual
    case.note("year-fall", fallen=fallen, owed=owed)
    if owed is None:
        return case.verdict("not-due", found.at)
    met = annual is not None and fallen >= annual - half_unit(annual)
    if owed < 0:
        return case.verdict("on-track" if met else "behind", found.at, reversed=fallen < 0)
    grade = grading.share(case, fallen / owed, ONE) if owed else grading.share(case, fallen, ZERO)
    grade = grading.at_least_on_track(grade, met)
    return case.verdict(
        grade.state,
        found.at,
        ratio=grade.ratio,
        gap=grade.gap,
        rules=grade.rules,
        reversed=fallen < 0,
    )


def _even(case: Case, promised: Decimal) -> Decimal | None:
    """The same fall every year; None where nothing is owed before the end."""
    years = case.target_year - case.base_year
    if case.path in ("none", "step"):
        return None
    if case.path == "linear" or promised >= HUNDRED:
        return promised / years
    return (1 - power(1 - promised / HUNDRED, 1, years)) * HUNDRED
