"""Numerals: Chinese number words as numbers."""

import re
from decimal import Decimal

DIGITS = {letter: number for number, letter in enumerate("〇一二三四五六七八九")}
DIGITS |= {"零": 0, "两": 2, "○": 0}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
# How many times as much 翻一番, 翻两番 … are; 翻番 by itself doubles.
TIMES = {"一": 2, "两": 4, "二": 4, "三": 8, None: 2}
WORDS = "[一二两三四五六七八九十百千万]"
_YEAR = re.compile(r"[二][〇零○Oo0][一二三四五六七八九〇零○Oo0]{2}(?=年)")


def spoken(words: str) -> Decimal | None:
    """A number in words: 九十五 is 95, 百 is 100, 二十六点一 is 26.1; None if it is none."""
    words, _, tail = words.partition("点")
    if tail:
        whole = spoken(words)
        places = "".join(str(DIGITS[one]) for one in tail if one in DIGITS)
        return None if whole is None else whole + Decimal(f"0.{places}")
    total = section = digit = 0
    for letter in words:
        if letter in DIGITS:
            if digit:
                return None  # 三四 is an estimate
            digit = DIGITS[letter]
        elif letter in _PLACES:
            section += (digit or 1) * _PLACES[letter]
            digit = 0
        elif letter in _LARGE:
            total += (section + digit or 1) * _LARGE[letter]
            section = digit = 0
        else:
            return None
    return Decimal(total + section + digit)


def with_years(text: str) -> str:
    """The same text, letter for letter, with years in words (二〇三五年) as digits."""
    if "二" not in text:
        return text
    return _YEAR.sub(lambda m: "".join(str(DIGITS.get(one, 0)) for one in m.group()), text)
