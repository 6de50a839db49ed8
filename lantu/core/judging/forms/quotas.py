"""Quotas: a number promised for each year, and nothing carried over."""

from decimal import Decimal

from lantu.core.errors import ContentError
from lantu.core.figures.decimals import half_unit
from lantu.core.judging import grading
from lantu.core.judging.case import ZERO, Case
from lantu.core.judging.grading import Grade
from lantu.core.judging.records import Verdict

SORTS = ("level",)
_BEHIND = ("behind", "badly-behind")


def to_date(case: Case) -> Verdict:
    """How many years reached their quota; one year behind puts the plan behind."""
    at = case.latest()
    if at is None:
        return case.without_figure("level", missing=case.gaps(()))
    known = {y: f for y, f in case.facts.level.items() if case.first <= y <= case.last}
    for year in sorted(known):
        case.use(known[year])
    gaps = case.gaps(known)
    met = sum(_is_met(case, fact.value, year) for year, fact in known.items())
    years = case.target_year - case.first + 1
    shares = {
        "progress": Decimal(met) / years,
        "due": Decimal(at - case.first + 1) / years,
    }
    case.note("quotas", met=met, known=len(known), years=years)
    if at == case.target_year and met < len(known):
        return case.verdict("missed", at, missing=gaps, **shares)
    behind = any(_grade(case, f.value, y).state in _BEHIND for y, f in known.items())
    if behind and at != case.target_year:
        return case.verdict("behind", at, missing=gaps, **shares)
    if gaps or case.is_stale(at):
        case.note("no-data", missing=gaps)
        return case.verdict("no-data", missing=gaps)
    return case.verdict("fulfilled" if at == case.target_year else "on-track", at, **shares)


def year(case: Case, asked: int) -> Verdict:
    """The count of one year beside its quota."""
    fact = case.figure_of(asked, "level")
    if fact is None:
        return case.year_without_figure(asked, "level")
    months = fact.months if fact.is_part else None
    grade = _grade(case, case.use(fact), asked, months)
    case.note("year-quota", count=fact.value, quota=_quota(case, asked), state=grade.state)
    return case.verdict(grade.state, asked, ratio=grade.ratio, gap=grade.gap, rules=grade.rules)


def _quota(case: Case, year: int) -> Decimal:
    """What a year owes: its annual figure, the near end of a range, or the quota of all years."""
    promise = case.promise
    near = promise.high if promise.direction == "less" else promise.low
    for found in (promise.annual.get(year), near, promise.target):
        if found is not None:
            return found
    raise ContentError(
        "commitment", "There is no quota.", "Give `target: {value: …}`, or `low` and `high`."
    )


def _is_met(case: Case, count: Decimal, year: int) -> bool:
    quota = _quota(case, year)
    sign = -1 if case.promise.direction == "less" else 1
    return sign * (count - quota) >= -half_unit(quota)


def _grade(case: Case, count: Decimal, year: int, months: int | None = None) -> Grade:
    quota = _quota(case, year)
    owed = quota if months is None else quota * months / 12
    met = months is None and _is_met(case, count, year)
    if case.promise.direction == "less":
        kept = met or count <= owed
        return Grade("on-track" if kept else "behind", case.rules.name)
    grade = (
        grading.share(case, count / owed, Decimal(1))
        if owed > 0
        else (grading.share(case, count, ZERO))
    )
    high = case.promise.high
    if high is not None and grade.state == "ahead":
        top = high + half_unit(high) if months is None else high * months / 12
        if count <= top:
            grade = Grade("on-track", grade.rules, grade.ratio, grade.gap)
    return grading.at_least_on_track(grade, met)
