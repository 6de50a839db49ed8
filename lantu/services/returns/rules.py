"""Who may see returns: everybody with a role in the zone. Acts are refused by the kind of case."""

import rules

from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import roles


@rules.predicate
def reads_returns(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone))


@rules.predicate
def issues_returns(user: User, zone: Zone) -> bool:
    return "planner" in roles(user, zone)


rules.add_perm("returns.read", reads_returns)
rules.add_perm("returns.issue", issues_returns)
