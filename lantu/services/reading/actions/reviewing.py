"""The review: every decision about a draft, each one a step that can be taken back."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from lantu.core.errors import Refused
from lantu.core.plans.drafts import problem
from lantu.core.reading.joining import joined
from lantu.core.reading.records import Proposal
from lantu.core.reading.ties import Ties
from lantu.core.reading.ties import joined as joined_ties
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User
from lantu.services.reading.actions.tying import change_ties, checked, partners
from lantu.services.reading.models import Draft, Reading, Step
from lantu.services.reading.records import as_core, in_force, put, put_ties, ties_of

KEPT = ("state", "person", "ties", "into", "en", "kind", "form")  # what a step may change


def opened(reading_pk: int) -> Reading:
    """The document, locked. Raises Refused where its review is over or has not begun."""
    found = (
        Reading.objects.select_for_update(of=("self",)).select_related("zone").get(pk=reading_pk)
    )
    if found.state != Reading.State.REVIEW:
        raise Refused(
            "The document is not in review. What is loaded changes by an amended document only."
        )
    return found


def _locked(draft: Draft) -> Reading:
    """The document, locked, and the draft as it now is: a colleague may review the same page."""
    reading = opened(draft.reading_id)
    if not reading.drafts.filter(pk=draft.pk).exists():
        raise Refused("This draft is not there any more: the step that made it was taken back.")
    draft.refresh_from_db()
    return reading


def _plain(draft: Draft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in KEPT}


def _step(
    reading: Reading, act: str, change: Callable[[Draft], object], drafts: Iterable[Draft],
    by: User, *, about: Draft | None = None,
) -> int:  # fmt: skip
    """Change drafts, keep how they were, and leave one entry in the ledger; give how many.

    `about`: the draft that was decided, where others only follow it.
    """
    before, after = {}, {}
    changed = []
    for draft in drafts:
        old = _plain(draft)
        change(draft)
        if _plain(draft) != old:
            changed.append(draft)
            before[draft.pk], after[draft.code] = old, draft.state
    if not changed:
        return 0
    Draft.objects.bulk_update(changed, KEPT, batch_size=500)
    Step.objects.create(reading=reading, act=act, before=before, by=by)
    one = changed[0] if len(changed) == 1 else about
    every = {"drafts": len(changed), "codes": [*after]}
    record(
        zone=reading.zone, by=by, act=act, object_type="reading",
        object_key=f"{reading.pk}/{one.code}" if one else str(reading.pk),
        before={row.code: before[row.pk]["state"] for row in changed} if one else None,
        after=_told(one) if one and len(changed) == 1 else _told(one) | every if one else every,
    )  # fmt: skip
    return len(changed)


def _told(draft: Draft) -> dict[str, Any]:
    """A decision as the ledger keeps it, with the person's record where there is one."""
    found = {
        "state": draft.state, "into": draft.into, "record": draft.person, "ties": draft.ties,
    }  # fmt: skip
    return {key: item for key, item in found.items() if item}


def _refuse_unfit(reading: Reading, draft: Draft) -> None:
    fault = problem(as_core(draft), reading.text, reading.zone.zh)
    if fault is not None:
        raise fault


def _set(state: str) -> Callable[[Draft], None]:
    def change(draft: Draft) -> None:
        draft.state, draft.into = state, ""

    return change


@transaction.atomic
def accept(draft: Draft, *, by: User) -> None:
    """Take a draft as it stands. Raises ContentError for one that no plan can hold as it is."""
    reading = _locked(draft)
    _refuse_unfit(reading, draft)
    _step(reading, "accept", _set(Draft.State.ACCEPTED), [draft], by)


@transaction.atomic
def reject(draft: Draft, *, by: User) -> None:
    """Leave a draft out of the plan."""
    _step(_locked(draft), "reject", _set(Draft.State.REJECTED), [draft], by)


@transaction.atomic
def reopen(draft: Draft, *, by: User) -> None:
    """Take the decision about a draft back; what a person wrote stays."""
    _step(_locked(draft), "reopen", _set(Draft.State.OPEN), [draft], by)


