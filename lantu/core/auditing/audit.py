"""The audit: of a text, and of a plan's records."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from lantu.core.auditing import (
    agreement,
    apart,
    balances,
    claims,
    conversions,
    enumerations,
    identities,
    lists,
    partings,
    per_unit,
    products,
    quotients,
    rows,
    shares,
    sums,
    text_rules,
    ties,
    wholes,
)
from lantu.core.auditing.findings import Finding
from lantu.core.auditing.quantities import Quantity, quantities
from lantu.core.errors import ContentError
from lantu.core.plans.records import PlanCommitment, PlanFolder
from lantu.core.reading.propose import proposals
from lantu.core.reading.prose import Sentence, Stated, Table, sentences, tables

LONGEST: Final = 5_000_000
LONGEST_SENTENCE: Final = 3_000
NEAR: Final = 12  # numbers before a sentence that it may speak of
GDP: Final = "地区生产总值"
_PERIODS: Final = {"十三": (2016, 2020), "十四": (2021, 2025), "十五": (2026, 2030)}
_ORDER: Final = {"contradicts": 0, "undetermined": 1, "holds": 2}
_GRAVITY: Final = {"high": 0, "medium": 1, "low": 2}


def audit_text(text: str, *, name: str = "text") -> list[Finding]:
    """Every check that the text itself calls for, contradictions first.

    Raises ContentError for a text that is too long to be a plan.
    """
    if len(text) > LONGEST:
        raise ContentError(
            name, f"The text has {len(text):,} characters; {LONGEST:,} is the most.", "Split it."
        )
    period = _period(text)
    # What runs on for pages without a full stop is no sentence, and ties nothing together.
    prose = [one for one in sentences(text) if len(one.text) <= LONGEST_SENTENCE]
    found_tables = tables(text)
    proposed = proposals(text, name=name)
    return ordered(
        [
            *_text_findings(prose, found_tables, period),
            *rows.totals(found_tables),
            *rows.growth(proposed, text, period),
            *agreement.of_proposals(proposed, text),
            *quotients.of_proposals(proposed, text),
            *apart.of_proposals(proposed, text),
        ]
    )


def _text_findings(
    prose: list[Sentence], found_tables: list[Table], period: tuple[int, int]
) -> Iterator[Finding]:
    years = period[1] - period[0] + 1
    for table in found_tables:
        yield from text_rules.of_table(table, prose, period)
    for sentence in prose:
        yield from text_rules.of_sentence(sentence, years)
        yield from ties.of_sentence(sentence)
        yield from sums.of_sentence(sentence)
        yield from lists.of_sentence(sentence)
    yield from _passages(prose)
    yield from lists.elsewhere(prose)
    yield from enumerations.of_text(prose)
    yield from text_rules.shares(prose, found_tables, period)
    yield from text_rules.moving_shares(prose, period)
    yield from text_rules.base_shares(found_tables)


def _passages(prose: list[Sentence]) -> Iterator[Finding]:
    """What is said of numbers of the same sentence and of those before it in the paragraph."""
    said: list[Quantity] = []
    for sentence in prose:
        said = [] if sentence.is_first else said[-NEAR:]
        start = len(said)
        said += quantities(sentence)
        yield from shares.of_passage(said, start)
        yield from wholes.of_sentence(sentence, said)
        here = said[start:]
        yield from partings.of_sentence(here, sentence.text)
        yield from per_unit.of_sentence(sentence, here)
        yield from products.of_sentence(sentence, here)
        yield from conversions.of_sentence(here, sentence.text)
        yield from balances.of_sentence(here)
        yield from claims.of_sentence(sentence, here)


def _period(text: str) -> tuple[int, int]:
    """The five-year period that a text speaks of most."""
    counts = {key: len(re.findall(f"{key}五", text)) for key in _PERIODS}
    return _PERIODS[max(counts, key=lambda key: counts[key])]


def audit_plan(plan: PlanFolder) -> list[Finding]:
    """Every check that the records of a plan call for, contradictions first."""
    return ordered(_plan_findings(plan))


def _plan_findings(plan: PlanFolder) -> Iterator[Finding]:
    by_code = {found.code: found for found in plan.commitments}
    for found in plan.commitments:
        yield from _growth(found, by_code, plan)
        yield from _parts(found, by_code)
        yield from _share_growth(found, by_code, plan)
        yield from _changes(found, by_code, plan)
        yield from _yearly(found, by_code, plan)
        yield from _base_share(found, plan)
    yield from agreement.of_records(plan.commitments)


def _stated(record: PlanCommitment, value: str) -> Stated:
    """A number of a record, at its place."""
    amount = {
        "base": record.base.value,
        "target": record.target_value if record.n is None else record.n,
        "growth": record.growth_pct,
        "value": record.value,
    }[value]
    assert amount is not None  # callers ask only for what is stated
    unit = "%" if value == "growth" else record.unit
    return Stated(amount, unit, record.place.start, record.place.end, record.code)


def _linked(
    record: PlanCommitment, by_code: dict[str, PlanCommitment], form: str
) -> Iterator[PlanCommitment]:
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
    for rate in _linked(record, by_code, "growth"):
        if rate.growth_pct is None:
            continue
        others = _same_metric(record, plan.commitments, first)
        found = identities.growth(
            _stated(record, "base"),
            _stated(record, "target"),
            _stated(rate, "growth"),
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
        if other.kind == "fact" and other.year == year and not other.code.endswith("-goal"):
            found.append(_stated(other, "value"))
        elif other.form == "level" and other.target_value is not None:
            found.append(_stated(other, "target"))
    return found


def _parts(record: PlanCommitment, by_code: dict[str, PlanCommitment]) -> Iterator[Finding]:
    if not record.parts:
        return
    items = [_stated(by_code[code], "target") for code in record.parts]
    found = identities.parts(_stated(record, "target"), items, complete=True)
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
    for part in _linked(record, by_code, "growth"):
        if whole is not None and part.growth_pct is not None and record.target_value is not None:
            found = identities.share_growth(
                _stated(record, "base"),
                _stated(record, "target"),
                _stated(part, "growth"),
                _stated(whole, "growth"),
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
    for rise in _linked(record, by_code, "change"):
        for rate in _linked(record, by_code, "growth"):
            if rise.target_value is None or rate.growth_pct is None:
                continue
            target = _stated(record, "target")
            base = replace(target, value=target.value - rise.target_value)
            found = identities.growth(base, target, _stated(rate, "growth"), years)
            if found is not None:
                yield replace(found, numbers=(*found.numbers, _stated(rise, "target")))


def _yearly(
    record: PlanCommitment, by_code: dict[str, PlanCommitment], plan: PlanFolder
) -> Iterator[Finding]:
    if record.form != "cumulative" or record.target_value is None:
        return
    for quota in _linked(record, by_code, "per_year"):
        if quota.target_value is not None and quota.unit == record.unit:
            years = plan.period.end - plan.period.start + 1
            yield identities.yearly(_stated(quota, "target"), _stated(record, "target"), years)


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
            _stated(part, "value"), _stated(whole, "value"), _stated(record, "base")
        )
        if found is not None:
            yield found


def _fact(
    plan: PlanFolder, metric: str, year: int, *, scope: str | None = None
) -> PlanCommitment | None:
    """What the plan states as reached in a year; a past goal is no result."""
    for found in plan.commitments:
        is_result = found.kind == "fact" and not found.code.endswith("-goal")
        if is_result and found.metric_zh == metric and found.year == year:
            if scope is None or found.scope == scope:
                return found
    return None


def ordered(found: Iterable[Finding]) -> list[Finding]:
    """Contradictions first, the grave ones before the others; each with its number.

    What two rules say of the same numbers is said once, by the one that explains more.
    """
    ranked = sorted(
        found,
        key=lambda one: (
            _ORDER[one.result], _GRAVITY[one.severity], one.explained_by is None,
        ),
    )  # fmt: skip
    seen: dict[object, Finding] = {}
    for one in ranked:
        places = frozenset((number.start, number.code, number.value) for number in one.numbers)
        seen.setdefault((one.rule, one.about, places), one)
    return [replace(one, id=f"f{count:03d}") for count, one in enumerate(seen.values(), 1)]
