"""Quantities: every number of a sentence with what it is said of and the part that it plays.

The rules on shares, parts, changes and quotients work on these, so that they need no pattern for
each wording: the words before a number tell its role, the words left over name its thing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from lantu.core.auditing.pieces import NUMBER, UNIT, is_loose, sign_of
from lantu.core.figures.units import Unit, UnitError, unit
from lantu.core.reading.numerals import spoken
from lantu.core.reading.prose import Sentence, Stated

Role = Literal[
    "base", "level", "rate", "total", "points", "points-a-year", "rise", "times", "quota"
]

_QUANTITY: Final = re.compile(
    rf"(?P<value>{NUMBER})(?P<unit>个?百分点|个?千分点|%|‰|倍|(?:{UNIT})(?:/(?:{UNIT}|日|天|年|月|小时))?)"
    r"|(?P<doubling>翻了?[一两]番|翻番|倍增)"
    r"|(?P<parts>[二三四五六七八九十])分之(?P<of>[一二三四五六七八九])"
)
NUMBER_OF: Final = {
    "翻一番": Decimal(2), "翻了一番": Decimal(2), "倍增": Decimal(2), "翻番": Decimal(2),
    "翻两番": Decimal(4), "翻了两番": Decimal(4),
}  # fmt: skip
_YEAR: Final = re.compile(r"(?P<year>(?:19|20)\d\d)年")
_SAID_OF_TIME: Final = (
    r"(?:到|至|在|比|较)?(?:(?:19|20)\d\d年|[“\"]?十[二三四五六]五[”\"]?)(?:年?[末底初])?"
    r"(?:时期|期间|期末|规划期末|规划期内|时)?|"
    r"(?:未来|过去)?[三五]年(?:来|间|内|期间)?|上年(?:同期|同口径)?|去年(?:同期)?|同期|基期|期初|年初|期末|全年|年末|年底"
)
CHANGES: Final = (
    r"(?:同比|环比)?(?:净增加?|多出|新增|增长|递增|增速|增幅|增产|增收|增支|增加|增至|提高|上升|提升|扩大|上涨|攀升|增添|"
    r"下降|降低|减少|压减|压缩|减收|减支|减产|减排|缩减|缩小|回落|降幅|涨幅)"
)
_SAID_OF_MOVES: Final = (
    r"按(?:可比|不变)价格?(?:计算)?|以[上下内]|预计|力争|争取|确保|努力|将|约|基本|实现|保持|累计|总体|合计|共计|共|比|较|由|从|自|按|是|为|的|了|达到|达|完成|"
    rf"的?基础上|为?基数|为?基期|以|在|稳步|快速|大幅|再|净|逐年|每年|平均|年均|复合|增长率|同比|环比|{CHANGES}|"
    r"数量|速度|控制|左右|原来|规划(?=[为达])|测算|按照|新建|建成|建设|发展|攀升|跃升|降|升|增|减|到|至|也|分别|相应|即"
)
SILENT: Final = re.compile(rf"{_SAID_OF_TIME}|{_SAID_OF_MOVES}|[，,；;（()）“”\"\s：:]")
_CLAUSE: Final = re.compile(r"[，,；;（(]")
_CUT: Final = re.compile(r"[，,；;（()）：:、。]")
_MOVES: Final = rf"{CHANGES}(?:率|幅度)?(?:保持在?|稳定在?|了|为|达到|达|约|在)*"
_MEAN: Final = r"(?:年均|年平均|(?:未来|过去)?[三五]年平均|平均每年)"
_RATE: Final = re.compile(rf"{_MEAN}(?:复合)?{_MOVES}$|{_MOVES}年均$")
_MOVE: Final = re.compile(rf"{_MOVES}$")
_BASE: Final = re.compile(r"(?:由|从|自)[^，,；;到至]{0,24}$")
_BESIDE: Final = re.compile(
    r"(?:比|较|是|在|为)(?:(?:19|20)\d\d年|期初|基期|上年|去年|上一?个?五年|[“\"]?十[一二三四五六]五[”\"]?)"
    r"(?:时期|期间|规划|同期|末|底)?的?$"
)
_AFTER_BASE: Final = re.compile(r"(?:为(?:基数|基期)|的?基础上)")
_AFTER_RATE: Final = re.compile(r"(?:左右|以上)?的?(?:速度)?(?:增长|增速|递增)")
_QUOTA: Final = re.compile(
    r"(?:年均|平均每年|每年(?:平均)?)(?!增长|增速|增幅|下降|递增|提高)[\u4e00-\u9fff]{0,6}$|"
    r"各自?(?:建|设|投|补|补助|投资|安排)?$"
)
_FALLS: Final = re.compile(r"下降|降低|减少|压减|压缩|降幅|减排|减收|减支|减产|减排|缩减|缩小|回落")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a sentence: its role, and the words that say what it is of.

    `year` is the one that the words before it say, or the last one said of the same thing.
    """

    role: Role
    stated: Stated
    year: int | None
    is_loose: bool = False
    falls: bool = False
    words: str = ""  # of its clause, before the number
    lead: str = ""  # all words since the number before it
    noun: str = ""  # the words behind its unit: 项目 in 10个项目
    sign: str = "="  # >= and <= for bounds, ~ where words loosen it
    depth: int = 0  # of the brackets it stands in
    first: int = 0  # its place in the sentence, with its unit
    last: int = 0
    sentence: int = 0  # where its sentence begins

    @property
    def unit(self) -> str:
        return self.stated.unit

    @property
    def value(self) -> Decimal:
        return self.stated.value

    @property
    def clause(self) -> str:
        """The words of its own clause; what 、 parts stands in another."""
        return _CUT.split(self.lead)[-1]

    @property
    def thing(self) -> str:
        """What its clause says it is of; empty where it names nothing of its own."""
        return plain(self.clause)

    @property
    def is_amount(self) -> bool:
        """Whether it says how much of something there is, not how it moves nor a share."""
        return self.role in ("level", "base") and self.unit not in ("%", "‰", "倍")


