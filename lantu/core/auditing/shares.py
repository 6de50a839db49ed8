"""Shares: a part, its whole and the share stated, in whatever order and words they are told.

The share's own words say what it is of (占年度计划的, 完成预算的, 开工率, 占比); the whole is the
amount beside them, the amount of that name said before, or the one that 其中 takes the part from.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from lantu.core.auditing import identities, rates
from lantu.core.auditing.findings import Finding
from lantu.core.auditing.intervals import Interval
from lantu.core.auditing.quantities import Quantity, plain, scale
from lantu.core.auditing.rates import ENDS, PLANNED, said_of
from lantu.core.reading.prose import Stated

Said = Sequence[Quantity]  # of one passage, in order
HUNDRED: Final = Decimal(100)
# What stands before a share, from its clause on.
_OF: Final = re.compile(
    rf"(?P<part>[^占]*?)(?:分别|约|共|仅|就|均|已)*占(?:到|了)?(?P<of>[^占]*?)(?:的|中的)?(?:比重|比例|份额|比)?(?:的)?{ENDS}$"
)
_OF_AMOUNT: Final = re.compile(
    r"(?P<part>[^占]*?)(?:占|相当于|完成(?:了)?|达到|达|为)(?P<of>[^占]{0,20}?)$"
)
_AFTER_AMOUNT: Final = re.compile(rf"(?:[）)])?(?:的|中的)?(?:比重|比例|份额)?{ENDS}$")
_SHARED: Final = re.compile(rf"(?:所占)?(?:占比|比重|比例|占){ENDS}$")
_LISTED: Final = re.compile(r"[和、与及，]{1,2}$")
_TOTAL: Final = re.compile(r"^(?:全部|所有|总|全[市县区省镇州国])")
_FARTHER: Final = re.compile(r"全国|全省|全市|全区|全县|全州|全球|世界|同期|上年|去年|当地")
_FROM_WHOLE: Final = re.compile(r"其中|中[，,：:]|包括|[（(：:]$")
FAR: Final = 10  # quantities back; farther off a name may be another thing's


def of_passage(said: Said, start: int) -> Iterator[Finding]:
    """The shares from `start` on, against what was said before them as well."""
    for at in range(start, len(said)):
        if said[at].unit == "%" and said[at].role == "level":
            if "分别" in said[at].clause or _LISTED.fullmatch(said[at].lead):
                yield from _respective(said, at)
                continue
            found = _judged(said, at)
            if found is not None:
                yield found
    yield from _side_by_side(said, start)


def _judged(said: Said, at: int) -> Finding | None:
    """The one pair that the words give; of nested wholes one that agrees is enough."""
    pair = _of_an_amount(said, at) or _of_a_name(said, at)
    pairs = [pair] if pair else rates.of_rate(said, at) or list(_of_its_wholes(said, at))
    found = [one for pair in pairs if (one := finding(*pair, said[at])) is not None]
    return next((one for one in found if one.result == "holds"), found[0] if found else None)


def _respective(said: Said, at: int) -> Iterator[Finding]:
    """男性…、女性…，分别占总人口的51.2%和48.8%: share by share, in the order of their parts."""
    end = at + 1
    while end < len(said) and said[end].unit == "%" and _LISTED.fullmatch(said[end].lead):
        end += 1
    count = end - at
    match = _OF.match(said[at].clause)
    parts = said[max(0, at - count) : at]
    if match is None or count < 2 or len(parts) < count or not all(one.is_amount for one in parts):
        return
    before = [one for one in said[: at - count] if one.is_amount and one.unit == parts[0].unit]
    name = _bare(match["of"])
    wholes = [one for one in before if not name or _likeness(_names(one), name)]
    if wholes and len({one.unit for one in parts}) == 1:
        for part, share in zip(parts, said[at:end], strict=True):
            found = finding(part, wholes[-1], share)
            if found is not None:
                yield found


def finding(part: Quantity, whole: Quantity, stated: Quantity) -> Finding | None:
    """A part over its whole against the share; undetermined where a word loosens one of them."""
    factor = scale(part.unit, whole.unit)
    if factor is None or whole.value <= 0 or part.role not in ("level", "base", "rise"):
        return None
    if part.year and whole.year and part.year != whole.year:
        return None
    top = part.stated
    if factor != 1:
        top = replace(top, value=top.value * factor, unit=whole.unit)
    found = identities.share(top, whole.stated, stated.stated)
    is_loose = part.is_loose or whole.is_loose or stated.is_loose
    return None if found is None else found.unless(is_open=is_loose)


def _of_an_amount(said: Said, at: int) -> tuple[Quantity, Quantity] | None:
    """占年度计划60亿元的50%: the whole stands between 占 and the share."""
    if at < 2 or not said[at].lead or not _AFTER_AMOUNT.match(said[at].lead):
        return None
    whole = said[at - 1]
    match = _OF_AMOUNT.match(whole.clause)
    if match is None or not whole.is_amount:
        return None
    is_told = "占" in whole.clause or "相当于" in whole.clause or PLANNED.search(match["of"])
    if not is_told:
        return None
    part = _part(said, at - 1, whole, match["part"])
    return None if part is None else (part, whole)


def _of_a_name(said: Said, at: int) -> tuple[Quantity, Quantity] | None:
    """占年度计划投资的31%, and 年度投资计划304亿元 was said before."""
    stated = said[at]
    match = _OF.match(stated.clause) or _PLAN_DONE.match(stated.clause)
    bare = _BE.match(stated.clause) if match is None else None
    match = match or bare
    if match is None or not _bare(match["of"]) or _FARTHER.search(match["of"]):
        return None
    whole = _named(said, at, match["of"], has_part=bool(_bare(match["part"])))
    whole = whole or _named_after(said, at, match["of"])
    if whole is None or (bare and _likeness(_names(whole), _bare(match["of"])) < SAME):
        return None
    part = _part(said, at, whole, match["part"])
    if part is None or part is whole:
        return None
    is_planned = PLANNED.search(match["of"]) is not None
    is_sure = is_planned or _likeness(_names(whole), _bare(match["of"])) >= SAME
    factor = scale(part.unit, whole.unit)
    # What is greater than a whole of a like name is no part of it.
    is_less = factor is not None and part.value * factor <= whole.value
    return (part, whole) if is_sure or is_less else None


# 仅为常住人口的72.9%: only of an amount of that very name.
_BE: Final = re.compile(r"(?P<part>)(?:仅|只|约)?(?:为|是|相当于)(?P<of>[^占\d]{2,14}?)的$")
SAME: Final = 3
_PLAN_DONE: Final = re.compile(
    rf"(?P<part>)(?:完成|达到|为|达)(?:了)?(?P<of>[^占\d]{{0,6}}(?:计划|预算|任务|目标)[^\d占]{{0,6}}?)的?{ENDS}$"
)


def _of_its_wholes(said: Said, at: int) -> Iterator[tuple[Quantity, Quantity]]:
    """其中工业投资30亿元，占50%: of what 其中 takes it from, or of what that is part of itself."""
    if not _SHARED.search(said[at].clause):
        return
    name, part = _bare(_SHARED.sub("", said[at].clause)), _last_amount(said, at)
    if name:  # 税收占比75%
        named = [one for one in said[max(0, at - FAR) : at] if one.is_amount]
        named = [one for one in named if name in one.clause]
        part = named[-1] if named else None
        if part is not None and "其中" not in part.lead:
            head = _heads(said, part)
            yield from [] if head is None else [(part, head)]
            return
    elif part is not None and said[at].first - part.last > BEHIND:
        return
    if part is None:
        return
    wholes = []
    whole = _whole_of(said, said.index(part)) or _all_before(said, said.index(part))
    while whole is not None and whole.value >= part.value:
        wholes.append(whole)
        whole = _whole_of(said, said.index(whole))
    # A whole with a share of its own may be a part of what that is a share of.
    if wholes and not _has_share(said, wholes[-1]):
        yield from ((part, one) for one in wholes)


def _heads(said: Said, part: Quantity) -> Quantity | None:
    """监测城市338个，达标城市84个，达标城市比例: what is told before it of the same head."""
    at = said.index(part)
    whole = said[at - 1] if at else None
    if whole is None or not whole.is_amount or whole.unit != part.unit:
        return None
    head = _names(part)[-2:]
    return whole if _names(whole).endswith(head) and whole.value > part.value else None


def _all_before(said: Said, at: int) -> Quantity | None:
    """共有企业320家，制造业企业208家，占比65%: what is told right before it as all there is."""
    whole = said[at - 1] if at else None
    is_all = whole is not None and whole.is_amount and whole.unit == said[at].unit
    if whole is None or not is_all or whole.sentence != said[at].sentence:
        return None
    return whole if re.search(r"全[市县区省部]|共|总|现有", whole.clause) else None


BEHIND: Final = 30  # letters between a part and its share


def _has_share(said: Said, one: Quantity) -> bool:
    after = said[said.index(one) + 1 :][:1]
    return bool(after) and after[0].unit == "%" and _SHARED.search(after[0].clause) is not None


def _whole_of(said: Said, at: int) -> Quantity | None:
    """What an amount is part of: before 其中, also where brothers stand between."""
    part = said[at]
    first = at
    while first > 0 and not _FROM_WHOLE.search(said[first].lead):
        first -= 1
        if said[first].is_amount and scale(said[first].unit, part.unit) is None:
            break
        if said[first].is_amount and _is_sum(said[first], part):
            return said[first]
    if not first or not _FROM_WHOLE.search(said[first].lead) or said[first].unit != part.unit:
        return None
    same = [one for one in said[:first] if one.is_amount and one.unit == part.unit]
    named = _AMONG.search(said[first].lead)
    if named:  # 总人口中，男性…: the whole is named, not the number before
        likeness = [(_likeness(_names(one), _bare(named["of"])), one) for one in same]
        most = max((one for one, _ in likeness), default=0)
        return [one for near, one in likeness if near == most][-1] if most else None
    is_near = bool(same) and same[-1] is _last_amount(said, first)
    is_named = bool(same) and _names(part).endswith(_names(same[-1]))
    return same[-1] if is_near or is_named else None


_AMONG: Final = re.compile(r"(?:^|[，,。；;在])(?P<of>[\u4e00-\u9fff]{2,14})中[，,：:]")


def _is_sum(one: Quantity, part: Quantity) -> bool:
    """总装机 is what 新能源装机 is part of."""
    total = re.match(r"总(?P<of>.{2,8})$", one.thing)
    return total is not None and part.thing.endswith(total["of"]) and part.thing != total["of"]


def _last_amount(said: Said, at: int) -> Quantity | None:
    """The amount before a number; what stands in brackets between is an aside."""
    near = [one for one in said[max(0, at - 4) : at] if one.depth <= said[at].depth]
    return next((one for one in reversed(near) if one.is_amount), None)


def _part(said: Said, at: int, whole: Quantity, words: str) -> Quantity | None:
    """The part before a share: the one that its words name, or else the amount said last."""
    name = _bare(words)
    before = [
        one for one in said[max(0, at - FAR) : at]
        if one.is_amount and one is not whole and one.depth <= said[at].depth
        and not (_is_planned(whole) and _is_planned(one))
    ]  # fmt: skip
    alike = [one for one in before if scale(one.unit, whole.unit) is not None]
    if name:
        named = [one for one in alike if _likeness(_names(one), name)]
        return named[-1] if named else None
    return alike[-1] if alike and alike[-1] is before[-1] else None


def _named(said: Said, at: int, words: str, *, has_part: bool = False) -> Quantity | None:
    """The one amount before a share that bears the name of its whole; a plan by any such word."""
    name = _bare(words)
    before = [one for one in said[max(0, at - FAR) : at] if one.is_amount]
    if PLANNED.search(words):
        before = [one for one in before if _is_planned(one)]
        likeness = {
            id(one): _likeness(_names(one), name) or int(one.sentence == said[at].sentence)
            for one in before
        }
    else:
        part = _last_amount(said, at)
        before = [one for one in before if has_part or one is not part]
        before = [one for one in before if part and scale(one.unit, part.unit) is not None]
        likeness = {id(one): _likeness(_names(one), name) for one in before}
        for one in before:  # 占用水总量的: the sum is meant, not 生活用水
            likeness[id(one)] += bool(likeness[id(one)] and "总" in words and "总" in one.clause)
    most = max(likeness.values(), default=0)
    best = [one for one in before if most and likeness[id(one)] == most]
    return best[-1] if len({one.value for one in best}) == 1 else None


def _named_after(said: Said, at: int, words: str) -> Quantity | None:
    """占GDP的2.4%，GDP为150亿元: told right behind the share, by its very name."""
    one = said[at + 1] if at + 1 < len(said) else None
    if one is None or not one.is_amount or one.sentence != said[at].sentence:
        return None
    return one if _likeness(_names(one), _bare(words)) > SAME else None


def _is_planned(one: Quantity) -> bool:
    return PLANNED.search(said_of(one)) is not None


def _names(one: Quantity) -> str:
    return _bare(one.clause + one.noun)


def _bare(words: str) -> str:
    """A name without what says that it is all of it."""
    words = re.sub(r"(?:总数|总量|总额|总|面积|数量|数)$", "", plain(words).strip("的"))
    return _TOTAL.sub("", words)


def _likeness(one: str, other: str) -> int:
    """How near two names are: the same, of the same letters, one within the other; 0 for none."""
    if min(len(one), len(other)) < 2:
        return 0
    if one == other:
        return 4
    if set(one) == set(other):
        return 3
    if one.endswith(other) or (len(other) > 3 and set(other) <= set(one)):
        return 2
    return 1 if other.endswith(one) else 0


def _side_by_side(said: Said, start: int) -> Iterator[Finding]:
    """男性…，占50.5%；女性…，占49.5%: shares of one whole stand to each other as their parts."""
    pairs = [
        (said[at - 1], said[at])
        for at in range(max(1, start), len(said))
        if said[at].unit == "%" and said[at - 1].is_amount
        and _SHARE_OF_ALL.match(said[at].clause)
    ]  # fmt: skip
    for (part, share), (other, beside) in pairwise(pairs):
        between = said[said.index(share) + 1 : said.index(other)]
        is_next = all(one.role.startswith("points") for one in between)
        same = _whole_words(beside) in ("", _whole_words(share)) and part.unit == other.unit
        numbers = (part, share, other, beside)
        if not (same and is_next) or any(one.is_loose or one.value <= 0 for one in numbers):
            continue
        found = _proportion(part.stated, share.stated, other.stated, beside.stated)
        if found is not None:
            yield found


_SHARE_OF_ALL: Final = re.compile(rf"占(?P<of>[^占计预目任]*?)(?:的)?{ENDS}$")


def _whole_words(share: Quantity) -> str:
    match = _SHARE_OF_ALL.match(share.clause)
    return _bare(match["of"]) if match else ""


def _proportion(part: Stated, share: Stated, other: Stated, beside: Stated) -> Finding | None:
    """What the first pair says the whole is, against the second pair's share of it."""
    whole = (Interval.of(part.value) * Interval(HUNDRED, HUNDRED)).over(Interval.of(share.value))
    if whole is None:
        return None
    again = (Interval.of(other.value) * Interval(HUNDRED, HUNDRED)).over(whole)
    if again is None:
        return None
    computed = other.value * share.value / part.value
    shown = identities.number
    return identities.equal(
        "share", (part, share, other, beside), again, computed, beside,
        f"{shown(part)}占{shown(share)}，按同一总量{shown(other)}占",
        f"{shown(part)} is {shown(share)}; of the same whole {shown(other)}",
    )  # fmt: skip
