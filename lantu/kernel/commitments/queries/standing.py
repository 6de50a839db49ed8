"""Plans whole, and how their promises stand."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from lantu.core.judging.forecast.outlook import Outlook
from lantu.core.judging.records import Plan as Period
from lantu.core.plans import wire
from lantu.core.plans.records import (
    Happening,
    Observed,
    Paper,
    PlanCommitment,
    PlanFolder,
    PlanProject,
)
from lantu.core.plans.records import Zone as ZoneRecord
from lantu.core.plans.standing import Judged, Question, Standing
from lantu.kernel.access.models import Zone
from lantu.kernel.access.queries import read_before, read_once, zone_version
from lantu.kernel.commitments.models import Plan, Record
from lantu.kernel.commitments.queries.needed import asked, figures_of, measured
from lantu.kernel.commitments.queries.targets import in_force
from lantu.kernel.facts.queries import in_force_before, observed

if TYPE_CHECKING:
    from lantu.core.auditing.findings import Finding


@dataclass(frozen=True, slots=True)
class Held:
    """A plan with the figures that decide, and where they are not all there are of a series."""

    plan: PlanFolder
    zone: Zone
    thinned: set[tuple[str, str]]
    known_on: date | None

    def rest(self, indicator: str, subject: str) -> list[Observed] | None:
        """All figures in force of a series, read anew; None where the plan holds them."""
        if (indicator, subject) not in self.thinned:
            return None
        every = observed(self.zone, known_on=self.known_on, indicators=[indicator])
        return [one for one in every if one.subject == subject]


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
    return [_line(plan) for plan in found if not plan.is_nested]


def _line(plan: Plan) -> PlanLine:
    return PlanLine(
        plan.name, plan.zone.slug, plan.head["title"], plan.start, plan.end, plan.zone.invented
    )


def below(name: str, known_on: date | None = None) -> list[PlanFolder]:
    """The plans of the same zone that carry a plan out: annual and sector plans, the newest first.

    Those of another zone are not: what is kept in memory follows the ledger of one zone.
    """
    names = _below(name).order_by("-start", "name").values_list("name", flat=True)
    return [one for one in (plan(name, known_on) for name in names) if one is not None]


def has_below(name: str) -> bool:
    """Whether any plan carries a plan out; none is read for it."""
    return _below(name).exists()


def _below(name: str) -> QuerySet[Plan]:
    return Plan.objects.filter(head__parent=name, zone__plans__name=name)


def _above(found: PlanFolder, known_on: date | None) -> PlanFolder | None:
    """The plan of the same zone that a plan carries out, such as the city's kept beside it."""
    upper = plan(found.parent, known_on) if found.parent else None
    return upper if upper is not None and upper.zone == found.zone else None


def current(zone: Zone) -> str | None:
    """The name of the zone's newest plan."""
    found = _newest(zone.pk, zone_version(zone))
    return None if found is None else found.name


def current_plan(zone: Zone) -> PlanFolder | None:
    """The zone's newest plan, whole."""
    version = zone_version(zone)
    found = _newest(zone.pk, version)
    if found is None:
        return None
    read_before(("plan", found.name), found)
    return _plan(found.pk, version)


@lru_cache(maxsize=256)
def _newest(zone: int, version: int) -> Plan | None:
    """Every page of a zone begins with its plan; which one it is changes with an act only."""
    found = Plan.objects.select_related("zone").filter(zone=zone).order_by("-start", "name")
    return next((one for one in found if not one.is_nested), None)


def plan(name: str, known_on: date | None = None) -> PlanFolder | None:
    """A plan whole, with the figures in force that decide how it stands; None where none is loaded.

    Of scopes that no promise asks for it holds what tells that there are figures of them.
    """
    key = _key(name)
    return None if key is None else _plan(*key, known_on)


def promised(name: str) -> PlanFolder | None:
    """A plan without its figures: what it says today; None where none is loaded."""
    key = _key(name)
    return None if key is None else _promised(*key, None)[1]