def plain(words: str) -> str:
    """A name without the words that say when and how it moves."""
    return re.sub(r"^(?:其中|中|有|另有|仅|以及|和|及|与)+", "", SILENT.sub("", words))


def quantities(sentence: Sentence) -> Iterator[Quantity]:
    """The numbers of a sentence, in order."""
    end, depth, year = 0, 0, None
    subject = ""
    text = sentence.text
    for match in _QUANTITY.finditer(text):
        lead = text[end : match.start()]
        depth = max(0, depth + sum(map(lead.count, "(（")) - sum(map(lead.count, ")）")))
        said, other = _YEAR.findall(lead), SILENT.sub("", lead)
        # A year is carried on as long as the words speak of the same thing.
        year = int(said[-1]) if said else (None if other and other not in subject else year)
        subject = other or subject
        yield _quantity(sentence, match, lead, year, depth)
        end = match.end()


def _quantity(
    sentence: Sentence, match: re.Match[str], lead: str, year: int | None, depth: int
) -> Quantity:
    start, end = match.span()
    after = sentence.text[end:]
    clause = _CLAUSE.split(lead)[-1]
    place: dict[str, object] = {"lead": lead, "depth": depth, "first": start, "last": end}
    place["sentence"] = sentence.places[0]
    if match["doubling"]:
        value = NUMBER_OF[match["doubling"]]
        stated = Stated(value, "倍", sentence.places[start], sentence.places[end - 1] + 1)
        return Quantity("times", stated, year, words=match["doubling"], **place)  # type: ignore[arg-type]
    if match["parts"]:
        # Said as a fraction, it is as exact as whole per cent.
        part, parts = spoken(match["of"]) or Decimal(0), spoken(match["parts"]) or Decimal(1)
        value = Decimal(round(100 * part / parts))
        stated = Stated(value, "%", sentence.places[start], sentence.places[end - 1] + 1)
        loose = is_loose(sentence.text, start, end)
        role = _role(clause, "%", after)
        return Quantity(role, stated, year, loose, words=clause, **place)  # type: ignore[arg-type]
    place["sign"] = sign_of(sentence.text, match.start("value"), end)
    noun = re.match(r"[^，,；;（()）：:、。\d]{0,14}", after)
    return Quantity(
        _role(clause, match["unit"], after), sentence.stated(match), year,
        is_loose(sentence.text, match.start("value"), end),
        falls=_FALLS.search(clause) is not None, words=clause,
        noun=noun.group() if noun else "", **place,  # type: ignore[arg-type]
    )  # fmt: skip


def _role(clause: str, unit: str, after: str) -> Role:
    if unit == "%" and clause.endswith("年均") and _AFTER_RATE.match(after):
        return "rate"
    role = _role_before(clause, unit)
    return "base" if role == "level" and _AFTER_BASE.match(after) else role


def _role_before(clause: str, unit: str) -> Role:
    if unit == "倍":
        return "times"
    if unit.endswith(("百分点", "千分点")) or re.search(r"[多少]增$", clause):
        return "points-a-year" if "年均" in clause else "points"
    if _BASE.search(clause) or _BESIDE.search(clause):
        return "base"
    if unit == "%" and _RATE.search(clause):
        return "rate"
    if unit != "%" and _QUOTA.search(clause):
        return "quota"
    if _MOVE.search(clause) and not clause.endswith(("为", "到", "至")):
        return "total" if unit == "%" else "rise"
    return "level"


_MULTIPLES: Final = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "亿": 10**8, "千万": 10**7, "百万": 10**6,
    "万": 10**4, "千": 10**3,
}  # fmt: skip
_SCALED: Final = re.compile(rf"(?P<scale>{'|'.join(_MULTIPLES)})?(?P<plain>.+)")


@lru_cache(maxsize=512)
def measured(words: str) -> Unit | None:
    """What a unit measures, also with a multiple before it (千公顷) or in 斤; None if unknown."""
    try:
        return unit(words)
    except UnitError:
        pass
    scaled = _SCALED.fullmatch(words)
    if scaled is None:
        return None
    factor: Decimal = Decimal(_MULTIPLES.get(scaled["scale"] or "", 1))
    name = scaled["plain"]
    if name == "斤":
        name, factor = "公斤", factor / 2
    try:
        known = unit(name)
    except UnitError:
        return None
    top, bottom = factor.as_integer_ratio()
    return Unit(words, known.measures, known.factor * top / bottom)


def scale(source: str, target: str) -> Decimal | None:
    """What turns a number in one unit into another; None where they measure different things."""
    if source == target:
        return Decimal(1)
    one, other = measured(source), measured(target)
    if one is None or other is None or one.measures != other.measures:
        return None
    factor = one.factor / other.factor
    return Decimal(factor.numerator) / Decimal(factor.denominator)
