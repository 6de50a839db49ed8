"""Chances: how many of many futures the judge calls fulfilled.

The judge decides each; where the end hangs on one number alone, and more of it can only help (or
only harm), he is asked along the sorted futures where the word changes, and counts the rest.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from lantu.core.judging.judge import judge
from lantu.core.judging.records import Commitment, Fact, Plan

BY_LAST: Final = frozenset(
    {"level", "floor", "ceiling", "range", "change", "multiple", "complete", "growth", "reduction"}
)
_END: Final = ("fulfilled", "over-fulfilled")
Ask = Callable[[int], bool | None]


def fulfilled(
    promise: Commitment, kept: Sequence[Fact], plan: Plan, drawn: Any, first: int
) -> float | None:
    """The share of futures in which a promise is fulfilled at its end; None where none is judged.

    `kept` are the known figures, `drawn` a row for each future and a column for each year from
    `first` on.
    """
    until = promise.target_year or plan.end

    def ask(row: int) -> bool | None:
        facts = [
            Fact(first + place, Decimal(f"{value:.12g}"), scope=promise.scope)
            for place, value in enumerate(drawn[row])
        ]
        state = judge(promise, (*kept, *facts), plan=plan, as_of=date(until, 12, 31)).state
        return state in _END if state in (*_END, "missed") else None

    order = _order(promise, drawn)
    if order is not None:
        return _by_halves(ask, order)
    told = [ask(row) for row in range(len(drawn))]
    judged = [one for one in told if one is not None]
    return sum(judged) / len(judged) if judged else None


def _order(promise: Commitment, drawn: Any) -> Sequence[int] | None:
    """The futures from the least to the greatest of the one number that the end hangs on."""
    if promise.every_year or promise.direction == "closer":
        return None
    if promise.form in BY_LAST:
        return list(drawn[:, -1].argsort(kind="stable"))
    if promise.form == "cumulative" and (drawn >= 0).all():
        return list(drawn.sum(axis=1).argsort(kind="stable"))
    return None


def _by_halves(ask: Ask, order: Sequence[int]) -> float | None:
    """Count without asking about every one: the word changes once along the order."""
    low, high = 0, len(order) - 1
    first, last = ask(order[low]), ask(order[high])
    if first is None or last is None:
        return None
    if first == last:
        return float(first)
    while high - low > 1:
        middle = (low + high) // 2
        if ask(order[middle]) == first:
            low = middle
        else:
            high = middle
    return high / len(order) if first else (len(order) - high) / len(order)
