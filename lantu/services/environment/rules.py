"""Who may bring in measured values. What they show is public."""

import rules

from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import roles

MEASURES = {"clerk", "planner"}


@rules.predicate
def brings_measurements(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone) & MEASURES)


rules.add_perm("environment.import", brings_measurements)
