"""Amounts: numbers with their unit, their bounds, and how they are meant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from lantu.core import content
from lantu.core.figures.decimals import printed

_MAGNITUDE = r"(?:万亿|亿万|百万|千万|十万|万|亿|千|百)?"
_MEASURE = (
    r"微克/立方米|毫克/升|美元|欧元|元|吨标准煤|吨标煤|千瓦时|千瓦|立方米|平方公里|平方千米|平方米|㎡|m²|公顷|亩|"
    r"吨|公里|千米|米|斤|公斤|标箱|标准箱|人次|人|户|家|个百分点|百分点|个|项|条|座|所|套|场|名|"
    r"块|天|件|年|岁|张|台|辆|列|班|处|只|头|次|批|种|支|间|栋|幢|床|对|倍|位|期|盏|杆|"
    r"TEU|PFlops|EFlops|MW|GW|kW|万?吨位|架|艘|株|片|类|部|册|组|村|镇|县"
)
_PER = r"(?:/(?:公顷|亩|平方公里|万人|千人|百户|万元|立方米|人|月|年|km²|万美元))?"
_NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_RANGE = rf"(?:(?P<low>{_NUMBER})(?P<lowunit>%|{_MAGNITUDE})?[-—–~～至到](?P<high>{_NUMBER}))"
AMOUNT = re.compile(
    rf"(?P<mark>[≥≤<>]=?)?(?:{_RANGE}|(?P<value>{_NUMBER})(?P<many>多|余)?)"
    rf"(?P<unit>%|‰|/10万人?|{_MAGNITUDE}(?:{_MEASURE}){_PER}|(?:万亿|万|亿)(?![\d元]))"
)
# 超万亿元: one of its unit; 千亿级 is a name. 百分之九十: a share in words.
_BARE = re.compile(r"(?<=[超破过达到])(?P<unit>(?:万亿|千亿|百亿)(?:美元|元|斤)?)(?![级\d])")
_SHARE = re.compile(r"百分之(?P<words>[零一二三四五六七八九十百]+)")
_DIGITS = {letter: number for number, letter in enumerate("零一二三四五六七八九")}
MULTIPLE = re.compile(r"翻(?P<times>[一两二三])番|翻番|倍增至?(?P<fold>\d+(?:\.\d+)?)倍")


@dataclass(frozen=True, slots=True)
class Amount:
    """One number or range of a sentence, in the places of the sentence."""

    start: int
    end: int
    unit: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    comparator: str = "="


def amounts(sentence: str) -> Iterator[Amount]:
    """Every number with a unit, its comparator read from the words around it; in order."""
    found = [*_in_digits(sentence), *_in_words(sentence)]
    return iter(sorted(found, key=lambda one: one.start))


def _in_words(sentence: str) -> Iterator[Amount]:
    for pattern in (_BARE, _SHARE):
        for match in pattern.finditer(sentence):
            shared = pattern is _SHARE
            value = _spoken(match["words"]) if shared else Decimal(1)
            if value is None:
                continue
            before = sentence[max(0, match.start() - 4) : match.start()]
            after = sentence[match.end() : match.end() + 3]
            end = match.end() + (2 if after[:2] in _after_words() else 0)
            sign = ">" if before.endswith("超") else comparator("", before, after)
            unit = "%" if shared else match["unit"]
            yield Amount(match.start(), end, unit, value, comparator=sign)


def _spoken(words: str) -> Decimal | None:
    """A number up to a hundred in words: 九十五 is 95."""
    if words in ("百", "一百"):
        return Decimal(100)
    tens, ten, ones = words.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or not set(tens + ones) <= set(_DIGITS):
        return None
    return Decimal((_DIGITS[tens] if tens else 1 if ten else 0) * 10 + _DIGITS.get(ones, 0))


def _in_digits(sentence: str) -> Iterator[Amount]:
    for match in AMOUNT.finditer(sentence):
        if _is_no_amount(sentence, match):
            continue
        before = sentence[max(0, match.start() - 4) : match.start()]
        after = sentence[match.end() : match.end() + 3]
        unit = match["unit"]
        if match["value"] is None:
            low, high = printed(match["low"]), printed(match["high"])
            if low < high:
                yield Amount(match.start(), match.end(), unit, None, low, high, "range")
            continue
        sign = comparator(match["mark"] or "", before, after, many=bool(match["many"]))
        end = match.end() + (2 if after[:2] in _after_words() else 0)
        yield Amount(match.start(), end, unit, printed(match["value"]), comparator=sign)


def _is_no_amount(sentence: str, match: re.Match[str]) -> bool:
    """Years, dates, codes and names of roads are numbers, but promise nothing."""
    before, after = sentence[: match.start()][-8:], sentence[match.end() :][:4]
    if match["unit"] == "年" and match["value"] and len(match["value"]) == 4:
        return True
    if before.endswith((".", "-", "—")) or (before[-1:].isdigit()):
        return True
    is_age = match["unit"] == "岁" and (match["low"] or re.match(r"以[下上]|及|[-—]", after))
    if is_age:
        return True  # an age that says who is meant
    words = vocabulary()
    return bool(words["skip_before"].search(before) or words["skip_after"].search(after))


def comparator(mark: str, before: str, after: str, *, many: bool = False) -> str:
    """= >= > <= < or ~, from a sign or from the words on either side."""
    if mark:
        return {"≥": ">=", "≤": "<="}.get(mark, mark)
    words = vocabulary()
    signs = (("at_least", ">="), ("at_most", "<="), ("more_than", ">"), ("less_than", "<"))
    if words["about"].match(after):
        return "~"
    for name, sign in signs:
        if words[name].match(after):
            return sign
    for name, sign in signs:
        if words[name].search(before[-3:]):
            return sign
    if many:
        return ">"
    return "~" if words["about"].search(before[-2:]) else "="


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, re.Pattern[str]]:
    """The lists of vocabulary.yaml, each as one pattern."""
    root = content.read(Path(__file__).with_name("vocabulary.yaml"), "reading/vocabulary.yaml")
    return {
        key: re.compile("|".join(item.text() for item in entry.items()))
        for key, entry in root.mapping().items()
    }


@lru_cache(maxsize=1)
def _after_words() -> frozenset[str]:
    return frozenset({"以上", "以内", "以下", "左右"})
