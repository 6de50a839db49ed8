"""Bounds: an amount, and the words around a number that say how it is bounded."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from lantu.core.reading.words import at_end, either, whole

Measure = Literal["share", "quantity", "counter", "bare", "ratio"]
NEAR = 12  # letters on either side that may change a number's meaning


@dataclass(frozen=True, slots=True)
class Amount:
    """One number or range of a sentence, in the places of the sentence."""

    start: int
    end: int  # with the words that bound it: 以上, 左右
    unit: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    comparator: str = "="
    measure: Measure = "counter"
    in_words: bool = False
    base: Decimal | None = None  # 由 13.2 % 提高到 32 %


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    return re.compile(
        r"(?:[(（]含[)）])?"
        rf"(?P<word>{either('at_least_after', 'at_most_after', 'about_after')})"
    )


def bounded(
    sentence: str, end: int, mark: str, start: int, *, more: bool = False
) -> tuple[int, str]:
    """Where the amount ends with its bound, and its comparator."""
    after = _after().match(sentence, end)
    word = after["word"] if after else ""
    if word == "起" or (word == "内" and sentence[end - 1 : end] not in "月年天日时钟"):
        after, word = None, ""
    told = start
    if sentence[start - 1 : start] == "的" and (
        of := PART_OF.search(sentence, max(0, start - 40), start)
    ):
        told = of.end("verb")  # 不低于上年人均收入的60%
    before = sentence[max(0, told - NEAR) : told]
    return (after.end() if after else end), comparator(mark, before, word, many=more)


# Of what a share is: 不低于上年人均收入的60%, 达到全市总量的15%.
PART_OF = re.compile(
    r"(?P<verb>不低于|不少于|不超过|不高于|超过|达到)(?P<of>[^，,。；;、：:（）()\d]{2,24})的$"
)


_SIGNS = (
    ("at_least", ">="),
    ("at_most", "<="),
    ("more_than", ">"),
    ("less_than", "<"),
    ("about", "~"),
)


def comparator(mark: str, before: str, after: str, *, many: bool = False) -> str:
    """= >= > <= < or ~, from a sign or from the words on either side."""
    if mark:
        return {"≥": ">=", "≤": "<="}.get(mark, mark)
    for name, sign in (("about", "~"), ("at_least", ">="), ("at_most", "<=")):
        if after and after in whole(f"{name}_after"):
            return sign
    if "约占" in before and re.search(r"约占[一-龥]{2,10}$", before):
        return "~"
    for name, sign in _SIGNS:
        if at_end(f"{name}_before").search(before):
            return sign
    return ">" if many else "="
