"""Pieces of the patterns that tie numbers together, and the words that loosen a number."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from lantu.core.auditing.findings import Finding
from lantu.core.reading.prose import WRITTEN, Sentence, Stated

NUMBER: Final = WRITTEN
_KINDS: Final = (
    "个工作日|工作日|吨标准煤|标准煤|百平方公里|平方公里|平方千米|平方米|立方米|千瓦时|标准箱|美元|公顷|公里|公斤|"
    "千克|千瓦|兆瓦|人次|标箱|m²|元|亩|吨|斤|米|克|人|户|家|个|项|条|座|所|套|场|件|台|辆|栋|幢|班|间|张|名|"
    "处|宗|只|头|册|艘|架|株|床|根|块|盏|列|次|天次|天"
)
UNIT: Final = (
    r"微克/立方米|毫克/立方米|克标准煤/千瓦时|"
    rf"(?:万亿|千亿|百亿|十亿|亿|千万|百万|万|千)?(?:{_KINDS})"
)
# What stands beside a number and leaves room that no rule measures.
LOOSE_BEFORE: Final = re.compile(
    r"(?:约|近|超|逾|突破|超过|不低于|不少于|至少|不超过|低于|高于|大于|小于|以内|左右|力争|[>＞<＜≥≤])为?$"
)
LOOSE_AFTER: Final = re.compile(r"^(?:左右|以上|以下|以内|上下|多|余|有余|[~～—–-]\d)")
# Growth of these is published at constant prices, levels at current ones: they need not agree.
PRICED: Final = re.compile(r"生产总值|GDP|增加值|总产值|产值|收入|零售|营收|销售")
COMPARABLE: Final = re.compile(r"可比|不变价|同口径|实际增长|扣除价格|按.{0,6}口径")
# 单位增加值用水量 is no sum of money.
_PER_VALUE: Final = re.compile(
    r"(?:单位|每?万元)[^，,。；;\d]{2,12}(?:用水量|能耗|能源消耗|电耗|水耗|排放量?|煤耗)"
)
# Revenue of the state is published at the prices of its year, and so is its growth.
_REVENUE: Final = re.compile(r"(?:财政|预算|税收|非税|基金)(?:总|性)?收入")
FUTURE: Final = re.compile(
    r"到20\d\d年|20(?:2[5-9]|3\d)年(?:达到?|实现)|十四五|十五五|力争|规划|目标|将|计划"
)


def amount(name: str = "", *, unit: str | None = None) -> str:
    """A number with its unit, in groups `value…` and `unit…`; `unit` names an earlier group."""
    tail = f"(?P=unit{unit})" if unit is not None else f"(?P<unit{name}>{UNIT})"
    return f"(?P<value{name}>{NUMBER}){tail}"


_AMOUNT: Final = re.compile(amount())
_PRINTED: Final = re.compile(rf"{NUMBER}(?:{UNIT}|%)?")


def percent(name: str) -> str:
    return f"(?P<{name}>{NUMBER})%"


_LEAST: Final = re.compile(r"(?:逾|突破|超过|不低于|不少于|至少|高于|大于|[>＞≥])为?$")
_MOST: Final = re.compile(r"(?:不超过|不高于|不大于|控制在|[<＜≤])为?$")


def sign_of(text: str, start: int, end: int) -> str:
    """How words beside a number bound it: >=, <=, or ~ where they only loosen it."""
    before, after = text[max(0, start - 4) : start], text[end : end + 2]
    if after == "以上" or _LEAST.search(before):
        return ">="
    if after in ("以下", "以内") or _MOST.search(before):
        return "<="
    return "~" if is_loose(text, start, end) else "="


def is_loose(text: str, start: int, end: int) -> bool:
    """Whether words beside a number (here from `start` to `end`, with its unit) loosen it."""
    before, after = text[max(0, start - 4) : start], text[end : end + 3]
    return bool(LOOSE_BEFORE.search(before) or LOOSE_AFTER.match(after))


def loose(sentence: Sentence, match: re.Match[str], *names: str) -> bool:
    """Whether any of a match's numbers is loosened."""
    for name in names:
        start, end = match.span(name)
        unit = re.match(rf"{UNIT}|%", sentence.text[end:])
        if is_loose(sentence.text, start, end + (unit.end() if unit else 0)):
            return True
    return False


def amounts(
    sentence: Sentence, start: int = 0, end: int | None = None
) -> Iterator[tuple[re.Match[str], Stated]]:
    """The numbers with a unit of a sentence, or of a stretch of it."""
    for match in _AMOUNT.finditer(sentence.text, start, len(sentence.text) if end is None else end):
        yield match, sentence.stated(match)


def unless_loose(sentence: Sentence, found: Finding) -> Finding:
    """A finding of a sentence; a contradiction stands only where none of its numbers is loose."""
    return found.unless(is_open=any(_is_loose(sentence, one) for one in found.numbers))


def _is_loose(sentence: Sentence, stated: Stated) -> bool:
    at = bisect_left(sentence.places, stated.start or 0)
    number = _PRINTED.match(sentence.text, at)
    return number is not None and is_loose(sentence.text, at, number.end())


def rate(sentence: Sentence, match: re.Match[str], name: str, *, sign: int = 1) -> Stated:
    """A percentage of a match; below zero for a fall."""
    found = sentence.stated(match, name, "")
    return Stated(found.value * sign, "%", found.start, found.end)


def proves(text: str) -> bool:
    """Whether growth in a text can be held against its levels: not where prices may part them."""
    if COMPARABLE.search(text):
        return False
    text = _REVENUE.sub("", _PER_VALUE.sub("", text))
    return not (PRICED.search(text) and not FUTURE.search(text))
