"""Identities: the arithmetic that ties stated numbers together, each with its finding."""

from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext
from typing import Final

from lantu.core.auditing.findings import Finding, Result, Severity
from lantu.core.auditing.intervals import Interval, grown
from lantu.core.figures.decimals import ARITHMETIC, half_unit, power, shown
from lantu.core.reading.prose import Stated

ONE, HUNDRED = Decimal(1), Decimal(100)


def growth(
    base: Stated,
    target: Stated,
    rate: Stated,
    years: int,
    others: Iterable[Stated] = (),
    *,
    signs: tuple[str, str] = ("=", "="),
) -> Finding | None:
    """Base, yearly growth and years against the target.

    `signs` says how rate and target are bounded: >= or <= leaves one side open. On a contradiction
    the first of `others` that makes it hold, as base or as target, is named. None where growth
    says nothing: a base not above zero, or no years.
    """
    if base.value <= 0 or years <= 0 or rate.value <= -HUNDRED:
        return None
    with localcontext(ARITHMETIC):
        reached = _reached(base.value, rate.value, years)
        computed = base.value * power(1 + rate.value / HUNDRED, years, 1)
        holds = reached.touches(Interval.of(target.value))
        meets = _open(reached, signs[0]).touches(_open(Interval.of(target.value), signs[1]))
        reason = None if meets else _explanation(base, target, rate, years, others)
    said, said_en = _bounded(signs[0])
    goal, goal_en = (_bounded(signs[1])[at] for at in (0, 1))
    head = f"{number(base)}按年均{shown(rate.value)}%{said}增长{years}年为"
    head += f"{_c(computed)}{base.unit}{said}"
    head_en = f"{number(base)} growing {said_en}{shown(rate.value)}% a year for {years} years "
    head_en += f"gives {said_en}{_c(computed)}{base.unit}"
    zh, en = f"{head}，不是{number(target)}{goal}", f"{head_en}, not {goal_en}{number(target)}"
    if holds:
        zh, en = f"{head}，与{number(target)}相符", f"{head_en}, which agrees with {number(target)}"
    elif meets:
        zh, en = f"{head}，目标{number(target)}{goal}", f"{head_en}; the goal is {number(target)}"
    elif reason is not None:
        instead, becomes, as_base = reason
        role, role_en = ("基数", "the base") if as_base else ("目标", "the target")
        zh += f"；以{number(instead)}为{role}则为{_c(becomes)}{base.unit}，可以成立"
        en += f"; with {number(instead)} as {role_en} it gives {_c(becomes)}{base.unit} and holds"
    result: Result = "holds" if holds else "undetermined" if meets else "contradicts"
    return Finding(
        "growth-identity", result, "low" if meets else "high", {"zh": zh + "。", "en": en + "."},
        (base, rate, target), target.value, computed, (reached.high - reached.low) / 2,
        None if reason is None else reason[0],
    )  # fmt: skip


VAST: Final = Decimal(10) ** 24


def _open(one: Interval, sign: str) -> Interval:
    """An interval without its upper end for >=, without its lower end for <=."""
    if sign in (">", ">="):
        return Interval(one.low, VAST)
    return Interval(-VAST, one.high) if sign in ("<", "<=") else one


def _bounded(sign: str) -> tuple[str, str]:
    if sign in (">", ">="):
        return "以上", "at least "
    return ("以下", "at most ") if sign in ("<", "<=") else ("", "")


def _reached(base: Decimal, rate: Decimal, years: int) -> Interval:
    return grown(Interval.of(base), Interval.of(rate), years)


def _explanation(
    base: Stated, target: Stated, rate: Stated, years: int, others: Iterable[Stated]
) -> tuple[Stated, Decimal, bool] | None:
    factor = power(1 + rate.value / HUNDRED, years, 1)
    for other in others:
        if other.value in (base.value, target.value) or other.value <= 0:
            continue
        if _reached(other.value, rate.value, years).touches(Interval.of(target.value)):
            return other, other.value * factor, True
    for other in others:
        if other.value > base.value and other.value != target.value:
            if _reached(base.value, rate.value, years).touches(Interval.of(other.value)):
                return other, base.value * factor, False
    return None


