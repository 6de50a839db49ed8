"""Tallies: multiples, years and their order, each with its finding."""

from decimal import Decimal, localcontext

from lantu.core.auditing import identities
from lantu.core.auditing.findings import Finding, Result, Severity
from lantu.core.auditing.identities import HUNDRED, number
from lantu.core.auditing.intervals import Interval, grown
from lantu.core.auditing.quantities import scale
from lantu.core.figures.decimals import ARITHMETIC, power, shown
from lantu.core.reading.prose import Stated


def multiple(
    base: Stated, target: Stated, stated: Stated, *, at_least: bool = False, or_more_by: int = 0
) -> Finding | None:
    """Target over base against a stated number of times.

    With `at_least` (翻一番) more is no contradiction; with `or_more_by` 1 (增长3倍) both readings,
    three and four times, are granted. None where the base may be zero.
    """
    with localcontext(ARITHMETIC):
        reached = Interval.of(target.value).over(Interval.of(base.value))
        computed = target.value / base.value if base.value else Decimal(0)
    if reached is None:
        return None
    granted = [Interval.of(stated.value + more) for more in range(or_more_by + 1)]
    if at_least:  # a doubling is no rounded two
        granted = [Interval(stated.value, stated.value)]
    result: Result = "contradicts"
    if any(reached.touches(one) for one in granted):
        result = "holds"
    elif at_least and reached.low > stated.value:
        result = "undetermined"
    pair, pair_en = f"{number(target)}是{number(base)}的", f"{number(target)} is"
    times = shown(computed, 2)
    end, end_en = ("，相符。", ", which agrees") if result == "holds" else ("", "")
    zh = f"{pair}{times}倍，写明{shown(stated.value)}倍{end or '。'}"
    en = f"{pair_en} {times} times {number(base)}; {shown(stated.value)} is stated{end_en}."
    severity: Severity = "medium" if result == "contradicts" else "low"
    words = {"zh": zh, "en": en}
    numbers = (base, target, stated)
    return Finding("multiple", result, severity, words, numbers, stated.value, computed)


def difference(
    base: Stated, target: Stated, stated: Stated, years: int = 1, *, falls: bool
) -> Finding:
    """Two levels against the amount or the points between them, in all or each year."""
    low, high = (target, base) if falls else (base, target)
    share = Interval(Decimal(1) / years, Decimal(1) / years)
    reached = (Interval.of(high.value) - Interval.of(low.value)) * share
    computed = (high.value - low.value) / years
    words = f"{number(high)}−{number(low)}"
    words = f"（{words}）÷{years}" if years > 1 else words
    english = words.replace("（", "(").replace("）", ")").replace("÷", " ÷ ")
    return identities.equal(
        "difference", (base, target, stated), reached, computed, stated, words, english
    )


def reversed_dates(first: Stated, last: Stated) -> Finding:
    """An end that lies before its beginning."""
    zh = f"结束的{shown(last.value)}年早于开始的{shown(first.value)}年。"
    en = f"The end in {shown(last.value)} lies before the beginning in {shown(first.value)}."
    words = {"zh": zh, "en": en}
    return Finding("dates", "contradicts", "medium", words, (first, last), last.value, first.value)


def years_between(first: Stated, last: Stated, count: Stated) -> Finding:
    """A span of years against their stated number; both ways of counting are granted."""
    steps = last.value - first.value
    holds = count.value in (steps, steps + 1)
    span = f"{shown(first.value)}—{shown(last.value)}年"
    zh = f"{span}为{shown(steps + 1)}年，写明{number(count)}"
    en = f"{shown(first.value)} to {shown(last.value)} are {shown(steps + 1)} years; "
    en += f"{shown(count.value)} are stated"
    words = {"zh": zh + ("，相符。" if holds else "。"), "en": en + "."}
    result: Result = "holds" if holds else "contradicts"
    severity: Severity = "low" if holds else "medium"
    numbers = (first, last, count)
    return Finding("dates", result, severity, words, numbers, count.value, steps + 1)


def grown_by(base: Stated, target: Stated, stated: Stated, *more: Stated) -> Finding | None:
    """Two levels against the growth between them in per cent; None without a base above zero."""
    if base.value <= 0:
        return None
    with localcontext(ARITHMETIC):
        quotient = Interval.of(target.value).over(Interval.of(base.value))
        if quotient is None:
            return None
        hundred = Interval(HUNDRED, HUNDRED)
        reached = quotient * hundred - hundred
        computed = (target.value / base.value - 1) * HUNDRED
    return identities.equal(
        "total-growth",
        (base, target, stated, *more),
        reached,
        computed,
        stated,
        f"从{identities.number(base)}到{identities.number(target)}的增幅",
        f"Growth from {identities.number(base)} to {identities.number(target)}",
    )


def compounded(mean: Stated, total: Stated, years: int, *, falls: bool) -> Finding:
    """A change each year against that of all years in per cent; a plain mean is granted too."""
    sign = -1 if falls else 1
    with localcontext(ARITHMETIC):
        each = Interval.of(mean.value)
        low, high = sorted((sign * each.low, sign * each.high))
        moved = grown(Interval(HUNDRED, HUNDRED), Interval(low, high), years)
        ends = (sign * (moved.low - HUNDRED), sign * (moved.high - HUNDRED))
        plain = (each.low * years, each.high * years)
        computed = sign * (power(1 + sign * mean.value / HUNDRED, years, 1) - 1) * HUNDRED
    return identities.equal(
        "total-growth", (mean, total), Interval(min(*ends, *plain), max(*ends, *plain)), computed,
        total, f"年均{number(mean)}，{years}年累计", f"{number(mean)} a year over {years} years",
    )  # fmt: skip


def risen(level: Stated, rise: Stated, stated: Stated) -> Finding | None:
    """A level and its change against the growth in per cent; below zero where it fell."""
    factor = scale(rise.unit, level.unit)
    if factor is None:
        return None
    with localcontext(ARITHMETIC):
        change = Interval.of(rise.value) * Interval(factor, factor)
        moved = rise.value * factor
        if stated.value < 0:
            change, moved = Interval(-change.high, -change.low), -moved
        base = Interval.of(level.value) - change
        if base.low <= 0:
            return None
        ends = [
            HUNDRED * part / (whole - part)
            for part in (change.low, change.high)
            for whole in (Interval.of(level.value).low, Interval.of(level.value).high)
        ]
        computed = HUNDRED * moved / (level.value - moved)
    was = f"{shown(level.value - moved)}{level.unit}"
    return identities.equal(
        "total-growth", (level, rise, stated), Interval(min(ends), max(ends)), computed, stated,
        f"从{was}到{number(level)}的增幅", f"Growth from {was} to {number(level)}",
    )  # fmt: skip


def months_between(first: Stated, last: Stated, count: Stated, months: int) -> Finding:
    """A time of building in months against its beginning and end; a month more or less is none."""
    holds = abs(count.value - months) <= 1
    begun, done = shown(first.value), shown(last.value)
    zh = f"从{begun}年到{done}年的起止月份相距{months}个月，写明{number(count)}"
    en = f"From the month in {begun} to that in {done} there are {months} months; "
    en += f"{shown(count.value)} are stated"
    words = {"zh": zh + ("，相符。" if holds else "。"), "en": en + "."}
    result: Result = "holds" if holds else "contradicts"
    numbers = (first, last, count)
    severity: Severity = "low" if holds else "medium"
    return Finding("dates", result, severity, words, numbers, count.value, Decimal(months))
