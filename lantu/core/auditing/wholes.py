"""Parts and wholes in one sentence: shares, closed partitions, per-unit figures, structures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final

from lantu.core import content
from lantu.core.auditing import identities
from lantu.core.auditing.findings import Finding
from lantu.core.auditing.identities import ONE
from lantu.core.auditing.intervals import Interval
from lantu.core.auditing.pieces import (
    NUMBER,
    UNIT,
    amount,
    amounts,
    loose,
    percent,
    rate,
    unless_loose,
)  # fmt: skip
from lantu.core.figures.units import convert, convertible
from lantu.core.reading.prose import Sentence, Stated

HUNDRED: Final = Decimal(100)
_SHARE: Final = re.compile(
    rf"{amount('0')}[，,、；;（(]?其中有?[:：,，]?[^\d。；;，,]{{0,24}}?{amount('1', unit='0')}"
    r"[，,、（(]?(?:占比|占总[量数额]的?|占(?=\d)|占全部的?|占比重|比重)(?:为|达到|达|的比重为)?"
    rf"{percent('rate')}"
)
# 企业240家，其中高新企业108家，占企业总数的45%
_SHARE_NAMED: Final = re.compile(
    rf"{amount('0')}[，,、；;（(]?其中有?[:：,，]?[^\d。；;，,]{{0,24}}?{amount('1', unit='0')}"
    rf"[，,、（(]?占(?P<of>[^\d，,。；;]{{2,14}}?)的{percent('rate')}"
)
_SHARE_OF: Final = re.compile(
    rf"{amount('1')}[，,、]?(?:占|完成|为|达到)[^\d。；;，,]{{0,16}}?{amount('0', unit='1')}"
    rf"的(?:比重|比例|份额)?(?:达到|达|为|约为)?{percent('rate')}"
)
_STRUCTURE: Final = re.compile(
    rf"(?:三次产业|产业)?(?:结构|比例|比重|占比)[^。；;]{{0,16}}?(?P<list>(?:{NUMBER})(?:[:：∶](?:{NUMBER})){{1,5}})"
)
_LIST: Final = re.compile(rf"(?P<list>(?:{NUMBER})(?:[:：∶](?:{NUMBER})){{2,5}})(?!月|时)")
_INDUSTRIES: Final = re.compile(r"^(?:三次)?产业")
_PER_UNIT: Final = re.compile(
    rf"(?P<per>亩均|人均|户均|平均每[亩人户家个]|每[亩人户家个])(?P<name>[^\d，,。；;年月]{{1,8}}?)(?:达到|达|为|约)?"
    rf"(?P<value>{NUMBER})(?P<unit>亿元|万元|元|吨|平方米|千瓦时)(?:/[亩人户家个])?"
)
_EACH: Final = re.compile(
    rf"(?P<count>(?<!\d)\d{{1,9}})个?(?P<thing>[个家座条处班栋所户套间组台镇乡村社区园]{{1,2}})[^。；;\d，,]{{0,12}}[，,]"
    rf"(?:平均)?[每单]个?(?P=thing)[^\d，,。；;]{{0,8}}(?P<size>{NUMBER})个?(?P<unit>{UNIT})[，,](?:一?共|共计|合计|总计|总|(?:可|能|共)?容纳|可提供|(?:共|合计)?提供)"
    rf"[^\d，,。；;]{{0,8}}(?P<total>{NUMBER})个?(?P<of>{UNIT})"
)
_WHOLE: Final = re.compile(r"[，,、：:（(]?(?:其中|分别为|包括|含|分为)[:：,，]?|[:：（(]")
# 道路12条，主干路3条、次干路4条、支路5条
_COMMA: Final = re.compile(r"[，,](?=[^\d，,。；;]{2,8}\d)")
_ITEM: Final = re.compile(
    rf"(?P<name>[^\d，,。；;：:（）()%]{{1,30}}?)(?P<value>{NUMBER})(?P<unit>{UNIT})"
)
_OTHER: Final = re.compile(r"^(?:其他|其它|其余)")
DENOMINATORS: Final = {
    "亩": ("万亩", "亩"),
    "人": ("万人", "人"),
    "户": ("万户", "户"),
    "家": ("家",),
    "个": ("个",),
}


def of_sentence(sentence: Sentence) -> Iterator[Finding]:
    """All parts and wholes that one sentence states."""
    yield from _shares(sentence)
    yield from _structures(sentence)
    yield from _per_unit(sentence)
    yield from _each(sentence)
    yield from _partitions(sentence)


def _shares(sentence: Sentence) -> Iterator[Finding]:
    """总投资60亿元，其中工业投资30亿元，占50%；完成投资30亿元，占年度计划60亿元的50%."""
    for match in _SHARE_NAMED.finditer(sentence.text):
        name = re.sub(r"(?:总数|总量|总额|的)+$", "", match["of"])
        if len(name) >= 2 and name in sentence.text[: match.start("value0")]:
            whole = sentence.stated(match, "value0", "unit0")
            part = sentence.stated(match, "value1", "unit0")
            found = identities.share(part, whole, rate(sentence, match, "rate"))
            if found is not None:
                yield unless_loose(sentence, found)
    for pattern in (_SHARE, _SHARE_OF):
        unit = "unit0" if pattern is _SHARE else "unit1"
        for match in pattern.finditer(sentence.text):
            whole = sentence.stated(match, "value0", unit)
            part = sentence.stated(match, "value1", unit)
            found = identities.share(part, whole, rate(sentence, match, "rate"))
            if found is not None:
                yield unless_loose(sentence, found)


def _structures(sentence: Sentence) -> Iterator[Finding]:
    """三次产业结构为8:45:47: shares of one whole add up to a hundred."""
    named = _STRUCTURE.search(sentence.text)
    for match in _LIST.finditer(sentence.text, named.start() if named else len(sentence.text)):
        start = match.start("list")
        shares = [
            _at(sentence, start + one.start(), start + one.end())
            for one in re.finditer(NUMBER, match["list"])
        ]
        total = sum((one.value for one in shares), Decimal(0))
        # 1:2:3 is a ratio; only shares of industries, or what comes near a hundred, are shares.
        is_meant = _INDUSTRIES.search(named.group() if named else "") or Decimal(
            90
        ) <= total <= Decimal(110)
        if len(shares) >= 3 and is_meant:
            yield _hundred(shares, total)


def _hundred(shares: Sequence[Stated], total: Decimal) -> Finding:
    reached = Interval.of(shares[0].value)
    for one in shares[1:]:
        reached = reached + Interval.of(one.value)
    whole = Stated(HUNDRED, "", shares[0].start, shares[-1].end)
    names = "+".join(f"{one.value:f}" for one in shares)
    return identities.equal("structure", tuple(shares), reached, total, whole, names, names)


def _per_unit(sentence: Sentence) -> Iterator[Finding]:
    """税收3000万元，用地200亩，亩均税收15万元: numerator over denominator."""
    for match in _PER_UNIT.finditer(sentence.text):
        if len(_years_named(sentence.text[: match.end()])) > 1:
            continue  # this of one year, that of another
        thing = match["per"][0] if match["per"] in ("亩均", "人均", "户均") else match["per"][-1]
        below = _only(sentence, match, DENOMINATORS[thing])
        above = _named(sentence, match)
        if below is None or above is None or below.value <= 0:
            continue
        stated = sentence.stated(match)
        if not convertible(above.unit, stated.unit):
            continue
        up = convert(ONE, above.unit, stated.unit)
        down = Decimal(10_000) if below.unit.startswith("万") else ONE
        found = identities.ratio(above, below, stated, up=up, down=down)
        if found is not None:
            yield unless_loose(sentence, found)


def _years_named(text: str) -> set[str]:
    return set(re.findall(r"20\d\d(?=年)", text))


def _only(sentence: Sentence, match: re.Match[str], units: tuple[str, ...]) -> Stated | None:
    """The one amount of such a unit before the per-unit figure; None where there are more."""
    found = [s for m, s in amounts(sentence, 0, match.start()) if s.unit in units]
    return found[0] if len(found) == 1 else None


def _named(sentence: Sentence, match: re.Match[str]) -> Stated | None:
    """The one amount before it that carries the name of the per-unit figure."""
    name = match["name"].strip("的")
    found = [
        s
        for m, s in amounts(sentence, 0, match.start())
        if len(name) >= 2 and name in sentence.text[max(0, m.start() - len(name) - 6) : m.start()]
    ]
    return found[0] if len(found) == 1 else None


def _each(sentence: Sentence) -> Iterator[Finding]:
    """18个班，每班45人，共810人."""
    for match in _EACH.finditer(sentence.text):
        count = sentence.stated(match, "count", "thing")
        size = sentence.stated(match, "size", "unit")
        total = sentence.stated(match, "total", "of")
        if not convertible(size.unit, total.unit):
            continue
        if size.unit != total.unit:
            size = replace(size, value=convert(size.value, size.unit, total.unit), unit=total.unit)
        about = loose(sentence, match, "count", "size", "total")
        yield identities.product(count, size, total, about=about)


def _partitions(sentence: Sentence) -> Iterator[Finding]:
    """共90个，其中一产10个、二产50个、三产30个: parts that leave nothing out."""
    stated = list(amounts(sentence))
    for match, total in stated:
        mark = _WHOLE.match(sentence.text, match.end()) or _COMMA.match(sentence.text, match.end())
        if mark is None:
            continue
        items = _items(sentence, mark.end(), total.unit)
        kind = _partition([name for name, _ in items])
        if (
            len(items) < 2
            or kind is None
            or (mark.re is _COMMA and not _is_first(stated, total, items, kind))
        ):
            continue
        found = identities.parts(total, [one for _, one in items], complete=True)
        if found is None:
            continue
        over = sum((one.value for _, one in items), Decimal(0)) > total.value
        if found.result == "contradicts" and not (kind == "closed" or over):
            continue
        yield unless_loose(sentence, found)


def _is_first(
    stated: Sequence[tuple[re.Match[str], Stated]],
    total: Stated,
    items: Sequence[tuple[str, Stated]],
    kind: str,
) -> bool:
    """Whether a sentence's first amount of its unit is parted by words that leave nothing out."""
    same = [one for _, one in stated if one.unit == total.unit]
    return same[0] == total and kind == "closed" and not _OTHER.match(items[-1][0])


