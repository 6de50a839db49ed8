"""Claims in words that two numbers must bear out, and quotients with a unit of their own."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from lantu.core.auditing import identities
from lantu.core.auditing.findings import Finding, Result, Severity
from lantu.core.auditing.identities import ONE
from lantu.core.auditing.pieces import NUMBER, amount, amounts, unless_loose
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
    yield from _beyond(sentence)
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
        yield _told(goal, reached, match["claim"], holds=is_met == says_met)


_BEYOND: Final = re.compile(
    rf"{amount('1')}[，,](?P<claim>超过|高于|超出|达到|低于|未达到)了?"
    rf"{amount('0', unit='1')}的?"
    r"[\u4e00-\u9fff]{0,4}目标"
)


def _beyond(sentence: Sentence) -> Iterator[Finding]:
    """建成12.6万亩，超过10万亩的规划目标."""
    for match in _BEYOND.finditer(sentence.text):
        if _CEILING.search(sentence.text[: match.end()]):
            continue
        goal = sentence.stated(match, "value0", "unit1")
        reached = sentence.stated(match, "value1", "unit1")
        is_met = reached.value >= goal.value
        yield _told(goal, reached, match["claim"], holds=is_met == (match["claim"] not in _SHORT))


_SHORT: Final = ("低于", "未达到")


def _told(goal: Stated, reached: Stated, claim: str, *, holds: bool) -> Finding:
    result: Result = "holds" if holds else "contradicts"
    pair = f"目标{identities.number(goal)}，完成{identities.number(reached)}"
    pair_en = f"Goal {identities.number(goal)}, reached {identities.number(reached)}"
    end, end_en = ("相符", "agrees") if holds else ("不符", "does not agree")
    words = {
        "zh": f"{pair}，与“{claim}”{end}。",
        "en": f"{pair_en}: this {end_en} with what is said of it ({claim}).",
    }
    severity: Severity = "low" if holds else "medium"
    return Finding(
        "goal-reached", result, severity, words, (goal, reached), goal.value, reached.value
    )


def _intensities(sentence: Sentence) -> Iterator[Finding]:
    """用地300亩，总投资9亿元，投资强度300万元/亩."""
    for match in _INTENSITY.finditer(sentence.text):
        money, land = match["unit"].split("/")
        stated = sentence.stated(match)
        above = _only(sentence, match, rf"{match['name']}(?:总额|额)?(?:约|为|达|达到|共)*$", money)
        below = [one for _, one in _others(sentence, match) if one.unit in _LAND]
        if above is None or len(below) != 1 or not convertible(below[0].unit, land):
            continue
        up, down = convert(ONE, above.unit, money), convert(ONE, below[0].unit, land)
        found = identities.ratio(above, below[0], stated, up=up, down=down)
        if found is not None:
            yield unless_loose(sentence, found)


def _only(sentence: Sentence, match: re.Match[str], before: str, unit: str) -> Stated | None:
    """The one amount of such a unit whose name ends so."""
    found = []
    for one, stated in _others(sentence, match):
        is_named = re.search(before, sentence.text[max(0, one.start() - 12) : one.start()])
        if is_named and convertible(one["unit"], unit):
            found.append(stated)
    return found[0] if len(found) == 1 else None


def _others(sentence: Sentence, match: re.Match[str]) -> Iterator[tuple[re.Match[str], Stated]]:
    """The amounts of a sentence before and after a match."""
    yield from amounts(sentence, 0, match.start())
    yield from amounts(sentence, match.end())


def _incomes(sentence: Sentence) -> Iterator[Finding]:
    """城乡居民收入比2:1，城镇居民5万元，农村居民2.5万元."""
    for match in _INCOMES.finditer(sentence.text):
        town, country = _TOWN.search(sentence.text), _COUNTRY.search(sentence.text)
        if town is None or country is None or town["unit"] != country["unit"]:
            continue
        above, below = sentence.stated(town), sentence.stated(country)
        stated = sentence.stated(match, "value", "")
        found = identities.ratio(above, below, stated)
        if found is not None:
            yield unless_loose(sentence, found)


def _per_many(sentence: Sentence) -> Iterator[Finding]:
    """养老床位3000张，老年人口7.5万人，每千名老年人拥有养老床位40张."""
    for match in _PER_MANY.finditer(sentence.text):
        who = {"人": "人口"}.get(match["who"], match["who"]).removesuffix("口")
        who = "人口" if who == "人" else who
        people = _only(sentence, match, rf"{who}[^\d，,。；;]{{0,6}}$", "人")
        named = [
            one for _, one in _others(sentence, match)
            if one.unit.removeprefix("万") == match["unit"] and one != people
            and _is_named(sentence, one, match["thing"])
        ]  # fmt: skip
        if people is None or len(named) != 1 or people.value <= 0:
            continue
        above, many = named[0], _MANY[match["many"]]
        found = identities.ratio(
            above, people, sentence.stated(match), up=_of_each(above) * many, down=_of_each(people),
            per=(f"，每{match['many']}人", f", per {many:,}"),
        )  # fmt: skip
        if found is not None:
            yield unless_loose(sentence, found)


def _of_each(stated: Stated) -> Decimal:
    """How many a number with 万 before its unit counts by."""
    return Decimal(10_000) if stated.unit.startswith("万") else ONE


_CLASSES: Final = re.compile(
    r"(?<!\d)(?P<count>\d{1,4})(?P<thing>个(?:教学|标准)?班)[^\d。；;]{0,14}每班(?P<size>\d{1,3})(?P<unit>人|名|座)?"
    r"[^\d。；;]{0,14}(?:学位|学生|在校生|容纳|招生)[^\d。；;]{0,8}(?P<total>\d{1,6})(?P<of>个|人|名)"
)


def _classes(sentence: Sentence) -> Iterator[Finding]:
    """54个教学班，每班45人，提供学位2430个."""
    for match in _CLASSES.finditer(sentence.text):
        if re.search(
            r"每[所校个].{0,4}$", sentence.text[max(0, match.start() - 8) : match.start()]
        ):
            continue  # so many classes in each of several schools
        count = sentence.stated(match, "count", "")
        size, total = sentence.stated(match, "size", ""), sentence.stated(match, "total", "of")
        found = identities.product(replace(count, unit="个班"), size, total)
        yield unless_loose(sentence, found)


_PART_RATE: Final = re.compile(
    rf"(?P<name>开工|竣工|完工|投产|达产|绿地|绿化|森林|签约|履约|落地|入住|出租)(?:覆盖)?率[^\d，,。；;]{{0,4}}(?P<value>{NUMBER})(?P<unit>%)"
)


def _rates(sentence: Sentence) -> Iterator[Finding]:
    """开工项目60个，计划项目80个，开工率75%: a part and its whole, nothing else of that unit."""
    for match in _PART_RATE.finditer(sentence.text):
        stated = [one for _, one in amounts(sentence)]
        parts = [one for one in stated if _is_named(sentence, one, match["name"])]
        if len(parts) != 1:
            continue
        same = [one for one in stated if one.unit == parts[0].unit]
        if len(same) != 2 or max(one.value for one in same) == parts[0].value:
            continue
        whole = next(one for one in same if one != parts[0])
        found = identities.share(parts[0], whole, sentence.stated(match))
        if found is not None:
            yield unless_loose(sentence, found)


def _is_named(sentence: Sentence, stated: Stated, thing: str) -> bool:
    at = bisect_left(sentence.places, stated.start or 0)
    thing = re.sub(r"^(?:拥有|配备|占有|的)+", "", thing)
    return thing in sentence.text[max(0, at - len(thing) - 6) : at]
