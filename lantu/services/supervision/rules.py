"""Who sees what is late, who warns, and who orders. Only members see it."""

import rules

from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import roles


@rules.predicate
def sees(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone))


@rules.predicate
def warns(user: User, zone: Zone) -> bool:
    return "planner" in roles(user, zone)


@rules.predicate
def orders(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone) & {"planner", "leader"})


rules.add_perm("supervision.read", sees)
rules.add_perm("supervision.warn", warns)
rules.add_perm("supervision.order", orders)