def share_growth(
    base: Stated, target: Stated, part: Stated, whole: Stated, years: int
) -> Finding | None:
    """A share of base and target, when part and whole grow at stated rates (all in per cent)."""
    if base.value <= 0 or years <= 0:
        return None
    with localcontext(ARITHMETIC):
        one = Interval(Decimal(1), Decimal(1))
        faster = grown(one, Interval.of(part.value), years).over(
            grown(one, Interval.of(whole.value), years)
        )
        if faster is None:
            return None
        reached = Interval.of(base.value) * faster
        ratio = (1 + part.value / HUNDRED) / (1 + whole.value / HUNDRED)
        computed = base.value * power(ratio, years, 1)
        needed = (1 + whole.value / HUNDRED) * power(target.value / base.value, 1, years) - 1
        holds = reached.touches(Interval.of(target.value))
    zh = (
        f"占比从{number(base)}起，分子年均增长{shown(part.value)}%、分母年均增长{shown(whole.value)}%，"
        f"{years}年后为{_c(computed)}%"
    )
    en = (
        f"From a share of {number(base)}, with the part growing {shown(part.value)}% and the whole "
        f"{shown(whole.value)}% a year, {years} years give {_c(computed)}%"
    )
    if holds:
        zh, en = f"{zh}，与{number(target)}相符。", f"{en}, which agrees with {number(target)}."
    else:
        zh += f"，不是{number(target)}；达到{number(target)}只需分子年均增长{_c(needed * 100)}%。"
        en += f", not {number(target)}; growth of {_c(needed * 100)}% a year would do."
    return Finding(
        "share-growth",
        "holds" if holds else "contradicts",
        "low" if holds else "high",
        {"zh": zh, "en": en},
        (base, part, whole, target),
        target.value,
        computed,
        (reached.high - reached.low) / 2,
    )


def parts(total: Stated, items: Sequence[Stated], *, complete: bool) -> Finding | None:
    """Parts against their total. None where the parts need not be all and do not add up."""
    reached, computed = _meant(items[0]), items[0].value
    for item in items[1:]:
        reached, computed = reached + _meant(item), computed + item.value
    written = "+".join(shown(item.value) for item in items)
    is_counted = all(map(_is_counted, (total, *items)))
    holds = computed == total.value if is_counted else reached.touches(_meant(total))
    if not holds and not complete:
        return None
    if is_counted:
        half = Decimal("0.4")  # less than one thing
        reached = Interval(computed - half, computed + half)
    return equal("sum-of-parts", (total, *items), reached, computed, total, written, written)


# What is counted one by one, so that a small number of it is not rounded.
_ONE_BY_ONE: Final = frozenset("个家项条座所套处栋幢间台辆件场班名村镇")
ROUNDED: Final = Decimal(1000)


def _is_counted(stated: Stated) -> bool:
    is_whole = stated.value == stated.value.to_integral_value()
    return is_whole and stated.value < ROUNDED and stated.unit in _ONE_BY_ONE


def _meant(stated: Stated) -> Interval:
    """What a number may stand for; a small count stands for itself."""
    exact = Interval(stated.value, stated.value)
    return exact if _is_counted(stated) else Interval.of(stated.value)


def share(part: Stated, whole: Stated, stated: Stated) -> Finding | None:
    """A part over its whole against the share stated in per cent."""
    with localcontext(ARITHMETIC):
        quotient = Interval.of(part.value).over(Interval.of(whole.value))
        if quotient is None:
            return None
        hundred = Interval(HUNDRED, HUNDRED)
        return equal(
            "share",
            (part, whole, stated),
            quotient * hundred,
            part.value / whole.value * HUNDRED,
            stated,
            f"{number(part)}占{number(whole)}",
            f"{number(part)} of {number(whole)}",
        )


def ratio(
    above: Stated, below: Stated, stated: Stated, *, up: Decimal = ONE, down: Decimal = ONE,
    per: tuple[str, str] = ("", ""),
) -> Finding | None:  # fmt: skip
    """One amount over another against the quotient stated.

    `up` and `down` turn their units into those of the quotient; `per` is said behind them, in
    Chinese and English. None where the divisor may be zero.
    """
    with localcontext(ARITHMETIC):
        top = Interval.of(above.value) * Interval(up, up)
        quotient = top.over(Interval.of(below.value) * Interval(down, down))
        if quotient is None:
            return None
        computed = above.value * up / (below.value * down)
    zh, en = (f"{number(above)}{sign}{number(below)}" for sign in ("÷", " ÷ "))
    numbers = (above, below, stated)
    return equal("ratio", numbers, quotient, computed, stated, zh + per[0], en + per[1])


