"""What a scenario does to promises. It reads figures and adds none."""

from collections.abc import Sequence

from lantu.core.plans.standing import Question
from lantu.core.whatif.levers import Lever
from lantu.core.whatif.outcome import PATHS, Outcome
from lantu.kernel.commitments.queries.standing import judged


def outcomes(
    name: str, levers: Sequence[Lever], question: Question, *, paths: int = PATHS
) -> tuple[Outcome, ...]:
    """Every promise of a plan that the levers move, in the order of the plan."""
    found = judged(name, question.known_on)
    return () if found is None else tuple(found.outcomes(levers, question, paths=paths))
