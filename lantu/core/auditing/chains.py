"""Chains: what a sentence says of one thing in clause after clause, told by what it leaves unsaid.

2020年总产值为420亿元，到2025年达到676亿元，年均增长10%: the later clauses name no thing of their
own, so all three numbers speak of the first. What ties them is checked, whatever their order.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from lantu.core.auditing.pieces import NUMBER, UNIT, is_loose
from lantu.core.reading.prose import Sentence, Stated

Role = Literal[
    "base", "level", "rate", "total", "points", "points-a-year", "rise", "times", "quota"
]

_QUANTITY: Final = re.compile(
    rf"(?P<value>{NUMBER})(?P<unit>个?百分点|%|倍|(?:{UNIT})(?:/(?:{UNIT}))?)|(?P<doubling>翻了?[一两]番|倍增)"
)
NUMBER_OF: Final = {
    "翻一番": Decimal(2), "翻了一番": Decimal(2), "倍增": Decimal(2),
    "翻两番": Decimal(4), "翻了两番": Decimal(4),
}  # fmt: skip
_YEAR: Final = re.compile(r"(?P<year>20\d\d)年")
_SAID_OF_TIME: Final = (
    r"(?:到|至|在|比|较)?(?:20\d\d年|[“\"]?十[二三四五六]五[”\"]?)(?:年?[末底初])?"
    r"(?:时期|期间|期末|规划期末|规划期内|时)?|"
    r"(?:未来)?[三五]年(?:来|间|内|期间)?|上年|去年|同期|基期|期初|期末|全年"
)
_SAID_OF_MOVES: Final = (
    r"预计|力争|争取|确保|努力|将|约|基本|实现|保持|累计|总体|合计|共计|共|比|较|由|从|自|按|是|为|的|了|达到|达|完成|"
    r"的?基础上|为?基数|为?基期|以|在|稳步|快速|大幅|再|净|逐年|每年|平均|年均|复合|增长率|增加|增长|提高|提升|上升|扩大|下降|降低|减少|压减|压缩|"
    r"新增|新建|建成|建设|递增|增速|增幅|降幅|发展|攀升|跃升|降|升|增|减|到|至|也|分别|相应|即"
)
_SILENT: Final = re.compile(rf"{_SAID_OF_TIME}|{_SAID_OF_MOVES}|[，,；;（()）“”\"\s：:]")
_CLAUSE: Final = re.compile(r"[，,；;（(]")
_MOVES: Final = (
    r"(?:净增|新增|增长|递增|增速|增幅|提高|上升|增加|提升|下降|降低|减少|压减|降幅)"
    r"(?:率|幅度)?(?:保持在?|稳定在?|了|为|达到|达|约|在)*"
)
_RATE: Final = re.compile(rf"年均(?:复合)?{_MOVES}$|{_MOVES}年均$")
_MOVE: Final = re.compile(rf"{_MOVES}$")
_BASE: Final = re.compile(r"(?:由|从|自)[^，,；;到至]{0,24}$")
_BESIDE: Final = re.compile(r"(?:比|较|是|在)(?:(?:20\d\d)年|期初|基期)(?:末|底)?的?$")
_AFTER_BASE: Final = re.compile(r"(?:为(?:基数|基期)|的?基础上)")
_AFTER_RATE: Final = re.compile(r"的?(?:速度)?(?:增长|增速|递增)")
_QUOTA: Final = re.compile(
    r"(?:年均|平均每年)(?:新增|增加|净增|新建|建设|建成|完成|投入|引进|培育)?$"
)
_FALLS: Final = re.compile(r"下降|降低|减少|压减|降幅")


@dataclass(frozen=True, slots=True)
class Link:
    """One number of a chain with its part in it; `year` where the words before it say one."""

    role: Role
    stated: Stated
    year: int | None
    is_loose: bool = False
    falls: bool = False
    words: str = ""  # before the number


@dataclass(slots=True)
class Chain:
    """What is said of one thing in a row."""

    subject: str
    links: list[Link] = field(default_factory=list)
    end: int = 0  # in the sentence

    def of(self, *roles: Role) -> list[Link]:
        return [one for one in self.links if one.role in roles]


def chains(sentence: Sentence) -> Iterator[Chain]:
    """The chains of a sentence with two numbers or more, in order."""
    now, end, year = Chain(""), 0, None
    for match in _QUANTITY.finditer(sentence.text):
        lead = sentence.text[end : match.start()]
        subject = _SILENT.sub("", lead)
        years = _YEAR.findall(lead)
        year = int(years[-1]) if years else year
        if subject and not (now.links and subject in now.subject):
            if len(now.links) > 1:
                yield now
            now = Chain(subject)
            year = int(years[-1]) if years else None
        now.links.append(_link(sentence, match, lead, year))
        now.end = end = match.end()
    if len(now.links) > 1:
        yield now


def _link(sentence: Sentence, match: re.Match[str], lead: str, year: int | None) -> Link:
    clause = _CLAUSE.split(lead)[-1]
    if match["doubling"]:
        start, end = match.span()
        value = NUMBER_OF[match["doubling"]]
        stated = Stated(value, "倍", sentence.places[start], sentence.places[end - 1] + 1)
        return Link("times", stated, year, words=match["doubling"])
    stated = sentence.stated(match)
    is_about = is_loose(sentence.text, match.start("value"), match.end())
    return Link(
        _role(clause, match["unit"], sentence.text[match.end() :]), stated, year, is_about,
        falls=_FALLS.search(clause) is not None, words=clause,
    )  # fmt: skip


def _role(clause: str, unit: str, after: str) -> Role:
    if unit == "%" and clause.endswith("年均") and _AFTER_RATE.match(after):
        return "rate"
    role = _role_before(clause, unit)
    return "base" if role == "level" and _AFTER_BASE.match(after) else role


def _role_before(clause: str, unit: str) -> Role:
    if unit == "倍":
        return "times"
    if unit.endswith("百分点"):
        return "points-a-year" if "年均" in clause else "points"
    if _BASE.search(clause) or _BESIDE.search(clause):
        return "base"
    if unit == "%" and _RATE.search(clause):
        return "rate"
    if unit != "%" and _QUOTA.search(clause):
        return "quota"
    if _MOVE.search(clause) and not clause.endswith(("为", "到")):
        return "total" if unit == "%" else "rise"
    return "level"


def ends(chain: Chain) -> tuple[Link, Link] | None:
    """The first and the last level of a chain in one unit; None where they are not told apart."""
    levels = chain.of("base", "level")
    bases = [one for one in levels if one.role == "base"]
    if len({one.stated.unit for one in levels}) != 1 or len(levels) != 2 or len(bases) > 1:
        return None
    if bases:
        last = next(one for one in levels if one is not bases[0])
        return bases[0], last
    return _by_year(levels)


def _first_said(levels: Sequence[Link]) -> bool:
    """达到68%, …2020年为63%: the level that is reached comes without its year."""
    reached, told = levels
    return reached.year is None and told.year is not None and "达" in reached.words


def _by_year(levels: Sequence[Link]) -> tuple[Link, Link] | None:
    if _first_said(levels):
        return levels[1], levels[0]
    dated = sorted((one for one in levels if one.year is not None), key=lambda one: one.year or 0)
    if len(dated) < len(levels) or dated[0].year == dated[-1].year:
        return None
    return dated[0], dated[-1]
