"""Who writes appraisals and sees them before they are published."""

import rules

from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import roles


@rules.predicate
def writes(user: User, zone: Zone) -> bool:
    return "planner" in roles(user, zone)


@rules.predicate
def sees(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone) & {"planner", "leader", "reviewer", "auditor", "administrator"})


rules.add_perm("appraisal.write", writes)
rules.add_perm("appraisal.read_draft", sees)
