"""What pages, the API and other blocks need to know of plans."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lantu.core.judging.records import Plan as Period
from lantu.core.plans import wire
from lantu.core.plans.records import (
    Happening,
    Paper,
    PlanCommitment,
    PlanFolder,
    PlanProject,
)
from lantu.core.plans.records import Zone as ZoneRecord
from lantu.kernel.access.models import Zone
from lantu.kernel.access.queries import zone_version
from lantu.kernel.commitments.models import Plan, Record
from lantu.kernel.facts.queries import observed

_KINDS: dict[str, Any] = {
    "commitment": PlanCommitment,
    "project": PlanProject,
    "event": Happening,
}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in a list."""

    name: str
    zone: str
    title: dict[str, str]
    start: int
    end: int
    invented: bool


def plans(zone: Zone | None = None) -> list[PlanLine]:
    """All plans, or those of a zone; the newest first."""
    found = Plan.objects.select_related("zone").order_by("-start", "name")
    if zone is not None:
        found = found.filter(zone=zone)
    return [
        PlanLine(
            plan.name, plan.zone.slug, plan.head["title"], plan.start, plan.end, plan.zone.invented
        )
        for plan in found
    ]


def current(zone: Zone) -> str | None:
    """The name of the zone's newest plan."""
    lines = plans(zone)
    return lines[0].name if lines else None


def plan(name: str) -> PlanFolder | None:
    """A plan whole, with all figures of its zone in force; None where none is loaded."""
    found = Plan.objects.filter(name=name).select_related("zone").first()
    if found is None:
        return None
    # Nothing of a zone changes without an entry in its ledger, so the entry's number is the key.
    return _plan(found.pk, zone_version(found.zone))


@lru_cache(maxsize=8)
def _plan(pk: int, version: int) -> PlanFolder:
    found = Plan.objects.select_related("zone").get(pk=pk)
    records: dict[str, list[Any]] = {"commitment": [], "project": [], "event": []}
    for sort, terms in Record.objects.filter(plan=found).values_list("sort", "terms"):
        records[sort].append(wire.load(_KINDS[sort], terms))
    head = found.head
    return PlanFolder(
        name=found.name,
        zone=ZoneRecord(found.zone.slug, {"zh": found.zone.zh, "en": found.zone.en}),
        title=head["title"],
        invented=head["invented"],
        period=Period(found.start, found.end),
        outlook=head["outlook"],
        rules=head["rules"],
        document=wire.load(Paper, head["document"]),
        scopes=head["scopes"],
        departments=head["departments"],
        commitments=tuple(records["commitment"]),
        projects=tuple(records["project"]),
        observations=tuple(observed(found.zone)),
        events=tuple(records["event"]),
    )
