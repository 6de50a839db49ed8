"""What pages and other parts need to know of cases: where each stands, and who acts next."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lantu.core.clock.terms import Due, Pause, Term, days_late, due
from lantu.core.flow.kinds import Act, Kind, State
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Membership, User, Zone
from lantu.kernel.cases.kinds import actor, all_kinds
from lantu.kernel.cases.models import Case, Step


@dataclass(frozen=True, slots=True)
class Line:
    """A case as lists show it. `late` counts working days past the last day; None without one."""

    id: int
    kind: str
    kind_label: Mapping[str, str]
    view: str
    key: str
    title: Mapping[str, str]
    department: str
    assignee: str
    state: State
    opened_on: date
    due: Due | None
    late: int | None
    is_suspended: bool
    closed_on: date | None
    terms: Mapping[str, Any]

    @property
    def is_late(self) -> bool:
        """Past its last day and still running, or done after it."""
        return self.late is not None and self.late > 0


@dataclass(frozen=True, slots=True)
class Done:
    """One step as the page of a case shows it."""

    number: int
    act: str
    label: Mapping[str, str]
    on: date
    by: str
    note: str
    after: Mapping[str, str]
    terms: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Task:
    """A case in which a person may act, and how."""

    line: Line
    acts: tuple[Act, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case whose clock runs, and the people who can take it further."""

    case: Case
    line: Line
    address: str
    step: int  # the step by which it came to where it stands, or got another last day
    is_moved: bool  # it is that of another last day
    people: tuple[int, ...]  # where only its department can act, people of the department


def find(zone: Zone, kind: str, key: str) -> Case | None:
    """The case itself, for an act on it."""
    found = Case.objects.filter(zone=zone, kind=kind, key=key).first()
    if found is not None:
        found.zone = zone  # known already, so it need not be asked for again
    return found


def line(case: Case, today: date) -> Line:
    """Where one case stands."""
    return _line(case, list(case.steps.all()), today)


def lines(
    zone: Zone,
    today: date,
    *,
    kind: str | None = None,
    department: str | None = None,
    is_open: bool | None = None,
    parent: Case | None = None,
    then: Question | None = None,
) -> list[Line]:
    """The cases of a zone, those due first before the others.

    `then`: each as its steps had brought it by the end of the day asked about.
    """
    found = Case.objects.filter(zone=zone)
    if kind is not None:
        found = found.filter(kind=kind)
    if department is not None:
        found = found.filter(department=department)
    if is_open is not None and then is None:
        found = found.filter(closed_on__isnull=is_open)
    if parent is not None:
        found = found.filter(parent=parent)
    if then is None:
        return _sorted(_line(case, list(case.steps.all()), today) for case in _whole(found))
    stood = (known(case, then) for case in _whole(found))
    listed = (_line(case, steps_by(case, then), then.as_of) for case in stood if case)
    return _sorted(one for one in listed if is_open is None or one.state.ends != is_open)


def known(case: Case, then: Question) -> Case | None:
    """A case as it stood at the end of the day asked about; None before it was opened.

    Its state, its last day and its end are of that day: who has it is who has it now.
    """
    steps = steps_by(case, then)
    if not steps:
        return None
    stood = copy(case)
    stood.state = steps[-1].after
    ends = all_kinds()[case.kind].states[stood.state].ends
    stood.closed_on = (
        next(one.on for one in reversed(steps) if one.after != one.before) if ends else None
    )
    later = (one for one in case.steps.all() if one.act == "redate" and one not in steps)
    if (move := min(later, key=lambda one: one.number, default=None)) is not None:
        before = move.terms["instead_of"]
        stood.due_on = None if before is None else date.fromisoformat(before)
    return stood


def steps_by(case: Case, then: Question) -> list[Step]:
    """The steps taken by the end of the day asked about, as far as they were on record by then."""
    found = sorted(case.steps.all(), key=lambda one: one.number)
    return [
        one
        for one in found
        if one.on <= then.as_of
        and (then.known_on is None or localtime(one.at).date() <= then.known_on)
    ]


def tasks(person: User, zone: Zone, today: date) -> list[Task]:
    """Every open case in which a person may do something now, those due first before the others."""
    found = []
    roles = list(Membership.objects.filter(user=person, zone=zone))
    for case in _whole(Case.objects.filter(zone=zone, closed_on__isnull=True)):
        steps, rule = list(case.steps.all()), all_kinds()[case.kind]
        acts = rule.open_to(case.state, actor(case, rule, person, roles, steps))
        if acts and case.assignee_id in (None, person.pk):
            address = reverse(rule.view, args=[zone.slug, case.key])
            found.append(Task(_line(case, steps, today), tuple(acts), address))
    order = {task.line.id: place for place, task in enumerate(found)}
    return sorted(found, key=lambda task: (_urgency(task.line), order[task.line.id]))


