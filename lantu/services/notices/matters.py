"""Matters: what somebody has to be told of, whatever part of the system it comes from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lantu.core.warning.reminders import Rung, rung
from lantu.kernel.access.models import Membership, Zone
from lantu.kernel.cases.models import Case
from lantu.kernel.cases.queries import waiting

Words = Mapping[str, str]
# Another last day, and it is too early to remind of that one.
MOVED = Rung("moved", {"zh": "期限有变", "en": "another last day"}, is_late=False)


@dataclass(frozen=True, slots=True)
class Given:
    """A warning in force, as the service that gave it tells it."""

    key: str
    level: str
    title: Words
    what: Words
    department: str
    path: str


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to be told of, on one step of reminding, and the people whom it concerns."""

    zone: Zone
    key: str
    step: str
    sort: str  # soon, late or warning: what a person can want or not
    title: Words
    what: Words
    path: str
    people: tuple[int, ...]
    case: Case | None = None


def due(zone: Zone, today: date) -> list[Matter]:
    """The cases of every kind that are due soon or late, or have another last day.

    A case given back is a new step, and so is another last day.
    """
    found = []
    for one in waiting(zone, today):
        line = one.line
        step = None if line.late is None else rung(line.late, on=today)
        if line.due is None or (step is None and not one.is_moved):
            continue
        step = step or MOVED
        what = {
            "zh": f"{step.what['zh']}，期限{line.due.day}",
            "en": f"{step.what['en']}, last day {line.due.day}",
        }
        found.append(
            Matter(
                zone, f"{line.kind}/{line.key}", f"{one.step}:{step.name}",
                "late" if step.is_late else "soon", line.title, what, one.address, one.people,
                one.case,
            )
        )  # fmt: skip
    return found


def warned(zone: Zone, warnings: Iterable[Given]) -> list[Matter]:
    """Warnings in force, for the clerks of their department; for planners where it has none."""
    clerks: dict[str, list[int]] = {}
    planners: list[int] = []
    roles = Membership.objects.filter(zone=zone, user__is_active=True).order_by("user_id")
    for one in roles:
        if one.role == "clerk" and one.department:
            clerks.setdefault(one.department, []).append(one.user_id)
        elif one.role == "planner":
            planners.append(one.user_id)
    return [
        Matter(
            zone, one.key, one.level, "warning", one.title, one.what, one.path,
            tuple(clerks.get(one.department) or planners),
        )
        for one in warnings
    ]  # fmt: skip
