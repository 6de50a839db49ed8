"""Loading a plan folder: the only way in for what a plan promises."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import transaction

from lantu.core.errors import Refused
from lantu.core.plans import folder, wire
from lantu.core.plans.records import PlanFolder
from lantu.kernel.access.actions import ensure_zone, record
from lantu.kernel.access.models import User, Zone
from lantu.kernel.commitments.difference import Change, Terms, changes
from lantu.kernel.commitments.models import Plan, Record
from lantu.kernel.documents.actions import register
from lantu.kernel.facts.actions import import_observed
from lantu.kernel.places.actions import take_outline

HEAD = ("title", "invented", "outlook", "rules", "document", "scopes", "departments",
        "level", "parent")  # fmt: skip
MOST_IN_LEDGER = 400


def load_folder(path: Path, *, by: User | None = None, dry_run: bool = False) -> list[Change]:
    """Bring a plan folder into the database, and give what that changes.

    Loading the same folder twice changes nothing and leaves no entry. Figures are only added.
    Raises ContentError for a folder with a fault, Refused where a zone would change hands.
    """
    fingerprint = folder.fingerprint(path)
    if Plan.objects.filter(fingerprint=fingerprint).exists():
        # Read and found without fault once; a second start neither reads it nor asks to write.
        return []
    return _load(folder.read_folder(path), fingerprint, by=by, dry_run=dry_run)


@transaction.atomic
def _load(plan: PlanFolder, fingerprint: str, *, by: User | None, dry_run: bool) -> list[Change]:
    known = Plan.objects.filter(name=plan.name).select_related("zone").first()
    if known is not None and known.zone.slug != plan.zone.slug:
        raise Refused(
            f"The plan {plan.name} belongs to the zone {known.zone.slug}, not {plan.zone.slug}. "
            "Give the folder another name."
        )
    after = _terms(plan)
    found = changes(_loaded(known), after)
    if dry_run:
        return found
    zone = ensure_zone(
        plan.zone.slug,
        zh=plan.zone.name["zh"],
        en=plan.zone.name["en"],
        invented=plan.invented,
        by=by,
    )
    stored = _store(zone, plan, fingerprint)
    _apply(stored, after, found)
    take_outline(zone, plan.outline, by=by)
    report = import_observed(zone, plan.observations, source=plan.name, by=by)
    record(
        zone=zone,
        by=by,
        act="load",
        object_type="plan",
        object_key=plan.name,
        before=None if known is None else {"fingerprint": known.fingerprint},
        after={
            "fingerprint": fingerprint,
            "changes": [_line(change) for change in found[:MOST_IN_LEDGER]],
            "changed": len(found),
            "observations": dict(report.counts),
        },
    )
    return found


def load_shipped(*, by: User | None = None) -> None:
    """Load the plans that come with this software; what is loaded already is left alone."""
    for path in folder.shipped():
        load_folder(path, by=by)


def _terms(plan: PlanFolder) -> dict[tuple[str, str], dict[str, Any]]:
    """Everything a folder says, by sort and code, without where it is written."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for commitment in plan.commitments:
        found["commitment", commitment.code] = wire.dump(replace(commitment, where=""))
    for project in plan.projects:
        found["project", project.code] = wire.dump(replace(project, where=""))
    for number, event in enumerate(plan.events):
        found["event", f"{number:05d}"] = wire.dump(replace(event, where=""))
    return found


def _loaded(plan: Plan | None) -> dict[tuple[str, str], dict[str, Any]]:
    if plan is None:
        return {}
    rows = Record.objects.filter(plan=plan).values_list("sort", "code", "terms")
    return {(sort, code): terms for sort, code, terms in rows}


def _store(zone: Zone, plan: PlanFolder, fingerprint: str) -> Plan:
    head = {key: wire.dump(getattr(plan, key)) for key in HEAD}
    stored, _ = Plan.objects.update_or_create(
        name=plan.name,
        defaults={
            "zone": zone,
            "document": register(zone, plan.document),
            "start": plan.period.start,
            "end": plan.period.end,
            "head": head,
            "fingerprint": fingerprint,
        },
    )
    return stored


def _apply(plan: Plan, after: Terms, found: list[Change]) -> None:
    gone = [change for change in found if change.after is None or change.before is not None]
    for change in gone:
        Record.objects.filter(plan=plan, sort=change.sort, code=change.code).delete()
    places = {key: place for place, key in enumerate(after)}
    Record.objects.bulk_create(
        Record(
            plan=plan,
            sort=change.sort,
            code=change.code,
            place=places[change.sort, change.code],
            terms=change.after,
        )
        for change in found
        if change.after is not None
    )


def _line(change: Change) -> dict[str, Any]:
    """A change as the ledger keeps it: the whole record where one was changed or removed."""
    line: dict[str, Any] = {"act": change.act, "sort": change.sort, "code": change.code}
    if change.act == "change" and change.before is not None and change.after is not None:
        line["before"] = {key: change.before.get(key) for key in change.fields}
        line["after"] = {key: change.after.get(key) for key in change.fields}
    if change.act == "remove":
        line["before"] = change.before
    return line
