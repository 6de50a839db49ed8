"""Amounts: numbers with their unit, their bounds, and how they are meant."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from lantu.core.figures.decimals import printed
from lantu.core.reading.bounds import NEAR, Amount, Measure, bounded
from lantu.core.reading.inwords import amounts_in_words
from lantu.core.reading.words import anywhere, at_end, either, whole

# Bounded, and never begun inside a run of digits, so that no text takes long.
_NUMBER = r"(?<!\d)(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,10})?"
_DASH = r"(?:[-—–~]{1,2}|至|到)"
_YEARS = range(1900, 2101)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    many, measures = either("magnitudes"), either("quantities", "counters")
    # The number and what stands after it: share, 亿元, 件/万人, or only 万 and 亿.
    unit = (
        rf"(?P<share>个?百分点|[%‰]|/10万人?)|"
        rf"(?P<many>{many}?)(?P<more>多|余)?(?P<measure>{measures})"
        rf"(?P<per>/(?:{measures}|{many}?(?:{measures})|日|月|公顷|百人|万人|千人|标准地))?|(?P<only>万亿|万|亿)(?![\d元])"
    )
    low = rf"(?P<low>{_NUMBER})(?:%|‰|个百分点|{many}?(?:{measures})|{many})?"
    return {
        "digits": re.compile(
            rf"(?P<mark>[≥≤<>]=?)?(?:{low}{_DASH}(?P<high>{_NUMBER})|(?P<value>{_NUMBER}))"
            rf"(?P<some>多|余)?(?:{unit})"
        ),
        "ratio": re.compile(
            rf"(?<![\d.:∶：])(?:(?P<value>{_NUMBER})(?P<unit>[:∶：]1(?:00)?)|(?P<one>1[:∶：])(?P<part>{_NUMBER}))"
            r"(?![\d.:∶：])"
        ),
        "bare": re.compile(
            rf"(?P<mark>[≥≤<>]=?)?(?P<value>{_NUMBER})"
            rf"(?=[，,；;。！、)）]|以[上下内]|左右|$)"
        ),
        "listed": re.compile(rf"(?P<value>{_NUMBER})(?=[、和与及]\d)"),
    }


# 比2020年的1.3吨降低17%: what a change is measured from.
COMPARED = re.compile(
    r"[较比](?:(?:19|20)\d\d年(?:末|底|期)?|目前)的?(?P<with>(?<=的)\d[^，,。；;（）()]{1,30}?|[(（]\d[^（）()]{1,16}[)）])(?:分别|继续)?"
    r"(?=下降|降低|减少|提高|增长|增加|上升|削减|压减)"
)


def amounts(sentence: str) -> list[Amount]:
    """Every number with a unit, its comparator read from the words around it; in order."""
    found = [*_in_digits(sentence), *amounts_in_words(sentence)]
    if "分别" in sentence:
        found += _without_unit(sentence, found)
    if compared := list(COMPARED.finditer(sentence)):
        spans = [match.span("with") for match in compared]
        found = [one for one in found if not any(a <= one.start < b for a, b in spans)]
    found.sort(key=lambda one: (one.start, -one.end))
    return _with_bases(sentence, _apart(found))


def _without_unit(sentence: str, found: list[Amount]) -> list[Amount]:
    """分别增长5、7个百分点: a number whose unit stands behind the next one."""
    by_start = {one.start: one for one in found}
    added: list[Amount] = []
    for match in reversed(list(_patterns()["listed"].finditer(sentence))):
        follower = by_start.get(match.end() + 1)
        if follower is not None and "分别" in sentence[max(0, match.start() - 40) : match.start()]:
            end, sign = bounded(sentence, match.end(), "", match.start())
            one = Amount(
                match.start(), end, follower.unit, printed(match["value"]), comparator=sign,
                measure=follower.measure,
            )  # fmt: skip
            by_start[one.start] = one
            added.append(one)
    return added


def _apart(found: list[Amount]) -> list[Amount]:
    """Without those that begin inside the one before."""
    kept: list[Amount] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _in_digits(sentence: str) -> Iterator[Amount]:
    if not re.search(r"\d", sentence):
        return
    patterns = _patterns()
    for match in patterns["ratio"].finditer(sentence):
        end, sign = bounded(sentence, match.end(), "", match.start())
        value = printed(match["value"] or match["part"])
        unit = match["unit"] or match["one"]
        yield Amount(match.start(), end, unit, value, comparator=sign, measure="ratio")
    for match in patterns["digits"].finditer(sentence):
        if not is_no_amount(sentence, match.start(), _number_end(match), match.end()):
            yield from _of_digits(sentence, match)
    for match in patterns["bare"].finditer(sentence):
        before = sentence[max(0, match.start() - 2 * NEAR) : match.start()]
        if _is_bare(before, match):
            end, sign = bounded(sentence, match.end(), match["mark"] or "", match.start())
            yield Amount(
                match.start(), end, "", printed(match["value"]), comparator=sign, measure="bare"
            )


def _number_end(match: re.Match[str]) -> int:
    return match.end("high") if match["high"] else match.end("value")


def _of_digits(sentence: str, match: re.Match[str]) -> Iterator[Amount]:
    unit = sentence[_number_end(match) : match.end()]
    more = match["some"] or match["more"] or ""
    unit = unit.replace(more, "", 1) if more else unit
    end, sign = bounded(sentence, match.end(), match["mark"] or "", match.start(), more=bool(more))
    kind: Measure = "share" if match["share"] else "counter"
    if not match["share"] and (match["only"] or match["per"] or _is_quantity(match["measure"])):
        kind = "quantity"
    if match["value"] is not None:
        yield Amount(match.start(), end, unit, printed(match["value"]), None, None, sign, kind)
        return
    low, high = printed(match["low"]), printed(match["high"])
    before = sentence[max(0, match.start() - 1) : match.start()]
    if before in ("由", "从"):
        yield Amount(match.start(), end, unit, high, None, None, sign, kind, base=low)
    elif low < high:
        yield Amount(match.start(), end, unit, None, low, high, "range", kind)


def _is_quantity(measure: str) -> bool:
    return measure in whole("quantities")


_ROAD = re.compile(r"[国省县]道$")  # 省道107 is a road, 国省道350公里 are many


_STANDARD = re.compile(
    r"(?:可达)?(?:见[绿园水景]|通达|直达|到达|可达|[\u4e00-\u9fff]{0,8}?(?:圈|服务半径|全覆盖))"
)


def is_no_amount(sentence: str, start: int, number_end: int, end: int) -> bool:
    """Years, dates, codes and names of roads are numbers, but promise nothing."""
    before = sentence[max(0, start - NEAR) : start]
    after, beyond = sentence[number_end : number_end + NEAR], sentence[end : end + 3]
    if before[-1:].isdigit():
        return True
    if at_end("not_after").search(before) and not (
        _ROAD.search(before) and re.match(r"公里|千米", after)
    ):
        return True
    if anywhere("not_before").match(after) or beyond.startswith(("级", "一遇")):
        return True
    if _STANDARD.match(sentence[end : end + NEAR]):
        return True  # 300米见绿, 15分钟生活圈: read as standards
    if after[:1] == "年":
        return _is_no_span(sentence[start:number_end], before, after)
    is_told = re.search(r"寿命|年龄|岁数|(?:达到?|提高到?|增加|延长|增至)$", before)
    is_age = after[:1] == "岁" and not is_told
    return is_age or _is_quoted_name(before, sentence[start:number_end], after)


def _is_no_span(number: str, before: str, after: str) -> bool:
    """A year, or a time that only says when: 2025年, 三年行动, 连续3年, 近5年, 20年一遇."""
    if any(int(one[:4] or 0) in _YEARS for one in re.findall(r"\d{4,}", number)):
        return True
    if re.match(r"年(?:一遇|内|来|以来|行动|计划|规划|攻坚|前|后|期|制|间|代|级|度|的)", after):
        return True
    return not re.search(r"年限|寿命|期限|时间|周期|工期|达到|提高|不少于|不低于", before)


def _is_quoted_name(before: str, number: str, after: str) -> bool:
    """“300米见绿” may be a standard, but “466” and “1行动” are names."""
    if re.search(r"“[^”]{0,10}$", before) and re.match(r"[1-3](?!\d)[^“”]{0,10}”", number + after):
        return True  # “发现1户、解决1户”
    if re.search(r"“[一二三四五六七八九十\d]{1,2}[个大]$", before):
        return True  # 落实“三个80%”要求
    if not before.endswith(("“", '"', "‘", "《", "「")):
        return False
    return re.match(r"[^“”\"]{0,10}[”\"’》」]", after) is not None


_INDEX = re.compile(
    r"(?:率|比|系数|指数|度|强度|评分|得分|密度)(?:[（(][^（）()]{1,10}[）)])?"
    r"(?:(?:保持|稳定|控制|维持)在|达到?|提[高升](?:到|至)|降(?:低|)(?:到|至)|缩小(?:到|至)|(?:高|低)于|不(?:低|高)于|超过)?$"
)


def _is_bare(before: str, match: re.Match[str]) -> bool:
    """A number without a unit: 裕度1.22, 基尼系数控制在0.4以内."""
    number = match["value"]
    if before[-1:].isdigit() or at_end("not_after").search(before):
        return False
    if _INDEX.search(before):
        return "." in number or len(number) <= 3
    is_year = len(number) == 4 and "." not in number
    return not is_year and "." in number and at_end("level").search(before) is not None


def _with_bases(sentence: str, found: list[Amount]) -> list[Amount]:
    """由13.2%提高到32%: the first is the base of the second."""
    kept: list[Amount] = []
    for one in found:
        last = kept[-1] if kept else None
        if last is not None and last.value is not None and one.value is not None:
            between = sentence[last.end : one.start]
            before = sentence[max(0, last.start - NEAR) : last.start]
            is_rise = len(between) <= 16 and re.search(
                r"(?:提高|提升|增加|增长|上升|扩大|下降|降低|减少|缩短|压减|压缩|缩小|削减|增|升|降)(?:到|至)"
                r"|(?:调整|修订|修改|调[高低增减]|[上下]调)[到至为]",
                between,
            )
            if is_rise and re.search(r"(?:由|从)[^，。；]{0,11}$", before):
                kept[-1] = replace(one, base=last.value)
                continue
        kept.append(one)
    return kept