def _items(sentence: Sentence, start: int, unit: str) -> list[tuple[str, Stated]]:
    """Names with amounts of one unit that follow each other without anything between."""
    found = []
    at = start
    while match := _ITEM.match(sentence.text, at):
        if match["unit"] != unit:
            break
        found.append((match["name"], sentence.stated(match)))
        at = match.end()
        gap = re.match(r"[，,、；;和及]{1,2}", sentence.text[at:])
        if gap is None:
            break
        at += gap.end()
    return found


def _partition(names: Sequence[str]) -> str | None:
    """`closed` where the names leave nothing out, `open` where they cannot overlap, else None."""
    if len(names) >= 2 and _OTHER.match(names[-1]):
        return "closed"
    if _of_one_kind(names) or _of_one_head(names):
        return "open"
    for kind, sets in _sets().items():
        for words in sets:
            hit = [next((w for w in words if w in name), None) for name in names]
            if None not in hit and len(set(hit)) == len(hit):
                if kind == "closed" and len(hit) == len(words):
                    return "closed"
                return "open"
    return None


def _of_one_kind(names: Sequence[str]) -> bool:
    """产业类项目, 民生类项目: kinds of one thing, told apart by 类, do not overlap."""
    kinds = [re.fullmatch(r"(?P<kind>.{2,8})类(?P<thing>.{0,6})", name) for name in names]
    if len(names) < 2 or None in kinds:
        return False
    things = {one["thing"] for one in kinds if one}
    return len(things) == 1 and len({one["kind"] for one in kinds if one}) == len(names)


