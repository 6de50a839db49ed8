"""Thresholds: what a firm would need to be counted as above scale, high-tech and so on.

All limits are dated parameters with their papers; here only what they measure is computed. A
measure that lacks a figure is unknown, which is neither met nor missed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

from lantu.core.figures.decimals import ARITHMETIC
from lantu.services.enterprises.items import items
from lantu.services.enterprises.scoring import dated

LISTS = ("above_scale", "technology_sme", "high_tech", "specialised", "little_giant")
ByYear = Mapping[int, Mapping[str, Decimal]]  # year -> item -> figure


@dataclass(frozen=True, slots=True)
class Firm:
    """What thresholds look at: a firm's figures of all years, and its age."""

    years: ByYear
    year: int
    founded_on: date | None

    def figure(self, item: str, back: int = 0) -> Decimal | None:
        return self.years.get(self.year - back, {}).get(item)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a list: what is measured, the limit, and how far the firm is from it."""

    what: str
    value: Decimal | None
    limit: Decimal | None
    is_ceiling: bool
    is_strict: bool
    is_met: bool | None  # None: unknown

    @property
    def gap(self) -> Decimal | None:
        """What is missing; None where nothing is, or nobody knows."""
        if self.is_met is not False or self.value is None or self.limit is None:
            return None
        return abs(self.limit - self.value)

    @property
    def share(self) -> Decimal:
        """How much of the limit is reached, from 0 to 1; nothing where it is unknown."""
        if self.is_met:
            return Decimal(1)
        if self.value is None or self.limit is None or self.value <= 0 or self.limit == 0:
            return Decimal(0)
        with localcontext(ARITHMETIC):
            found = self.limit / self.value if self.is_ceiling else self.value / self.limit
        return min(found, Decimal(1))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a firm stands before one list."""

    name: str
    label: dict[str, str]
    source: str
    conditions: tuple[Condition, ...]
    state: str  # met, near, far, unknown

    @property
    def open_conditions(self) -> tuple[Condition, ...]:
        return tuple(one for one in self.conditions if one.is_met is not True)


def standings(firm: Firm) -> list[Standing]:
    """Where a firm stands before each list that was in force at the end of its year."""
    day = date(firm.year, 12, 31)
    found = []
    for name in LISTS:
        parameter = dated("thresholds")[name]
        if parameter.settings[0].since > day:
            continue
        setting = parameter.on(day)
        conditions = tuple(_condition(one, firm) for one in setting.value)
        state = _state(conditions, dated("thresholds")["near"].at(day))
        found.append(Standing(name, parameter.label, setting.source, conditions, state))
    return found


def _state(conditions: tuple[Condition, ...], near: Decimal) -> str:
    """Met, near (all conditions known and none below the share), far, or unknown."""
    if all(one.is_met for one in conditions):
        return "met"
    missed = [one for one in conditions if one.is_met is False]
    if any(one.share < near for one in missed):
        return "far"
    return "near" if len(missed) == sum(one.is_met is not True for one in conditions) else "unknown"


def _condition(term: Mapping[str, Any], firm: Firm) -> Condition:
    what = str(term["what"])
    value, limit = measure(what, firm), _limit(term, firm)
    is_ceiling, is_strict = "at_most" in term, "above" in term
    is_met: bool | None = None
    if value is not None and limit is not None:
        if is_ceiling:
            is_met = value <= limit
        else:
            is_met = value > limit if is_strict else value >= limit
    return Condition(what, value, limit, is_ceiling, is_strict, is_met)


def _limit(term: Mapping[str, Any], firm: Firm) -> Decimal | None:
    if "by_revenue" in term:
        revenue = firm.figure("revenue")
        if revenue is None:
            return None
        return next((limit for most, limit in term["by_revenue"] if revenue <= most), None)
    for key in ("at_least", "at_most", "above"):
        if key in term:
            found: Decimal = term[key]
            return found
    return None


def measure(what: str, firm: Firm) -> Decimal | None:
    """The value that a condition looks at. Null where a figure that it needs is unknown."""
    if what in items():
        return firm.figure(what)
    with localcontext(ARITHMETIC):
        return _MEASURES[what](firm)


def _share(above: str, below: str) -> Callable[[Firm], Decimal | None]:
    def share(firm: Firm) -> Decimal | None:
        part, whole = firm.figure(above), firm.figure(below)
        return part / whole if part is not None and whole else None

    return share


def _age(firm: Firm) -> Decimal | None:
    if firm.founded_on is None:
        return None
    end = date(firm.year, 12, 31)
    had_birthday = (end.month, end.day) >= (firm.founded_on.month, firm.founded_on.day)
    return Decimal(max(0, end.year - firm.founded_on.year - (not had_birthday)))


def _rights(firm: Firm) -> Decimal | None:
    known = [
        found
        for key in ("rights_first", "rights_second")
        if (found := firm.figure(key)) is not None
    ]
    return sum(known, Decimal(0)) if known else None


def _rd_three_years(firm: Firm) -> Decimal | None:
    """R&D over revenue of the last three years, or of all years since the firm began."""
    since = firm.founded_on.year if firm.founded_on else 0
    backs = [back for back in range(3) if firm.year - back >= since]
    spent = [firm.figure("rd_spending", back) for back in backs]
    sold = [firm.figure("revenue", back) for back in backs]
    if any(one is None for one in (*spent, *sold)):
        return None
    whole = sum((one for one in sold if one is not None), Decimal(0))
    return sum((one for one in spent if one is not None), Decimal(0)) / whole if whole else None


def _growth_two_years(firm: Firm) -> Decimal | None:
    """The mean yearly growth of revenue over two years."""
    now, then = firm.figure("revenue"), firm.figure("revenue", 2)
    if now is None or then is None or then <= 0 or now < 0:
        return None
    return (now / then).sqrt() - 1


def _technology_points(firm: Firm) -> Decimal | None:
    """The 100 points of a technology SME; null where staff, R&D or both rights are unknown."""
    table = dated("thresholds")["technology_table"].at(date(firm.year, 12, 31))
    parts = [_step(table[key], measure(key, firm)) for key in ("rd_staff_share", "rd_ratio")]
    rights = [
        found
        for key in ("rights_first", "rights_second")
        if (found := _step(table[key], firm.figure(key))) is not None
    ]
    if any(one is None for one in parts) or not rights:
        return None
    return sum((one for one in parts if one is not None), Decimal(0)) + max(rights)


def _step(ladder: list[list[Decimal]], value: Decimal | None) -> Decimal | None:
    """The points of the first step that a value reaches; none of them gives zero points."""
    if value is None:
        return None
    return next((points for least, points in ladder if value >= least), Decimal(0))


_MEASURES: dict[str, Callable[[Firm], Decimal | None]] = {
    "age_years": _age,
    "rights": _rights,
    "rd_staff_share": _share("rd_staff", "employees"),
    "rd_ratio": _share("rd_spending", "revenue"),
    "rd_ratio_three_years": _rd_three_years,
    "hightech_share": _share("hightech_revenue", "revenue"),
    "main_product_share": _share("main_product_revenue", "revenue"),
    "debt_ratio": _share("debts", "assets"),
    "revenue_growth_two_years": _growth_two_years,
    "technology_points": _technology_points,
}
