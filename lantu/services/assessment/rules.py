"""Who computes, releases and sees an assessment. What is published, anybody may read."""

import rules

from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import roles


@rules.predicate
def reads_drafts(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone) & {"planner", "leader", "reviewer", "auditor", "administrator"})


@rules.predicate
def reads_released(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone))


@rules.predicate
def computes(user: User, zone: Zone) -> bool:
    return "planner" in roles(user, zone)


@rules.predicate
def releases(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone) & {"planner", "leader"})


rules.add_perm("assessment.read_draft", reads_drafts)
rules.add_perm("assessment.read_released", reads_released)
rules.add_perm("assessment.compute", computes)
rules.add_perm("assessment.release", releases)
