"""Acts on cases: to open one, to take it a step further, to stop and start its clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from lantu.core.clock.terms import Term
from lantu.core.errors import Refused
from lantu.core.flow.kinds import Actor, Kind
from lantu.kernel.access.actions import Told, record, record_all
from lantu.kernel.access.models import Membership, User, Zone
from lantu.kernel.cases.kinds import actor, all_kinds
from lantu.kernel.cases.models import Case, Step

FREE_ACTS = ("open", "suspend", "resume", "redate", "remind", "note")


@transaction.atomic
def open_case(
    zone: Zone,
    kind: str,
    key: str,
    *,
    title: Mapping[str, str],
    by: User | None,
    on: date | None = None,
    department: str = "",
    assignee: User | None = None,
    due_on: date | None = None,
    term: Term | None = None,
    terms: Mapping[str, Any] | None = None,
    parent: Case | None = None,
) -> Case:
    """Open a case, or find the one of that key: opening it twice changes nothing."""
    rule = all_kinds()[kind]
    day = on or timezone.localdate()
    lasts = None if due_on is not None else (term or rule.term)
    case, is_new = Case.objects.get_or_create(
        zone=zone,
        kind=kind,
        key=key,
        defaults={
            "title": dict(title),
            "department": department,
            "assignee": assignee,
            "state": rule.start,
            "opened_on": day,
            "due_on": due_on,
            "term_count": None if lasts is None else lasts.count,
            "term_unit": "" if lasts is None else lasts.unit,
            "terms": dict(terms or {}),
            "parent": parent,
        },
    )
    if is_new:
        _step(case, "open", "", rule.start, on=day, by=by)
    return case


@dataclass(frozen=True, slots=True)
class Opening:
    """A case that is to be opened among others of its kind."""

    key: str
    title: Mapping[str, str]
    department: str = ""
    due_on: date | None = None
    terms: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def open_cases(
    zone: Zone, kind: str, openings: Sequence[Opening], *, by: User | None, on: date | None = None
) -> list[Case]:
    """As `open_case`, for many of one kind at once; the cases come in the order of `openings`."""
    rule, day = all_kinds()[kind], on or timezone.localdate()
    known = _known(zone, kind, [one.key for one in openings])
    fresh = [_opened(zone, rule, one, day) for one in openings if one.key not in known]
    try:
        with transaction.atomic():
            Case.objects.bulk_create(fresh)
    except IntegrityError:  # another transaction opened one of them at this moment
        return [_open_one(zone, kind, one, by=by, on=day) for one in openings]
    Step.objects.bulk_create(
        Step(case=case, number=1, act="open", before="", after=rule.start, on=day, by=by)
        for case in fresh
    )
    after = {"state": rule.start}
    record_all([Told("open", kind, case.key, after=after) for case in fresh], zone=zone, by=by)
    known |= {case.key: case for case in fresh}
    return [known[one.key] for one in openings]


def _known(zone: Zone, kind: str, keys: Sequence[str]) -> dict[str, Case]:
    return {case.key: case for case in Case.objects.filter(zone=zone, kind=kind, key__in=keys)}


def _opened(zone: Zone, rule: Kind, one: Opening, day: date) -> Case:
    lasts = None if one.due_on is not None else rule.term
    return Case(
        zone=zone,
        kind=rule.name,
        key=one.key,
        title=dict(one.title),
        department=one.department,
        state=rule.start,
        opened_on=day,
        due_on=one.due_on,
        term_count=None if lasts is None else lasts.count,
        term_unit="" if lasts is None else lasts.unit,
        terms=dict(one.terms),
    )


def _open_one(zone: Zone, kind: str, one: Opening, *, by: User | None, on: date) -> Case:
    return open_case(
        zone, kind, one.key, title=one.title, by=by, on=on, department=one.department,
        due_on=one.due_on, terms=one.terms,
    )  # fmt: skip


@transaction.atomic
def perform(
    case: Case,
    act: str,
    *,
    by: User,
    note: str = "",
    terms: Mapping[str, Any] | None = None,
    on: date | None = None,
) -> Step:
    """Take a case a step further. Raises Refused with the reason where the person may not."""
    case = _held_case(case)
    rule, steps = all_kinds()[case.kind], list(case.steps.order_by("number"))
    if reason := rule.refusal(act, case.state, _actor(case, by, rule, steps)):
        raise Refused(reason)
    found = rule.acts[act]
    if found.needs_note and not note.strip():
        raise Refused(f"This needs a reason: {found.label['en']}. Say why in the note.")
    day = on or timezone.localdate()
    before, case.state = case.state, found.target
    case.closed_on = day if rule.states[found.target].ends else None
    case.save(update_fields=["state", "closed_on"])
    return _step(
        case, act, before, case.state, on=day, by=by, note=note, terms=terms, number=len(steps) + 1
    )


@transaction.atomic
def suspend(case: Case, *, by: User, reason: str, on: date | None = None) -> Step:
    """Stop the clock of a case. Raises Refused without a reason, or where it stands still."""
    case, rule = _held(case, by, "suspend")
    if not reason.strip():
        raise Refused("A case is suspended only with a reason. Say why.")
    if is_suspended(case):
        raise Refused("The case is suspended already. Resume it first.")
    return _step(case, "suspend", case.state, case.state, on=on, by=by, note=reason)


@transaction.atomic
def resume(case: Case, *, by: User, on: date | None = None) -> Step:
    """Let the clock of a case run again. Raises Refused where it runs."""
    case, _ = _held(case, by, "resume")
    if not is_suspended(case):
        raise Refused("The case is not suspended, so there is nothing to resume.")
    return _step(case, "resume", case.state, case.state, on=on, by=by)


@transaction.atomic
def add_note(
    case: Case,
    *,
    by: User | None,
    note: str,
    act: str = "note",
    terms: Mapping[str, Any] | None = None,
    on: date | None = None,
) -> Step:
    """Put something on the record of a case without changing where it stands."""
    case = _held_case(case)
    assert act in FREE_ACTS  # the acts of a kind go through `perform`
    return _step(case, act, case.state, case.state, on=on, by=by, note=note, terms=terms)


@transaction.atomic
def assign(case: Case, person: User, *, by: User, on: date | None = None) -> Step:
    """Name the person who answers for a case. Raises Refused for a stranger to the zone."""
    case = _held_case(case)
    if not Membership.objects.filter(user=person, zone=case.zone).exists():
        raise Refused(f"{person.username} has no role in this zone. Grant one first.")
    case.assignee = person
    case.save(update_fields=["assignee"])
    terms = {"assignee": person.username}
    return _step(case, "note", case.state, case.state, on=on, by=by, terms=terms)


@transaction.atomic
def move_last_day(case: Case, day: date, *, by: User, on: date | None = None) -> Step | None:
    """Give a case another last day; the one before stays on record. None where it is that day.

    Raises Refused for a case that has ended.
    """
    case = _held_case(case)
    if case.due_on == day:
        return None
    if case.closed_on is not None:
        raise Refused("The case has ended, so its last day stays. Open a new one.")
    terms = {"due_on": day.isoformat(), "instead_of": case.due_on and case.due_on.isoformat()}
    case.due_on = day
    case.save(update_fields=["due_on"])
    return _step(case, "redate", case.state, case.state, on=on, by=by, terms=terms)


def is_suspended(case: Case) -> bool:
    last = case.steps.filter(act__in=("suspend", "resume")).order_by("-number").first()
    return last is not None and last.act == "suspend"


def _held_case(case: Case) -> Case:
    """The case as it is now, held until the transaction ends."""
    held = Case.objects.select_for_update(of=("self",)).select_related("zone")
    return held.get(pk=case.pk)


def _actor(case: Case, person: User, rule: Kind, steps: Sequence[Step]) -> Actor:
    roles = list(Membership.objects.filter(user=person, zone=case.zone))
    return actor(case, rule, person, roles, steps)


def _held(case: Case, by: User, act: str) -> tuple[Case, Kind]:
    case = _held_case(case)
    rule = all_kinds()[case.kind]
    if not _actor(case, by, rule, list(case.steps.order_by("number"))).roles & rule.suspends:
        who = ", ".join(sorted(rule.suspends)) or "nobody"
        raise Refused(f"Only {who} may {act} this case.")
    return case, rule


def _step(
    case: Case,
    act: str,
    before: str,
    after: str,
    *,
    by: User | None,
    on: date | None = None,
    note: str = "",
    terms: Mapping[str, Any] | None = None,
    number: int | None = None,
) -> Step:
    step = Step.objects.create(
        case=case,
        number=number or case.steps.count() + 1,
        act=act,
        before=before,
        after=after,
        on=on or timezone.localdate(),
        by=by,
        note=note.strip(),
        terms=dict(terms or {}),
    )
    record(
        zone=case.zone,
        by=by,
        act=act,
        object_type=case.kind,
        object_key=case.key,
        before={"state": before} if before else None,
        after={"state": after, **step.terms},
        note=step.note,
    )
    return step
