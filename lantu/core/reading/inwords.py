"""Amounts in words: 八成, 三分之一, 超万亿元, 二十六点一万亿元."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from lantu.core.reading.bounds import Amount, bounded
from lantu.core.reading.numerals import WORDS, spoken

_DIGITS = "零〇一二两三四五六七八九"
_POINT = rf"(?:点[{_DIGITS}]{{1,4}})?"


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        # 超万亿元: one of its unit; 千亿级 is a name.
        "one": re.compile(
            r"(?<=[超破过达到在])(?P<tens>[十百千](?=亿))?(?P<unit>(?:万亿|亿|千万|百万)(?:美元|元|斤|吨|人次|人))"
            r"(?![级\d])"
        ),
        # 二十六点一万亿元, 三十万亩: a number of any size before a magnitude and what it measures.
        "spelled": re.compile(
            rf"(?<![几数\d第点{_DIGITS}十百千万亿])(?P<words>[{_DIGITS}十][{_DIGITS}十百千]{{0,8}}{_POINT})"
            r"(?P<unit>(?:万亿|亿|万)(?:美元|元|吨标准煤|吨|亩|公顷|千瓦时|千瓦|立方米|平方米|公里|斤|人次|人(?![民才口])))"
            r"(?![级户])"
        ),
        "points": re.compile(
            rf"(?<![\d第点{_DIGITS}十百千])(?P<words>[{_DIGITS}十]{{1,4}}{_POINT})(?P<unit>个百分点)"
        ),
        "share": re.compile(rf"百分之(?P<words>[{_DIGITS}十百]+{_POINT})"),
        "part": re.compile(r"(?P<whole>[二三四五六七八九十]+)分之(?P<words>[一二三四五六七八九]+)"),
        "slash": re.compile(
            r"(?<=[到至达过于约占近])(?P<words>[1-4])/(?P<whole>[2-9])(?=以上|以内|左右|[，,；;。、）)])"
        ),
        "tenths": re.compile(
            r"(?<![一二三四五六七八九十百千万第每前数家分])(?P<words>[一二两三四五六七八九])成(?=以上|以内|左右|[，,；;。、）)]|$)"
        ),
        "half": re.compile(
            r"(?<=[少降低缩减高升])(?P<words>一半)(?=以上|以内|左右|[，,；;。、）)]|$)"
        ),
        "fold": re.compile(r"(?<![几数十百])(?P<words>[一两二三四五六七八九十])倍"),
        "words": re.compile(
            rf"(?<![一二三四五六七八九十百千万亿第每前数家])(?P<words>{WORDS}{{1,6}})"
            r"(?P<unit>[家座所户名幢栋条个处套亩项场]|公里)(?!人[都的])"
        ),
    }


# Patterns of numbers in words, and what stands in a sentence that holds one.
_SIGNS_OF_WORDS = (
    ("spelled", ""), ("points", "百分点"), ("share", "百分之"), ("part", "分之"), ("slash", "/"),
    ("tenths", "成"), ("half", "半"), ("fold", "倍"), ("words", ""),
)  # fmt: skip
_TENS = {None: Decimal(1), "十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}


def amounts_in_words(sentence: str) -> Iterator[Amount]:
    if not re.search(r"[/百亿万分成半倍家座所户名幢栋条个处套亩项场里]", sentence):
        return
    patterns = _patterns()
    for match in patterns["one"].finditer(sentence):
        end, sign = bounded(sentence, match.end(), "", match.start())
        yield Amount(
            match.start(), end, match["unit"], _TENS[match["tens"]], comparator=sign,
            measure="quantity", in_words=True,
        )  # fmt: skip
    for name, sign in _SIGNS_OF_WORDS:
        if sign in sentence:
            for match in patterns[name].finditer(sentence):
                yield from _of_words(sentence, match, name)


_KINDS: dict[str, tuple[str | None, str]] = {
    "fold": ("倍", "quantity"),
    "words": (None, "counter"),
    "spelled": (None, "quantity"),
    "points": (None, "share"),
}


def _worth(match: re.Match[str], name: str) -> Decimal | None:
    if name == "half":
        return Decimal(50)
    return Decimal(match["words"]) if name == "slash" else spoken(match["words"])


def _of_words(sentence: str, match: re.Match[str], name: str) -> Iterator[Amount]:
    value = _worth(match, name)
    if value is None or not value:
        return
    unit, kind = _KINDS.get(name, ("%", "share"))
    if name in ("part", "slash"):
        parts = spoken(match["whole"]) if name == "part" else Decimal(match["whole"])
        if not parts:
            return
        value = (value * 100 / parts).quantize(Decimal("0.1"))
    if name == "tenths":
        value *= 10
    if name == "words" and not _is_count(sentence, match, value):
        return
    end, sign = bounded(sentence, match.end(), "", match.start())
    yield Amount(
        match.start(), end, unit or match["unit"], value, comparator=sign,
        measure="share" if kind == "share" else "quantity" if kind == "quantity" else "counter",
        in_words=True,
    )  # fmt: skip


_COUNTED = re.compile(
    r"(?:新建|建成|建设|新增|培育|引进|创建|改造|完成|扶持|设立|组建|搬迁|整治|实施|孵化|聚集|吸引|建立|"
    r"认定|打造|举办|召开|新引进|新培育|开通|关停|修复|集聚|招引|达|超|破)(?:约|近|了)?$"
)


def _is_count(sentence: str, match: re.Match[str], value: Decimal) -> bool:
    """三个园区 after a verb that makes them, or a count that ends its clause; not 一个."""
    before = sentence[max(0, match.start() - 6) : match.start()]
    after = sentence[match.end() : match.end() + 6]
    if (
        value < 2
        or after.startswith(("万户", "之"))
        or re.match(r"方面|层面|维度|领域|阶段|关系|原则|统一|确保|坚持|结合|转变|中心|高地", after)
    ):
        return False
    if _COUNTED.search(before) or (value >= 100 and not after[:1].strip("，,；;。、和")):
        return True
    is_thing = match["unit"] in "幢栋座所家户套"
    return is_thing and not after[:1].strip("，,；;。、和") and before[-1:] not in "，。；、“"