@transaction.atomic
def edit(draft: Draft, new: Proposal, *, en: str, by: User, ties: Ties | None = None) -> None:
    """Put a draft right and take it. The machine's own record stays for comparison.

    Its place in the text cannot be edited. `ties`: its scope, departments and links, where they
    are put right too; a link is set at its other end as well. Raises ContentError for what no
    plan can hold, Refused for ties that no plan folder can hold.
    """
    reading = _locked(draft)
    old = in_force(draft)
    new = replace(new, start=old.start, end=old.end, quote=old.quote, id=old.id,
                  confidence=old.confidence)  # fmt: skip

    if ties is None:
        ties = ties_of(draft)
    ties = checked(reading, draft.code, ties, is_project=new.kind == "project")
    others = partners(reading, draft, ties)

    def change(row: Draft) -> None:
        if row.pk != draft.pk:
            change_ties(row, others)
            return
        put(row, new)
        put_ties(row, ties)
        row.en = en.strip()[:200]
        row.state, row.into = Draft.State.ACCEPTED, ""

    rows = reading.drafts.filter(pk__in=others)
    _step(reading, "edit", change, [draft, *rows], by, about=draft)
    _refuse_unfit(reading, draft)  # the transaction takes everything back


@transaction.atomic
def merge(draft: Draft, *, by: User) -> Draft:
    """Join a draft to the one before it in the text, which takes over what only this one knows.

    Raises Refused where there is none before it.
    """
    reading = _locked(draft)
    is_before = Q(place__lt=draft.place) | Q(place=draft.place, pk__lt=draft.pk)
    into = (
        reading.drafts.filter(is_before, state__in=(Draft.State.OPEN, Draft.State.ACCEPTED))
        .order_by("-place", "-pk")
        .first()
    )
    if into is None:
        raise Refused("There is no draft before this one to which it could be joined.")
    whole = joined(in_force(into), in_force(draft))
    ties = joined_ties(ties_of(into), ties_of(draft))
    ties = replace(ties, links=tuple(sorted({*ties.links} - {into.code, draft.code})))

    def change(row: Draft) -> None:
        if row.pk == draft.pk:
            row.state, row.into = Draft.State.MERGED, into.code
        else:
            put(row, whole)
            put_ties(row, ties)

    _step(reading, "merge", change, [draft, into], by, about=draft)
    return into


@transaction.atomic
def undo(reading: Reading, *, by: User) -> Draft | None:
    """Take the last step of the review back; give the first draft it was about.

    Raises Refused where there is none, or where a colleague made it.
    """
    reading = opened(reading.pk)
    last = reading.steps.first()
    if last is None:
        raise Refused("There is no step to take back.")
    if last.by_id != by.pk:
        raise Refused(
            f"The last step is {last.by.get_username()}'s, who alone takes it back. "
            "Open the draft and decide it anew instead."
        )
    rows = list(reading.drafts.filter(pk__in=[int(pk) for pk in last.before]))
    for row in rows:
        for name, value in last.before[str(row.pk)].items():
            setattr(row, name, value)
    Draft.objects.bulk_update(rows, KEPT, batch_size=500)
    reading.drafts.filter(pk__in=last.made).delete()
    record(
        zone=reading.zone, by=by, act="undo", object_type="reading", object_key=str(reading.pk),
        before={"act": last.act}, after={"drafts": [row.code for row in rows][:400]},
    )  # fmt: skip
    last.delete()
    return rows[0] if rows else None


@transaction.atomic
def accept_all(
    reading: Reading, drafts: QuerySet[Draft], *, above: Decimal, by: User
) -> tuple[int, int]:
    """Take every open draft of a list that is at least so sure: how many, and how many not yet.

    Those that no plan can hold as they are stay open.
    """
    reading = opened(reading.pk)
    rows = list(drafts.filter(reading=reading, state=Draft.State.OPEN, confidence__gte=above))
    fit = [row for row in rows if problem(as_core(row), reading.text, reading.zone.zh) is None]
    return _step(reading, "accept-all", _set(Draft.State.ACCEPTED), fit, by), len(rows) - len(fit)


@transaction.atomic
def reject_all(reading: Reading, drafts: QuerySet[Draft], *, by: User) -> int:
    """Leave every open draft of a list out; give how many."""
    reading = opened(reading.pk)
    rows = list(drafts.filter(reading=reading, state=Draft.State.OPEN))
    return _step(reading, "reject-all", _set(Draft.State.REJECTED), rows, by)
