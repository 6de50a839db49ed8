"""Annual targets, and targets that move. A binding one is eased only by an amended plan."""

from dataclasses import replace
from decimal import Decimal

from django.db import transaction

from lantu.core.errors import Refused
from lantu.core.figures.decimals import shown
from lantu.core.plans.records import PlanCommitment
from lantu.core.plans.splits import is_eased
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User
from lantu.kernel.commitments.actions.promised import promised
from lantu.kernel.commitments.models import AnnualTarget, Plan, Revision, Share


@transaction.atomic
def set_annual(
    plan: Plan,
    code: str,
    year: int,
    value: Decimal,
    *,
    document: str,
    by: User | None,
    seen: str | None = None,
) -> AnnualTarget:
    """Set what a year owes, in the terms of the yearly figure. The one before is kept.

    `seen` is the value that the page showed, empty for none. Raises Refused outside the plan's
    years, without the paper that sets it, or where a colleague set another value meanwhile.
    """
    promise = promised(plan, code)
    last = promise.target_year or plan.end
    if not plan.start <= year <= last:
        raise Refused(
            f"{year} is not a year of this promise. Choose one from {plan.start} to {last}."
        )
    if not document.strip():
        raise Refused("An annual target needs the paper that sets it. Name the annual plan.")
    before = AnnualTarget.objects.filter(plan=plan, code=code, year=year).last()
    if before is not None and (before.value, before.document) == (value, document.strip()):
        return before
    now = "" if before is None else shown(before.value)
    if seen is not None and now not in (seen, shown(value)):
        raise Refused(
            f"A colleague set {year} to {now} meanwhile. Yours is in the form; send it again to "
            "put it in its place."
        )
    found = AnnualTarget.objects.create(
        plan=plan, code=code, year=year, value=value, document=document.strip(), by=by
    )
    record(
        zone=plan.zone,
        by=by,
        act="set",
        object_type="annual-target",
        object_key=f"{plan.name}/{code}/{year}",
        before=None if before is None else {"value": shown(before.value)},
        after={"value": shown(value), "document": found.document},
    )
    return found


@transaction.atomic
def propose_revision(
    plan: Plan, code: str, value: Decimal, *, reason: str, document: str, by: User
) -> Revision:
    """Propose another target. Raises Refused where a binding one would be eased."""
    promise = promised(plan, code)
    now = _now(plan, promise)
    if promise.nature == "binding" and is_eased(_moved(promise, now), value):
        raise Refused(
            f"{code} is binding, so its target can only become harder than {shown(now)} "
            f"{promise.unit}. To ease it, load the amended plan."
        )
    if value == now:
        raise Refused(f"The target of {code} is {shown(now)} already. Give another value.")
    if not reason.strip() or not document.strip():
        raise Refused("A revision needs its reason and the paper that allows it. Give both.")
    if Revision.objects.filter(plan=plan, code=code, state=Revision.State.PROPOSED).exists():
        raise Refused(f"A revision of {code} waits for a decision already. Decide that first.")
    found = Revision.objects.create(
        plan=plan, code=code, old=now, new=value, reason=reason.strip(),
        document=document.strip(), by=by,
    )  # fmt: skip
    _note(found, "propose", by)
    return found


@transaction.atomic
def decide_revision(revision: Revision, *, approve: bool, by: User, note: str = "") -> Revision:
    """Approve or refuse a revision. Raises Refused for the person who proposed it.

    An approved revision opens the released splits of the promise again.
    """
    revision = Revision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
    if revision.state != Revision.State.PROPOSED:
        raise Refused("This revision was decided before. Propose a new one.")
    if revision.by_id == by.pk:
        raise Refused("Who proposed a revision does not decide it. Ask a colleague.")
    if not approve and not note.strip():
        raise Refused("A refusal needs a reason. Say why.")
    revision.state = Revision.State.APPROVED if approve else Revision.State.REFUSED
    revision.decided_by = by
    revision.save(update_fields=["state", "decided_by"])
    if approve:
        Share.objects.filter(plan=revision.plan, code=revision.code).update(released=False)
    _note(revision, revision.state, by, note)
    return revision


def _moved(promise: PlanCommitment, value: Decimal) -> PlanCommitment:
    if promise.form == "growth":
        return replace(promise, growth_pct=value)
    return replace(promise, target_value=value)


def _now(plan: Plan, promise: PlanCommitment) -> Decimal:
    """The target in force: the newest approved revision of what the plan prints."""
    printed = promise.growth_pct if promise.form == "growth" else promise.target_value
    if printed is None:
        raise Refused(f"{promise.code} has no single number to revise. Load an amended plan.")
    value = printed
    approved = Revision.objects.filter(
        plan=plan, code=promise.code, state=Revision.State.APPROVED
    ).order_by("pk")
    for revision in approved:
        if revision.old == value:
            value = revision.new
    return value


def _note(revision: Revision, act: str, by: User, note: str = "") -> None:
    record(
        zone=revision.plan.zone,
        by=by,
        act=act,
        object_type="revision",
        object_key=f"{revision.plan.name}/{revision.code}",
        before={"target": shown(revision.old)},
        after={"target": shown(revision.new), "document": revision.document},
        note=note or revision.reason,
    )
