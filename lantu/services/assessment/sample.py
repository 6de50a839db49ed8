"""A draft of the invented zone's departments, so that a planner has one to look at."""

from lantu.core.errors import Refused
from lantu.kernel.access.models import User, Zone
from lantu.kernel.commitments.queries import current_plan
from lantu.services.assessment.actions import start_round
from lantu.services.assessment.models import Round

YEARS_BEFORE_THE_LAST = 1


def load(zone: Zone, *, by: User | None = None) -> None:
    """Compute the draft of the plan's last but one year; nothing where there is a round.

    It is released and published by persons only, so nobody but members sees it.
    """
    if not zone.invented:
        raise Refused("Invented records belong in an invented zone only.")
    plan = current_plan(zone)
    if plan is not None and not Round.objects.filter(zone=zone).exists():
        start_round(zone, plan, plan.period.end - YEARS_BEFORE_THE_LAST, by=by)