def titles(name: str, codes: Collection[str]) -> dict[str, dict[str, str]]:
    """The titles of some promises of a plan, without reading the whole plan."""
    found = Record.objects.filter(plan__name=name, sort="commitment", code__in=codes)
    return {code: terms["title"] for code, terms in found.values_list("code", "terms")}


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


def judged(name: str, known_on: date | None = None) -> Judged | None:
    """A plan with its figures at hand, as they were known on a day; None for no such plan."""
    key = _key(name)
    return None if key is None else _judged(*key, known_on)


def findings(name: str, known_on: date | None = None) -> "list[Finding]":
    """What the plan's own arithmetic says, with the targets in force on a day."""
    key = _key(name)
    return [] if key is None else _findings(*key, known_on)


def _key(name: str) -> tuple[int, int] | None:
    """Nothing of a zone changes without an entry in its ledger: its number is the version."""
    found = read_once(
        ("plan", name), lambda: Plan.objects.filter(name=name).select_related("zone").first()
    )
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
def _findings(pk: int, version: int, known_on: date | None = None) -> "list[Finding]":
    # The auditor brings the reader's words with it, which nothing else here needs.
    from lantu.core.auditing.audit import audit_plan, ordered
    from lantu.core.auditing.nesting import nested

    found = _plan(pk, version, known_on)
    known = [*audit_plan(found), *nested(found, below(found.name, known_on))]
    upper = _above(found, known_on)
    if upper is not None:
        known += nested(upper, [found], seen_from="lower")
    return ordered(known)


@lru_cache(maxsize=8)
def _judged(pk: int, version: int, known_on: date | None) -> Judged:
    """With the figures that were in force then: a later correction was not yet known."""
    like = None if known_on is None else _judged(pk, version, None)
    held = _held(pk, version, known_on)
    return Judged(held.plan, like, held.rest)


@lru_cache(maxsize=4)
def _records(pk: int, version: int) -> dict[str, list[Any]]:
    """What the folder says; read once, however many days are asked about."""
    records: dict[str, list[Any]] = {"commitment": [], "project": [], "event": []}
    for sort, terms in Record.objects.filter(plan=pk).values_list("sort", "terms"):
        records[sort].append(wire.load(_KINDS[sort], terms))
    return records


def _plan(pk: int, version: int, known_on: date | None = None) -> PlanFolder:
    return _held(pk, version, known_on).plan


@lru_cache(maxsize=8)
def _promised(pk: int, version: int, known_on: date | None) -> tuple[Zone, PlanFolder]:
    found = Plan.objects.select_related("zone").get(pk=pk)
    records = dict(_records(pk, version))
    records["commitment"] = in_force({found: records["commitment"]}, known_on)[pk]
    return found.zone, folder_of(found, records, [])


@lru_cache(maxsize=8)
def _held(pk: int, version: int, known_on: date | None) -> Held:
    zone, found = _promised(pk, version, known_on)
    promises, wanted = found.commitments, asked(found.commitments)
    now = None if known_on is None else _held(pk, version, None)
    if known_on is None or now is None or asked(now.plan.commitments) != wanted:
        figures, thinned = figures_of(zone, known_on, *wanted)
        return Held(replace(found, observations=tuple(figures)), zone, thinned, known_on)
    # Very many, and nearly the same on each day: not read nor kept twice.
    before = in_force_before(zone, known_on, now.plan.observations, indicators=measured(promises))
    return Held(replace(found, observations=tuple(before)), zone, now.thinned, known_on)


def folder_of(
    found: Plan, records: Mapping[str, Sequence[Any]], observations: Iterable[Observed]
) -> PlanFolder:
    """A stored plan with these of its records and figures."""
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
        commitments=tuple(records.get("commitment", ())),
        projects=tuple(records.get("project", ())),
        observations=tuple(observations),
        events=tuple(records.get("event", ())),
    )


def forget() -> None:
    """Drop what is kept in memory, as after a restore."""
    for kept in (_newest, _records, _promised, _held, _judged, _commitments, _projects, _findings,
                 _outlook):  # fmt: skip
        kept.cache_clear()
