"""The rules of the text over a plan's records: what they state beside what they link.

Growth and level of one name without a link, shares of a promised whole, structures, quotas by
year, and changes in points or times.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from lantu.core.auditing import identities, quotients, tallies
from lantu.core.auditing.findings import Finding
from lantu.core.auditing.intervals import Interval
from lantu.core.auditing.pieces import PRICED
from lantu.core.auditing.plan_rules import GDP, linked, stated
from lantu.core.plans.records import PlanCommitment, PlanFolder

_GROWS: Final = re.compile(r"(?:总数|数量|总量)?(?:(?:年均)?(?:增长率|增长|增速))?$")
_SHARE: Final = re.compile(r"(?:增加值)?(?:占(?:地区生产总值|GDP)?(?:的)?)?(?:占比|比重|比例)$")
_INDUSTRIES: Final = tuple(re.compile(f"第?{one}(?:次)?产业?") for one in "一二三")
_POINTS: Final = ("百分点", "个百分点", "%")


def of_plan(plan: PlanFolder) -> Iterator[Finding]:
    """Every such check that the records call for."""
    by_code = {one.code: one for one in plan.commitments}
    levels = [
        one for one in plan.commitments if one.form == "level" and one.target_value is not None
    ]
    for record in levels:
        yield from _growth(record, plan)
        yield from _moves(record, by_code)
    yield from _promised_shares(levels, plan)
    yield from _structure(levels)
    for record in plan.commitments:
        yield from _by_years(record, plan)
    yield from quotients.of_records(plan.commitments)


def _growth(record: PlanCommitment, plan: PlanFolder) -> Iterator[Finding]:
    """A growth of the same name that no record links; sums of money have prices between them."""
    is_share = record.unit in ("%", "‰", "")
    if record.base.value is None or is_share or PRICED.search(record.metric_zh):
        return
    rates = [
        one for one in plan.commitments
        if one.form == "growth" and one.growth_pct is not None and one.code not in record.links
        and record.metric_zh and _GROWS.sub("", one.metric_zh) == _GROWS.sub("", record.metric_zh)
        and (one.subject, one.scope) == (record.subject, record.scope)
    ]  # fmt: skip
    first = record.base.year or plan.period.start - 1
    years = (record.target_year or plan.period.end) - first
    if len(rates) == 1:
        found = identities.growth(
            stated(record, "base"), stated(record, "target"), stated(rates[0], "growth"), years,
            signs=(rates[0].comparator or "=", record.comparator or "="),
        )  # fmt: skip
        if found is not None and found.result != "undetermined":
            yield found


def _moves(record: PlanCommitment, by_code: dict[str, PlanCommitment]) -> Iterator[Finding]:
    """A level from a base, and the points or times that a linked record says it moves by."""
    if record.base.value is None or record.comparator not in ("", "="):
        return
    base, target = stated(record, "base"), stated(record, "target")
    for rise in linked(record, by_code, "change"):
        is_alike = rise.unit == record.unit or (record.unit == "%" and rise.unit in _POINTS)
        if rise.target_value is not None and is_alike:
            moved = stated(rise, "target")
            yield tallies.difference(base, target, moved, falls=target.value < base.value)
    for times in linked(record, by_code, "multiple"):
        value = times.target_value if times.k is None else times.k
        if value is not None and base.value > 0:
            told = replace(target, value=value, unit="倍", code=times.code)
            found = tallies.multiple(base, target, told, at_least=True)
            if found is not None:
                yield found


def _promised_shares(levels: Sequence[PlanCommitment], plan: PlanFolder) -> Iterator[Finding]:
    """A share of GDP promised for a year in which part and GDP are promised as well."""
    for record in levels:
        name = _SHARE.sub("", record.metric_zh)
        if record.unit != "%" or name == record.metric_zh or record.comparator not in ("", "="):
            continue
        part = _of_year(levels, (name, name + "增加值"), record)
        whole = _of_year(levels, (GDP,), record)
        if part is not None and whole is not None and part.unit == whole.unit:
            found = identities.share(
                stated(part, "target"), stated(whole, "target"), stated(record, "target")
            )
            if found is not None:
                yield found


def _of_year(
    levels: Sequence[PlanCommitment], names: tuple[str, ...], like: PlanCommitment
) -> PlanCommitment | None:
    """The one level of such a name, for the same year and the same whole."""
    found = [
        one for one in levels
        if one.metric_zh in names and one.target_year == like.target_year
        and (one.subject, one.scope) == (like.subject, like.scope)
        and one.comparator in ("", "=") and one is not like
    ]  # fmt: skip
    return found[0] if len({one.target_value for one in found}) == 1 else None


def _structure(levels: Sequence[PlanCommitment]) -> Iterator[Finding]:
    """The shares of the three industries, promised for one year, add up to a hundred."""
    for year in sorted({one.target_year for one in levels if one.target_year is not None}):
        shares = [
            [
                one for one in levels
                if one.target_year == year and one.unit == "%" and _SHARE.search(one.metric_zh)
                and industry.match(one.metric_zh) and one.comparator in ("", "=")
            ]
            for industry in _INDUSTRIES
        ]  # fmt: skip
        if any(len(one) != 1 for one in shares):
            continue
        numbers = tuple(stated(one[0], "target") for one in shares)
        reached = Interval.of(numbers[0].value)
        for one in numbers[1:]:
            reached = reached + Interval.of(one.value)
        total = sum((one.value for one in numbers), Decimal(0))
        words = "+".join(f"{one.value:f}" for one in numbers)
        hundred = replace(numbers[0], value=identities.HUNDRED)
        yield identities.equal("structure", numbers, reached, total, hundred, words, words)


def _by_years(record: PlanCommitment, plan: PlanFolder) -> Iterator[Finding]:
    """What is promised year by year, against what is promised of all the years together."""
    years = range(plan.period.start, plan.period.end + 1)
    is_whole = len(years) > 1 and all(year in record.annual for year in years)
    if record.form != "cumulative" or record.target_value is None or not is_whole:
        return
    amounts = [record.annual[year] for year in years]
    reached = Interval.of(amounts[0])
    for value in amounts[1:]:
        reached = reached + Interval.of(value)
    words = "+".join(f"{value:f}" for value in amounts)
    total = stated(record, "target")
    computed = sum(amounts, Decimal(0))
    yield identities.equal("yearly-total", (total,), reached, computed, total, words, words)
