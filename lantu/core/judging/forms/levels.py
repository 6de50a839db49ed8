"""Levels: a value to be reached at the end of the way, or a bound that holds there."""

from decimal import Decimal

from lantu.core.figures.decimals import half_unit
from lantu.core.judging import grading
from lantu.core.judging.case import HUNDRED, ZERO, Case
from lantu.core.judging.forms.goal import SURE_OF_BASE, Goal, Start, goal, sign_of, start, way
from lantu.core.judging.grading import Compound, Grade
from lantu.core.judging.paths import Way
from lantu.core.judging.records import Fact, Verdict
from lantu.core.judging.states import State

ONE = Decimal(1)
SORTS = ("level",)


def to_date(case: Case) -> Verdict:
    """The plan to date, at the latest completed year with a usable figure."""
    at = case.latest()
    begun = start(case)
    is_final = at == case.target_year
    if begun.is_other_scope and (not is_final or case.promise.form in SURE_OF_BASE):
        case.note("base-other-scope", base=case.promise.base.scope, scope=case.promise.scope)
        return case.verdict("scope-mismatch")
    if at is None or case.is_stale(at):
        return case.without_figure("level", missing=case.recent())
    target = goal(case, begun.value)
    if target is None:
        case.note("no-base", year=case.base_year)
        return case.verdict("no-data", missing=(case.base_year,))
    fact = case.facts.level[at]
    figure = target.read(case.use(fact))
    case.note("figure", year=at, value=fact.value)
    if is_final:
        return _final(case, target, figure, at)
    return _before(case, target, figure, at)


def _final(case: Case, target: Goal, figure: Decimal, at: int) -> Verdict:
    state: State = "missed"
    if target.is_met(figure):
        state = "over-fulfilled" if target.is_exceeded(figure) else "fulfilled"
    case.note("final", target=target.value, half=target.half, figure=figure, state=state)
    held = target.base is None or _is_held(case, target)
    progress = None if held else target.progress(figure)
    if progress is None or case.promise.form == "rank":
        return case.verdict(state, at)
    gap = (progress - 1) * HUNDRED if case.rules.measure == "points" else None
    back = progress < 0
    return case.verdict(
        state, at, progress=progress, due=ONE, ratio=progress, gap=gap, reversed=back
    )


def _before(case: Case, target: Goal, figure: Decimal, at: int) -> Verdict:
    left = target.left(figure)
    years = case.target_year - at
    still = {"left": left, "needed_per_year": left / years}
    if _is_held(case, target):
        state: State = "on-track" if target.is_met(figure) else "behind"
        case.note("base-met", base=target.base, target=target.value, state=state)
        return case.verdict(state, at, **still)
    road = way(case, target)
    if road is None or road.is_silent or case.promise.form == "rank":
        return _without_way(case, target, figure, at)
    progress, due = target.progress(figure), road.share_due(at)
    assert progress is not None  # a way has two ends
    case.note("due", path=road.walked, base=road.base, target=road.target, due=due, year=at)
    case.note("progress", progress=progress, base=road.base, target=road.target, figure=figure)
    shares = {"progress": progress, "due": due, "path": road.walked, "reversed": progress < 0}
    if target.is_met(figure):
        case.note("met-early", figure=figure, target=target.value, half=target.half)
        ratio = progress / due if due > 0 else None
        gap = (progress - due) * HUNDRED if case.rules.measure == "points" else None
        return case.verdict(
            "achieved-early", at, ratio=ratio, gap=gap, left=left, needed_per_year=ZERO, **shares
        )
    grade = grading.share(case, progress, due, _compound(case, road, figure, at))
    case.note("still", left=left, years=years, needed=left / years)
    return case.verdict(
        grade.state, at, ratio=grade.ratio, gap=grade.gap, rules=grade.rules, **shares, **still
    )


def _without_way(case: Case, target: Goal, figure: Decimal, at: int) -> Verdict:
    """Nothing is owed before the end: met early, or not due yet."""
    left = target.left(figure)
    if target.is_met(figure):
        case.note("met-early", figure=figure, target=target.value, half=target.half)
        progress = None if case.promise.form == "rank" else target.progress(figure)
        return case.verdict(
            "achieved-early", at, progress=progress, left=ZERO, needed_per_year=ZERO
        )
    if case.promise.base.value is not None and target.base == target.value:
        case.note("base-met", base=target.base, target=target.value, state="behind")
        years = case.target_year - at
        return case.verdict("behind", at, left=left, needed_per_year=left / years)
    case.note("not-due-yet", left=left, year=case.target_year)
    return case.verdict("not-due", at, left=left)


def _is_held(case: Case, target: Goal) -> bool:
    """Whether the base already met the target, so that there is nothing to climb."""
    if target.base is None or case.promise.form == "complete":
        return False
    return target.is_met(target.base)


def _compound(case: Case, road: Way, figure: Decimal, at: int) -> Compound | None:
    if case.promise.form == "complete" or road.base <= 0:
        return None
    return Compound(figure / road.base, road.target / road.base, at - road.base_year, road.years)


