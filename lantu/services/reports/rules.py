"""Who may draft, freeze, release and answer. What is released, anybody may read."""

import rules

from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import roles


@rules.predicate
def reads_drafts(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone))


@rules.predicate
def drafts(user: User, zone: Zone) -> bool:
    return "planner" in roles(user, zone)


@rules.predicate
def releases(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone) & {"leader", "planner"})


rules.add_perm("reports.read", reads_drafts)
rules.add_perm("reports.draft", drafts)
rules.add_perm("reports.release", releases)
