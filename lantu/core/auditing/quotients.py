"""Quotients: what is stated per head or per yuan, against the amounts it divides, far off too.

人均生产总值 in one place of a plan, 生产总值 and 常住人口 in others: of one year and one whole.
Where an amount is stated more than once, one pair that agrees is enough.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import product
from typing import Final

from lantu.core.auditing import identities
from lantu.core.auditing.findings import Finding
from lantu.core.auditing.intervals import Interval
from lantu.core.figures.decimals import ARITHMETIC, printed
from lantu.core.figures.units import Unit, UnitError, unit
from lantu.core.plans.records import PlanCommitment
from lantu.core.reading.prose import WRITTEN, Stated
from lantu.core.reading.records import GOAL, Proposal

_GDP: Final = r"(?:全[区市县省州]|年)?(?:地区|国内)?(?:生产总值|GDP)(?:总量|增长|[（(]GDP[)）])?"
_POPULATION: Final = r"(?:年末|全[区市县省州])?(?:常住|总)人口(?:规模|总量|总数|数|数量)?"
_ENERGY: Final = r"(?:全社会)?(?:综合)?能源消费(?:总)?量|能源消费总量|能耗总量|综合能耗总量"
_WATER: Final = r"(?:全社会)?(?:年)?用水总量|总用水量|用水量"
# What is stated, what it divides, and by what.
_RULES: Final = tuple(
    (re.compile(one), re.compile(above), re.compile(below))
    for one, above, below in (
        (rf"人均{_GDP}", _GDP, _POPULATION),
        (rf"(?:单位|每万元|万元){_GDP}(?:综合)?(?:能耗|能源消耗|能源消费量)", _ENERGY, _GDP),
        (rf"(?:单位|每万元|万元){_GDP}用水量", _WATER, _GDP),
    )
)
_PER_HEAD: Final = re.compile(r"人均(?P<name>[\u4e00-\u9fff]{3,12})$")
# Per head of somebody else than everybody, or no sum of money at all.
_NO_SUM: Final = re.compile(r"可支配|纯收入|消费支出|寿命|年限|教育|公园|绿地|住房|建筑|道路|体育")
_FIXED_PRICES: Final = re.compile(r"可比|不变价|同口径|按.{0,6}(?:口径|价)")
AVERAGE: Final = Decimal("0.03")  # a year's mean population lies so near that of its end
_VAST: Final = Decimal(10) ** 24
_NUMBER: Final = re.compile(WRITTEN)
_MOST: Final = 12  # amounts of one name; a text that states more speaks of many places


@dataclass(frozen=True, slots=True)
class _Amount:
    """A stated amount with the place of its number, and how it is bounded."""

    name: str
    year: int | None
    subject: str
    sign: str
    stated: Stated
    unit: Unit

    def interval(self) -> Interval:
        """What the number may stand for, with its bound."""
        printed_as = Interval.of(self.stated.value)
        if self.sign in (">", ">="):
            return Interval(printed_as.low, _VAST)
        return Interval(Decimal(0), printed_as.high) if self.sign in ("<", "<=") else printed_as


def of_proposals(proposals: Iterable[Proposal], text: str) -> Iterator[Finding]:
    """Every quotient that a text states beside both amounts; the first pair that agrees counts."""
    by_year: dict[int | None, list[_Amount]] = defaultdict(list)
    for one in proposals:
        amount = _amount(one, text)
        if amount is not None:
            by_year[amount.year].append(amount)
    yield from _quotients(by_year)


def of_records(records: Iterable[PlanCommitment]) -> Iterator[Finding]:
    """The same over the records of a plan: targets, the bases they start from, and facts."""
    by_year: dict[int | None, list[_Amount]] = defaultdict(list)
    for record in records:
        for value, year in (
            (record.target_value if record.kind == "target" else None, record.target_year),
            (record.base.value, record.base.year),
            (record.value, record.year),
        ):
            known = _unit(record.unit) if record.unit and record.form in _LEVELS else None
            is_goal = record.kind == "fact" and record.code.endswith(GOAL)
            if value is None or year is None or known is None or is_goal:
                continue
            place = record.place
            stated = Stated(value, record.unit, place.start, place.end, record.code)
            sign = record.comparator if value == record.target_value else "="
            whose = record.subject + record.scope
            by_year[year].append(_Amount(record.metric_zh, year, whose, sign or "=", stated, known))
    yield from _quotients(by_year)


_LEVELS: Final = (None, "level", "floor", "ceiling")


def _quotients(by_year: Mapping[int | None, Sequence[_Amount]]) -> Iterator[Finding]:
    for known in by_year.values():
        for stated in known:
            yield from _judged(stated, known)


def _amount(one: Proposal, text: str) -> _Amount | None:
    """A promise or fact that states one level; of no project, and not at prices of another year."""
    is_level = one.form in (None, "level", "floor", "ceiling")
    if one.kind not in ("target", "fact") or one.project or one.value is None or not is_level:
        return None
    if not one.unit or _FIXED_PRICES.search(text[max(0, one.start - 12) : one.end + 12]):
        return None
    end = one.end if one.nature is not None else min(one.end + 1, len(text))
    places = [
        match for match in _NUMBER.finditer(text, one.start, end)
        if printed(match.group()) == one.value
    ]  # fmt: skip
    per = "/万元" if re.match(r"每?万元", one.metric) and "/" not in one.unit else ""
    known = _unit(one.unit + per)
    if not places or known is None:
        return None
    place = places[-1] if one.nature is None else places[0]
    stated = Stated(one.value, one.unit, place.start(), place.end())
    name = re.sub(r"\s", "", one.metric)
    return _Amount(name, one.target_year, one.subject, one.comparator or "=", stated, known)


def _unit(words: str) -> Unit | None:
    try:
        return unit(words)
    except UnitError:
        return None


def _judged(stated: _Amount, known: Sequence[_Amount]) -> Iterator[Finding]:
    for name, above, below in _rules(stated.name):
        if not name.fullmatch(stated.name):
            continue
        pairs = [
            found
            for top, under in product(_named(above, stated, known), _named(below, stated, known))
            if (found := _over(top, under, stated)) is not None
        ]
        best = min(pairs, key=lambda one: ("holds", "undetermined").count(one.result) == 0,
                   default=None)  # fmt: skip
        holds = next((one for one in pairs if one.result == "holds"), best)
        if holds is not None and len(pairs) <= _MOST:
            yield holds


def _rules(
    name: str,
) -> Iterator[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]]:
    yield from _RULES
    per_head = _PER_HEAD.match(name)
    if per_head and not _NO_SUM.search(name) and not re.search(_GDP, name):
        whole = re.compile(rf"(?:全[区市县省州])?{re.escape(per_head['name'])}(?:总量|总额)?")
        yield re.compile(re.escape(name)), whole, re.compile(_POPULATION)


def _named(pattern: re.Pattern[str], stated: _Amount, known: Sequence[_Amount]) -> list[_Amount]:
    """The amounts of such a name that may be of the same whole."""
    return [
        one for one in known
        if pattern.fullmatch(one.name)
        and (one.subject == stated.subject or not one.subject or not stated.subject)
    ]  # fmt: skip


def _over(above: _Amount, below: _Amount, stated: _Amount) -> Finding | None:
    """One pair of amounts against the quotient; None where they measure something else."""
    scale = _scale(above.unit, below.unit, stated.unit)
    if scale is None or below.stated.value <= 0:
        return None
    with localcontext(ARITHMETIC):
        size = scale.numerator / Decimal(scale.denominator)
        divisor = below.interval()
        if dict(below.unit.measures).get("person"):
            divisor = divisor * Interval(1 - AVERAGE, 1 + AVERAGE)
        divisor = replace(divisor, low=max(divisor.low, 1 / _VAST))
        quotient = (above.interval() * Interval(size, size)).over(divisor)
        assert quotient is not None  # the divisor lies above zero
        computed = above.stated.value * size / below.stated.value
    found = _finding(above, below, stated, _bounded(quotient, stated), computed)
    agrees = Interval(computed, computed).touches(Interval.of(stated.stated.value))
    # Within a bound is no agreement that a planner would be told of.
    return None if found.result == "holds" and _is_bounded(above, below, stated, agrees) else found


def _is_bounded(above: _Amount, below: _Amount, stated: _Amount, agrees: bool) -> bool:
    return not agrees and any(one.sign != "=" for one in (above, below, stated))


def _bounded(quotient: Interval, stated: _Amount) -> Interval:
    """The quotient, so wide that it meets the stated number where its bound allows it."""
    if stated.sign in (">", ">="):
        return replace(quotient, low=Decimal(0))
    return replace(quotient, high=_VAST) if stated.sign in ("<", "<=") else quotient


def _finding(
    above: _Amount, below: _Amount, stated: _Amount, reached: Interval, computed: Decimal
) -> Finding:
    numbers = above.stated, below.stated, stated.stated
    pair = [f"{one.name}{identities.number(one.stated)}" for one in (above, below)]
    found = identities.equal(
        "ratio", numbers, reached, computed, stated.stated, "÷".join(pair), " ÷ ".join(pair),
        about="~" in {above.sign, below.sign, stated.sign},
    )  # fmt: skip
    return replace(found, tolerance=None)


def _scale(above: Unit, below: Unit, stated: Unit) -> Fraction | None:
    """What turns the printed quotient into the stated unit; 万元 may leave out 每人."""
    measures = dict(above.measures)
    for key, power in below.measures:
        measures[key] = measures.get(key, 0) - power
    whole = {key: power for key, power in measures.items() if power}
    bare = {key: power for key, power in whole.items() if key != "person"}
    if dict(stated.measures) not in (whole, bare):
        return None
    return above.factor / below.factor / stated.factor
