"""Two invented scenarios of the invented zone. A real zone gets none: nothing is assumed for it."""

from datetime import date
from decimal import Decimal
from typing import Final

from lantu.core.errors import Refused
from lantu.core.whatif.levers import Growth, Lever, Policy, Project
from lantu.kernel.access.models import User, Zone
from lantu.kernel.commitments.queries import current_plan
from lantu.services.scenarios.actions import begin
from lantu.services.scenarios.models import Scenario

YEARS_BEFORE_THE_LAST = 2


def _levers(first: int, delay: int) -> tuple[Lever, ...]:
    return (
        Project(
            "虚构智能装备园", into="gdp", output=Decimal("7.5"), runs_from=first + 1,
            invested_into="foreign-capital", investment={first: Decimal("0.30")}, delay=delay,
            delay_risk=Decimal(25), cancel_risk=Decimal(5),
        ),
        Growth("虚构软件业", "gdp", share=Decimal(18), rate=Decimal(14), since=first,
               spread=Decimal(4)),
        Policy("虚构研发奖补", "patents", Decimal(3), since=first, relative=True,
               least=Decimal(1), most=Decimal(5)),
    )  # fmt: skip


SCENARIOS: Final = (("虚构：装备园如期投产", 0), ("虚构：装备园推迟一年", 1))


def load(zone: Zone, *, by: User | None = None) -> None:
    """Begin both as drafts, two years before the plan's end; nothing where there is a scenario."""
    if not zone.invented:
        raise Refused("Invented records belong in an invented zone only.")
    plan = current_plan(zone)
    if plan is None or Scenario.objects.filter(zone=zone).exists():
        return
    year = plan.period.end - YEARS_BEFORE_THE_LAST
    for title, delay in SCENARIOS:
        levers = _levers(year + 1, delay)
        begin(zone, plan, title=title, as_of=date(year, 12, 31), by=by, levers=levers)
