"""Extraction: the sentences of a text in one spelling, their amounts, and the section of each."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final, Literal

from lantu.core.figures.decimals import printed
from lantu.core.reading.prose import Stated, sentences

How = Literal["=", "~", ">", "<"]

NUMBER: Final = r"(?<![\d.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d.])"
_MEASURE = (
    r"美元|欧元|元|吨标准煤|吨标煤|千瓦时|千瓦|吨|立方米|平方公里|平方千米|平方米|㎡|m²|km²|公顷|亩|"
    r"公里|千米|米|公斤|斤|标箱|人次|人|户|家|个百分点|百分点|个|项|条|座|所|套|场|名|块|天|件|"
    r"年|岁|张|台|辆|班|处|批|种|支|间|栋|幢|床|倍|期"
)
UNIT: Final = rf"%|‰|(?:万亿|千万|百万|十万|亿|万|千|百)?(?:{_MEASURE})"
AMOUNT: Final = re.compile(rf"(?P<value>{NUMBER})(?P<many>多|余)?(?P<unit>{UNIT})")

_SAME_UNIT: Final = {"m²": "平方米", "㎡": "平方米", "km²": "平方公里", "个百分点": "百分点"}
_SPELLING: Final = str.maketrans(
    "(),;:∶％［］〔〕【】＞＜～~—–－０１２３４５６７８９．",
    "（），；：：%[][][]><----－0123456789.",
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_BEFORE: Final[tuple[tuple[str, How], ...]] = (
    (r"(?:超过|突破|高于|大于|不低于|不少于|至少|超|逾|>|≥)$", ">"),
    (r"(?:不超过|不高于|低于|少于|小于|不到|<|≤|控制在)$", "<"),
    (r"(?:约为|大约|约|近|接近|将近|预计)$", "~"),
)
_AFTER: Final[tuple[tuple[str, How], ...]] = (
    (r"以上|多|余", ">"),
    (r"以下|以内", "<"),
    (r"左右|上下", "~"),
)
_HEADING = re.compile(r"^[ \t　#*]*第[一二三四五六七八九十百零\d]+[章节篇][^\n\t|]{0,60}$", re.M)


@dataclass(frozen=True, slots=True)
class Amount:
    """One printed amount of a sentence, and whether it is exact, about, a least or a most."""

    stated: Stated
    how: How
    first: int  # in the sentence
    last: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence without white space and in one spelling; `section` counts headings before."""

    text: str
    places: tuple[int, ...]
    section: int
    amounts: tuple[Amount, ...]

    def stated(self, match: re.Match[str], value: str = "value", unit: str = "unit") -> Stated:
        """The number of a match, with its place in the document."""
        first, last = match.span(value)
        name = (match.group(unit) or "") if unit else ""
        return Stated(
            printed(match.group(value)),
            _SAME_UNIT.get(name, name),
            self.places[first],
            self.places[last - 1] + 1,
        )

    def how(self, first: int, last: int) -> How:
        return _how(self.text, first, last)


def spelled(text: str) -> str:
    """One spelling of punctuation and digits, character by character; thousands commas stay."""
    kept = {match.start() for match in _THOUSANDS.finditer(text)}
    other = text.translate(_SPELLING)
    if not kept:
        return other
    return "".join("," if at in kept else letter for at, letter in enumerate(other))


def passages(text: str) -> list[Passage]:
    """The sentences of the running text, in order."""
    headings = [match.start() for match in _HEADING.finditer(text)]
    found = []
    for sentence in sentences(text):
        if sentence.places:
            plain = spelled(sentence.text)
            section = bisect_right(headings, sentence.places[0])
            found.append(
                Passage(plain, sentence.places, section, _amounts(plain, sentence.places))
            )
    return found


def _amounts(text: str, places: tuple[int, ...]) -> tuple[Amount, ...]:
    bare = Passage(text, places, 0, ())
    found = []
    for match in AMOUNT.finditer(text):
        is_year = match["unit"] == "年" and len(match["value"]) == 4
        if is_year or _is_range(text, match.start(), match.end()):
            continue
        stated, how = bare.stated(match), _how(text, match.start(), match.end())
        how = ">" if match["many"] and how == "=" else how
        found.append(Amount(stated, how, match.start(), match.end()))
    return tuple(found)


def _is_range(text: str, first: int, last: int) -> bool:
    """One end of a range, or a part of a code: it stands for itself alone."""
    return text[max(0, first - 1) : first] in ("-", "至") or text[last : last + 1] == "-"


def _how(text: str, first: int, last: int) -> How:
    before, after = text[max(0, first - 4) : first], text[last : last + 2]
    for pattern, how in reversed(_BEFORE):
        if re.search(pattern, before):
            return how
    return next((how for pattern, how in _AFTER if re.match(pattern, after)), "=")
