"""The rules over a plan's records: growth, parts, shares and quotas as the records link them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from lantu.core.auditing import identities
from lantu.core.auditing.findings import Finding
from lantu.core.plans.records import PlanCommitment, PlanFolder
from lantu.core.reading.prose import Stated
from lantu.core.reading.records import GOAL

GDP: Final = "地区生产总值"


def of_plan(plan: PlanFolder) -> Iterator[Finding]:
    """What linked records, and a share with the facts of its year, say of each other."""
    by_code = {found.code: found for found in plan.commitments}
    for found in plan.commitments:
        yield from _growth(found, by_code, plan)
        yield from _parts(found, by_code)
        yield from _share_growth(found, by_code, plan)
        yield from _changes(found, by_code, plan)
        yield from _yearly(found, by_code, plan)
        yield from _base_share(found, plan)


def stated(record: PlanCommitment, value: str) -> Stated:
    """A number of a record, at its place: its base, target, growth or value."""
    amount = {
        "base": record.base.value,
        "target": record.target_value if record.n is None else record.n,
        "growth": record.growth_pct,
        "value": record.value,
    }[value]
    assert amount is not None  # callers ask only for what is stated
    unit = "%" if value == "growth" else record.unit
    return Stated(amount, unit, record.place.start, record.place.end, record.code)


def linked(
    record: PlanCommitment, by_code: dict[str, PlanCommitment], form: str
) -> Iterator[PlanCommitment]:
    """The records of one form that a record links."""
    for code in record.links:
        other = by_code.get(code)
        if other is not None and other.form == form:
            yield other


def _growth(
    record: PlanCommitment, by_code: dict[str, PlanCommitment], plan: PlanFolder
) -> Iterator[Finding]:
    """A level with base and target, and the growth promised beside it."""
    if record.form != "level" or record.base.value is None or record.target_value is None:
        return
    if record.unit == "%":
        return  # a share does not grow by the growth of what it is a share of
    first = record.base.year or plan.period.start - 1
    years = (record.target_year or plan.period.end) - first
    for rate in linked(record, by_code, "growth"):
        if rate.growth_pct is None:
            continue
        others = _same_metric(record, plan.commitments, first)
        found = identities.growth(
            stated(record, "base"),
            stated(record, "target"),
            stated(rate, "growth"),
            years,
            others,
        )
        if found is not None:
            yield found


def _same_metric(
    record: PlanCommitment, others: Iterable[PlanCommitment], year: int
) -> list[Stated]:
    """Other stated figures of the same metric: of the base year, or promised for the target's."""
    found = []
    for other in others:
        if other.code == record.code or other.metric_zh != record.metric_zh:
            continue
        if other.unit != record.unit:
            continue
        if other.kind == "fact" and other.year == year and not other.code.endswith(GOAL):
            found.append(stated(other, "value"))
        elif other.form == "level" and other.target_value is not None:
            found.append(stated(other, "target"))
    return found


def _parts(record: PlanCommitment, by_code: dict[str, PlanCommitment]) -> Iterator[Finding]:
    if not record.parts:
        return
    items = [stated(by_code[code], "target") for code in record.parts]
    found = identities.parts(stated(record, "target"), items, complete=True)
    if found is not None:
        yield found


def _share_growth(
    record: PlanCommitment, by_code: dict[str, PlanCommitment], plan: PlanFolder
) -> Iterator[Finding]:
    """A share with base and target, its own growth linked, and the growth of what it is part of."""
    if record.form != "level" or record.unit != "%" or record.base.value is None:
        return
    whole = next(
        (
            other
            for other in plan.commitments
            if other.form == "growth" and other.metric_zh == "地区生产总值增速"
        ),
        None,
    )
    first = record.base.year or plan.period.start - 1
    years = (record.target_year or plan.period.end) - first
    for part in linked(record, by_code, "growth"):
        if whole is not None and part.growth_pct is not None and record.target_value is not None:
            found = identities.share_growth(
                stated(record, "base"),
                stated(record, "target"),
                stated(part, "growth"),
                stated(whole, "growth"),
                years,
            )
            if found is not None:
                yield found


def _changes(
    record: PlanCommitment, by_code: dict[str, PlanCommitment], plan: PlanFolder
) -> Iterator[Finding]:
    """A level, the change to it, and the growth: the base is the difference."""
    if record.form != "level" or record.target_value is None:
        return
    years = (record.target_year or plan.period.end) - (plan.period.start - 1)
    for rise in linked(record, by_code, "change"):
        for rate in linked(record, by_code, "growth"):
            if rise.target_value is None or rate.growth_pct is None:
                continue
            target = stated(record, "target")
            base = replace(target, value=target.value - rise.target_value)
            found = identities.growth(base, target, stated(rate, "growth"), years)
            if found is not None:
                yield replace(found, numbers=(*found.numbers, stated(rise, "target")))


def _yearly(
    record: PlanCommitment, by_code: dict[str, PlanCommitment], plan: PlanFolder
) -> Iterator[Finding]:
    if record.form != "cumulative" or record.target_value is None:
        return
    for quota in linked(record, by_code, "per_year"):
        if quota.target_value is not None and quota.unit == record.unit:
            years = plan.period.end - plan.period.start + 1
            yield identities.yearly(stated(quota, "target"), stated(record, "target"), years)


def _base_share(record: PlanCommitment, plan: PlanFolder) -> Iterator[Finding]:
    """The printed base of a share against part and whole that are stated for the same year."""
    name = record.metric_zh.removesuffix("占比").removesuffix("比重")
    if name == record.metric_zh or record.unit != "%" or record.base.value is None:
        return
    year = record.base.year or plan.period.start - 1
    part = _fact(plan, name, year)
    whole = None if part is None else _fact(plan, GDP, year, scope=part.scope)
    if part is not None and whole is not None and part.unit == whole.unit:
        found = identities.share(
            stated(part, "value"), stated(whole, "value"), stated(record, "base")
        )
        if found is not None:
            yield found


def _fact(
    plan: PlanFolder, metric: str, year: int, *, scope: str | None = None
) -> PlanCommitment | None:
    """What the plan states as reached in a year; a past goal is no result."""
    for found in plan.commitments:
        is_result = found.kind == "fact" and not found.code.endswith(GOAL)
        if is_result and found.metric_zh == metric and found.year == year:
            if scope is None or found.scope == scope:
                return found
    return None
