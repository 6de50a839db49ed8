"""Claims in words that two numbers must bear out, and quotients with a unit of their own."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Final

from lantu.core.auditing import identities
from lantu.core.auditing.findings import Finding, Result
from lantu.core.auditing.intervals import Interval
from lantu.core.auditing.pieces import NUMBER, UNIT, amount, is_loose
from lantu.core.figures.decimals import ARITHMETIC
from lantu.core.figures.units import convert, convertible
from lantu.core.reading.prose import Sentence, Stated

_GOAL: Final = re.compile(
    rf"目标[^\d。；;，,]{{0,6}}(?:20\d\d年)?[^\d。；;，,]{{0,16}}?{amount('0')}"
    r"[，,、；;（(]?(?:20\d\d年)?(?:实际|预计)?"
    r"(?:完成|达到|实现|新增|引进|建成|为|完成值为|达)"
    rf"[^\d。；;，,]{{0,10}}?{amount('1', unit='0')}[，,；;。）)]*"
    r"(?P<claim>超额完成|提前完成|圆满完成|顺利完成|完成(?:了)?(?:既定|规划|预期)?目标|未完成|未达到|没有完成|低于目标)"
)
_CEILING: Final = re.compile(
    r"死亡|事故|失业|能耗|排放|浓度|用水|负债|杠杆|偏差|漏损|成本|时间|煤耗|下降"
)
_INTENSITY: Final = re.compile(
    rf"(?P<name>投资|产出|税收)强度[^\d，,。；;]{{0,6}}(?P<value>{NUMBER})(?P<unit>(?:亿元|万元|元)/(?:亩|公顷|平方公里))"
)
_LAND: Final = ("亩", "万亩", "公顷", "平方公里")
_INCOMES: Final = re.compile(
    rf"城乡(?:居民)?(?:人均)?(?:可支配)?收入(?:倍差|差距|比)[^\d，,。；;]{{0,10}}?(?P<value>{NUMBER})(?:[:：∶]1)?"
)
_TOWN: Final = re.compile(rf"城镇(?:常住)?居民[^\d，,。；;]{{0,10}}?{amount()}")
_COUNTRY: Final = re.compile(rf"农(?:村|民)(?:常住)?(?:居民)?[^\d，,。；;]{{0,10}}?{amount()}")
_PER_MANY: Final = re.compile(
    rf"每(?P<many>[百千万]|十万)名?(?P<who>老年人口?|常住人口|人口|人)[^\d，,。；;]{{0,8}}?"
    rf"(?:拥有|配备|占有)?(?P<thing>[\u4e00-\u9fff]{{2,6}}?)(?:数|数量)?(?:达到|达|为|约)*(?P<value>{NUMBER})(?P<unit>张|人|名|个|件|辆)"
)
_MANY: Final = {"百": 100, "千": 1_000, "万": 10_000, "十万": 100_000}


def of_sentence(sentence: Sentence) -> Iterator[Finding]:
    """All claims of one sentence."""
    yield from _goals(sentence)
    yield from _intensities(sentence)
    yield from _incomes(sentence)
    yield from _per_many(sentence)
    yield from _classes(sentence)
    yield from _rates(sentence)


def _goals(sentence: Sentence) -> Iterator[Finding]:
    """目标280亿元，实际完成265亿元，超额完成: less than the goal is no surplus."""
    for match in _GOAL.finditer(sentence.text):
        goal = sentence.stated(match, "value0", "unit0")
        reached = sentence.stated(match, "value1", "unit0")
        if _CEILING.search(match.group()):
            continue
        is_met = reached.value >= goal.value
        says_met = not match["claim"].startswith(("未", "没", "低"))
        result: Result = "holds" if is_met == says_met else "contradicts"
        pair = f"目标{identities.number(goal)}，完成{identities.number(reached)}"
        pair_en = f"Goal {identities.number(goal)}, reached {identities.number(reached)}"
        end = "相符" if result == "holds" else "不符"
        end_en = "agrees" if result == "holds" else "does not agree"
        yield Finding(
            "goal-reached", result, "low" if result == "holds" else "medium",
            {"zh": f"{pair}，与“{match['claim']}”{end}。",
             "en": f"{pair_en}: this {end_en} with what is said of it ({match['claim']})."},
            (goal, reached), goal.value, reached.value,
        )  # fmt: skip


def _intensities(sentence: Sentence) -> Iterator[Finding]:
    """用地300亩，总投资9亿元，投资强度300万元/亩."""
    for match in _INTENSITY.finditer(sentence.text):
        money, land = match["unit"].split("/")
        stated = sentence.stated(match)
        above = _only(sentence, match, rf"{match['name']}(?:总额|额)?(?:约|为|达|达到|共)*$", money)
        below = [one for one in _amounts(sentence, match) if one.unit in _LAND]
        if above is not None and len(below) == 1 and convertible(below[0].unit, land):
            yield _ratio(sentence, above, below[0], stated, money, land)


def _only(sentence: Sentence, match: re.Match[str], before: str, unit: str) -> Stated | None:
    """The one amount of such a unit whose name ends so."""
    found = []
    for one in re.finditer(amount(), sentence.text):
        is_other = one.end() <= match.start() or one.start() >= match.end()
        is_named = re.search(before, sentence.text[max(0, one.start() - 12) : one.start()])
        if is_other and is_named and convertible(one["unit"], unit):
            found.append(sentence.stated(one))
    return found[0] if len(found) == 1 else None


def _amounts(sentence: Sentence, match: re.Match[str]) -> list[Stated]:
    return [
        sentence.stated(one)
        for one in re.finditer(amount(), sentence.text)
        if one.end() <= match.start() or one.start() >= match.end()
    ]


def _ratio(
    sentence: Sentence, above: Stated, below: Stated, stated: Stated, top: str, under: str
) -> Finding:
    with localcontext(ARITHMETIC):
        up = convert(Decimal(1), above.unit, top)
        down = convert(Decimal(1), below.unit, under)
        quotient = (Interval.of(above.value) * Interval(up, up)).over(
            Interval.of(below.value) * Interval(down, down)
        )
        assert quotient is not None  # an area is above zero
        computed = above.value * up / (below.value * down)
    found = identities.equal(
        "ratio", (above, below, stated), quotient, computed, stated,
        f"{identities.number(above)}÷{identities.number(below)}",
        f"{identities.number(above)} ÷ {identities.number(below)}",
    )  # fmt: skip
    return _weighed(sentence, found)


def _incomes(sentence: Sentence) -> Iterator[Finding]:
    """城乡居民收入比2:1，城镇居民5万元，农村居民2.5万元."""
    for match in _INCOMES.finditer(sentence.text):
        town, country = _TOWN.search(sentence.text), _COUNTRY.search(sentence.text)
        if town is None or country is None or town["unit"] != country["unit"]:
            continue
        above, below = sentence.stated(town), sentence.stated(country)
        stated = sentence.stated(match, "value", "")
        quotient = Interval.of(above.value).over(Interval.of(below.value))
        if quotient is None:
            continue
        with localcontext(ARITHMETIC):
            computed = above.value / below.value
        pair = identities.number(above), identities.number(below)
        found = identities.equal(
            "ratio", (above, below, stated), quotient, computed, stated,
            "÷".join(pair), " ÷ ".join(pair),
        )  # fmt: skip
        yield _weighed(sentence, found)


def _per_many(sentence: Sentence) -> Iterator[Finding]:
    """养老床位3000张，老年人口7.5万人，每千名老年人拥有养老床位40张."""
    for match in _PER_MANY.finditer(sentence.text):
        who = {"人": "人口"}.get(match["who"], match["who"]).removesuffix("口")
        who = "人口" if who == "人" else who
        people = _only(sentence, match, rf"{who}[^\d，,。；;]{{0,6}}$", "人")
        things = [
            one for one in _amounts(sentence, match)
            if one.unit.removeprefix("万") == match["unit"] and one != people
        ]  # fmt: skip
        named = [one for one in things if _is_named(sentence, one, match["thing"])]
        if people is None or len(named) != 1 or people.value <= 0:
            continue
        above, stated = named[0], sentence.stated(match)
        factor = Decimal(10_000) if above.unit.startswith("万") else Decimal(1)
        heads = Decimal(10_000) if people.unit.startswith("万") else Decimal(1)
        with localcontext(ARITHMETIC):
            scale = factor * _MANY[match["many"]] / heads
            quotient = Interval.of(above.value).over(Interval.of(people.value))
            assert quotient is not None
            reached = quotient * Interval(scale, scale)
            computed = above.value / people.value * scale
        pair = identities.number(above), identities.number(people)
        found = identities.equal(
            "ratio", (above, people, stated), reached, computed, stated,
            f"{'÷'.join(pair)}，每{match['many']}人",
            f"{' ÷ '.join(pair)}, per {_MANY[match['many']]:,}",
        )  # fmt: skip
        yield _weighed(sentence, found)


_CLASSES: Final = re.compile(
    r"(?<!\d)(?P<count>\d{1,4})(?P<thing>个(?:教学|标准)?班)[^\d。；;]{0,14}每班(?P<size>\d{1,3})(?P<unit>人|名|座)?"
    r"[^\d。；;]{0,14}(?:学位|学生|在校生|容纳|招生)[^\d。；;]{0,8}(?P<total>\d{1,6})(?P<of>个|人|名)"
)


def _classes(sentence: Sentence) -> Iterator[Finding]:
    """54个教学班，每班45人，提供学位2430个."""
    for match in _CLASSES.finditer(sentence.text):
        count = sentence.stated(match, "count", "")
        size, total = sentence.stated(match, "size", ""), sentence.stated(match, "total", "of")
        found = identities.product(replace(count, unit="个班"), size, total)
        yield _weighed(sentence, found)


_PART_RATE: Final = re.compile(
    rf"(?P<name>开工|竣工|完工|投产|达产|绿地|绿化|森林|签约|履约|落地|入住|出租)(?:覆盖)?率[^\d，,。；;]{{0,4}}(?P<value>{NUMBER})(?P<unit>%)"
)


def _rates(sentence: Sentence) -> Iterator[Finding]:
    """开工项目60个，计划项目80个，开工率75%: a part and its whole, nothing else of that unit."""
    for match in _PART_RATE.finditer(sentence.text):
        amounts = [(one, sentence.stated(one)) for one in re.finditer(amount(), sentence.text)]
        parts = [s for one, s in amounts if _is_named(sentence, s, match["name"])]
        if len(parts) != 1:
            continue
        same = [s for _, s in amounts if s.unit == parts[0].unit]
        if len(same) != 2 or max(s.value for s in same) == parts[0].value:
            continue
        whole = next(s for s in same if s != parts[0])
        found = identities.share(parts[0], whole, sentence.stated(match))
        if found is not None:
            yield _weighed(sentence, found)


def _is_named(sentence: Sentence, stated: Stated, thing: str) -> bool:
    at = next((n for n, place in enumerate(sentence.places) if place == stated.start), 0)
    thing = re.sub(r"^(?:拥有|配备|占有|的)+", "", thing)
    return thing in sentence.text[max(0, at - len(thing) - 6) : at]


def _weighed(sentence: Sentence, found: Finding) -> Finding:
    if found.result != "contradicts":
        return found
    for one in found.numbers:
        at = next((n for n, place in enumerate(sentence.places) if place == one.start), None)
        if at is None:
            continue
        number = re.match(NUMBER, sentence.text[at:])
        end = at + (number.end() if number else 0)
        unit = re.match(UNIT, sentence.text[end:])
        if is_loose(sentence.text, at, end + (unit.end() if unit else 0)):
            return replace(found, result="undetermined", severity="low")
    return found