_HEADS: Final = ("工程", "用地", "村", "路", "桥", "项目", "绿地", "水库", "灌区", "泵站")
# These say how great or how far a thing is, which another name may say of it as well.
_WIDE: Final = re.compile(
    r"重[点大]|国家|全[省市县区]|级|以上|开工|竣工|示范|试点|骨干|新[建型]|续建|亿元|主要|其他|全部|在建|规[上模]|民间|外资"
)


def _of_one_head(names: Sequence[str]) -> bool:
    """防洪工程, 供水工程: works of one head with modifiers that tell them apart."""
    head = next((one for one in _HEADS if all(name.endswith(one) for name in names)), None)
    if head is None or len(set(names)) < len(names):
        return False
    modifiers = [name.removesuffix(head) for name in names]
    return all(2 <= len(one) <= 6 and not _WIDE.search(one) for one in modifiers)


@lru_cache(maxsize=1)
def _sets() -> dict[str, list[list[str]]]:
    root = content.read(Path(__file__).with_name("partitions.yaml"), "auditing/partitions.yaml")
    return {
        kind: [[word.text() for word in one.items()] for one in entry.items()]
        for kind, entry in root.mapping().items()
    }


def _at(sentence: Sentence, start: int, end: int) -> Stated:
    value = Decimal(sentence.text[start:end].replace(",", ""))
    return Stated(value, "", sentence.places[start], sentence.places[end - 1] + 1)
