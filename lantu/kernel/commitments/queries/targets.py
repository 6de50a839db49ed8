"""Targets as known on a day: which were moved, by which paper, and since when that counts."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from lantu.core.figures.decimals import shown
from lantu.core.plans.records import PlanCommitment
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.commitments.models import AnnualTarget, Plan, Revision

# What an amended folder may move of a promise, in the order in which it is told.
_TARGETS = ("target_value", "growth_pct", "low", "high", "n", "k", "target_year", "target_date")


@dataclass(frozen=True, slots=True)
class Move:
    """A target that was moved, on the day on which that came to be known.

    `sort` is revision, annual or amended; `old` is empty where none was set before.
    """

    code: str
    sort: str
    year: int  # of an annual target; else 0
    old: str
    new: str
    document: str
    on: date


def in_force(
    records: Mapping[Plan, list[PlanCommitment]], known_on: date | None = None
) -> dict[int, list[PlanCommitment]]:
    """The promises of each plan with annual and revised targets, as known on a day (None: all).

    Two or three questions to the database, however many plans there are.
    """
    annual = _annual(records, known_on)
    moved: dict[int, list[Revision]] = defaultdict(list)
    for revision, on in _approved(records, is_dated=known_on is not None):
        if known_on is None or on is None or on <= known_on:
            moved[revision.plan_id].append(revision)
    return {
        plan.pk: _moved_records(found, moved[plan.pk], annual[plan.pk])
        for plan, found in records.items()
    }


def _moved_records(
    records: list[PlanCommitment],
    moved: Iterable[Revision],
    annual: Mapping[str, Mapping[int, Decimal]],
) -> list[PlanCommitment]:
    by_code = {record.code: record for record in records}
    for revision in moved:
        record = by_code.get(revision.code)
        # A revision speaks of the target it was made for; an amended plan sets a new one.
        if record is not None and record.growth_pct == revision.old and record.form == "growth":
            by_code[record.code] = replace(record, growth_pct=revision.new)
        elif record is not None and record.target_value == revision.old:
            by_code[record.code] = replace(record, target_value=revision.new)
    return [
        replace(record, annual={**record.annual, **annual[record.code]})
        if record.code in annual
        else record
        for record in by_code.values()
    ]


def moves(name: str, since: date, until: date) -> list[Move]:
    """The targets moved after one day and up to another, in the order in which it happened."""
    plan = Plan.objects.select_related("zone").filter(name=name).first()
    if plan is None:
        return []
    found = [*_revised(plan), *_set(plan), *_amended(plan)]
    return sorted(
        (one for one in found if since < one.on <= until), key=lambda one: (one.on, one.code)
    )


def _annual(
    plans: Iterable[Plan], known_on: date | None
) -> Mapping[int, Mapping[str, Mapping[int, Decimal]]]:
    """The newest target of each year, by plan and promise.

    The first one counts all along: its paper is older than its entry here, and the day of the
    paper is not kept.
    """
    found: dict[int, dict[str, dict[int, Decimal]]]
    found = defaultdict(lambda: defaultdict(dict))
    for one in AnnualTarget.objects.filter(plan__in=list(plans)).order_by("pk"):
        years = found[one.plan_id][one.code]
        if one.year not in years or known_on is None or localdate(one.at) <= known_on:
            years[one.year] = one.value
    return found


def _approved(
    plans: Iterable[Plan], *, is_dated: bool = True
) -> list[tuple[Revision, date | None]]:
    """The approved revisions in their order, each with the day on which it was approved.

    A promise has one open proposal at a time, so the ledger's approvals come in the same order.
    """
    names = {plan.pk: plan.name for plan in plans}
    found = list(Revision.objects.filter(plan__in=names, state="approved").order_by("pk"))
    if not found or not is_dated:
        return [(one, None) for one in found]
    days: dict[str, deque[date]] = defaultdict(deque)
    entries = LedgerEntry.objects.filter(
        object_type="revision",
        act=Revision.State.APPROVED,
        object_key__in={f"{names[one.plan_id]}/{one.code}" for one in found},
    )
    for key, at in entries.order_by("number").values_list("object_key", "at"):
        days[key].append(localdate(at))
    return [(one, _next(days[f"{names[one.plan_id]}/{one.code}"])) for one in found]


def _next(days: deque[date]) -> date | None:
    return days.popleft() if days else None


def _revised(plan: Plan) -> Iterator[Move]:
    for one, on in _approved([plan]):
        if on is not None:
            yield Move(one.code, "revision", 0, shown(one.old), shown(one.new), one.document, on)


def _set(plan: Plan) -> Iterator[Move]:
    before: dict[tuple[str, int], str] = {}
    for one in AnnualTarget.objects.filter(plan=plan).order_by("pk"):
        old, new = before.get((one.code, one.year), ""), shown(one.value)
        before[one.code, one.year] = new
        yield Move(one.code, "annual", one.year, old, new, one.document, localdate(one.at))


def _amended(plan: Plan) -> Iterator[Move]:
    """What loading an amended folder moved; the first load moves nothing."""
    entries = LedgerEntry.objects.filter(
        zone=plan.zone, object_type="plan", object_key=plan.name, act="load", before__isnull=False
    ).order_by("number")
    for entry in entries:
        for change in (entry.after or {}).get("changes", ()):
            yield from _moved(change, localdate(entry.at))


def _moved(change: Mapping[str, Any], on: date) -> Iterator[Move]:
    if change["sort"] != "commitment" or change["act"] != "change":
        return
    before, after = change["before"], change["after"]
    for key in _TARGETS:
        if before.get(key) != after.get(key):
            old, new = before.get(key), after.get(key)
            yield Move(change["code"], "amended", 0, str(old or ""), str(new or ""), "", on)
