"""Balances: two amounts and what the one leaves of the other, or makes with it, by their names."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lantu.core.auditing import identities
from lantu.core.auditing.findings import Finding
from lantu.core.auditing.intervals import Interval
from lantu.core.auditing.quantities import Quantity

# The first less the second is the third.
_LEFT: Final = tuple(
    (re.compile(one), re.compile(other), re.compile(rest))
    for one, other, rest in (
        ("出生", "死亡", "净增|自然增长|自然增加"),
        ("(?<!进)出口", "(?<!出)进口", "顺差"),
        ("(?<!出)进口", "(?<!进)出口", "逆差"),
        ("总收入|收入[合总]计", "总支出|支出[合总]计", "年终结余|收支结余"),
        ("水资源总量", "(?<!与)地表水资源", "不重复"),
        ("新设|新登记|新开办", "注销", "净增"),
    )
)
# The first and the second make the third.
_TOGETHER: Final = tuple(
    (re.compile(one), re.compile(other), re.compile(whole))
    for one, other, whole in (
        ("(?<!进)出口", "(?<!出)进口", "进出口|外贸"),
        ("现有|现状|已建成?|已有|原有", "新建|新增|扩建", "(?:累计|总)|达到?$"),
    )
)


def of_sentence(said: Sequence[Quantity]) -> Iterator[Finding]:
    """出生2.35万人，死亡1.50万人，净增0.85万人; 出口60亿元，进口40亿元，进出口100亿元."""
    for names in _LEFT:
        yield from _held(said, names, "−")
    for names in _TOGETHER:
        yield from _held(said, names, "+")


def _held(
    said: Sequence[Quantity],
    names: tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]],
    sign: str,
) -> Iterator[Finding]:
    found = [_named(said, name) for name in names]
    one, other, rest = found
    if (
        one is None
        or other is None
        or rest is None
        or len({q.unit for q in (one, other, rest)}) > 1
    ):
        return
    a, b = Interval.of(one.value), Interval.of(other.value)
    reached = a + b if sign == "+" else a - b
    computed = one.value + other.value if sign == "+" else one.value - other.value
    rule = "sum-of-parts" if sign == "+" else "difference"
    words = f"{identities.number(one.stated)}{sign}{identities.number(other.stated)}"
    judged = identities.equal(
        rule, (one.stated, other.stated, rest.stated), reached, computed, rest.stated, words, words
    )
    is_loose = any(q.is_loose for q in (one, other, rest))
    yield judged.unless(is_open=is_loose)


def _named(said: Sequence[Quantity], name: re.Pattern[str]) -> Quantity | None:
    """The one amount of that name, or rate in ‰; its growth is another number."""
    found = [
        one for one in said
        if name.search(one.clause) and not one.unit.endswith(("%", "百分点", "千分点"))
        and not re.search(r"同比|比上年|较上年|每", one.clause)
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None
