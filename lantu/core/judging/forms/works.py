"""Works: events by a date. Evidence decides; there is never a made-up percentage."""

from collections.abc import Sequence
from datetime import date

from lantu.core.figures.periods import add_months
from lantu.core.judging.case import Case
from lantu.core.judging.records import Event, Milestone, Verdict
from lantu.core.judging.states import SEVERITY, State

GRACE_MONTHS = 3  # VERDICTS §1: badly behind after more than three months


def to_date(case: Case) -> Verdict:
    """A milestone by its events; a task by its milestones."""
    if case.promise.form == "task":
        return _task(case)
    due = case.promise.target_date or date(case.target_year, 12, 31)
    happened = sorted(_known(case), key=lambda event: event.date)
    case.happened = tuple(happened)
    done = next((event.date for event in happened if event.event == "done"), None)
    if done is None:
        case.note("milestone", due=due, events=len(happened))
    else:
        case.note("milestone-done", due=due, done=done)
        return _done(case, due, done)
    return case.verdict(_open(case, due, happened), path="none")


def _known(case: Case) -> list[Event]:
    return [
        event
        for event in case.events
        if event.date <= case.as_of
        and not (case.known_on and event.known_on and event.known_on > case.known_on)
    ]


def _is_plan_over(case: Case) -> bool:
    return case.as_of >= date(case.plan.end, 12, 31)


def _done(case: Case, due: date, done: date) -> Verdict:
    if done <= due:
        early = case.as_of < due or (case.as_of == due and done < due)
        return case.verdict("achieved-early" if early else "fulfilled", path="none")
    late = (done - due).days
    state: State = "fulfilled" if done <= date(case.plan.end, 12, 31) else "missed"
    case.note("late", days=late)
    return case.verdict(state, late_days=late, path="none")


def _open(case: Case, due: date, happened: Sequence[Event]) -> State:
    """The state of a work that is not done."""
    if not happened:
        return "no-data" if case.as_of > due else "not-due"
    if _is_plan_over(case) and case.as_of >= due:
        return "missed"
    if case.as_of > due:
        return _overdue(case, due)
    return "behind" if happened[-1].event == "stop" else "on-track"


def _overdue(case: Case, due: date) -> State:
    return "badly-behind" if case.as_of > add_months(due, GRACE_MONTHS) else "behind"


def _task(case: Case) -> Verdict:
    steps = sorted(case.promise.milestones, key=lambda step: step.due)
    if not steps:
        case.note("no-measure")
        return case.verdict("not-judged", path="none")
    done = [day for step in steps if (day := _day_done(case, step))]
    case.note("milestones", all=len(steps), done=len(done))
    if len(done) == len(steps):
        late = max((_late(step, _day_done(case, step)) for step in steps), default=0)
        if any(day > date(case.plan.end, 12, 31) for day in done):
            return case.verdict("missed", late_days=late or None, path="none")
        early = case.as_of < steps[-1].due or (
            case.as_of == steps[-1].due and max(done) < case.as_of
        )
        state: State = "achieved-early" if early else "fulfilled"
        return case.verdict(state, late_days=late or None, path="none")
    states = [_step(case, step, bool(done)) for step in steps]
    return case.verdict(min(states, key=SEVERITY.__getitem__), path="none")


def _day_done(case: Case, step: Milestone) -> date | None:
    """The day a step was done, unless that lies after the day asked about."""
    if step.done is None or step.done > case.as_of:
        return None
    return None if case.known_on and step.done > case.known_on else step.done


def _late(step: Milestone, done: date | None) -> int:
    return 0 if done is None else max(0, (done - step.due).days)


def _step(case: Case, step: Milestone, is_begun: bool) -> State:
    if _day_done(case, step):
        return "on-track"
    if case.as_of <= step.due:
        if _is_plan_over(case) and case.as_of == step.due:
            return "missed"
        return "on-track" if is_begun else "not-due"
    return "missed" if _is_plan_over(case) else _overdue(case, step.due)
