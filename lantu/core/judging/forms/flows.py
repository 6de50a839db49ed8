"""Flows: yearly amounts whose sum is promised."""

from decimal import Decimal

from lantu.core.errors import ContentError
from lantu.core.figures.decimals import half_unit
from lantu.core.judging import grading
from lantu.core.judging.case import HUNDRED, ZERO, Case
from lantu.core.judging.paths import need_annual, need_reach
from lantu.core.judging.records import Fact, Verdict
from lantu.core.judging.states import State

ONE = Decimal(1)
SORTS = ("level",)


def to_date(case: Case) -> Verdict:
    """The sum of the flows so far beside the share of the sum that is due."""
    target = _target(case)
    at = case.latest()
    flows = {y: f for y, f in case.facts.level.items() if case.first <= y <= case.last}
    total = sum((fact.value for fact in flows.values()), ZERO)
    gaps = case.gaps(flows)
    sure = _is_sure(case, flows, total, target)
    if at is None or (gaps or case.is_stale(at)) and not sure:
        return case.without_figure("level", missing=gaps)
    for year in sorted(flows):
        case.use(flows[year])
    case.note("sum", values=tuple(flows[y].value for y in sorted(flows)), total=total)
    if at == case.target_year:
        return _final(case, total, target, at)
    return _before(case, total, target, at)


def _is_sure(case: Case, flows: dict[int, Fact], total: Decimal, target: Decimal) -> bool:
    """Whether the known years alone reach the target, whatever the missing ones bring."""
    if case.promise.direction == "less" or any(fact.value < 0 for fact in flows.values()):
        return False
    return total >= target - half_unit(target)


def _target(case: Case) -> Decimal:
    target = case.promise.target
    if target is None or target == 0:
        raise ContentError(
            "commitment", "A cumulative promise needs a target.", "Give the sum to reach."
        )
    return target


def _final(case: Case, total: Decimal, target: Decimal, at: int) -> Verdict:
    half = half_unit(target)
    sign = -1 if case.promise.direction == "less" else 1
    state: State = "missed"
    if sign * (total - target) >= -half:
        state = "over-fulfilled" if sign * (total - target) > half else "fulfilled"
    case.note("final", target=target, half=half, figure=total, state=state)
    share = total / target
    gap = (share - 1) * HUNDRED if case.rules.measure == "points" else None
    return case.verdict(
        state, at, progress=share, due=ONE, ratio=share, gap=gap, reversed=share < 0
    )


def _before(case: Case, total: Decimal, target: Decimal, at: int) -> Verdict:
    less = case.promise.direction == "less"
    share, half = total / target, half_unit(target)
    left = max(ZERO, target - total)
    still = {"left": left, "needed_per_year": left / (case.target_year - at)}
    met = not less and total >= target - half
    if case.path in ("none", "step") and not met:
        case.note("not-due-yet", left=left, year=case.target_year)
        return case.verdict("not-due", at, left=left)
    due = _due(case, at, target)
    case.note("due", path=case.path, due=due, year=at, base=ZERO, target=target)
    case.note("progress", progress=share, base=ZERO, target=target, figure=total)
    shares = {"progress": share, "due": due, "reversed": share < 0}
    if met:
        case.note("met-early", figure=total, target=target, half=half)
        ratio = share / due if due > 0 else None
        gap = (share - due) * HUNDRED if case.rules.measure == "points" else None
        return case.verdict(
            "achieved-early", at, ratio=ratio, gap=gap, left=left, needed_per_year=ZERO, **shares
        )
    if less:
        return _capped(case, (share, due), total > target + half, at, still)
    grade = grading.share(case, share, due)
    case.note("still", left=left, years=case.target_year - at, needed=still["needed_per_year"])
    return case.verdict(
        grade.state, at, ratio=grade.ratio, gap=grade.gap, rules=grade.rules, **shares, **still
    )


def _capped(
    case: Case, shares: tuple[Decimal, Decimal], is_over: bool, at: int, still: dict[str, Decimal]
) -> Verdict:
    """A sum that must not be passed: what is used up may not run before what is due."""
    share, due = shares
    ratio = share / due if due > 0 else None
    if is_over:
        return case.verdict("badly-behind", at, progress=share, due=due, ratio=ratio, **still)
    # Two minus the ratio turns ten per cent too much into ten per cent too little.
    grade = grading.share(case, due * 2 - share, due)
    return case.verdict(
        grade.state, at, progress=share, due=due, ratio=ratio, rules=grade.rules, **still
    )


def _due(case: Case, at: int, target: Decimal) -> Decimal:
    if case.path == "annual":
        years = range(case.first, case.target_year + 1)
        need_annual(case.promise, years)
        whole = sum((case.promise.annual[year] for year in years), ZERO)
        half = half_unit(target)
        short = whole > target + half if case.promise.direction == "less" else whole < target - half
        need_reach(whole, target, short=short)
        return sum((case.promise.annual[y] for y in range(case.first, at + 1)), ZERO) / target
    return Decimal(at - case.first + 1) / _years(case)


def _years(case: Case) -> int:
    return case.target_year - case.first + 1


def year(case: Case, asked: int) -> Verdict:
    """The flow of one year beside the share it owes."""
    fact = case.figure_of(asked, "level")
    if fact is None:
        return case.year_without_figure(asked, "level")
    target = _target(case)
    annual = case.promise.annual.get(asked)
    if annual is None and case.path in ("none", "step"):
        case.use(fact)
        return case.verdict("not-due", asked)
    flow = case.use(fact)
    owed = target / _years(case) if annual is None else annual
    met = annual is not None and _meets(case, flow, annual, fact)
    if fact.is_part and fact.months:
        case.note("part-year", value=flow, months=fact.months)
        owed = owed * fact.months / 12
    case.note("year-flow", flow=flow, owed=owed)
    less = case.promise.direction == "less"
    if owed > 0:
        share = flow / owed
        grade = grading.share(case, 2 - share if less else share, ONE)
        ratio = share if grade.ratio is not None else None
    else:
        grade = grading.share(case, -flow if less else flow, ZERO)
        ratio = None
    grade = grading.at_least_on_track(grade, met)
    return case.verdict(grade.state, asked, ratio=ratio, gap=grade.gap, rules=grade.rules)


def _meets(case: Case, flow: Decimal, annual: Decimal, fact: Fact) -> bool:
    if fact.is_part:
        return False
    sign = -1 if case.promise.direction == "less" else 1
    return sign * (flow - annual) >= -half_unit(annual)