def year(case: Case, asked: int) -> Verdict:
    """The year asked about, as a plan one year long."""
    fact = case.figure_of(asked, "level")
    if fact is None:
        return case.year_without_figure(asked, "level")
    begun = start(case)
    if case.promise.form in SURE_OF_BASE and begun.value is None:
        return _year_of_unknown_base(case, asked, fact, begun)
    target = goal(case, begun.value)
    assert target is not None  # only forms that hang on their base have none
    if case.promise.form == "rank" or _is_held(case, target):
        return _year_met_or_not(case, target, asked, fact)
    road = way(case, target)
    if road is None and asked not in case.promise.annual:
        if begun.is_other_scope:
            case.note("base-other-scope", base=case.promise.base.scope, scope=case.promise.scope)
            return case.verdict("scope-mismatch", asked)
        return _year_met_or_not(case, target, asked, fact)
    if road is not None and road.is_silent and asked not in case.promise.annual:
        return _year_met_or_not(case, target, asked, fact)
    last = _last_year(case, target, asked)
    if last is None:
        case.note("no-data", missing=(asked - 1,))
        return case.verdict("no-data", asked, missing=(asked - 1,))
    return _year_moved(case, target, road, asked, (fact, last))


def _year_moved(
    case: Case, target: Goal, road: Way | None, asked: int, ends: tuple[Fact, Decimal]
) -> Verdict:
    fact, last = ends
    figure = _whole_year(case, target, fact, last)
    annual = case.promise.annual.get(asked)
    owed = road.step(asked, last) if annual is None and road else None
    if annual is not None:
        owed = target.read(annual) - last
    assert owed is not None  # silent ways without an annual figure were judged as met or not
    moved = figure - last
    case.note("year-moved", last=last, figure=figure, moved=moved, owed=owed)
    met = target.is_met(figure)
    if annual is not None:
        met = target.sign * (figure - target.read(annual)) >= -half_unit(annual)
    grade = _grade_movement(case, target.sign * moved, target.sign * owed, met)
    if annual is not None:
        grade = grading.at_least_on_track(grade, met)
    return case.verdict(grade.state, asked, ratio=grade.ratio, gap=grade.gap, rules=grade.rules)


def _grade_movement(case: Case, moved: Decimal, owed: Decimal, met: bool) -> Grade:
    if owed > 0:
        return grading.share(case, moved / owed, ONE)
    if owed == 0:
        return grading.share(case, moved, ZERO)
    return Grade("on-track" if met else "behind", case.rules.name)


def _year_met_or_not(case: Case, target: Goal, asked: int, fact: Fact) -> Verdict:
    """No movement is owed: the annual target, or the promise itself, is met or not."""
    figure = target.read(case.use(fact))
    annual = case.promise.annual.get(asked)
    if annual is not None:
        half = ZERO if case.promise.form == "rank" else half_unit(annual)
        met = target.sign * (figure - target.read(annual)) >= -half
        case.note("year-annual", figure=figure, annual=annual)
        return case.verdict("on-track" if met else "behind", asked)
    met = target.is_met(figure)
    case.note("year-met" if met else "year-not-met", figure=figure, target=target.value)
    if met:
        return case.verdict("on-track", asked)
    owed_now = asked == case.target_year or _is_held(case, target)
    return case.verdict("behind" if owed_now else "not-due", asked)


def _year_of_unknown_base(case: Case, asked: int, fact: Fact, begun: Start) -> Verdict:
    """A change that is spread evenly needs no base to say what one year owes."""
    if begun.is_other_scope and asked not in case.promise.annual:
        case.note("base-other-scope", base=case.promise.base.scope, scope=case.promise.scope)
        return case.verdict("scope-mismatch", asked)
    even = case.promise.form == "change" and case.path in ("linear", "geometric", "annual")
    if (not even and asked not in case.promise.annual) or case.promise.target is None:
        case.note("no-base", year=case.base_year)
        return case.verdict("no-data", asked, missing=(case.base_year,))
    last = case.facts.level.get(asked - 1)
    if last is None:
        case.note("no-data", missing=(asked - 1,))
        return case.verdict("no-data", asked, missing=(asked - 1,))
    sign = sign_of(case, None)
    span = sign * abs(case.promise.target)
    half = half_unit(case.promise.target)
    moving = Goal(span, half, sign, span, half, True, ZERO)
    road = Way("linear", ZERO, span, case.base_year, case.target_year, {})
    return _year_moved(case, moving, road, asked, (fact, case.use(last)))


def _last_year(case: Case, target: Goal, asked: int) -> Decimal | None:
    """Last year's figure in the terms of the goal: the printed base, or a figure."""
    if asked - 1 == case.base_year and target.base is not None:
        return target.base
    fact = case.facts.level.get(asked - 1)
    return None if fact is None else target.read(case.use(fact))


def _whole_year(case: Case, target: Goal, fact: Fact, last: Decimal) -> Decimal:
    """A figure of a part of the year, set beside the same share of the year."""
    value = case.use(fact)
    if not fact.is_part or fact.months is None:
        return target.read(value)
    case.note("part-year", value=value, months=fact.months)
    if fact.kind == "ytd":
        shares = any(mark in case.promise.unit for mark in ("%", "‰"))
        return target.read(value if shares else value * 12 / fact.months)
    read = target.read(value)
    return last + (read - last) * 12 / fact.months
