"""Nested plans: an annual, sector or zone plan held against the plan that it carries out.

A finding is a question to the planner: the lower plan may have its reasons.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from lantu.core.auditing.findings import Finding, Severity
from lantu.core.figures.decimals import half_unit, rounded, shown
from lantu.core.plans.nesting import HELD, due, pairs, value_of
from lantu.core.plans.records import PlanCommitment, PlanFolder
from lantu.core.plans.splits import Part, balance, is_eased, sort_of
from lantu.core.reading.prose import Stated

Side = Literal["upper", "lower"]
PLACES = 2  # of what a path asks, in a sentence


def nested(
    upper: PlanFolder, lowers: Sequence[PlanFolder], *, seen_from: Side = "upper"
) -> list[Finding]:
    """What holding lower plans against an upper one shows: targets, paths, bases and sums.

    The numbers name records of the plan that it is seen from.
    """
    return list(_findings(upper, lowers, seen_from))


def _findings(upper: PlanFolder, lowers: Sequence[PlanFolder], side: Side) -> Iterator[Finding]:
    sums: dict[str, list[tuple[PlanFolder, PlanCommitment]]] = defaultdict(list)
    for plan in lowers:
        for pair in pairs(upper, plan):
            above, below = pair.upper, pair.lower
            if above is None or not _alike(above, below):
                continue
            if _is_same_whole(above, below):
                yield from _target(upper, above, plan, below, side)
                yield from _base(above, plan, below, side)
            if plan.level == "sector" and below.target_year == above.target_year:
                sums[above.code].append((plan, below))
    for above in upper.commitments:
        # Of a whole only what all its parts were seen for can be said.
        if side == "upper" and len(sums[above.code]) > 1:
            yield from _sum(above, sums[above.code])


def _alike(above: PlanCommitment, below: PlanCommitment) -> bool:
    return above.form == below.form and above.unit == below.unit


def _is_same_whole(above: PlanCommitment, below: PlanCommitment) -> bool:
    """Whether the two can be compared: an amount of a part is not that of the whole."""
    one, other = above.measured_by, below.measured_by
    is_part = one is not None and other is not None and one.subject != other.subject
    return not (is_part and sort_of(above) == "additive")


def _target(
    upper: PlanFolder, above: PlanCommitment, plan: PlanFolder, below: PlanCommitment, side: Side
) -> Iterator[Finding]:
    """The lower target beside what the upper plan asks of the same year."""
    year, stated = below.target_year or plan.period.end, value_of(below)
    asked = _asked(upper, above, plan, year)
    if stated is None or asked is None:
        return
    is_easier = is_eased(_owing(above, asked), stated)
    holds = not is_easier or abs(stated - asked) <= half_unit(stated)
    is_binding = above.nature == "binding" and not holds
    rule = "nested-binding" if is_binding else (
        "annual-path" if plan.level == "annual" else "nested-target"
    )  # fmt: skip
    computed = rounded(asked, PLACES) if -asked.as_tuple().exponent > PLACES else asked  # type: ignore[operator]
    yield Finding(
        rule=rule,
        result="holds" if holds else "contradicts",
        severity=_gravity(holds=holds, is_binding=is_binding),
        message=_target_words(plan, below, year, stated, computed, holds=holds),
        numbers=(_number(above, below, stated, side),),
        stated=stated,
        computed=computed,
        tolerance=half_unit(stated),
        about=plan.name,
    )


def _asked(upper: PlanFolder, above: PlanCommitment, plan: PlanFolder, year: int) -> Decimal | None:
    """What the upper plan asks of the lower: of one year by its path, of all years the whole."""
    is_last = year == (above.target_year or upper.period.end)
    if plan.level != "annual" and (is_last or above.form not in HELD):
        return value_of(above) if is_last else None
    asked = due(above, upper, year)
    return value_of(above) if asked is None and is_last and above.form in HELD else asked


def _owing(above: PlanCommitment, asked: Decimal) -> PlanCommitment:
    """The upper promise with what it owes in one year."""
    if above.form == "growth":
        return replace(above, growth_pct=asked)
    return replace(above, target_value=asked)


def _gravity(*, holds: bool, is_binding: bool) -> Severity:
    return "low" if holds else "high" if is_binding else "medium"


def _target_words(
    plan: PlanFolder,
    below: PlanCommitment,
    year: int,
    stated: Decimal,
    asked: Decimal,
    *,
    holds: bool,
) -> dict[str, str]:
    unit = "%" if below.form in ("growth", "reduction") else below.unit
    told, due_then = _amount(stated, unit), _amount(asked, unit)
    end_zh, end_en = ("", "") if holds else ("，目标偏松", ": it is easier")
    return {
        "zh": f"《{plan.title['zh']}》{year}年目标{told}，上级规划当年应为{due_then}{end_zh}。",
        "en": f"“{plan.title['en']}” sets {told} for {year}; the plan above asks for "
        f"{due_then}{end_en}.",
    }


def _base(
    above: PlanCommitment, plan: PlanFolder, below: PlanCommitment, side: Side
) -> Iterator[Finding]:
    """Two plans that set out from the same year set out from the same figure."""
    one, other = above.base, below.base
    if one.value is None or other.value is None or one.year is None or one.year != other.year:
        return
    wide = max(half_unit(one.value), half_unit(other.value))
    holds = abs(one.value - other.value) <= wide
    known, given = _amount(one.value, above.unit), _amount(other.value, below.unit)
    verb_zh, verb_en = ("一致", "agree") if holds else ("不一致", "differ")
    yield Finding(
        rule="nested-base",
        result="holds" if holds else "contradicts",
        severity="low" if holds else "medium",
        message={
            "zh": f"《{plan.title['zh']}》{other.year}年基数{given}，"
            f"上级规划为{known}，{verb_zh}。",
            "en": f"“{plan.title['en']}” sets out from {given} in {other.year}, the plan above "
            f"from {known}: they {verb_en}.",
        },
        numbers=(_number(above, below, other.value, side),),
        stated=other.value,
        computed=one.value,
        tolerance=wide,
        about=plan.name,
    )


def _sum(
    above: PlanCommitment, parts: Sequence[tuple[PlanFolder, PlanCommitment]]
) -> Iterator[Finding]:
    """What the sector plans promise together, beside the upper target; amounts only."""
    target = value_of(above)
    if target is None or sort_of(above) != "additive":
        return
    given = [Part(plan.name, value_of(one)) for plan, one in parts]
    found = balance("additive", target, given)
    if found.got is None:
        return
    # More than the upper plan asks is no contradiction.
    holds = found.holds or not is_eased(above, found.got)
    got, asked = _amount(found.got, above.unit), _amount(target, above.unit)
    end_zh, end_en = ("", "") if holds else ("，合计不足", ": too little")
    yield Finding(
        rule="nested-sum",
        result="holds" if holds else "contradicts",
        severity="low" if holds else "medium",
        message={
            "zh": f"{len(parts)}个下级规划合计{got}，上级目标{asked}{end_zh}。",
            "en": f"{len(parts)} lower plans together promise {got}; the target above is "
            f"{asked}{end_en}.",
        },
        numbers=(Stated(found.got, above.unit, code=above.code),),
        stated=target,
        computed=found.got,
        tolerance=half_unit(target),
    )


def _amount(value: Decimal, unit: str) -> str:
    """A number with its unit as Chinese prints them; Latin letters stand apart from the digits."""
    is_latin = unit[:1].isascii() and unit[:1].isalpha()
    return f"{shown(value)}{' ' if is_latin else ''}{unit}"


def _number(above: PlanCommitment, below: PlanCommitment, value: Decimal, side: Side) -> Stated:
    record = above if side == "upper" else below
    return Stated(value, below.unit, code=record.code)
