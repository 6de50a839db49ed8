"""Partings: a whole and the parts that follow it, whatever else is said between them.

Parts contradict their whole only where their words leave nothing out (closed), or where they
cannot overlap and give more than the whole (open).
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal

from lantu.core import content
from lantu.core.auditing import identities
from lantu.core.auditing.findings import Finding
from lantu.core.auditing.lists import NUMERALS
from lantu.core.auditing.quantities import Quantity

Kind = Literal["closed", "open"]
_OPENS: Final = re.compile(
    r"(?:[^，,；;（(：:\d]{0,14}?)(?:[）)]?[，,、；;：:（(]?(?:其中有?|资金来源[为是]?|按[^，,：:]{2,8}分|分别为|分别是|包括|涵盖|含|分为|由)[：:，,]?|[（(：:]|中[，,])"
)
_SUM: Final = re.compile(r"^(?:一?共|共计|合计|总计|累计|总)")
_OTHER: Final = re.compile(r"^(?:其他|其它|其余|剩余)")
_MADE_OF: Final = re.compile(r"^[^，,。；;\d]{0,4}(?:组成|构成)")
_PHASES: Final = re.compile(r"分(?P<count>[两二三四])期")
_COUNTED: Final = {"两": 2, "二": 2, "三": 3, "四": 4}
HUNDRED: Final = Decimal(100)
MOST: Final = 40  # parts; a longer run is no parting of one whole


def of_passage(passage: Sequence[Quantity], start: int, text: str) -> Iterator[Finding]:
    """The wholes of a sentence with parts behind them, or told in the sentence before (其中…)."""
    said = passage[start:]
    if said and start and said[0].lead.lstrip("。").startswith("其中"):
        before = passage[start - 1].sentence
        wholes = [
            one for one in passage[:start]
            if one.is_amount and one.sentence == before and one.unit == said[0].unit
        ]  # fmt: skip
        if wholes:
            yield from _parted([wholes[-1], *said], 0, text)
    for at, whole in enumerate(said):
        if whole.is_amount and (_IN_ALL.search(whole.clause) or _TOTAL.search(whole.clause)):
            yield from _summed(said, at)
        if whole.is_amount:
            yield from _parted(said, at, text)


def _parted(said: Sequence[Quantity], at: int, text: str) -> Iterator[Finding]:
    whole, items = said[at], _items(said, at)[:MOST]
    if len(items) < 2:
        return
    is_marked = _is_marked(items[0])
    if not is_marked and not _is_first(said, at, items[0]):
        return
    judged: list[tuple[Kind | None, Finding]] = []
    for count in range(len(items), 1, -1):
        some = items[:count]
        kind = _kind(said, some, text)
        # Without a mark the words themselves must say that they are all.
        is_told = _are_phases(some) or _are_contrary([name_of(one) for one in some])
        is_bare = not is_marked and not is_told
        is_bare = is_bare and (kind != "closed" or _OTHER.match(name_of(some[-1])) is not None)
        found = None if kind is None or is_bare else _sum(whole, some, kind)
        if found is not None:
            judged.append((kind, found))
    if judged:  # what follows the last part of a closed set may be of something else
        agrees = [one for kind, one in judged if kind == "closed" and one.result == "holds"]
        yield (agrees or [judged[0][1]])[0]
    elif "其中" in items[0].lead:
        yield from _noted(whole, items)


def _are_phases(items: Sequence[Quantity]) -> bool:
    """一期…, 二期…: they part the whole before them, and no words need to say so."""
    numbers = [re.match("[首一二三四]期", name_of(one)) for one in items]
    told = [one.group().replace("首", "一") for one in numbers if one]
    return told == ["一期", "二期", "三期", "四期"][: len(items)]


def _sum(whole: Quantity, items: Sequence[Quantity], kind: Kind) -> Finding | None:
    """Parts against their whole; open ones contradict it only where they give more."""
    found = identities.parts(whole.stated, [one.stated for one in items], complete=True)
    over = sum((one.value for one in items), Decimal(0)) > whole.value
    if found is None or (found.result == "contradicts" and kind == "open" and not over):
        return None
    return found.unless(is_open=any(one.is_loose for one in (whole, *items)))


_IN_ALL: Final = re.compile(r"(?:合计|共计|总计)(?:约|为|达到|达)*$")
# 总长, 总占地: of all before it only where they are counted, or phases.
_TOTAL: Final = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|项目|工程)(?:总|全长|共|合共)[\u4e00-\u9fff]{0,5}$"
)
_PHASED: Final = re.compile(r"[一二三四]期")


def _summed(said: Sequence[Quantity], at: int) -> Iterator[Finding]:
    """东园4.9亿元、西园2.1亿元，合计7亿元: what stands before it in its unit, all of it."""
    whole, items = said[at], _before(said, at)
    runs = [items, items[1:]]  # the first may be the whole told before its parts
    if not _IN_ALL.search(whole.clause):
        counts = {
            int(one.value) for one in said[:at] if one.unit != whole.unit and one.value < MOST
        }
        is_phased = bool(items) and all(_PHASED.search(one.clause) for one in items)
        runs = [items] if is_phased or len(items) in counts else []
    found = [
        judged for some in runs
        if len(some) > 1
        and (judged := identities.parts(whole.stated, [i.stated for i in some], complete=True))
    ]  # fmt: skip
    best = min(
        found, key=lambda one: (one.result != "holds", abs((one.computed or 0) - whole.value)),
        default=None,
    )  # fmt: skip
    if best is not None:
        yield best.unless(is_open=any(one.is_loose for one in (whole, *items)))


def _before(said: Sequence[Quantity], at: int) -> list[Quantity]:
    """The amounts of one unit that run up to a sum."""
    whole, items = said[at], list[Quantity]()
    for one in reversed(said[:at]):
        if not one.is_amount:
            continue
        if one.unit != whole.unit or one.depth != whole.depth or _SUM.match(one.clause):
            break
        items.insert(0, one)
        if _OPENS.match(one.lead) or "其中" in one.lead:
            break
    return items


def _noted(whole: Quantity, items: Sequence[Quantity]) -> Iterator[Finding]:
    """Parts that add up are noted; others prove nothing."""
    for count in range(len(items), 1, -1):
        parts = [one.stated for one in items[:count]]
        found = identities.parts(whole.stated, parts, complete=False)
        if found is not None:
            yield found
            return


def _items(said: Sequence[Quantity], at: int) -> list[Quantity]:
    """The amounts after a whole in its unit; what moves, shares and brackets between are left."""
    whole, found = said[at], list[Quantity]()
    depth, is_told = None, False
    for one in said[at + 1 :]:
        if not one.is_amount and (found or "其中" not in one.lead):
            continue
        if not found and one.is_amount and one.unit != whole.unit and "其中" not in one.lead:
            is_told = True  # 73个、总投资360亿元，其中…: the parts may be of either
            continue
        if not found and is_told and "其中" not in one.lead:
            break
        depth = one.depth if depth is None else depth
        if one.depth > depth or (found and one.unit != whole.unit):
            continue
        if _ends(one, whole, depth) or (found and _begins_anew(one)):
            break
        found.append(one)
    return found


def _ends(one: Quantity, whole: Quantity, depth: int) -> bool:
    """Whether the parts are over, or never begin, at a number."""
    return not one.is_amount or one.depth < max(depth, whole.depth) or one.unit != whole.unit


def _begins_anew(one: Quantity) -> bool:
    """Whether parts of a part, or the sum of the parts, are told."""
    return "其中" in one.lead or _SUM.match(one.clause) is not None


def _is_marked(first: Quantity) -> bool:
    """Whether words such as 其中 open the parts."""
    opens = (_OPENS.match(first.lead), _PHASES.search(first.lead), re.search("其中", first.lead))
    return any(opens)


def _is_first(said: Sequence[Quantity], at: int, first: Quantity) -> bool:
    """道路12条，主干路3条、…: the first of its unit, no part itself, the parts right behind it."""
    same = next(one for one in said if one.is_amount and one.unit == said[at].unit)
    if "其中" in said[at].lead:
        return False
    return same is said[at] and said[at + 1] is first and len(first.lead) <= 9


_CLAUSE: Final = re.compile(r"[，,；;：:（()）。]")


def name_of(one: Quantity) -> str:
    """What a part is called: the words of its clause, and what is counted."""
    words = _CLAUSE.split(one.lead)[-1].lstrip("、和及")
    return words.removeprefix("其中").removeprefix("分别为") + one.noun


_ALL_TOLD: Final = re.compile(r"资金来源|分别[为是]|构成[为是：:]")


def _kind(said: Sequence[Quantity], items: Sequence[Quantity], text: str) -> Kind | None:
    first = said.index(items[0])
    is_run = list(said[first : first + len(items)]) == list(items)
    kind = partition([name_of(one) for one in items], is_run=is_run)
    told = (
        kind == "closed",
        _ALL_TOLD.search(items[0].lead),
        _makes_up(said, items),
        _is_made_of(text, items),
        _is_counted(text, items),
        _is_every_year(items, text),
    )
    phases = _PHASES.search(text)
    is_phased = phases is not None and _COUNTED[phases["count"]] == len(items)
    if any(told) or (is_phased and all("期" in name_of(one) for one in items)):
        return "closed"
    return kind


_COUNT: Final = re.compile(
    r"[\u4e00-\u9fff]{0,2}?(?P<count>[两二三四五六])(?:大?项|个?部分|大?类|大?块|期)"
)


def _is_counted(text: str, items: Sequence[Quantity]) -> bool:
    """包括甲1500亩、乙2500亩两项: as many as are counted behind them."""
    match = _COUNT.match(text, items[-1].last)
    return match is not None and NUMERALS[match["count"]] == len(items)


_SPAN: Final = re.compile(r"(?P<count>[三四五])年|(?P<plan>十[二三四五六]五)")


def _is_every_year(items: Sequence[Quantity], text: str) -> bool:
    """五年5万人，其中2021年0.9万人…2025年1.1万人: every year of the span; 即 names them all."""
    years = [int(one[-1]) for item in items if (one := _OF_YEAR.findall(item.lead))]
    in_row = len(years) > 2 and all(later == year + 1 for year, later in pairwise(years))
    if not in_row or len(years) != len(items):
        return False
    span = _SPAN.search(text[: items[0].first])
    if span is None:
        return "其中" not in items[0].lead
    return len(years) == (5 if span["plan"] else NUMERALS[span["count"]])


_OF_YEAR: Final = re.compile(r"(20\d\d)年")


def _makes_up(said: Sequence[Quantity], items: Sequence[Quantity]) -> bool:
    """Whether the shares printed behind the parts make a hundred: then they are all there is."""
    shares = []
    for one in items:
        behind = next((q for q in said if q.first >= one.last), None)
        if behind is None or behind.unit != "%" or not re.search("占|比重", behind.clause):
            return False
        shares.append(behind.value)
    return abs(sum(shares, Decimal(0)) - HUNDRED) <= Decimal("0.1") * len(shares)


def _is_made_of(text: str, items: Sequence[Quantity]) -> bool:
    """由北区18平方公里和南区14平方公里组成."""
    is_told = "由" in items[0].lead or "其中" in items[0].lead
    return is_told and _MADE_OF.match(text[items[-1].last :]) is not None


def partition(names: Sequence[str], *, is_run: bool = True) -> Kind | None:
    """`closed` where the names leave nothing out, `open` where they cannot overlap, else None.

    Names of one head tell kinds apart only where nothing else stands between them.
    """
    if len(names) >= 2 and _OTHER.match(names[-1]):
        return "closed"
    if _are_contrary(names):
        return "closed"
    if is_run and (_of_one_kind(names) or _of_one_head(names)):
        return "open"
    for kind, sets in _sets().items():
        for words in sets:
            hit = [next((w for w in words if w in name), None) for name in names]
            if None not in hit and len(set(hit)) == len(hit):
                return "closed" if kind == "closed" and len(hit) == len(words) else "open"
    return None


def _are_contrary(names: Sequence[str]) -> bool:
    """已开工, 未开工, or 剩余: the one is whatever the other is not."""
    if len(names) != 2:
        return False
    if re.match("已.", names[0]) and re.fullmatch(
        "(?:剩余|剩下|尚余|余下|还剩)[^，,]{0,4}", names[1]
    ):
        return True
    bare = [re.sub(r"^(?:已|未|尚未|非|不)", "", name) for name in names]
    denied = [re.match(r"(?:尚?未|非|不)", name) is not None for name in names]
    return bare[0] == bare[1] and len(bare[0]) > 1 and denied[0] != denied[1]


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
def _sets() -> dict[Kind, list[list[str]]]:
    root = content.read(Path(__file__).with_name("partitions.yaml"), "auditing/partitions.yaml")
    entries = root.mapping()
    kinds: tuple[Kind, Kind] = ("closed", "open")
    return {
        kind: [[word.text() for word in one.items()] for one in entries[kind].items()]
        for kind in kinds
    }
