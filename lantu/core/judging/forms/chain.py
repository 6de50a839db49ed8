"""Chains: growth over several years, from published rates, or from the two levels at the ends."""

from dataclasses import dataclass
from decimal import Decimal

from lantu.core.figures.decimals import power
from lantu.core.figures.scopes import Match, match
from lantu.core.judging.case import HUNDRED, Case
from lantu.core.judging.evidence import Evidence
from lantu.core.judging.records import Fact

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Chain:
    """What the years up to `at` grew by together: 1.21 after two years at 10 %."""

    at: int
    years: int
    factor: Decimal
    facts: tuple[Fact, ...]
    from_rates: bool

    @property
    def mean(self) -> Decimal:
        """Mean yearly growth in per cent."""
        return (nth_root(self.factor, self.years) - 1) * HUNDRED


def nth_root(factor: Decimal, years: int) -> Decimal:
    """The yearly factor; zero stays zero."""
    return power(factor, 1, years) if factor > 0 else Decimal(0)


def chain(case: Case, at: int, evidence: Evidence, base: Decimal | None = None) -> Chain | None:
    """Growth from the base year to `at`: from rates if every year has one, else from levels.

    The two are never mixed. None where neither is complete, or a level is not above zero.
    """
    years = range(case.base_year + 1, at + 1)
    rates = [evidence.growth[year] for year in years if year in evidence.growth]
    if len(rates) == len(years):
        factor = ONE
        for fact in rates:
            factor *= max(1 + fact.value / HUNDRED, Decimal(0))
        return Chain(at, len(years), factor, tuple(rates), True)
    end, first = evidence.level.get(at), evidence.level.get(case.base_year)
    sets_out = base if base is not None else (first.value if first else None)
    if end is None or sets_out is None or sets_out <= 0 or end.value < 0:
        return None
    ends = (end,) if base is not None or first is None else (first, end)
    return Chain(at, len(years), end.value / sets_out, ends, False)


def printed_base(case: Case) -> tuple[Decimal | None, bool]:
    """The printed base, and whether it speaks for another scope than the target."""
    base = case.promise.base
    other = base.value is not None and match(base.scope, case.promise.scope) is Match.OTHER
    return (None if other else base.value), other


def latest_chain(case: Case) -> Chain | None:
    """The chain to the latest completed year that has one and is not too old."""
    base, _ = printed_base(case)
    for at in range(case.last, max(case.first, case.last - 1) - 1, -1):
        if found := chain(case, at, case.facts, base):
            return found
    return None


def of_year(case: Case, year: int, evidence: Evidence, base: Decimal | None) -> Chain | None:
    """The growth of one year: its published rate, else from last year's level."""
    rate = evidence.growth.get(year) or evidence.part_growth.get(year)
    if rate is not None:
        return Chain(year, 1, 1 + rate.value / HUNDRED, (rate,), True)
    end, before = evidence.level.get(year), evidence.level.get(year - 1)
    is_base = year - 1 == case.base_year and base is not None
    last = base if is_base else (before.value if before else None)
    if end is None or last is None or last <= 0:
        return None
    ends = (end,) if is_base or before is None else (before, end)
    return Chain(year, 1, end.value / last, ends, False)


def missing(case: Case, evidence: Evidence) -> tuple[int, ...]:
    """The years that a chain of rates lacks; the base year where only a base is lacking."""
    known = set(evidence.growth)
    has_levels = any(case.first <= year <= case.last for year in evidence.level)
    if has_levels and not known and case.promise.base.value is None:
        return (case.base_year,)
    return case.gaps(known)
