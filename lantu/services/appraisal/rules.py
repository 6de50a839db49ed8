"""What appraisals ask, who writes them, and who sees them before they are published."""

from collections.abc import Mapping
from typing import Final

import rules

from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import roles

BEFORE, AFTER = "appraisal.before", "appraisal.after"
KINDS: Final = {"before": BEFORE, "after": AFTER}
ENDS: Final = ("keep", "amend", "abolish")
ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "before": ("aim", "affected", "cost", "alternatives", "competition", "risk"),
    "after": ("effect", "cost", "end", "reason"),
}


@rules.predicate
def writes(user: User, zone: Zone) -> bool:
    return "planner" in roles(user, zone)


@rules.predicate
def sees(user: User, zone: Zone) -> bool:
    return bool(roles(user, zone) & {"planner", "leader", "reviewer", "auditor", "administrator"})


rules.add_perm("appraisal.write", writes)
rules.add_perm("appraisal.read_draft", sees)
