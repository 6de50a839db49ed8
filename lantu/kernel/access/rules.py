"""Object permissions, by predicate. What is published may be read by all."""

import rules

from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import roles

ENTERS_FACTS = {"clerk", "planner"}
LOADS_PLANS = {"planner", "administrator"}
SPLITS = {"planner"}
DECIDES = {"leader", "planner"}
READS_LEDGER = {"auditor", "administrator", "planner", "leader"}


@rules.predicate
def enters_facts(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone) & ENTERS_FACTS)


@rules.predicate
def loads_plans(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone) & LOADS_PLANS)


@rules.predicate
def splits(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone) & SPLITS)


@rules.predicate
def decides(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone) & DECIDES)


@rules.predicate
def reads_ledger(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone) & READS_LEDGER)


@rules.predicate
def belongs(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone))


rules.add_perm("zone.belong", belongs)
rules.add_perm("facts.enter", enters_facts)
rules.add_perm("commitments.load", loads_plans)
rules.add_perm("commitments.split", splits)
rules.add_perm("commitments.decide", decides)
rules.add_perm("ledger.read", reads_ledger)
