"""Docx numbers: the numbers that Word prints before paragraphs and keeps in no text."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEEPEST: Final = 9
LARGEST: Final = 9999
_DIGITS: Final = "〇一二三四五六七八九"
_LEGAL: Final = "零壹贰叁肆伍陆柒捌玖"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_CHINESE: Final = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "koreanCounting",
}  # fmt: skip
_PLACE: Final = re.compile(r"%([1-9])")
_AFTER: Final = {"nothing": "", "space": " "}


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    after: str = "tab"
    restarts: bool = True
    legal: bool = False  # every number of the label in digits


@dataclass(slots=True)
class Numbering:
    """The lists of a document. `label` must be asked for each paragraph in order."""

    lists: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)  # by abstract list
    of_number: Mapping[str, str] = field(default_factory=dict)  # list → abstract list
    starts: Mapping[str, Mapping[int, int]] = field(default_factory=dict)  # list → its own starts
    of_style: Mapping[str, tuple[str, int]] = field(default_factory=dict)  # style → list, level
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def label(self, paragraph: etree._Element) -> str:
        """What Word prints before a paragraph, with what stands between; often nothing."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None or not self.lists:
            return ""
        style = properties.find(f"{W}pStyle")
        key = "" if style is None else style.get(f"{W}val") or ""
        number, depth = numbered(properties) or self.of_style.get(key, ("", 0))
        return self._next(number, depth)

    def _next(self, number: str, depth: int) -> str:
        abstract = self.of_number.get(number, "")
        levels = self.lists.get(abstract, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if number not in self._begun:
            self._begun.add(number)
            for deep, start in self.starts.get(number, {}).items():
                counts[deep] = start - 1
        counts[depth] = min(counts.get(depth, level.start - 1) + 1, LARGEST)
        for deeper in range(depth + 1, DEEPEST):
            if levels.get(deeper, Level()).restarts:
                counts.pop(deeper, None)
        if level.form in ("bullet", "none"):
            return ""

        def told(match: re.Match[str]) -> str:
            deep = int(match[1]) - 1
            other = levels.get(deep, Level())
            form = "decimal" if level.legal else other.form
            return in_form(counts.get(deep, other.start), form)

        return _PLACE.sub(told, level.text) + _AFTER.get(level.after, " ")


def numbering(numbers: bytes | None, styles: Iterable[etree._Element]) -> Numbering:
    """The lists of a document, from its part of numbers and its styles."""
    if numbers is None:
        return Numbering()
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    root = etree.fromstring(numbers, parser)
    lists = {
        one.get(f"{W}abstractNumId") or "": _levels(one) for one in root.iter(f"{W}abstractNum")
    }
    of_number, starts = {}, {}
    for one in root.iter(f"{W}num"):
        key, abstract = one.get(f"{W}numId") or "", one.find(f"{W}abstractNumId")
        of_number[key] = "" if abstract is None else abstract.get(f"{W}val") or ""
        starts[key] = {
            _whole(over.get(f"{W}ilvl")): _whole(begin.get(f"{W}val"))
            for over in one.iter(f"{W}lvlOverride")
            if (begin := over.find(f"{W}startOverride")) is not None
        }
    return Numbering(lists, of_number, starts, _of_styles(styles, root, of_number))


def _levels(abstract: etree._Element) -> dict[int, Level]:
    return {
        _whole(one.get(f"{W}ilvl")): Level(
            start=_whole(_val(one, "start", "1")),
            form=_val(one, "numFmt", "decimal"),
            text=_val(one, "lvlText", ""),
            after=_val(one, "suff", "tab"),
            restarts=_val(one, "lvlRestart", "1") != "0",
            legal=one.find(f"{W}isLgl") is not None,
        )
        for one in abstract.findall(f"{W}lvl")
    }


def _of_styles(
    styles: Iterable[etree._Element], root: etree._Element, of_number: Mapping[str, str]
) -> dict[str, tuple[str, int]]:
    """The list of each style, its own or that of the style it is based on."""
    own: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in styles:
        key = style.get(f"{W}styleId") or ""
        based[key] = _val(style, "basedOn", "")
        properties = style.find(f"{W}pPr")
        found = None if properties is None else numbered(properties)
        if found is not None:
            own[key] = found
    # A level may name the style that it numbers; the style then names only the list.
    depths = {
        (one.get(f"{W}abstractNumId") or "", _val(level, "pStyle", "")): _whole(
            level.get(f"{W}ilvl")
        )
        for one in root.iter(f"{W}abstractNum")
        for level in one.findall(f"{W}lvl")
    }
    found_of = {}
    for key in based:
        at, seen = key, set[str]()
        while at and at not in own and at not in seen:
            seen.add(at)
            at = based.get(at, "")
        if at in own:
            number, depth = own[at]
            found_of[key] = (number, depths.get((of_number.get(number, ""), key), depth))
    return found_of


def numbered(properties: etree._Element) -> tuple[str, int] | None:
    """The list and the level that a paragraph or style names itself."""
    found = properties.find(f"{W}numPr")
    number = None if found is None else found.find(f"{W}numId")
    if found is None or number is None:
        return None
    return number.get(f"{W}val") or "", _whole(_val(found, "ilvl", "0"))


def _val(element: etree._Element, name: str, otherwise: str) -> str:
    found = element.find(f"{W}{name}")
    return otherwise if found is None else found.get(f"{W}val") or otherwise


def _whole(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,4}", text) else 0


def in_form(count: int, form: str) -> str:
    """A count as a list prints it: 12 is 十二, ⑫, l or XII; in digits where a form is not known."""
    return str(count) if form not in _FORMS else _FORMS[form](count)


def _circled(count: int) -> str:
    return chr(0x2460 + count - 1) if 1 <= count <= 20 else str(count)


def _lettered(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def chinese(count: int, digits: str = _DIGITS, places: str = "十百千") -> str:
    """A whole number below ten thousand in Chinese: 12 is 十二, 105 is 一百零五."""
    if not 0 < count <= LARGEST:
        return str(count) if count else "零"
    parts: list[str] = []
    gap = False
    for place in (3, 2, 1, 0):
        digit = count // 10**place % 10
        if digit:
            parts.append("零" * (gap and bool(parts)))
            is_plain_ten = place == 1 and digit == 1 and not parts[:-1] and digits is _DIGITS
            parts.append(
                ("" if is_plain_ten else digits[digit]) + (places[place - 1] if place else "")
            )
            gap = False
        else:
            gap = True
    return "".join(parts)


def roman(count: int) -> str:
    """A whole number in Roman letters."""
    pairs = (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
        (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    )  # fmt: skip
    found = ""
    for value, letters in pairs:
        found += letters * (count // value)
        count %= value
    return found


_FORMS: Final[Mapping[str, Callable[[int], str]]] = {
    **dict.fromkeys(_CHINESE, chinese),
    "ideographDigital": lambda count: "".join(_DIGITS[int(digit)] for digit in str(count)),
    "chineseLegalSimplified": lambda count: chinese(count, _LEGAL, "拾佰仟"),
    "ideographTraditional": lambda count: _STEMS[(count - 1) % len(_STEMS)],
    "ideographZodiac": lambda count: _BRANCHES[(count - 1) % len(_BRANCHES)],
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalZero": lambda count: f"{count:02d}",
    "lowerLetter": _lettered,
    "upperLetter": lambda count: _lettered(count).upper(),
    "lowerRoman": lambda count: roman(count).lower(),
    "upperRoman": roman,
}
