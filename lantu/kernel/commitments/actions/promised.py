"""The promise that an act is about."""

from lantu.core.errors import Refused
from lantu.core.plans import wire
from lantu.core.plans.records import PlanCommitment
from lantu.kernel.commitments.models import Plan, Record


def promised(plan: Plan, code: str) -> PlanCommitment:
    """The promise as its folder has it. Raises Refused where the plan has none of that code."""
    found = Record.objects.filter(plan=plan, sort=Record.Sort.COMMITMENT, code=code).first()
    record = None if found is None else wire.load(PlanCommitment, found.terms)
    if record is None or not record.is_judged:
        raise Refused(f"The plan {plan.name} has no promise {code}. Choose one of its promises.")
    return record
