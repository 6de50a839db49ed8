"""Planning arithmetic: growth, shares and sums, as printed plans and bulletins use them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lantu.core.figures.decimals import power
from lantu.core.figures.units import convert
from lantu.core.rules import published
from lantu.core.rules.parameters import percent


def cagr(start: Decimal, end: Decimal, years: Decimal) -> dict[str, Any]:
    """The mean yearly growth between two levels, in %; `years` counts the steps."""
    if start <= 0 or end <= 0 or years <= 0:
        return {"rate_pct": None}
    return {"rate_pct": (power(end / start, 1, int(years)) - 1) * 100}


def cagr_factor(start: Decimal, end: Decimal, years: Decimal) -> dict[str, Any]:
    """The mean yearly factor between two levels."""
    return {"factor": power(end / start, 1, int(years))}


def backcast(end: Decimal, rate: Decimal, years: Decimal) -> dict[str, Any]:
    """The level from which a yearly rate (a share) leads to `end`."""
    return {"start": end / (1 + rate) ** int(years)}


def backcast_growth(end: Decimal, total_growth_pct: Decimal) -> dict[str, Any]:
    """The level before a total growth in %."""
    return {"start": end / (1 + total_growth_pct / 100)}


def cumulative_method_base(total: Decimal, rate: Decimal, years: Decimal) -> dict[str, Any]:
    """The base whose growth by `rate` a year adds to `total` (累计法), and its last year."""
    factor = 1 + rate
    base = total / published.total([factor**k for k in range(1, int(years) + 1)])
    return {"base": base, "last_year": base * factor ** int(years)}


def cumulative_back(end: Decimal, rate: Decimal, years: Decimal) -> dict[str, Any]:
    """The sum of the years that end in `end` after growing by `rate` a year."""
    return {"total": published.total([end / (1 + rate) ** k for k in range(int(years))])}


def growth(prev: Decimal, cur: Decimal) -> dict[str, Any]:
    """Growth over the year before, in %."""
    return {"growth_pct": None if prev == 0 else (cur / prev - 1) * 100}


def growth_from_increment(current: Decimal, increment: Decimal) -> dict[str, Any]:
    """Growth in % from the level and what was added."""
    return {"growth_pct": percent(increment, current - increment)}


def rate(part: Decimal, whole: Decimal) -> dict[str, Any]:
    """Part in whole, in %; for a case rate the whole is what was due."""
    return {"pct": percent(part, whole)}


def shares(parts: Mapping[str, Decimal], total: Decimal) -> dict[str, Any]:
    """The share of each part in the printed total, in %; not forced to add to 100."""
    return {"share_pct": {name: percent(part, total) for name, part in parts.items()}}


def sum_(parts: list[Decimal]) -> dict[str, Any]:
    """The parts added."""
    return {"total": published.total(parts)}


def additive_decomposition(parts: list[Decimal]) -> dict[str, Any]:
    """Contributions with their signs, added."""
    return {"total": published.total(parts)}


def difference(preliminary: Decimal, verified: Decimal) -> dict[str, Any]:
    """By how much a figure was revised."""
    return {"diff": verified - preliminary}


def land_output(gdp_yi: Decimal, built_up_km2: Decimal) -> dict[str, Any]:
    """Output of built-up land in 万元 a hectare, from 亿元 and km²."""
    if built_up_km2 == 0:
        return {"wan_yuan_per_ha": None}
    return {"wan_yuan_per_ha": convert(gdp_yi / built_up_km2, "亿元/平方公里", "万元/公顷")}


def mean_of_rates(rates: list[Decimal]) -> dict[str, Any]:
    """The plain mean of rates that were printed."""
    return {"mean": published.total(rates) / len(rates)}


def coverage_rate(covered: Decimal, estates: Decimal) -> dict[str, Any]:
    """The share of estates with a facility near by, in %."""
    return {"pct": percent(covered, estates)}


def mean_items_met(share_pct: Mapping[str, Decimal]) -> dict[str, Any]:
    """The mean number of groups met; the rest meets none or one, and half of one is taken."""
    rest = 100 - published.total(dict(share_pct))
    met = published.total([Decimal(number) * one for number, one in share_pct.items()])
    return {"mean": (met + rest / 2) / 100, "rest_pct": rest}
