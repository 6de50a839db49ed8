"""Chances: how many of many futures the judge calls fulfilled.

The judge decides. He is asked about every future only where nothing better is known: where the
end hangs on one number, and more of it can only help (or only harm), he is asked along the sorted
futures where the word changes; where each year must hold by itself, along each year's figures.
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
Ask = Callable[[Sequence[float]], bool | None]  # one future's figures; None: not judged


def fulfilled(
    promise: Commitment, kept: Sequence[Fact], plan: Plan, drawn: Any, first: int
) -> float | None:
    """The share of futures in which a promise is fulfilled at its end; None where none is judged.

    `kept` are the known figures, `drawn` a row for each future and a column for each year from
    `first` on.
    """
    day = date(promise.target_year or plan.end, 12, 31)

    def ask(figures: Sequence[float]) -> bool | None:
        facts = [
            Fact(first + place, Decimal(f"{value:.12g}"), scope=promise.scope)
            for place, value in enumerate(figures)
        ]
        state = judge(promise, (*kept, *facts), plan=plan, as_of=day).state
        return state in _END if state in (*_END, "missed") else None

    if promise.direction != "closer":
        if promise.form == "per_year" or (promise.every_year and promise.form != "range"):
            return _year_by_year(ask, drawn)
        if promise.form in BY_LAST and not promise.every_year:
            return _by_halves(ask, drawn[drawn[:, -1].argsort(kind="stable")])
        if promise.form == "cumulative" and (drawn >= 0).all():
            return _by_halves(ask, drawn[drawn.sum(axis=1).argsort(kind="stable")])
    judged = [one for one in (ask(row) for row in drawn) if one is not None]
    return sum(judged) / len(judged) if judged else None


def _by_halves(ask: Ask, ordered: Any) -> float | None:
    """Count without asking about every one: the word changes once along the order."""
    first, last = ask(ordered[0]), ask(ordered[-1])
    if first is None or last is None:
        return None
    if first == last:
        return float(first)
    place = _change(lambda row: ask(ordered[row]) == first, len(ordered))
    return place / len(ordered) if first else 1 - place / len(ordered)


def _change(same: Callable[[int], bool], count: int) -> int:
    """Where along `count` places the word is another than at the first, which it is at the last."""
    low, high = 0, count - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if same(middle) else (low, middle)
    return high


def _year_by_year(ask: Ask, drawn: Any) -> float | None:
    """Each year has a bound of its own, found with all other years at their best."""
    import numpy as np

    least, greatest = drawn.min(axis=0), drawn.max(axis=0)
    words = ask(least), ask(greatest)
    if None in words:
        return None
    if words[0] == words[1]:
        return float(bool(words[0]))
    best = least if words[0] else greatest
    holds = np.ones(len(drawn), dtype=bool)
    for column in range(drawn.shape[1]):
        holds &= _within(ask, drawn[:, column], best, column, low_is_good=bool(words[0]))
    return float(holds.mean())


def _within(ask: Ask, figures: Any, best: Any, column: int, *, low_is_good: bool) -> Any:
    """Which figures of one year hold, the other years being at their best."""
    import numpy as np

    ordered = np.sort(figures)

    def good(place: int) -> bool:
        tried = best.copy()
        tried[column] = ordered[place]
        return bool(ask(tried))

    if good(0) and good(len(ordered) - 1):
        return np.ones(len(figures), dtype=bool)
    place = _change(lambda row: good(row) == low_is_good, len(ordered))
    return figures < ordered[place] if low_is_good else figures >= ordered[place]
