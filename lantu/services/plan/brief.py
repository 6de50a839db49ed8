"""The few sentences that matter: what is worst, how the binding promises stand, what is unknown."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lantu.core.plans.records import PlanFolder
from lantu.core.plans.standing import Question
from lantu.kernel.commitments import queries as commitments
from lantu.services.plan.queries import LATE, Line
from lantu.ui.templatetags.ui import GROUPS

WORST = 3
_JUDGED = frozenset(state for group in GROUPS.values() for state in group)


@dataclass(frozen=True, slots=True)
class Built:
    """How many projects are finished, and how many should be and are not known to be."""

    total: int
    done: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Brief:
    """What a leader reads first. A sentence without anything to say is left out by the page."""

    worst: tuple[Line, ...]  # of those late or missed, the first three
    late: int
    bound: int  # promises that the government must keep
    bound_late: int  # of these, behind or missed
    bound_open: int  # of these, without a verdict
    silent: int  # promises without any published figure to judge them by
    built: Built


def brief(plan: PlanFolder, found: Sequence[Line], question: Question) -> Brief:
    """The sentences of a plan; `found`: its promises with a number, as judged."""
    late = sorted((line for line in found if line.state in LATE), key=_gravity)
    bound = [line for line in found if line.nature == "binding"]
    bound_late = sum(line.state in LATE for line in bound)
    bound_open = sum(line.state not in _JUDGED for line in bound)
    silent = sum(line.state == "no-data" for line in found)
    return Brief(
        worst=tuple(late[:WORST]),
        late=len(late),
        bound=len(bound),
        bound_late=bound_late,
        bound_open=bound_open,
        silent=silent,
        built=_built(plan, question),
    )


def _gravity(line: Line) -> tuple[bool, bool, bool, object]:
    """Binding ones first, then the plan's main ones, then those that got least far."""
    far = line.progress
    return line.nature != "binding", not line.nature, far is None, far or 0


def _built(plan: PlanFolder, question: Question) -> Built:
    states = Counter[str](one.verdict.state for one in commitments.projects(plan.name, question))
    done = sum(states[state] for state in GROUPS["kept"])
    overdue = sum(states[state] for state in LATE)
    return Built(sum(states.values()), done, overdue)
