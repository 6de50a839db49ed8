"""Per unit: an amount for each of something, against how much and how many a sentence states.

人均, 亩均, 每千名老年人, 万元/亩, 亩产, 密度: one number is a quotient; the amount that it divides
and the number of what it is for each of stand beside it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lantu.core.auditing import identities
from lantu.core.auditing.findings import Finding
from lantu.core.auditing.quantities import Quantity, scale

_EACH: Final = re.compile(
    r"(?:每|单)(?P<many>十万|百|千|万)?(?:个|名|位)?(?P<who>亩|平方公里|平方千米|公顷|户|[\u4e00-\u9fff]{0,4}?人口?)"
    r"(?P<name>[^\d，,。；;]{0,12}?)$"
)
_MEAN: Final = re.compile(r"(?P<who>亩|户|人|地)均(?P<name>[^\d，,。；;]{0,12}?)$")
_KNOWN: Final = (
    (re.compile(r"(?:亩产|亩均产量|单产)$"), "亩", "产"),
    (re.compile(r"人口密度(?:达到|达|为|约)*(?:每平方公里|每平方千米)?$"), "平方公里", "人口"),
    (re.compile(r"单位面积(?P<name>产值|税收|投资)$"), "平方公里", ""),
    (re.compile(r"公路密度$"), "平方公里", "里程"),
    (re.compile(r"(?:人均|客均)(?:消费|花费)$"), "人次", "收入"),
    (re.compile(r"(?P<name>投资|产出|税收)强度$"), "亩", ""),
)
# 万元工业增加值用水量
_OF_WORTH: Final = re.compile(
    r"(?:单位|每?万元)(?P<of>GDP|生产总值|地区生产总值|工业增加值|增加值|工业产值|产值)(?P<name>用水量|能耗|水耗|电耗|用电量)$"
)
_SIZES: Final = {"百": 100, "千": 1_000, "万": 10_000, "十万": 100_000}
_VERBS: Final = re.compile(r"(?:分别|约|共|已|达到|达|为|拥有|配备|占有|有|实现|完成|的|数量|数)+")
# What is counted by area, heads or households; a head may be of some of the people only.
_UNITS: Final = {
    "亩": "亩", "地": "亩", "户": "户", "人": "人", "公顷": "公顷", "平方公里": "平方公里",
    "平方千米": "平方公里",
}  # fmt: skip


SPECIFIC: Final = 3  # letters; a shorter name may be of another thing in another sentence


@dataclass(frozen=True, slots=True)
class Asked:
    """What a quotient is of: the name of the amount, the unit of the number, how many of them."""

    name: str
    unit: str
    who: str = ""
    many: int = 1


def of_passage(said: Sequence[Quantity], start: int) -> Iterator[Finding]:
    """Every quotient of a sentence whose amount and number are told once, in it or before it."""
    here = said[start:]
    for one in here:
        asked = _asked(one)
        if asked is None or _is_of_years(here, one):
            continue
        found = _judged(one, asked, here)
        if found is None and len(asked.name) >= SPECIFIC and not _is_of_years(said, one):
            found = _judged(one, asked, said)
        if found is not None:
            yield found


def _is_of_years(said: Sequence[Quantity], one: Quantity) -> bool:
    """Whether the numbers up to it speak of more than one year."""
    upto = said[: [id(other) for other in said].index(id(one)) + 1]
    years = {other.year for other in upto if other.year}
    return len(years) > 1


def _asked(one: Quantity) -> Asked | None:
    if one.role not in ("level", "base") or one.unit in ("%", "‰", "倍"):
        return None
    words = re.sub(rf"{_VERBS.pattern}$", "", one.clause)
    _, per, below = one.unit.partition("/")
    for pattern, unit, name in _KNOWN:
        match = pattern.search(words)
        if match:
            return Asked(name or match.groupdict().get("name") or "", below if per else unit)
    worth = _OF_WORTH.search(words)
    if worth:
        return Asked(worth["name"], "万元", worth["of"])
    each = _EACH.search(one.clause)
    if each:
        who = re.sub(r"(?:人口|人)$", "", each["who"])
        unit = _UNITS.get(each["who"], "人")
        name = _VERBS.sub("", each["name"]) or one.noun[:4]
        return Asked(name, unit, who if unit == "人" else "",
                     _SIZES.get(each["many"] or "", 1))  # fmt: skip
    mean = _MEAN.search(words)
    if mean:
        return Asked(_VERBS.sub("", mean["name"]), _UNITS[mean["who"]])
    return Asked(_VERBS.sub("", words)[-4:], below) if per and scale(below, "亩") else None


def _judged(one: Quantity, asked: Asked, said: Sequence[Quantity]) -> Finding | None:
    top = one.unit.partition("/")[0]
    others = [other for other in said if other is not one and _asked(other) is None]
    others = [other for other in others if other.is_amount]
    below = [other for other in others if scale(other.unit, asked.unit) is not None]
    if asked.unit == "人":
        who = asked.who or "人口|人员"
        below = [other for other in below if re.search(who, other.clause) or not asked.name]
    elif asked.unit == "万元":
        below = [other for other in below if asked.who in other.clause]
    above = [
        other for other in others
        if scale(other.unit, top) is not None and other not in below
        and _bears(other, asked.name) and _is_of_its_place(other, one)
    ]  # fmt: skip
    if not asked.name and others and others[-1].last < one.first:
        # 人均12万元 without a name speaks of the amount said last.
        last = [other for other in others if other.last < one.first][-1]
        above = [last] if scale(last.unit, top) is not None and last not in below else []
        below = below if len(others) == 2 else []
    if len(above) != 1 or len(below) != 1 or below[0].value <= 0:
        return None
    up, down = scale(above[0].unit, top), scale(below[0].unit, asked.unit)
    assert up is not None and down is not None  # chosen so
    per = (f"，每{asked.many}{asked.unit}", f", per {asked.many:,}") if asked.many > 1 else ("", "")
    found = identities.ratio(
        above[0].stated, below[0].stated, one.stated, up=up * asked.many, down=down, per=per
    )
    is_loose = above[0].is_loose or below[0].is_loose or one.is_loose
    return None if found is None else found.unless(is_open=is_loose)


def _is_of_its_place(other: Quantity, one: Quantity) -> bool:
    """What is told behind a quotient of a larger place (全区税收) may not be what it divides."""
    return other.first < one.first or not re.match(r"全[市县区省州]", other.thing)


def _bears(one: Quantity, name: str) -> bool:
    """Whether an amount has the name of what is divided."""
    words = one.clause + one.noun
    bare = re.sub(r"(?<=..)(?:面积|总量|总数|数量)$", "", name)  # 人均绿地面积, 绿地240万平方米
    return bool(bare) and set(bare) <= set(words)
