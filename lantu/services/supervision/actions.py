"""Acts of supervision: to warn, to answer, to order."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from lantu.core.errors import Refused
from lantu.core.warning.ladder import Late
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import Membership, User, Zone
from lantu.kernel.cases.actions import add_note, open_case
from lantu.kernel.cases.models import Case, Step
from lantu.kernel.documents.actions import keep_file
from lantu.services.supervision.models import ORDER, Ending, Measure, Warning

BETTER = {"zh": "已不再滞后", "en": "no longer late"}
HIGHER = {"zh": "已升级", "en": "followed by a higher one"}


@transaction.atomic
def warn(
    zone: Zone, new: Sequence[Late], over: Sequence[Warning], *, as_of: date, by: User | None
) -> list[Warning]:
    """Give the warnings that are pending, and end those whose matter is no longer late.

    All or nothing. Raises Refused as `issue` and `end` do.
    """
    for one in over:
        end(one, by=by)
    return [issue(zone, one, as_of=as_of, by=by) for one in new]


@transaction.atomic
def issue(zone: Zone, late: Late, *, as_of: date, by: User | None) -> Warning:
    """Warn about one matter. A lower warning that is open ends with it.

    Raises Refused where the same level was given this year: nobody is warned twice for one thing.
    """
    Zone.objects.select_for_update().get(pk=zone.pk)  # two at once must not both warn
    about = Warning.objects.filter(zone=zone, sort=late.sort, code=late.code)
    warned = late.warned
    if about.filter(year=as_of.year, level=warned.level).exists():
        raise Refused(f"A warning of this level was given for {late.code} in {as_of.year} already.")
    for lower in about.filter(ending__isnull=True):
        _end(lower, HIGHER, by)
    found = Warning.objects.create(
        zone=zone, sort=late.sort, code=late.code, title=dict(late.title),
        department=late.department, level=warned.level, rank=warned.rank, year=as_of.year,
        as_of=as_of, why=dict(warned.why), rules=warned.rules, by=by,
    )  # fmt: skip
    after = {"level": warned.level, "as_of": as_of.isoformat(), "why": dict(warned.why)}
    record(
        zone=zone, by=by, act="warn", object_type=f"supervision.{late.sort}",
        object_key=late.code, after=after,
    )  # fmt: skip
    return found


@transaction.atomic
def end(warning: Warning, *, by: User | None) -> Ending:
    """End a warning because its matter is no longer late. Raises Refused where it is over."""
    if Ending.objects.filter(warning=warning).exists():
        raise Refused("This warning is over already.")
    return _end(warning, BETTER, by)


def _end(warning: Warning, why: dict[str, str], by: User | None) -> Ending:
    found = Ending.objects.create(warning=warning, why=why, by=by)
    record(
        zone=warning.zone, by=by, act="end", object_type=f"supervision.{warning.sort}",
        object_key=warning.code, before={"level": warning.level}, after={"why": why},
    )  # fmt: skip
    return found


@transaction.atomic
def answer(
    warning: Warning, *, cause: str, action: str, owner: str, until: date, by: User
) -> Measure:
    """Say why it is late, what is done about it, by whom and until when.

    Raises Refused where one of them is missing.
    """
    texts = [one.strip() for one in (cause, action, owner)]
    if not all(texts):
        raise Refused("An answer names the cause, what is done, and who does it.")
    found = Measure.objects.create(
        warning=warning, cause=texts[0][:500], action=texts[1][:500], owner=texts[2][:100],
        until=until, by=by,
    )  # fmt: skip
    after = {"cause": found.cause, "action": found.action, "owner": found.owner,
             "until": until.isoformat()}  # fmt: skip
    record(
        zone=warning.zone, by=by, act="answer", object_type=f"supervision.{warning.sort}",
        object_key=warning.code, after=after,
    )  # fmt: skip
    return found


@transaction.atomic
def order(warning: Warning, *, department: str, matter: str, due_on: date | None, by: User) -> Case:
    """Order a department to act: one matter, one order. Asking twice finds the first.

    Raises Refused without a department or a matter, or for a department without a clerk.
    """
    if not department or not matter.strip():
        raise Refused("An order names the department and the matter.")
    clerks = Membership.objects.filter(zone=warning.zone, role="clerk", department=department)
    if not clerks.exists():
        raise Refused(
            f"Nobody of {department} could answer: grant a clerk of that department first."
        )
    return open_case(
        warning.zone,
        ORDER,
        f"order-{warning.pk}",
        title={
            "zh": f"督办：{warning.title['zh']}",
            "en": f"Order: {warning.title.get('en', warning.title['zh'])}",
        },
        department=department,
        due_on=due_on,
        terms={"warning": warning.pk, "matter": matter.strip()[:500], "code": warning.code},
        by=by,
    )


@transaction.atomic
def attach(case: Case, content: bytes, *, name: str, by: User) -> Step:
    """Keep a file that proves what was done. Raises Refused for another department's order."""
    roles = Membership.objects.filter(user=by, zone=case.zone, role="clerk")
    if not roles.filter(department=case.department).exists():
        raise Refused("Only a clerk of its department attaches evidence to an order.")
    if case.closed_on is not None:
        raise Refused("The order is over, so nothing is added to it.")
    terms = {"file": name[-200:], "sha256": keep_file(content)}
    return add_note(case, by=by, note=name[-200:], terms=terms)
