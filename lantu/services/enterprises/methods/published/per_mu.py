"""Per-mu evaluation of firms: scores, classes, zone totals and the price of power.

Sources: the published notes of 黄岩 (2021, 2022), 旌德, 淮安 (2024) and 山东 (鲁政字〔2019〕235号).
"""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from lantu.core.errors import Refused
from lantu.core.rules.ladders import step_of
from lantu.core.rules.parameters import beside, percent
from lantu.core.rules.published import total

_PARAMETERS = beside(__file__)
_LADDER = str(Path(__file__).parent.parent / "power_surcharge.py")  # its numbers, by date


def ratio_to_baseline_score(
    values: Mapping[str, Decimal | None],
    baseline: Mapping[str, Decimal],
    weights: Mapping[str, Decimal],
) -> dict[str, Any]:
    """Each item over its baseline, times its weight, added. Null where an item is unknown."""
    parts: dict[str, Decimal | None] = {}
    for name, weight in weights.items():
        value, base = values.get(name), baseline.get(name)
        parts[name] = None if value is None or not base else weight * value / base
    known = [part for part in parts.values() if part is not None]
    whole = len(known) == len(parts)
    return {"score": sum(known, Decimal(0)) if whole else None, "parts": parts}


def minmax_20_80_score(
    value: Decimal, min: Decimal, max: Decimal, weight: Decimal
) -> dict[str, Any]:
    """Weight × (20 + 80 × place between least and best) ÷ 100: the last still gets a fifth."""
    if max == min:
        return {"score": None}
    floor = _PARAMETERS["minmax_floor"].at()
    share = floor + (100 - floor) * (value - min) / (max - min)
    return {"score": weight * share / 100}


def class_by_rank_percentile_20_60_95(rank_percentile: Decimal) -> dict[str, Any]:
    """A to D by the place among the ranked, in %; the upper end belongs to the better class."""
    return {"cls": next(c for end, c in _PARAMETERS["class_ends"].at() if rank_percentile <= end)}


def class_share(total: Decimal, counts: Mapping[str, Decimal]) -> dict[str, Any]:
    """The share of each class in the total, in %."""
    return {"share_pct": {name: percent(count, total) for name, count in counts.items()}}


def class_counts_sum(total: Decimal, counts: Mapping[str, Decimal]) -> dict[str, Any]:
    """Whether the counts of the classes add to the total that was announced."""
    found = sum(counts.values(), Decimal(0))
    return {"sum": found, "consistent": found == total}


def d_class_power_surcharge(
    consecutive_years_in_D: Decimal, other_surcharge_yuan_per_kwh: Decimal
) -> dict[str, Any]:
    """Yuan per kWh for the years in class D on end; another surcharge counts if it is higher."""
    own = step_of(beside(_LADDER)["steps"].at()["D"], int(consecutive_years_in_D))
    return {"surcharge": max(own, other_surcharge_yuan_per_kwh)}


def aggregate_per_mu(land_mu: Decimal, **amounts: Decimal) -> dict[str, Any]:
    """A zone's figure per mu: the sum above over the sum below (`tax_wan` → `tax_per_mu`)."""
    if land_mu <= 0:
        raise Refused(f"The land is {land_mu} mu; a figure per mu needs land above zero.")
    return {f"{name.removesuffix('_wan')}_per_mu": one / land_mu for name, one in amounts.items()}


def mean_of_ratios(**ratios: list[Decimal]) -> dict[str, Any]:
    """Sum and mean of ratios, to show that neither is the ratio of the whole."""
    values = [value for listed in ratios.values() for value in listed]
    return {"sum": total(values), "mean": total(values) / len(values)}


def missing_marker(values: list[Any]) -> dict[str, Any]:
    """How many values are numbers, and their sum; a mark such as `/` is unknown, not zero."""
    return {"valid": sum(isinstance(one, Decimal) for one in values), "sum": total(values)}


def share(part: Decimal, whole: Decimal) -> dict[str, Any]:
    """Part in whole, in %."""
    return {"share_pct": percent(part, whole)}
