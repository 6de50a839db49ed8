"""Who may read runs: the people of the zone, for a run holds every firm's figures."""

import rules

from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import roles


@rules.predicate
def reads_runs(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone))


rules.add_perm("runs.read", reads_runs)
