"""Plausibility: questions that a reported figure raises. They ask and never forbid.

Each question has a key, so that the answer stays with the figure that raised it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final

from lantu.core.figures import english
from lantu.core.figures.decimals import ARITHMETIC, shown

HUNDRED: Final = Decimal(100)
# A department that reports in yuan instead of 万元, or in 万元 instead of 亿元, is off by 10,000.
UNIT_SLIPS: Final = (Decimal(10_000), Decimal(100), Decimal(1_000))
NEAR: Final = Decimal("0.35")  # how near a slip must come to the last figure to be named


@dataclass(frozen=True, slots=True)
class Question:
    """One question to the person who reports, in both languages."""

    key: str
    zh: str
    en: str


def questions(
    value: Decimal,
    unit: str,
    *,
    history: Mapping[int, Decimal],
    year: int,
    is_share: bool = False,
    is_growth: bool = False,
) -> list[Question]:
    """What a figure of a year raises, given the figures of other years."""
    found = []
    with localcontext(ARITHMETIC):
        if not is_growth:
            found += _history(value, unit, history, year)
        if is_share and not is_growth and not 0 <= value <= HUNDRED and "%" in unit:
            found.append(_outside(value))
        if is_growth and abs(value) > HUNDRED:
            found.append(_steep(value))
        if value < 0 and not is_growth:
            found.append(_negative(value))
    return found


def _history(
    value: Decimal, unit: str, history: Mapping[int, Decimal], year: int
) -> list[Question]:
    before = [past for past in history if past < year]
    if not before:
        return []
    last = history[max(before)]
    if last == value and value != 0:
        return [_same(value, max(before))]
    if last <= 0 or value <= 0:
        return []
    for slip in UNIT_SLIPS:
        for factor in (slip, 1 / slip):
            if abs(value / last / factor - 1) <= NEAR:
                return [_slipped(value, last, unit, factor)]
    return _jump(value, history, year)


def _jump(value: Decimal, history: Mapping[int, Decimal], year: int) -> list[Question]:
    """A step far beyond every step so far; a first step is compared with a doubling."""
    years = sorted(past for past in history if past < year)
    last = history[years[-1]]
    steps = [
        abs(history[b] / history[a] - 1)
        for a, b in zip(years, years[1:], strict=False)
        if history[a] > 0 and b == a + 1
    ]
    usual = max(steps, default=Decimal("0.5"))
    step = value / last - 1
    if abs(step) <= max(usual * 2, Decimal("0.2")):
        return []
    percent, most = shown(step * HUNDRED, 1), shown(usual * HUNDRED, 1)
    return [
        Question(
            "jump",
            f"比{years[-1]}年的{shown(last)}变动{percent}%，以往最多变动{most}%。请说明原因。",
            f"It moves by {percent}% from {shown(last)} in {years[-1]}; the most so far was "
            f"{most}%. Say why.",
        )
    ]


def _slipped(value: Decimal, last: Decimal, unit: str, factor: Decimal) -> Question:
    times = shown(factor if factor > 1 else 1 / factor, 0)
    way_zh, way_en = ("大", "larger") if factor > 1 else ("小", "smaller")
    told = english.unit(unit) or unit
    return Question(
        "unit",
        f"比上年的{shown(last)}约{way_zh}{times}倍。单位是“{unit}”，是否填错了单位？",
        f"It is about {times} times {way_en} than last year's {shown(last)}. The unit is {told}: "
        "is it the right one?",
    )


def _same(value: Decimal, year: int) -> Question:
    return Question(
        "same",
        f"与{year}年的数字完全相同（{shown(value)}）。是否沿用了旧数？",
        f"It is exactly the figure of {year} ({shown(value)}). Was the old one carried over?",
    )


def _outside(value: Decimal) -> Question:
    return Question(
        "share",
        f"比率{shown(value)}%不在0到100之间。请核对。",
        f"The share of {shown(value)}% is not between 0 and 100. Please check.",
    )


def _steep(value: Decimal) -> Question:
    return Question(
        "steep",
        f"增速{shown(value)}%超过一倍。请核对。",
        f"Growth of {shown(value)}% is more than a doubling. Please check.",
    )


def _negative(value: Decimal) -> Question:
    return Question(
        "negative",
        f"{shown(value)}是负数。请核对。",
        f"{shown(value)} is below zero. Please check.",
    )
