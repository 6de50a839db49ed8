"""Who writes and sees scenarios. Drafts stay in the planning office; released ones are public."""

import rules

from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import roles


@rules.predicate
def plans(user: User, zone: Zone) -> bool:
    return "planner" in roles(user, zone)


@rules.predicate
def releases(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone) & {"planner", "leader"})


rules.add_perm("scenarios.write", plans)
rules.add_perm("scenarios.read_draft", releases)  # who may release must see what
rules.add_perm("scenarios.release", releases)
