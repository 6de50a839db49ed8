"""The kinds of case that the services name in their `cases.yaml`, and who stands before one."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from lantu.core.flow.kinds import Actor, Kind, kinds
from lantu.kernel.access.models import Membership, User
from lantu.kernel.cases.models import Case, Step

SERVICES = Path(__file__).resolve().parents[2] / "services"


@lru_cache(maxsize=1)
def all_kinds() -> dict[str, Kind]:
    """Every kind by its full name, such as returns.data_return."""
    found = [
        kind
        for name in settings.SERVICES
        if (SERVICES / name / "cases.yaml").exists()
        for kind in kinds(SERVICES / name / "cases.yaml", name)
    ]
    return {kind.name: kind for kind in found}


def actor(
    case: Case, rule: Kind, person: User, roles: Sequence[Membership], steps: Sequence[Step]
) -> Actor:
    """A person before a case, with what he did since it was last at its beginning."""
    begun = max((step.number for step in steps if step.after == rule.start), default=0)
    return Actor(
        frozenset(one.role for one in roles),
        any(one.department == case.department for one in roles),
        frozenset(step.act for step in steps if step.by_id == person.pk and step.number > begun),
    )
