"""Rates: 开工率, 完成率, 城镇化率 and the two amounts that each is made of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from lantu.core.auditing.quantities import Quantity, scale

Said = Sequence[Quantity]  # of one passage, in order
ENDS: Final = r"(?:分别)?(?:为|达到|达|约|提高到|提升到|提升至|提高至|上升到|上升至|升至|是)*"
_RATE: Final = re.compile(rf"(?P<part>[\u4e00-\u9fff]{{0,10}}?)率{ENDS}$")
PLANNED: Final = re.compile(r"计划|(?<!公共)(?<!基金)预算(?!收入|支出|总收)|任务|目标|概算")
_UNDONE: Final = re.compile(r"计划|预算|目标|任务|未|尚|拟|待|年度|概算")
_DONE: Final = (
    "完成", "开工", "竣工", "完工", "投产", "达产", "签约", "履约", "落地", "入住", "出租", "到位",
    "支付", "执行", "交付", "验收", "入库", "达标",
)  # fmt: skip
# A rate of this name is of the part that bears it: 城镇化率 of the people in towns.
_NAMED: Final = {
    "城镇化": "城镇", "绿地": "绿地", "绿化": "绿化", "森林覆盖": "森林", "林木绿化": "林木",
}  # fmt: skip
FAR: Final = 10  # quantities back; farther off a name may be another thing's


def of_rate(said: Said, at: int) -> list[tuple[Quantity, Quantity]]:
    """What may be the part and the whole of a rate: of things and of households alike."""
    match = _RATE.search(said[at].clause)
    if match is None:
        return []
    words = match["part"]
    near = _named([one for one in said[max(0, at - FAR) : at + 3] if one.is_amount])
    name = next((one for one in _DONE if words.endswith(one)), None)
    if name is not None:
        return list(_done(near, name))
    # 开发率 of what is said to be 已开发, whatever the verb.
    name = next((one for n in (4, 3, 2) if _is_done(near, one := words[-n:])), None)
    if name is not None:
        return list(_done(near, name))
    name = next((part for rate, part in _NAMED.items() if words.endswith(rate)), None)
    if name is None and len(words) > 1 and said[at].unit == "%":
        name = words  # 集中供养率: of those that are called so
    pair = None if name is None else _part_of_all(near, name, words)
    return [] if pair is None else [pair]


def _is_done(near: Sequence[tuple[Quantity, str]], name: str) -> bool:
    return len(name) > 1 and any(f"已{name}" in words for _, words in near)


def said_of(one: Quantity) -> str:
    """What is said right around a number."""
    return one.clause + one.noun


def _named(near: Sequence[Quantity]) -> list[tuple[Quantity, str]]:
    """Amounts with their words; 389个、6.7万户 are two measures under one name."""
    found: list[tuple[Quantity, str]] = []
    for one in near:
        is_next = found and not one.thing and one.sentence == found[-1][0].sentence
        found.append((one, found[-1][1] if is_next else said_of(one)))
    return found


def _done(near: Sequence[tuple[Quantity, str]], name: str) -> Iterator[tuple[Quantity, Quantity]]:
    done = [one for one, words in near if name in words and not _UNDONE.search(words)]
    for part in reversed(done):
        others = [
            (one, words) for one, words in near
            if one is not part and scale(one.unit, part.unit) is not None
        ]  # fmt: skip
        planned = [one for one, words in others if PLANNED.search(words) and one not in done]
        left = [one for one, words in others if f"未{name}" in words and one.unit == part.unit]
        if len({one.value for one in planned}) == 1:
            yield part, planned[0]
        elif len(left) == 1:
            both = replace(part.stated, value=part.value + left[0].value)
            yield part, replace(part, stated=both)
        elif len(others) == 1 and others[0][0].value > part.value:
            yield part, others[0][0]


def _part_of_all(
    near: Sequence[tuple[Quantity, str]], name: str, words: str
) -> tuple[Quantity, Quantity] | None:
    """城镇人口 and all people: the one amount of that name, and the one greater of its unit."""
    parts = [(one, said) for one, said in near if name in said]
    if len(parts) != 1 or ("户籍" in words) != ("户籍" in parts[0][1]):
        return None
    part = parts[0][0]
    rest = [one for one, _ in near if one.unit == part.unit and one is not part]
    if len({one.value for one in rest}) != 1 or rest[0].value <= part.value:
        return None
    return part, rest[0]
