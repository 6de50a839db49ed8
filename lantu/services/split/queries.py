"""What the pages of the split show."""

from collections.abc import Mapping
from dataclasses import dataclass

from lantu.core.plans.records import PlanCommitment, PlanFolder
from lantu.core.plans.splits import Sort, sort_of
from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import roles
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.commitments.models import Plan, Revision


@dataclass(frozen=True, slots=True)
class Line:
    """One promise in the list: who answers for it."""

    code: str
    title: Mapping[str, str]
    nature: str
    departments: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One target with all that was handed down of it."""

    record: PlanCommitment
    found: commitments.Split
    departments: Mapping[str, Mapping[str, str]]
    names: Mapping[str, Mapping[str, str]]
    sort: Sort


def lines(plan: PlanFolder) -> list[Line]:
    """Every promise with a number, in the order of the plan."""
    known = commitments.responsible(plan)
    return [
        Line(
            one.code,
            one.title,
            one.nature,
            tuple(_name(plan, slug) for slug in known.get(one.code, ())),
        )
        for one in plan.commitments
        if one.is_judged and one.form != "task"
    ]


def page(plan: PlanFolder, code: str, year: int = 0) -> Page | None:
    """The split of one promise; None where the plan has no promise with a number of that code."""
    record = next((one for one in plan.commitments if one.code == code and one.is_judged), None)
    if record is None or record.form == "task":
        return None
    found = commitments.split(plan, record, year)
    names = {share.department: _name(plan, share.department) for share in found.shares}
    return Page(record, found, plan.departments, names, sort_of(record))


def stored(plan: PlanFolder) -> Plan:
    """The plan itself, for an act on it."""
    return Plan.objects.get(name=plan.name)


def revision(plan: PlanFolder, code: str, number: int) -> Revision | None:
    return Revision.objects.filter(plan__name=plan.name, code=code, pk=number).first()


def is_member(person: User, zone: Zone) -> bool:
    return bool(roles(person, zone))


def _name(plan: PlanFolder, slug: str) -> Mapping[str, str]:
    return plan.departments.get(slug, {"zh": slug, "en": slug})
