"""Standards: a bound that holds in every year, once broken always broken."""

from lantu.core.figures.decimals import shown
from lantu.core.judging.case import Case
from lantu.core.judging.forms.goal import Goal, goal, start
from lantu.core.judging.records import Verdict

SORTS = ("level",)
FORMS = ("floor", "ceiling", "range", "level")


def to_date(case: Case) -> Verdict:
    """On track while every known year held; behind from the first known breach."""
    bound = _bound(case)
    known = {y: f for y, f in case.facts.level.items() if case.first <= y <= case.last}
    broken = [year for year in sorted(known) if not holds(bound, case, year)]
    at = case.latest()
    if at is None:
        return case.without_figure("level", missing=case.gaps(()))
    for year in sorted(known):
        case.use(known[year])
    told = _told(bound, case)
    case.note("standard", known=tuple(sorted(known)), broken=tuple(broken), bound=told)
    is_final = at == case.target_year
    gaps = case.gaps(known)
    if broken:
        return case.verdict("missed" if is_final else "behind", at, missing=gaps)
    if gaps or case.is_stale(at):
        case.note("no-data", missing=gaps)
        return case.verdict("no-data", missing=gaps)
    return case.verdict("fulfilled" if is_final else "on-track", at)


def year(case: Case, asked: int) -> Verdict:
    """Whether the bound held in one year."""
    fact = case.figure_of(asked, "level")
    if fact is None:
        return case.year_without_figure(asked, "level")
    bound = _bound(case)
    figure = bound.read(case.use(fact))
    held = bound.is_met(figure) and not _is_beyond(bound, case, figure)
    case.note("year-met" if held else "year-not-met", figure=figure, target=_told(bound, case))
    return case.verdict("on-track" if held else "behind", asked)


def holds(bound: Goal, case: Case, year: int) -> bool:
    figure = bound.read(case.facts.level[year].value)
    return bound.is_met(figure) and not _is_beyond(bound, case, figure)


def _is_beyond(bound: Goal, case: Case, figure: object) -> bool:
    """A range for every year has two bounds."""
    return case.promise.form == "range" and bound.is_exceeded(figure)  # type: ignore[arg-type]


def _told(bound: Goal, case: Case) -> object:
    """The bound as an explanation shows it: both ends of a range."""
    if case.promise.form != "range":
        return bound.value
    low, high = sorted((bound.value, bound.far))
    return f"{shown(low)}–{shown(high)}"


def _bound(case: Case) -> Goal:
    found = goal(case, start(case).value)
    case.begin()  # the base is not part of a standard
    assert found is not None  # none of these forms hangs on its base
    return found
