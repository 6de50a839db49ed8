"""Ratios of totals: numerator by denominator over the same units, never a mean of ratios."""

from decimal import Decimal, localcontext
from typing import Any

from lantu.core.figures.decimals import ARITHMETIC
from lantu.core.rollup.sums import Sums
from lantu.core.rollup.totals import Total, decimal_of


class Ratio:
    """One total over another, `times` as much; or, `is_weighted`, a ratio weighted by an amount.

    Only units count of which both are wholly known in the period, so that no numerator stands over
    the land of somebody else. With a missing part there is no ratio of the whole.
    """

    def __init__(
        self, over: Sums, under: Sums, *, times: int = 1, is_weighted: bool = False
    ) -> None:
        self.over, self.under, self.times, self.is_weighted = over, under, times, is_weighted
        self.tree = over.tree

    def total(self, area: str, slot: int) -> Total:
        """The ratio of an area in a period; None where the denominator is nothing."""
        first, last = self.tree.spans[area]
        return self._total(slice(first, last), slot, last - first)

    def of_unit(self, unit: str, slot: int) -> Total:
        """The ratio of one unit."""
        place = self.tree.places[unit]
        return self._total(slice(place, place + 1), slot, 1)

    def _total(self, units: slice, slot: int, of: int) -> Total:
        both = self.over.whole[units, slot] & self.under.whole[units, slot]
        some = self.over.some[units, slot] & self.under.some[units, slot]
        whole = int(both.sum())
        over, under = self.over.value[units, slot][both], self.under.value[units, slot][both]
        known = self._known(over, under) if whole else None
        return Total(known, whole, int(some.sum()) - whole, of, "null")

    def _known(self, over: Any, under: Any) -> Decimal | None:
        below = decimal_of(int(under.sum()), self.under.scale)
        if not below:
            return None
        if self.is_weighted:  # products leave 64 bits
            above = decimal_of(
                sum(int(one) * int(weight) for one, weight in zip(over, under, strict=True)),
                self.over.scale + self.under.scale,
            )
        else:
            above = decimal_of(int(over.sum()), self.over.scale)
        with localcontext(ARITHMETIC):
            return above * self.times / below
