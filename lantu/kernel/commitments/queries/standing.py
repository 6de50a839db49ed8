"""Plans whole, and how their promises stand."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from lantu.core.auditing.audit import audit_plan, ordered
from lantu.core.auditing.findings import Finding
from lantu.core.auditing.nesting import nested
from lantu.core.judging.forecast.outlook import Outlook
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
from lantu.core.plans.standing import Judged, Question, Standing
from lantu.kernel.access.models import Zone
from lantu.kernel.access.queries import zone_version
from lantu.kernel.commitments.models import AnnualTarget, Plan, Record, Revision
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
    """All plans of zones, or those of one; the newest first. Nested plans are not among them."""
    found = Plan.objects.select_related("zone").order_by("-start", "name")
    if zone is not None:
        found = found.filter(zone=zone)
    return [_line(plan) for plan in found if plan.head.get("level", "zone") == "zone"]


def _line(plan: Plan) -> PlanLine:
    return PlanLine(
        plan.name, plan.zone.slug, plan.head["title"], plan.start, plan.end, plan.zone.invented
    )


def below(name: str) -> list[PlanFolder]:
    """The plans of the same zone that carry a plan out: annual and sector plans, the newest first.

    Those of another zone are not: what is kept in memory follows the ledger of one zone.
    """
    found = Plan.objects.filter(name=name).first()
    if found is None:
        return []
    others = Plan.objects.filter(zone=found.zone).order_by("-start", "name")
    names = [one.name for one in others if one.head.get("parent") == name]
    return [one for one in map(plan, names) if one is not None]


def _above(found: PlanFolder) -> PlanFolder | None:
    """The plan of the same zone that a plan carries out, such as the city's kept beside it."""
    upper = plan(found.parent) if found.parent else None
    return upper if upper is not None and upper.zone == found.zone else None


def current(zone: Zone) -> str | None:
    """The name of the zone's newest plan."""
    lines = plans(zone)
    return lines[0].name if lines else None


def current_plan(zone: Zone) -> PlanFolder | None:
    """The zone's newest plan, whole."""
    name = current(zone)
    return None if name is None else plan(name)


def plan(name: str) -> PlanFolder | None:
    """A plan whole, with the figures in force that measure it; None where none is loaded."""
    key = _key(name)
    return None if key is None else _plan(*key)


def commitments(name: str, question: Question) -> list[Standing]:
    """Every promise and task of a plan with its verdict, in the order of the plan."""
    key = _key(name)
    return [] if key is None else _commitments(*key, question)


def projects(name: str, question: Question) -> list[Standing]:
    """Every project of a plan with its verdict."""
    key = _key(name)
    return [] if key is None else _projects(*key, question)


def explained(name: str, code: str, question: Question) -> Standing | None:
    """One promise or project with its verdict and the steps that led to it."""
    key = _key(name)
    if key is None:
        return None
    judged = _judged(*key, question.known_on)
    plan_of = judged.plan
    records: tuple[PlanCommitment | PlanProject, ...] = (*plan_of.commitments, *plan_of.projects)
    for record in records:
        if record.code == code:
            return Standing(record, judged.verdict(record, question, explain=True))
    return None


def outlook(name: str, code: str, question: Question) -> Outlook | None:
    """Whether a promise will be met, as far as its figures can tell; None for no such promise."""
    key = _key(name)
    return None if key is None else _outlook(*key, code, question)


def findings(name: str) -> list[Finding]:
    """What the plan's own arithmetic says."""
    key = _key(name)
    return [] if key is None else _findings(*key)


def _key(name: str) -> tuple[int, int] | None:
    """Nothing of a zone changes without an entry in its ledger: its number is the version."""
    found = Plan.objects.filter(name=name).select_related("zone").first()
    return None if found is None else (found.pk, zone_version(found.zone))


@lru_cache(maxsize=32)
def _commitments(pk: int, version: int, question: Question) -> list[Standing]:
    return list(_judged(pk, version, question.known_on).commitments(question))


@lru_cache(maxsize=32)
def _projects(pk: int, version: int, question: Question) -> list[Standing]:
    return list(_judged(pk, version, question.known_on).projects(question))


@lru_cache(maxsize=512)
def _outlook(pk: int, version: int, code: str, question: Question) -> Outlook | None:
    judged = _judged(pk, version, question.known_on)
    records = [record for record in judged.plan.commitments if record.code == code]
    return judged.outlook(records[0], question) if records else None


@lru_cache(maxsize=8)
def _findings(pk: int, version: int) -> list[Finding]:
    found = _plan(pk, version)
    known = [*audit_plan(found), *nested(found, below(found.name))]
    upper = _above(found)
    if upper is not None:
        known += nested(upper, [found], seen_from="lower")
    return ordered(known)


@lru_cache(maxsize=8)
def _judged(pk: int, version: int, known_on: date | None) -> Judged:
    """With the figures that were in force then: a later correction was not yet known."""
    return Judged(_plan(pk, version, known_on))


def _measured(promises: list[PlanCommitment]) -> set[str]:
    """The indicators by which any promise is judged."""
    measures = [record.measured_by for record in promises if record.measured_by is not None]
    others = [measure.other for measure in measures if measure.other is not None]
    return {measure.indicator for measure in (*measures, *others)}


def _in_force(plan: Plan, records: list[PlanCommitment]) -> list[PlanCommitment]:
    """The promises with their annual targets, and with the targets that were revised."""
    annual: dict[str, dict[int, Decimal]] = defaultdict(dict)
    for one in AnnualTarget.objects.filter(plan=plan).order_by("pk"):
        annual[one.code][one.year] = one.value
    moved = Revision.objects.filter(plan=plan, state=Revision.State.APPROVED).order_by("pk")
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


@lru_cache(maxsize=8)
def _plan(pk: int, version: int, known_on: date | None = None) -> PlanFolder:
    found = Plan.objects.select_related("zone").get(pk=pk)
    records: dict[str, list[Any]] = {"commitment": [], "project": [], "event": []}
    for sort, terms in Record.objects.filter(plan=found).values_list("sort", "terms"):
        records[sort].append(wire.load(_KINDS[sort], terms))
    records["commitment"] = _in_force(found, records["commitment"])
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
        level=head.get("level", "zone"),
        parent=head.get("parent", ""),
        commitments=tuple(records["commitment"]),
        projects=tuple(records["project"]),
        observations=tuple(
            observed(found.zone, known_on=known_on, indicators=_measured(records["commitment"]))
        ),
        events=tuple(records["event"]),
    )


def forget() -> None:
    """Drop what is kept in memory, as after a restore."""
    for kept in (_plan, _judged, _commitments, _projects, _findings, _outlook):
        kept.cache_clear()
