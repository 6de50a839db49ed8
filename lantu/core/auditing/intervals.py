"""Intervals: what a printed number may stand for, carried through arithmetic."""

from dataclasses import dataclass
from decimal import Decimal

from lantu.core.figures.decimals import bounds, power


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from low to high, both included."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, number: Decimal) -> "Interval":
        """133 stands for 132.5 to 133.5."""
        return cls(*bounds(number))

    @property
    def middle(self) -> Decimal:
        return (self.low + self.high) / 2

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: "Interval") -> "Interval":
        products = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(products), max(products))

    def over(self, other: "Interval") -> "Interval | None":
        """The quotient; None where the divisor may be zero."""
        if other.low <= 0 <= other.high:
            return None
        return self * Interval(1 / other.high, 1 / other.low)

    def touches(self, other: "Interval") -> bool:
        return self.low <= other.high and other.low <= self.high


def grown(base: Interval, growth_pct: Interval, years: int) -> Interval:
    """A positive base after so many years of growth in per cent a year."""
    low, high = 1 + growth_pct.low / 100, 1 + growth_pct.high / 100
    return base * Interval(power(low, years, 1), power(high, years, 1))
