"""Who may do what with firms. The register and final results are open to all."""

import rules

from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import roles

ENTERS = {"clerk", "planner"}
DECIDES = {"planner", "leader"}


@rules.predicate
def reads_firms(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone))


@rules.predicate
def enters_firms(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone) & ENTERS)


@rules.predicate
def decides_rounds(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone) & DECIDES)


rules.add_perm("enterprises.read", reads_firms)
rules.add_perm("enterprises.enter", enters_firms)
rules.add_perm("enterprises.decide", decides_rounds)
