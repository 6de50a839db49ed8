"""Parts: what departments took over of promises, as further lines of their returns.

The line of a part bears the code of the promise with `.own`, which no promise's code can have. Its
figure is one of the department, which is how its part is judged.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from lantu.core.plans.nesting import value_of
from lantu.core.plans.parts import part_of
from lantu.core.plans.records import PlanCommitment, PlanFolder
from lantu.core.plans.splits import years_of
from lantu.kernel.commitments import queries as commitments

OWN: Final = ".own"


def own_parts(plan: PlanFolder, year: int) -> Iterator[tuple[str, PlanCommitment]]:
    """Each department with a part of its own that a figure can speak for, in the plan's order.

    Who alone took over the whole target has no part: the figure of the whole is its own.
    """
    bound = commitments.parts(plan, year)
    for promise in plan.commitments:
        shares = bound.get(promise.code, ())
        for share in shares:
            name = plan.departments.get(share.department)
            if share.value is None or name is None:
                continue
            if len(shares) == 1 and share.value == _whole(promise, plan, share.year):
                continue
            found = part_of(promise, name["zh"], share.value, year=share.year, period=plan.period)
            if found is not None:
                yield share.department, replace(found[0], code=f"{promise.code}{OWN}")


def _whole(promise: PlanCommitment, plan: PlanFolder, year: int) -> Decimal | None:
    return years_of(promise, plan.period).get(year) if year else value_of(promise)


def promise_of(code: str) -> str:
    """The code of the promise that a line is of."""
    return code.removesuffix(OWN)