def product(count: Stated, size: Stated, total: Stated, *, about: bool = False) -> Finding:
    """A number of things times the size of each against the total. Counts are exact."""
    computed = count.value * size.value
    exact = Interval(computed, computed)
    return equal(
        "product",
        (count, size, total),
        exact,
        computed,
        total,
        f"{number(count)}×{shown(size.value)}",
        f"{number(count)} × {shown(size.value)}",
        about=about,
    )


def equal(
    rule: str,
    numbers: tuple[Stated, ...],
    reached: Interval,
    computed: Decimal,
    stated: Stated,
    zh: str,
    en: str,
    *,
    about: bool = False,
) -> Finding:
    result: Result = "holds"
    severity: Severity = "low"
    if not reached.touches(Interval.of(stated.value)):
        # “about” leaves room that no rule measures, and digits cut off are no contradiction.
        is_open = about or (rule in _CUT and _is_cut(rule, reached, stated))
        result, severity = ("undetermined", "low") if is_open else ("contradicts", "medium")
    unit = stated.unit
    if result == "holds":
        text = f"{zh}＝{_c(computed)}{unit}，与{number(stated)}相符。"
        text_en = f"{en} = {_c(computed)} {unit}, which agrees with {number(stated)}."
    else:
        text = f"{zh}＝{_c(computed)}{unit}，不是{number(stated)}。"
        text_en = f"{en} = {_c(computed)} {unit}, not {number(stated)}."
    tolerance = (reached.high - reached.low) / 2 + half_unit(stated.value)
    words = {"zh": text, "en": text_en}
    return Finding(rule, result, severity, words, numbers, stated.value, computed, tolerance)


_CUT: Final = ("share", "ratio", "unit-conversion", "total-growth")


def _is_cut(rule: str, reached: Interval, stated: Stated) -> bool:
    """Whether a number may have been cut off instead of rounded: 22.57 printed as 22.5.

    Shares are also set by one in their last digit, so that they make a hundred.
    """
    unit = 2 * half_unit(stated.value)
    low = stated.value - unit if rule == "share" else stated.value
    return Interval(low, stated.value + unit).touches(reached)


def conversion(area: Stated, other: Stated, converted: Decimal, *, about: bool) -> Finding:
    """One quantity printed in two units."""
    scale = converted / area.value
    reached = Interval.of(area.value) * Interval(scale, scale)
    return equal(
        "unit-conversion",
        (area, other),
        reached,
        converted,
        other,
        number(area),
        number(area),
        about=about,
    )


def counted(stated: Stated, names: int, *, more: bool, exact: bool = False) -> Finding:
    """A count against the names that are listed; with `more`, others may follow.

    With `exact` the list is said to be whole, so that too few names contradict as well.
    """
    result: Result = "holds"
    if names != stated.value:
        result = "contradicts" if exact or names > stated.value else "undetermined"
    severity: Severity = "medium" if result == "contradicts" else "low"
    zh = f"写明{number(stated)}，列出{names}个名称" + ("，相符。" if result == "holds" else "。")
    en = f"{number(stated)} stated, {names} named" + (
        "." if result != "holds" else ", which agree."
    )
    if more and result == "undetermined":
        result = "holds"
    return Finding(
        "list-count",
        result,
        severity,
        {"zh": zh, "en": en},
        (stated,),
        stated.value,
        Decimal(names),
    )


def yearly(per_year: Stated, total: Stated, years: int) -> Finding:
    """A quota for each year against the sum over all years; the quota is a least value."""
    computed = per_year.value * years
    least = Interval.of(per_year.value).low * years
    holds = least <= Interval.of(total.value).high or computed <= total.value
    zh = f"每年{number(per_year)}，{years}年为{_c(computed)}{total.unit}，累计写明{number(total)}。"
    en = f"{number(per_year)} a year gives {_c(computed)}{total.unit} in {years} years; "
    en += f"{number(total)} is stated."
    reach = Interval.of(per_year.value)
    agrees = Interval(reach.low * years, reach.high * years).touches(Interval.of(total.value))
    result: Result = "holds" if agrees or holds else "undetermined"
    return Finding(
        "yearly-total",
        result,
        "low",
        {"zh": zh, "en": en},
        (per_year, total),
        total.value,
        computed,
    )


def number(stated: Stated) -> str:
    """A number as printed, with its unit."""
    return f"{shown(stated.value)}{stated.unit}"


def _c(number: Decimal) -> str:
    """A computed number: one decimal below a thousand is enough to see the difference."""
    places = 2 if abs(number) < 100 else 1
    text = shown(number, places)
    return text.rstrip("0").rstrip(".") if "." in text else text
