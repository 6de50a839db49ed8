"""Claims in words that two numbers must bear out, and quotients with a unit of their own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from lantu.core.auditing import identities
from lantu.core.auditing.findings import Finding, Result, Severity
from lantu.core.auditing.pieces import NUMBER, unless_loose
from lantu.core.auditing.quantities import Quantity, scale
from lantu.core.reading.prose import Sentence, Stated

_CEILING: Final = re.compile(
    r"死亡|事故|失业|能耗|排放|浓度|用水(?!.{0,6}(?:利用|回用))|负债|杠杆|偏差|漏损|成本|时间|煤耗|下降"
)


def of_sentence(sentence: Sentence, said: Sequence[Quantity]) -> Iterator[Finding]:
    """All claims of one sentence."""
    yield from _goals(said, sentence.text)
    yield from _ratios(sentence, said)


_GOAL: Final = re.compile(r"目标|任务|计划|指标")
_REACHED: Final = re.compile(r"实际|完成|达到|达|实现|建成|累计|新增|引进|为$")
_BEYOND: Final = r"(?=[^，,。；;]{0,24}(?:目标|任务|计划))"
_CLAIM: Final = re.compile(
    r"(?P<met>(?:超额|提前|圆满|顺利|全面|如期)(?:完成|实现)|"
    r"完成了?(?:既定|规划|预期|全年|年度)?(?:目标|任务)(?![的\d任])|"
    rf"(?:超过|高于|超出)了?{_BEYOND})|"
    rf"(?P<short>未能?(?:完成|达到|实现)|没有(?:完成|达到)|低于{_BEYOND})"
)


def _goals(said: Sequence[Quantity], text: str) -> Iterator[Finding]:
    """目标280亿元，实际完成265亿元，超额完成: less than the goal is no surplus."""
    amounts = [one for one in said if one.role in ("level", "base", "rise")]
    for one, other in pairwise(amounts):
        is_first = _GOAL.search(one.clause + one.noun) is not None
        goal, reached = (one, other) if is_first else (other, one)
        claim = _CLAIM.search(text, one.last, _end_of_clauses(text, other.last))
        is_pair = one.unit == other.unit and _is_pair(goal, reached, is_first=is_first)
        if claim is None or reached.is_loose or not is_pair:
            continue
        if not _CEILING.search(text[: other.last]):
            is_met = reached.value >= goal.value
            holds = is_met == (claim["met"] is not None)
            yield _told(goal.stated, reached.stated, claim.group(), holds=holds)


def _is_pair(goal: Quantity, reached: Quantity, *, is_first: bool) -> bool:
    """Whether one is a goal and the other what was reached."""
    said = goal.clause + goal.noun
    if not _GOAL.search(said) or _GOAL.search(reached.noun):
        return False
    if is_first:
        return _REACHED.search(reached.clause) is not None
    return re.search(r"超|完成|达到|高于|低于", goal.clause) is not None


def _end_of_clauses(text: str, start: int) -> int:
    """The end of the clause behind a number, and of the next one if it bears no number."""
    match = _NEXT.match(text, start)
    return match.end() if match else start


_NEXT: Final = re.compile(r"[^，,。；;\d]*(?:[，,][^，,。；;\d]{0,16})?")


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


_RATIOS: Final = tuple(
    (re.compile(name), re.compile(above), re.compile(below))
    for name, above, below in (
        ("城乡(?:居民)?(?:人均)?(?:可支配)?收入(?:倍差|差距|比)", "城镇.{0,4}居民", "农(?:村|民)"),
        ("生师比|师生比|教职?[工师]与学生比", "学生|在校生|在园|幼儿", "教师|师资|教职工"),
        ("护床比|床护比", "护士", "床位"),
        ("医护比", "护士", "医师|医生"),
        ("存贷比", "贷款", "存款"),
    )
)
_TO_ONE: Final = re.compile(
    rf"[^\d，,。；;]{{0,10}}?(?:1[:：∶])?(?P<value>{NUMBER})(?:[:：∶]1)?(?P<percent>%?)"
)


def _ratios(sentence: Sentence, said: Sequence[Quantity]) -> Iterator[Finding]:
    """城乡居民收入比2:1，城镇居民5万元，农村居民2.5万元; 在校生…、专任教师…，生师比18."""
    for name, above, below in _RATIOS:
        named = name.search(sentence.text)
        match = _TO_ONE.match(sentence.text, named.end()) if named else None
        pair = [
            [one for one in said if one.is_amount and words.search(one.clause)]
            for words in (above, below)
        ]
        if match is None or len(pair[0]) != 1 or len(pair[1]) != 1:
            continue
        top, under = pair[0][0], pair[1][0]
        if match["percent"]:
            stated = replace(sentence.stated(match, "value", ""), unit="%")
            found = identities.share(top.stated, under.stated, stated)
            if found is not None:
                yield unless_loose(sentence, replace(found, rule="ratio"))
            continue
        found = identities.ratio(
            top.stated, under.stated, sentence.stated(match, "value", ""),
            up=scale(top.unit, under.unit) or Decimal(1),
        )  # fmt: skip
        if found is not None:
            yield unless_loose(sentence, found)
