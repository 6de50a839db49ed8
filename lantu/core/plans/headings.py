"""Headings of a plan for readers of English: what is numbered is said, what is a name stays."""

import re

_HEADING = re.compile(r"第([一二三四五六七八九十百零]+|\d+)([编篇章节])[ \u3000]*(.*)", re.DOTALL)
_PARTS = {"编": "Part", "篇": "Part", "章": "Chapter", "节": "Section"}
_DIGITS = "零一二三四五六七八九"


def in_english(heading: str) -> tuple[str, str]:
    """The number of a heading in English and the rest as printed; either may be empty.

    `第三章 产业` gives `("Chapter 3", "产业")`; a text that is no heading is all rest.
    """
    found = _HEADING.fullmatch(heading.strip())
    if found is None:
        return "", heading
    number, kind, rest = found.groups()
    return f"{_PARTS[kind]} {_counted(number)}", rest


def _counted(number: str) -> int:
    """A number below a thousand: 十二 is 12, 二十 is 20, 一百零五 is 105."""
    if number.isdigit():
        return int(number)
    total, digit = 0, 0
    for sign in number:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.index(sign)
    return total + digit
