"""Products: a number of things, how much each has of something, and how much that is in all."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from lantu.core.auditing import identities
from lantu.core.auditing.findings import Finding
from lantu.core.auditing.pieces import unless_loose
from lantu.core.auditing.quantities import Quantity, scale
from lantu.core.reading.prose import Sentence

_EACH: Final = re.compile(
    r"(?:每|单)(?:一)?(?P<of>个|家|座|所|条|栋|幢|处|班|套|户|名|台|辆|间|村|镇|组|站|馆|园|层|宗|项|件)"
    r"(?P<thing>[\u4e00-\u9fff]{0,8}?)[^\d，,。；;]{0,8}$"
)
_IN_ALL: Final = re.compile(r"共|总|合计|累计|容纳|提供|可|学位|需|新增|合|能力|规模")
_SEATS: Final = re.compile(r"学位|学生|在校生|招生")
NEAR: Final = 4  # numbers between the size and the sum


def of_sentence(sentence: Sentence, said: Sequence[Quantity]) -> Iterator[Finding]:
    """18个班，每班45人，共810人; 3所，每所36个班，每班45人，共4860人."""
    for at, size in enumerate(said):
        if size.role not in ("level", "base", "quota"):
            continue
        counts = _counts(said, at)
        total = _total(said, at, counts) if counts else None
        if total is not None:
            yield unless_loose(sentence, _finding(counts, size, total))


def _counts(said: Sequence[Quantity], at: int) -> list[Quantity]:
    """What there are so many of; where that is told of each as well, how many of those."""
    each = _EACH.search(said[at].clause)
    if each is None:
        return _shared_out(said, at)
    found = [one for one in said[:at] if _is_counted(one, each)]
    if not found:  # 每村2名，150个村共300名
        found = [one for one in said[at + 1 :] if _is_counted(one, each)]
    elif found[-1] is said[at - 1]:
        found = found[-1:]  # the one right before it is meant, whatever was counted earlier
    if len(found) != 1:
        return []
    above = _counts(said, said.index(found[0])) if "每" in found[0].clause else []
    return [] if "每" in found[0].clause and not above else [*above, found[0]]


def _shared_out(said: Sequence[Quantity], at: int) -> list[Quantity]:
    """为320个村各配备1台清运车、2名保洁员: the number before 各, for all that it has each of."""
    first = at
    while first and said[first].lead == "、":
        first -= 1
    is_each = re.search(r"各(?:自)?(?:配备?|建设?|设|安排|投|补助?|新建)?$", said[first].clause)
    before = said[first - 1] if first else None
    return [before] if is_each and before is not None and before.is_amount else []


def _is_counted(one: Quantity, each: re.Match[str]) -> bool:
    """Whether a number counts what 每 speaks of: 18个班 for 每班, 30个网格 for 每个网格."""
    if each["of"] == one.unit:
        thing = each["thing"][:2]
        return thing in one.clause + one.noun if one.unit == "个" and thing else True
    words = one.noun or one.clause
    return one.unit == "个" and (words.endswith(each["of"]) or one.noun.startswith(each["of"]))


def _total(said: Sequence[Quantity], at: int, counts: Sequence[Quantity]) -> Quantity | None:
    """The amount that is told in all: behind the size, or before it with 总 or 共."""
    size = said[at]
    rest = [
        one for one in said
        if one is not size and one not in counts and one.is_amount | (one.role == "rise")
        and "每" not in one.clause and _is_alike(one, size)
    ]  # fmt: skip
    after = [
        one for one in rest
        if one.first > size.first and (_IN_ALL.search(one.lead) or _is_theirs(one, counts))
    ]  # fmt: skip
    if after:
        return after[0] if said.index(after[0]) - at <= NEAR else None
    before = [one for one in rest if one.first < size.first and re.search("总|共", one.clause)]
    return before[0] if len(before) == 1 and len(rest) == 1 else None


def _is_theirs(one: Quantity, counts: Sequence[Quantity]) -> bool:
    """6条生产线日产120万只: told right behind the things themselves."""
    return any(0 <= one.first - other.last <= len(other.noun) for other in counts)


def _is_alike(one: Quantity, size: Quantity) -> bool:
    if _SEATS.search(one.clause) and size.unit in ("人", "名", "座"):
        return one.unit in ("个", "人", "名", "万人", "万个")
    if size.noun and one.unit == size.unit and "每" not in size.clause and "各" not in size.clause:
        return size.noun[-2:] in one.clause + one.noun
    if one.unit == size.unit == "个" and one.noun and size.noun:
        return one.noun[-1] == size.noun[-1]
    return scale(size.unit, one.unit) is not None


def _finding(counts: Sequence[Quantity], size: Quantity, total: Quantity) -> Finding:
    many = counts[0].stated
    for one in counts[1:]:
        many = replace(one.stated, value=many.value * one.value)
    factor = scale(size.unit, total.unit) or Decimal(10) ** (-4 if "万" in total.unit else 0)
    each = replace(size.stated, value=size.value * factor, unit=total.unit)
    if "平均" in size.clause or "均" in size.clause:
        found = identities.ratio(total.stated, many, size.stated, up=1 / factor)
        if found is not None:
            return found
    return identities.product(many, each, total.stated)