def waiting(zone: Zone, today: date) -> list[Waiting]:
    """Every case whose clock runs, those due first before the others."""
    people: dict[User, list[Membership]] = {}
    for one in Membership.objects.filter(zone=zone, user__is_active=True).select_related("user"):
        people.setdefault(one.user, []).append(one)
    found = []
    for case in _whole(Case.objects.filter(zone=zone, closed_on__isnull=True)):
        steps, rule = list(case.steps.all()), all_kinds()[case.kind]
        line = _line(case, steps, today)
        if rule.states[case.state].runs and not line.is_suspended:
            address = reverse(rule.view, args=[zone.slug, case.key])
            step = max(
                (one for one in steps if one.before != one.after or one.act == "redate"),
                key=lambda one: one.number,
            )
            reached = tuple(
                person.pk
                for person, roles in people.items()
                if case.assignee_id in (None, person.pk) and _answers(case, person, roles, steps)
            )
            is_moved = step.act == "redate"
            found.append(Waiting(case, line, address, step.number, is_moved, reached))
    return sorted(found, key=lambda one: (_urgency(one.line), one.case.pk))


def _answers(case: Case, person: User, roles: list[Membership], steps: list[Step]) -> bool:
    """Whether a case waits for a person: not for a leader who could only withdraw it."""
    rule = all_kinds()[case.kind]
    acts = rule.open_to(case.state, actor(case, rule, person, roles, steps))
    is_owed = any(act.own_department for act in rule.acts.values() if case.state in act.sources)
    return any(act.own_department or not is_owed for act in acts)


def open_acts(case: Case, person: User) -> list[Act]:
    """What a person may do with a case now."""
    rule = all_kinds()[case.kind]
    roles = list(Membership.objects.filter(user=person, zone=case.zone))
    steps = list(case.steps.order_by("number"))
    return rule.open_to(case.state, actor(case, rule, person, roles, steps))


def course(case: Case, then: Question | None = None) -> list[Done]:
    """The steps of a case in their order; `then`: those of the day asked about and before."""
    rule, steps = all_kinds()[case.kind], case.steps.select_related("by")
    shown = None if then is None else {one.pk for one in steps_by(case, then)}
    return [
        Done(
            step.number,
            step.act,
            _label(rule, step),
            step.on,
            "" if step.by is None else step.by.get_username(),
            step.note,
            rule.states[step.after].label,
            step.terms,
        )
        for step in steps
        if shown is None or step.pk in shown
    ]


def _label(rule: Kind, step: Step) -> Mapping[str, str]:
    if step.act == "redate":
        day = step.terms["due_on"]
        return {"zh": f"期限改为{day}", "en": f"last day moved to {day}"}
    return rule.acts[step.act].label if step.act in rule.acts else FREE[step.act]


FREE: Mapping[str, Mapping[str, str]] = {
    "open": {"zh": "建立", "en": "opened"},
    "suspend": {"zh": "暂停计时", "en": "suspended"},
    "resume": {"zh": "恢复计时", "en": "resumed"},
    "remind": {"zh": "提醒", "en": "reminded"},
    "note": {"zh": "记录", "en": "note"},
}


def _whole(found: QuerySet[Case]) -> QuerySet[Case]:
    steps = Prefetch("steps", Step.objects.order_by("number"))
    return found.select_related("assignee").prefetch_related(steps).order_by("pk")


def _line(case: Case, steps: list[Step], today: date) -> Line:
    rule = all_kinds()[case.kind]
    pauses = _pauses(steps)
    last = _due(case, pauses, today)
    end = case.closed_on or _stopped(rule, steps, today)
    late = None if last is None or end is None else days_late(last.day, end)
    return Line(
        case.pk,
        case.kind,
        rule.label,
        rule.view,
        case.key,
        case.title,
        case.department,
        "" if case.assignee is None else case.assignee.get_username(),
        rule.states[case.state],
        case.opened_on,
        last,
        late,
        bool(pauses) and pauses[-1].until is None,
        case.closed_on,
        case.terms,
    )


def _stopped(rule: Kind, steps: list[Step], today: date) -> date | None:
    """The day up to which a case counts: today while its clock runs, else the day it stopped."""
    if not steps or rule.states[steps[-1].after].runs:
        return today
    for step in reversed(steps):
        if step.before and rule.states[step.before].runs and not rule.states[step.after].runs:
            return step.on
    return None


def _due(case: Case, pauses: list[Pause], today: date) -> Due | None:
    if case.due_on is not None:
        return Due(case.due_on)
    if case.term_count is None:
        return None
    unit = "days" if case.term_unit == "days" else "working_days"
    return due(case.opened_on, Term(case.term_count, unit), pauses, today=today)  # type: ignore[arg-type]


def _pauses(steps: list[Step]) -> list[Pause]:
    found: list[Pause] = []
    for step in steps:
        if step.act == "suspend":
            found.append(Pause(step.on))
        elif step.act == "resume" and found:
            found[-1] = Pause(found[-1].since, step.on)
    return found


def _urgency(found: Line) -> tuple[bool, date]:
    return (found.due is None, date.max if found.due is None else found.due.day)


def _sorted(found: Iterable[Line]) -> list[Line]:
    return sorted(found, key=_urgency)


def outcome(case: Case) -> str:
    """What somebody who acted on a case is told: how it stands now. It is on record for good."""
    case.refresh_from_db(fields=["state"])
    label = all_kinds()[case.kind].states[case.state].label
    state = label["zh" if (get_language() or "zh").startswith("zh") else "en"]
    return _("Done and on record. It is now: %(state)s.") % {"state": state}
