"""Who sets webhooks: administrators of the zone."""

import rules

from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import roles


@rules.predicate
def administers(user: User, zone: Zone) -> bool:
    return "administrator" in roles(user, zone)


rules.add_perm("notices.hook", administers)
