"""Who may see the reading desk, and who decides there: planners and administrators of the zone."""

import rules

from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import roles

REVIEWS = {"planner", "administrator"}
READS = REVIEWS | {"auditor"}


@rules.predicate
def reads_desk(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone) & READS)


@rules.predicate
def reviews(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone) & REVIEWS)


rules.add_perm("reading.read", reads_desk)
rules.add_perm("reading.review", reviews)
