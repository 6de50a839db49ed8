"""What pages, the API and other blocks need to know of plans: standings, and who owes what."""

from lantu.kernel.commitments.queries import beside, standing
from lantu.kernel.commitments.queries.beside import (
    WHOLE,
    Beside,
    Spread,
    Topic,
    side_by_side,
    topics,
)
from lantu.kernel.commitments.queries.changes import Change, changes
from lantu.kernel.commitments.queries.part import part_verdict
from lantu.kernel.commitments.queries.portions import verdicts_on
from lantu.kernel.commitments.queries.splits import (
    AnnualLine,
    Handed,
    RevisionLine,
    ShareLine,
    Split,
    annual_targets,
    handed,
    parts,
    responsible,
    revisions,
    split,
)
from lantu.kernel.commitments.queries.standing import (
    PlanLine,
    below,
    commitments,
    current,
    current_plan,
    explained,
    findings,
    has_below,
    judged,
    outlook,
    plan,
    plans,
    projects,
    promised,
    titles,
)
from lantu.kernel.commitments.queries.targets import Move, moves
from lantu.kernel.commitments.queries.whatif import outcomes

__all__ = [
    "judged",
    "WHOLE",
    "AnnualLine",
    "Beside",
    "Handed",
    "Move",
    "Change",
    "PlanLine",
    "RevisionLine",
    "ShareLine",
    "Split",
    "Spread",
    "Topic",
    "annual_targets",
    "changes",
    "below",
    "commitments",
    "current",
    "current_plan",
    "explained",
    "findings",
    "forget",
    "handed",
    "has_below",
    "moves",
    "outcomes",
    "outlook",
    "part_verdict",
    "parts",
    "plan",
    "plans",
    "projects",
    "promised",
    "responsible",
    "side_by_side",
    "revisions",
    "split",
    "topics",
    "titles",
    "verdicts_on",
]


def forget() -> None:
    """Drop what is kept in memory, as after a restore."""
    standing.forget()
    beside.forget()
