"""What pages, the API and other blocks need to know of plans: standings, and who owes what."""

from lantu.kernel.commitments.queries.splits import (
    AnnualLine,
    RevisionLine,
    ShareLine,
    Split,
    annual_targets,
    parts,
    responsible,
    revisions,
    split,
)
from lantu.kernel.commitments.queries.standing import (
    PlanLine,
    commitments,
    current,
    current_plan,
    explained,
    findings,
    forget,
    outlook,
    plan,
    plans,
    projects,
)

__all__ = [
    "AnnualLine",
    "PlanLine",
    "RevisionLine",
    "ShareLine",
    "Split",
    "annual_targets",
    "commitments",
    "current",
    "current_plan",
    "explained",
    "findings",
    "forget",
    "outlook",
    "parts",
    "plan",
    "plans",
    "projects",
    "responsible",
    "revisions",
    "split",
]
