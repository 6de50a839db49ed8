"""Who is meant: numbers that only describe those of whom a sentence speaks."""

import re
from collections.abc import Sequence

from lantu.core.reading.bounds import Amount
from lantu.core.reading.clauses import begins_with_making, words_after, words_before
from lantu.core.reading.words import either


def says_who(sentence: str, amount: Amount, found: Sequence[Amount], at: int) -> bool:
    """Whether a number only says who is meant: 年收入超10亿元的企业40家, 35蒸吨以下锅炉."""
    if re.match(r"[^，。]{0,10}的人数", sentence[amount.end : amount.end + 16]) and (
        sentence[: amount.end].endswith("及以上")
    ):
        return True  # 每周锻炼1次及以上的人数
    if at and _tells_kind(sentence, amount, found[at - 1]):
        return True  # 230个50户以上村寨
    is_people = amount.measure == "counter" and amount.unit in ("户", "人", "名", "家", "张")
    if amount.measure == "quantity" and (
        _heads_count(sentence, amount, found, at) or _NAMES_PROJECT.match(sentence, amount.end)
    ):
        return True
    if not (amount.measure == "quantity" or is_people) or amount.comparator == "=":
        return False
    after = words_after(sentence, amount.end, amount.end + 16)
    left, _, _ = words_before(sentence, amount.start, found[at - 1].end if at else 0)
    is_reached = re.search(
        r"(?:达到|达|实现|完成|形成|新增|力争|提高到|增加到|提升到|保持在|稳定在|增长到|安排|投入|设立|筹集|统筹|建成|建设)"
        r"(?:剩余|其余)?(?:约|超|超过|突破|不少于|不低于|至少)?$",
        left,
    )
    meant = re.match(rf"[^，。；、]{{0,6}}?{either('meant')}", after)
    if meant is not None and _leads_to_share(sentence, amount, found, at):
        return True  # 实现30户以上自然村通硬化路比例100%
    is_followed = at + 1 < len(found) and found[at + 1].start <= amount.end + len(after)
    if after.startswith("的") and len(after) > 2:
        return not is_reached or is_followed
    if is_people and (is_reached or re.search(r"[^，、]{2}$", left)):
        return False
    return meant is not None and not is_reached


def _leads_to_share(sentence: str, amount: Amount, found: Sequence[Amount], at: int) -> bool:
    """Whether the same clause ends in a share, of those whom this number describes."""
    if at + 1 >= len(found) or found[at + 1].measure != "share":
        return False
    return re.search(r"[，,；;。、]", sentence[amount.end : found[at + 1].start]) is None


# 加快某矿开发、某厂7万吨合金等项目建设: the number is part of a project's name.
_NAMES_PROJECT = re.compile(r"[\u4e00-\u9fff]{2,10}?等(?:一批)?(?:重[大点])?(?:项目|工程)")

_BOUND = re.compile(r"以[上下]$")
_KIND_BY_INCOME = re.compile(
    r"年(?:度|均)?(?:主营)?(?:销售|营业|业务|产值|营收|收入|纳税|税收|交易)[^，,、。；]{0,6}(?:过|达到?|超过?|突破)"
)
_KIND = re.compile(r"[一-龥]{1,3}以[上下]的|(?:的)?[一-龥]{3}")


def _tells_kind(sentence: str, amount: Amount, counted: Amount) -> bool:
    """Whether a number tells of what kind the things are that the number before it counts."""
    between = sentence[counted.end : amount.start]
    if amount.measure == "quantity" and _KIND_BY_INCOME.fullmatch(between):
        return True  # 培育5家以上年销售收入过百亿元、2家…
    return not between and _is_kind(sentence, amount, counted)


def _is_kind(sentence: str, amount: Amount, counted: Amount) -> bool:
    """Whether a number right behind a count tells of what kind: 3座35万千瓦电站."""
    if _BOUND.search(sentence[: amount.end]):
        return True
    beyond = _KIND.match(sentence, amount.end)
    is_quantity = amount.measure == "quantity" and amount.comparator == "="
    return (
        counted.measure == "counter"
        and beyond is not None
        and (is_quantity or "以" in beyond.group())
    )


_PLAIN = re.compile(r"的?[\u4e00-\u9fff]{2,8}")


def _heads_count(sentence: str, amount: Amount, found: Sequence[Amount], at: int) -> bool:
    """5亿元以上20个, 10亿元企业1家: the number tells of what kind the counted things are."""
    if at + 1 >= len(found) or found[at + 1].measure != "counter":
        return False
    between = sentence[amount.end : found[at + 1].start]
    if _BOUND.search(sentence[amount.start : amount.end]) and _PLAIN.fullmatch(between):
        return not begins_with_making(between)  # 新增5万千伏安以上变电站3座
    return between in ("", "的") or re.fullmatch(rf"(?:的)?{either('meant')}", between) is not None
