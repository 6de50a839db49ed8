"""Paths: what a promise owes at a date. VERDICTS §2."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from lantu.core.errors import ContentError
from lantu.core.figures.decimals import power
from lantu.core.judging.records import Commitment, Path

ONE = Decimal(1)

# Shares, rates, densities and per-head figures run straight; volumes and money grow by a factor.
_RATE_UNITS = ("%", "‰", "/", "百分点", "率", "年", "岁", "分", "倍", "比", "每")
_GROWING_UNITS = ("元", "吨", "千瓦", "立方米", "人次", "标箱", "件")


def default_path(commitment: Commitment) -> Path:
    """The path where the commitment names none: by form, then by unit."""
    form = commitment.form
    if form == "cumulative":
        return "flow"
    if form in ("multiple", "reduction"):
        return "geometric"
    if form in ("rank", "growth", "relative", "per_year"):
        return "none"
    if form == "complete" or any(mark in commitment.unit for mark in _RATE_UNITS):
        return "linear"
    return "geometric" if commitment.unit.endswith(_GROWING_UNITS) else "linear"


@dataclass(frozen=True, slots=True)
class Way:
    """The way from a base to a target level, in `years` steps from the base year on."""

    path: Path
    base: Decimal
    target: Decimal
    base_year: int
    target_year: int
    annual: Mapping[int, Decimal]

    @property
    def years(self) -> int:
        return self.target_year - self.base_year

    @property
    def is_geometric(self) -> bool:
        """A geometric path needs both ends above zero; otherwise it runs straight."""
        return self.path == "geometric" and self.base > 0 and self.target > 0

    @property
    def is_silent(self) -> bool:
        """Whether nothing is owed before the last year."""
        return self.path in ("none", "step")

    @property
    def walked(self) -> Path:
        """The path as it is really taken, to be printed beside the verdict."""
        return "linear" if self.path == "geometric" and not self.is_geometric else self.path

    def share_due(self, year: int) -> Decimal:
        """The share of the way that is owed at the end of a year."""
        gone = year - self.base_year
        if self.years <= 0 or gone >= self.years:
            return ONE
        if self.path == "annual":
            return (self.annual[year] - self.base) / (self.target - self.base)
        if self.is_geometric:
            due = self.base * power(self.target / self.base, gone, self.years)
            return (due - self.base) / (self.target - self.base)
        return Decimal(max(gone, 0)) / self.years

    def step(self, year: int, last: Decimal) -> Decimal | None:
        """The movement owed in one year, given last year's figure; None on a silent path."""
        if self.path == "annual":
            return self.annual[year] - last
        if self.is_silent:
            return self.target - last if year == self.target_year else None
        if self.years <= 0:
            return self.target - last
        if self.is_geometric and last > 0:
            return last * (power(self.target / self.base, 1, self.years) - 1)
        return (self.target - self.base) / self.years


def need_annual(commitment: Commitment, years: range) -> None:
    """Refuse `path: annual` unless every year has a figure."""
    gaps = [str(year) for year in years if year not in commitment.annual]
    if gaps:
        raise ContentError(
            "annual",
            f"The path is `annual`, but there is no annual figure for {', '.join(gaps)}.",
            "Enter a figure for every year, or choose another path.",
        )


def need_reach(reached: Decimal, target: Decimal, *, short: bool) -> None:
    """Refuse annual figures that together fall short of the target."""
    if short:
        raise ContentError(
            "annual",
            f"The annual figures lead to {reached.normalize():f}, not to the promised {target:f}.",
            "Enter annual figures that reach the target, or choose another path.",
        )
