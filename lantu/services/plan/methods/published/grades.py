"""Grades and points of offices: budget, debt, ranking, approvals, investment, closed cases."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

from lantu.core.errors import Refused
from lantu.core.rules.parameters import beside, percent
from lantu.core.rules.published import total

_PARAMETERS = beside(__file__)


def performance_grade_integer(score: Decimal) -> dict[str, Any]:
    """优 良 中 差 by the printed whole bands; null between two bands, such as at 89.5."""
    bands = _PARAMETERS["performance_bands"].at()
    return {"grade": next((n for low, high, n in bands if low <= score <= high), None)}


def performance_grade_halfopen(score: Decimal) -> dict[str, Any]:
    """优 良 中 差 where each band reaches up to the next."""
    bands = _PARAMETERS["performance_bands"].at()
    return {"grade": next((name for low, _, name in bands if score >= low), None)}


def weight_sum(weights: Mapping[str, Decimal]) -> dict[str, Any]:
    """The weights of a scheme added."""
    return {"total": total(dict(weights))}


def debt_ratio(debt_wan_yi: Decimal, ratio_pct: Decimal) -> dict[str, Any]:
    """The fiscal capacity that a balance and its ratio imply, in the unit of the balance."""
    return {"comprehensive_fiscal_wan_yi": debt_wan_yi / (ratio_pct / 100)}


def debt_risk_grade(ratio_pct: Decimal) -> dict[str, Any]:
    """红 橙 黄 绿 by the debt ratio; the lower end belongs to the grade. Null below zero."""
    grades = _PARAMETERS["debt_grades"].at()
    return {"grade": next((name for low, name in grades if ratio_pct >= low), None)}


def downgrade_candidate(bottom5_in_region_last3: list[bool]) -> dict[str, Any]:
    """Whether a zone was twice within three years among the last five of its region."""
    least = _PARAMETERS["downgrade_times"].at()
    return {"candidate": bottom5_in_region_last3[-3:].count(True) >= least}


def compression_ratio_truncated(
    before: Decimal, after: Decimal, decimals: Decimal
) -> dict[str, Any]:
    """By how much a time limit was cut, in %, cut off (not rounded) at some decimals."""
    share = percent(before - after, before)
    step = Decimal((0, (1,), -int(decimals)))
    return {"pct": None if share is None else share.quantize(step, rounding=ROUND_DOWN)}


def sum_of_weighted_parts(**parts: Decimal) -> dict[str, Any]:
    """An index from parts that were printed already weighted; none may pass its `_maxNN`."""
    for name, value in parts.items():
        most = name.rpartition("_max")[2]
        if most.isdigit() and value > Decimal(most):
            raise Refused(f"{name} is {value}, above its highest value.")
    return {"index": total(parts)}


def doing_business_score(value: Decimal, worst: Decimal, best: Decimal) -> dict[str, Any]:
    """0 to 100 between the worst and the best practice."""
    if worst == best:
        return {"score": None}
    return {"score": min(max((worst - value) / (worst - best) * 100, Decimal(0)), Decimal(100))}


def add_working_days(
    accepted_on: str, working_days: Decimal, start_day_counts: bool
) -> dict[str, Any]:
    """The last of so many working days of China, make-up days included.

    Raises Refused where the holidays of a year are not known yet.
    """
    import chinese_calendar

    day = date.fromisoformat(accepted_on)
    left = int(working_days)
    if not start_day_counts:
        day += timedelta(days=1)
    try:
        while True:
            left -= chinese_calendar.is_workday(day)
            if left <= 0:
                return {"due": day.isoformat()}
            day += timedelta(days=1)
    except NotImplementedError as error:
        raise Refused(f"The holidays of {day.year} are not known yet.") from error


def closing_rate_with_suspension(
    closed_on_time: Decimal, due: Decimal, suspended: Decimal
) -> dict[str, Any]:
    """Cases closed on time in cases due and not suspended, and the points for it."""
    rule = _PARAMETERS["closing_points"].at()
    rate = percent(closed_on_time, due - suspended)
    if rate is None:
        return {"on_time_pct": None, "points": None}
    lost = max(Decimal(0), rule["full_from"] - rate) * rule["per_point"]
    return {"on_time_pct": rate, "points": max(Decimal(0), rule["full"] - lost)}


def three_rates(**stages: Decimal) -> dict[str, Any]:
    """Each stage of projects over the stage before it, in %."""
    chain = ("signed", "performed", "started", "in_production", "on_target")
    names = ("履约率", "开工率", "投产率", "达效率")
    counts = [stages[name] for name in chain]
    return {
        name: percent(later, earlier)
        for name, earlier, later in zip(names, counts, counts[1:], strict=False)
    }


def plan_based_start_rate(**figures: Decimal) -> dict[str, Any]:
    """The planned counts that actual counts and their rates over the plan imply, in whole items."""
    pairs = {
        "planned_starts": ("started", "start_rate_pct"),
        "planned_completions": ("completed", "completion_rate_pct"),
        "planned_approvals": ("approvals", "approval_rate_pct"),
    }
    return {
        name: (figures[count] / figures[rate] * 100).quantize(Decimal(1))
        for name, (count, rate) in pairs.items()
        if count in figures and rate in figures
    }


def investment_score(
    province_external_rate: Decimal,
    fdi_rate: Decimal,
    signed: Decimal,
    signed_target: Decimal,
    amount: Decimal,
    amount_target: Decimal,
    big_projects_score: Decimal,
    bonus: list[Decimal],
    overdue: Decimal,
    fake: Decimal,
) -> dict[str, Any]:
    """Six parts of an investment score; only signing is capped at its weight."""
    rule = _PARAMETERS["investment"].at()
    weight = rule["weight"]
    signing = (signed / signed_target + amount / amount_target) / 2
    parts = [
        province_external_rate * weight,
        fdi_rate * weight,
        min(signing, Decimal(1)) * weight,
        big_projects_score,
        total([one * points for one, points in zip(bonus, rule["bonus"], strict=True)]),
        weight - (overdue + fake) * rule["deduction"],
    ]
    return {"parts": parts, "total": total(parts)}


def investment_intensity(fixed_assets_wan: Decimal, land_mu: Decimal) -> dict[str, Any]:
    """Fixed assets over land, in 万元 a mu and a hectare."""
    if land_mu <= 0:
        return {"wan_per_mu": None, "wan_per_ha": None}
    return {
        "wan_per_mu": fixed_assets_wan / land_mu,
        "wan_per_ha": fixed_assets_wan / land_mu * 15,
    }


def floor_area_ratio(floors: list[dict[str, Decimal]], land_m2: Decimal) -> dict[str, Any]:
    """Floor area over land; a storey above the height limit counts twice."""
    high = _PARAMETERS["double_height"].at()
    area = total([one["area"] * (2 if one["height_m"] > high else 1) for one in floors])
    return {"far": None if land_m2 <= 0 else area / land_m2}


def building_coefficient(
    building: Decimal, structure: Decimal, yard: Decimal, land_m2: Decimal
) -> dict[str, Any]:
    """Buildings, structures and open yards in the land, in %."""
    return {"pct": percent(building + structure + yard, land_m2)}
