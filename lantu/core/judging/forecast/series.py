"""Short yearly series and the honest ways to go on with one: last value, mean step, damped step.

A step is a difference of logarithms for a volume (always above zero) and a plain difference
otherwise, so that one arithmetic serves both. Figures enter and leave as decimals; an estimate
lives in binary fractions between.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

Kind = Literal["volume", "share", "rate", "amount"]
Way = Literal["last", "mean", "damped"]
WAYS: Final[tuple[Way, ...]] = ("last", "mean", "damped")
_SHARE_UNITS: Final = ("%", "‰", "百分点", "/", "倍")


@dataclass(frozen=True, slots=True)
class Series:
    """Figures by year, without the years that nobody published."""

    kind: Kind
    years: tuple[int, ...]
    values: tuple[Decimal, ...]

    @property
    def levels(self) -> tuple[float, ...]:
        """The values on the scale on which steps are added: logarithms for a volume."""
        if self.kind == "volume":
            return tuple(math.log(value) for value in self.values)
        return tuple(float(value) for value in self.values)

    def steps(self) -> tuple[float, ...]:
        """The mean yearly step between neighbours; a gap of two years counts as two steps."""
        levels = self.levels
        return tuple(
            (levels[i] - levels[i - 1]) / (self.years[i] - self.years[i - 1])
            for i in range(1, len(levels))
        )

    def until(self, count: int) -> "Series":
        """The first `count` figures."""
        return Series(self.kind, self.years[:count], self.values[:count])

    def figure(self, level: float) -> Decimal:
        """A level back on the scale of the figures, to twelve significant digits."""
        value = math.exp(level) if self.kind == "volume" else level
        return Decimal(f"{value:.12g}")


def series(figures: Mapping[int, Decimal], unit: str, *, is_rate: bool = False) -> Series:
    """A series of yearly figures; its kind follows from unit and values."""
    years = tuple(sorted(figures))
    values = tuple(figures[year] for year in years)
    kind: Kind = "volume"
    if is_rate:
        kind = "rate"
    elif any(mark in unit for mark in _SHARE_UNITS):
        kind = "share"
    elif any(value <= 0 for value in values):
        kind = "amount"
    return Series(kind, years, values)


def _last(found: Series, horizon: int, damping: float) -> float:
    return found.levels[-1]


def _mean(found: Series, horizon: int, damping: float) -> float:
    return found.levels[-1] + horizon * _mean_step(found)


def _damped(found: Series, horizon: int, damping: float) -> float:
    """The mean step, less of it each further year."""
    weight = sum(damping**year for year in range(1, horizon + 1))
    return found.levels[-1] + weight * _mean_step(found)


def _mean_step(found: Series) -> float:
    span = found.years[-1] - found.years[0]
    return (found.levels[-1] - found.levels[0]) / span if span else 0.0


_WAYS: Final[Mapping[Way, Callable[[Series, int, float], float]]] = {
    "last": _last,
    "mean": _mean,
    "damped": _damped,
}


def ahead(found: Series, way: Way, horizon: int, damping: float) -> float:
    """The level `horizon` years after the last figure."""
    return _WAYS[way](found, horizon, damping)


def errors(found: Series, way: Way, damping: float) -> Iterator[float]:
    """What the way would have missed by, one figure ahead, at every origin with two figures.

    An error over a gap of several years is brought to one year by the square root of the gap.
    """
    for count in range(2, len(found.years)):
        seen = found.until(count)
        gap = found.years[count] - seen.years[-1]
        missed = found.levels[count] - ahead(seen, way, gap, damping)
        yield missed / math.sqrt(gap)


def spread(missed: Sequence[float]) -> float:
    """The root of the mean square: a forecast's errors are measured from zero, not their mean."""
    return math.sqrt(sum(error * error for error in missed) / len(missed))
