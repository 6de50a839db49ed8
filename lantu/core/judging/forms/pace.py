"""Pace: growth kept up with another indicator."""

from decimal import Decimal

from lantu.core.judging.case import Case
from lantu.core.judging.forms.chain import Chain, chain, of_year, printed_base
from lantu.core.judging.records import Verdict
from lantu.core.judging.rulesets import default_tolerance
from lantu.core.judging.states import State

SORTS = ("growth",)


def to_date(case: Case) -> Verdict:
    """Mean growth of both sides over the same years, and the gap between them."""
    both = _latest(case)
    if both is None:
        return _without(case)
    own, other = both
    tolerance = _tolerance(case)
    gap = _gap(case, own, other)
    state: State
    if own.at == case.target_year:
        state = _word(gap, tolerance, ("over-fulfilled", "fulfilled", "missed"))
    else:
        state = _word(gap, tolerance, ("ahead", "on-track", "behind"))
    case.note("pace", own=own.mean, other=other.mean, gap=gap, tolerance=tolerance, state=state)
    back = own.mean < 0 and case.promise.direction != "less"
    return case.verdict(
        state, own.at, gap=gap, mean_growth=own.mean, reversed=back, rules="ratio", path="none"
    )


def _latest(case: Case) -> tuple[Chain, Chain] | None:
    base, _ = printed_base(case)
    for at in range(case.last, max(case.first, case.last - 1) - 1, -1):
        own = chain(case, at, case.facts, base)
        other = chain(case, at, case.other)
        if own is not None and other is not None:
            return _used(case, own), _used(case, other)
    return None


def _used(case: Case, found: Chain) -> Chain:
    for fact in found.facts:
        case.use(fact)
    return found


def _without(case: Case) -> Verdict:
    both = set(case.facts.growth) & set(case.other.growth)
    latest = [y for y in (*case.facts.growth, *case.other.growth) if case.first <= y <= case.last]
    until = min(case.last, max([*latest, case.last - 1, case.first]))
    gaps = tuple(year for year in range(case.first, until + 1) if year not in both)
    return case.without_figure("growth", "level", missing=gaps)


def year(case: Case, asked: int) -> Verdict:
    """The growth of one year on both sides."""
    base, _ = printed_base(case)
    own = of_year(case, asked, case.facts, base)
    other = of_year(case, asked, case.other, None)
    if own is None:
        return case.year_without_figure(asked, "growth", "level")
    if other is None:
        case.note("no-data", missing=(asked,))
        return case.verdict("no-data", asked, missing=(asked,))
    _used(case, own), _used(case, other)
    gap = _gap(case, own, other)
    tolerance = _tolerance(case)
    state = _word(gap, tolerance, ("ahead", "on-track", "behind"))
    case.note("pace", own=own.mean, other=other.mean, gap=gap, tolerance=tolerance, state=state)
    back = own.mean < 0 and case.promise.direction != "less"
    return case.verdict(
        state, asked, gap=gap, mean_growth=own.mean, reversed=back, rules="ratio", path="none"
    )


def _gap(case: Case, own: Chain, other: Chain) -> Decimal:
    gap = own.mean - other.mean
    return -gap if case.promise.direction == "less" else gap


def _tolerance(case: Case) -> Decimal:
    stated = case.promise.tolerance_points
    return default_tolerance(case.as_of) if stated is None else stated


def _word(gap: Decimal, tolerance: Decimal, words: tuple[State, State, State]) -> State:
    if gap >= tolerance:
        return words[0]
    return words[1] if gap >= -tolerance else words[2]
