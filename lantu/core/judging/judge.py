"""The judge: one promise, its figures and a day give one verdict. VERDICTS is its specification."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import localcontext
from types import ModuleType
from typing import Final

from lantu.core.figures.decimals import ARITHMETIC
from lantu.core.judging.case import Case
from lantu.core.judging.evidence import Evidence, Question, Sort, gather
from lantu.core.judging.forms import chains, flows, levels, pace, quotas, standards, works
from lantu.core.judging.paths import default_path
from lantu.core.judging.records import Commitment, Event, Fact, Form, Plan, Verdict
from lantu.core.judging.rulesets import rule_set

FORMS: Final[dict[Form, ModuleType]] = {
    "level": levels,
    "change": levels,
    "multiple": levels,
    "complete": levels,
    "floor": levels,
    "ceiling": levels,
    "range": levels,
    "rank": levels,
    "growth": chains,
    "reduction": chains,
    "relative": pace,
    "cumulative": flows,
    "per_year": quotas,
    "milestone": works,
    "task": works,
}


def judge(
    commitment: Commitment,
    facts: Iterable[Fact],
    *,
    plan: Plan,
    as_of: date,
    known_on: date | None = None,
    other_facts: Iterable[Fact] = (),
    events: Sequence[Event] = (),
    explain: bool = False,
) -> Verdict:
    """Judge a promise as of a day, by what was known on a day (None: everything entered).

    The verdict is the plan to date; its `year` is the verdict of the year. With `explain` the
    steps of the arithmetic and the figures that were not used come with it.
    Raises ContentError for a promise that lacks what its form needs.
    """
    with localcontext(ARITHMETIC):
        promise = _entered(commitment, known_on)
        case = _case(promise, plan, as_of, known_on, explain)
        if promise.form == "delegated":
            case.note("awaiting-target")
            nothing = case.verdict("awaiting-target")
            return case.verdict("awaiting-target", year=nothing)
        if promise.form in ("milestone", "task"):
            case.events = tuple(events)
            return works.to_date(case)
        _fill(case, facts, other_facts)
        return _judge(case)


def _judge(case: Case) -> Verdict:
    form = (
        standards
        if case.promise.every_year and case.promise.form in standards.FORMS
        else (FORMS[case.promise.form])
    )
    if _from_nothing(case):
        case.note("from-nothing")
        return case.verdict("not-judged", year=case.verdict("not-judged"))
    asked = _year_asked(case, form.SORTS)
    year = case.verdict("not-due", case.first) if asked is None else form.year(case, asked)
    case.begin()
    if case.last < case.first:
        case.note("first-year-runs", year=case.first)
        return case.verdict("not-due", year=year)
    verdict: Verdict = form.to_date(case)
    return replace(verdict, year=year)


def _entered(commitment: Commitment, known_on: date | None) -> Commitment:
    """A target set above takes the place of the promise to meet it, once it is known."""
    entered = commitment.entered
    if commitment.form != "delegated" or entered is None:
        return commitment
    since = commitment.entered_known_on
    if known_on is not None and since is not None and since > known_on:
        return commitment
    return replace(
        entered,
        target_year=entered.target_year or commitment.target_year,
        direction=entered.direction or commitment.direction,
        unit=entered.unit or commitment.unit,
        scope=entered.scope or commitment.scope,
        base=commitment.base if entered.base.value is None else entered.base,
        annual=entered.annual or commitment.annual,
        rules=commitment.rules,
    )


def _case(
    promise: Commitment, plan: Plan, as_of: date, known_on: date | None, explain: bool
) -> Case:
    completed = as_of.year if (as_of.month, as_of.day) == (12, 31) else as_of.year - 1
    return Case(
        promise=promise,
        plan=plan,
        as_of=as_of,
        known_on=known_on,
        facts=Evidence(),
        other=Evidence(),
        events=(),
        rules=rule_set(promise.rules, as_of),
        target_year=promise.target_year or plan.end,
        completed=completed,
        path=promise.path or default_path(promise),
        explain=explain,
    )


def _fill(case: Case, facts: Iterable[Fact], other_facts: Iterable[Fact]) -> None:
    question = Question(case.promise.scope, case.as_of, case.known_on, case.target_year)
    case.facts = gather(facts, question, explain=case.explain)
    if case.promise.form == "relative":
        # The other indicator has a scope of its own; only this promise's own figures must match.
        case.other = gather(other_facts, replace(question, scope=None), explain=case.explain)


def _from_nothing(case: Case) -> bool:
    """Growth, a fall and a multiple of zero say nothing."""
    if case.promise.form not in ("growth", "reduction", "multiple"):
        return False
    base = case.promise.base.value
    if base is None:
        base = case.facts.value(case.base_year)
    return base == 0


def _year_asked(case: Case, sorts: tuple[Sort, ...]) -> int | None:
    """The running year if it has a part-year figure, else the last completed one."""
    running = case.completed + 1
    has_part = any(running in case.facts.part(sort) for sort in sorts)
    if has_part and case.first <= running <= case.target_year:
        return running
    return case.last if case.last >= case.first else None
