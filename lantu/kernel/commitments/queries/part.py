"""How a department's own part of a promise stands, by its own figures."""

from decimal import Decimal

from lantu.core.judging.records import Verdict
from lantu.core.plans.parts import part_of
from lantu.core.plans.records import PlanCommitment
from lantu.core.plans.standing import Question
from lantu.kernel.commitments.queries.standing import judged


def part_verdict(
    name: str, record: PlanCommitment, subject: str, value: Decimal, question: Question,
    *, year: int = 0,
) -> Verdict | None:  # fmt: skip
    """The verdict of what `subject` took over; None where it has no figures of its own."""
    found = judged(name, question.known_on)
    part = part_of(record, subject, value, year=year, period=found.plan.period) if found else None
    return None if found is None or part is None else found.part(*part, question)
