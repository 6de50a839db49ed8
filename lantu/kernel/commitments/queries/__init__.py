"""What pages, the API and other blocks need to know of plans: standings, and who owes what."""

from lantu.kernel.commitments.queries.splits import (
    AnnualLine,
    Handed,
    RevisionLine,
    ShareLine,
    Split,
    annual_targets,
    handed,
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
from lantu.kernel.commitments.queries.targets import Move, moves

__all__ = [
    "AnnualLine",
    "Handed",
    "Move",
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
    "handed",
    "moves",
    "outlook",
    "plan",
    "plans",
    "projects",
    "responsible",
    "revisions",
    "split",
]
