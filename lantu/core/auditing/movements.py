"""Movements in one sentence: from here to there, by so much, so many times, by so many per cent."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Final

from lantu.core.auditing import identities, tallies
from lantu.core.auditing.findings import Finding
from lantu.core.auditing.intervals import Interval
from lantu.core.auditing.pieces import NUMBER, amount, loose, percent, proves, rate
from lantu.core.figures.decimals import ARITHMETIC
from lantu.core.reading.prose import Sentence, Stated

HUNDRED: Final = Decimal(100)
_TO: Final = (
    r"(?:年?[末底]?的?)?(?:大幅|稳步|逐步|快速|预计|将)?"
    r"(?:增长|增加|提高|提升|上升|扩大|发展|攀升|跃升|增|升|下降|降低|减少|压缩|降|减)(?:到|至|为)"
    r"(?:了|约)?(?:(?P<last>20\d\d)年的?)?"
)
_FROM: Final = r"[由从](?:(?P<first>20\d\d)年末?的?)?(?:上年的?)?[^\d，,。；;]{0,8}?"
_BOTH: Final = rf"{_FROM}{amount('0')}{_TO}{amount('1')}"
_YEARLY: Final = re.compile(
    rf"{_BOTH}[^。；;\d]{{0,10}}?年均(?:增长|增速|递增|增幅)(?:率)?(?:为|达到|达|约)?{percent('rate')}"
)
_TOTAL: Final = re.compile(
    rf"{_BOTH}[，,、（(]?(?:累计|总体|共|增幅|降幅|总)?(?P<way>增长|提高|增幅|增加|上升|下降|降低|减少|降幅|压减)"
    rf"(?:了|为|达到|达)?{percent('rate')}"
)
_RISE: Final = re.compile(
    rf"(?:达到|达|完成|实现|为){amount('1')}[，,]?(?:比|较)(?:上年|去年|(?P<first>20\d\d)年|期初|年初)(?:末|底)?"
    rf"(?P<way>净?增加|增长|新增|多|减少|下降|少){amount('0', unit='1')}[，,、（(]?"
    rf"(?:增长|增幅|下降|降幅|减少)(?:了|为|达到|达)?{percent('rate')}"
)
_DOUBLED: Final = re.compile(
    rf"{_BOTH}[^。；;\d]{{0,8}}?(?:实现|基本实现)?(?P<times>翻一番|翻两番|翻三番|(?P<k>{NUMBER})倍)"
)
_TIMES: Final = re.compile(
    rf"(?:达到|达|为|完成|实现){amount('1')}[，,]?是(?:(?P<first>20\d\d)年|上年|去年|期初)的?"
    rf"[（(]?{amount('0', unit='1')}[）)]?的(?P<k>{NUMBER})倍"
)
_FALLS: Final = ("下降", "降低", "减少", "降幅", "压减", "少")
_DOUBLINGS: Final = {"翻一番": 2, "翻两番": 4, "翻三番": 8}
_FIVE_YEARS: Final = re.compile(r"五年|十[二三四五六]五|期间")


def of_sentence(sentence: Sentence) -> Iterator[Finding]:
    """All movements that one sentence states twice."""
    yield from _yearly(sentence)
    yield from _total(sentence)
    yield from _rise(sentence)
    yield from _multiples(sentence)


def _yearly(sentence: Sentence) -> Iterator[Finding]:
    """从83亿元增长到190亿元，年均增长18%."""
    for match in _YEARLY.finditer(sentence.text):
        years = _years(sentence.text, match)
        if match["unit0"] != match["unit1"] or years is None:
            continue
        base, target = sentence.stated(match, "value0", "unit0"), _end(sentence, match)
        found = identities.growth(base, target, rate(sentence, match, "rate"), years)
        if found is not None:
            yield _weighed(sentence, match, found, "value0", "value1", "rate")


def _years(text: str, match: re.Match[str]) -> int | None:
    """The years between both levels, where the sentence says them."""
    if match["first"] and match["last"]:
        return int(match["last"]) - int(match["first"])
    return 5 if _FIVE_YEARS.search(text[: match.start()]) else None


def _total(sentence: Sentence) -> Iterator[Finding]:
    """由40家增加到60家，增长50%."""
    for match in _TOTAL.finditer(sentence.text):
        if match["unit0"] != match["unit1"] or _is_points(sentence.text, match.end()):
            continue
        sign = -1 if match["way"] in _FALLS else 1
        base, target = sentence.stated(match, "value0", "unit0"), _end(sentence, match)
        found = grown_by(base, target, rate(sentence, match, "rate", sign=sign))
        if found is not None:
            yield _weighed(sentence, match, found, "value0", "value1", "rate")


def _rise(sentence: Sentence) -> Iterator[Finding]:
    """达到60家，比上年增加20家，增长50%: the base is the difference."""
    for match in _RISE.finditer(sentence.text):
        sign = -1 if match["way"] in _FALLS else 1
        target = _end(sentence, match)
        rise = sentence.stated(match, "value0", "unit1")
        base = replace(rise, value=target.value - sign * rise.value)
        found = grown_by(base, target, rate(sentence, match, "rate", sign=sign), rise)
        if found is not None:
            yield _weighed(sentence, match, found, "value0", "value1", "rate")


def _multiples(sentence: Sentence) -> Iterator[Finding]:
    """从50亿元增长到100亿元，翻一番；达到100亿元，是2020年50亿元的2倍."""
    for pattern in (_DOUBLED, _TIMES):
        for match in pattern.finditer(sentence.text):
            if pattern is _DOUBLED and match["unit0"] != match["unit1"]:
                continue
            base = sentence.stated(match, "value0", "unit0" if pattern is _DOUBLED else "unit1")
            found = _times(sentence, match, base, _end(sentence, match))
            if found is not None:
                yield _weighed(sentence, match, found, "value0", "value1")


def _times(
    sentence: Sentence, match: re.Match[str], base: Stated, target: Stated
) -> Finding | None:
    if base.value <= 0:
        return None
    doubling = _DOUBLINGS.get(match.groupdict().get("times") or "")
    if doubling is not None:
        name = "times"
        stated = Stated(Decimal(doubling), "倍", *_place(sentence, match, name))
        return tallies.multiple(base, target, stated, at_least=True)
    stated = sentence.stated(match, "k", "")
    stated = replace(stated, unit="倍")
    grown = sentence.text[match.start("k") - 2 : match.start("k")] in ("增长", "增加", "提高")
    # 增长3倍 is four times to a grammarian and three times to many writers.
    return tallies.multiple(base, target, stated, or_more_by=1 if grown else 0)


def grown_by(base: Stated, target: Stated, stated: Stated, *more: Stated) -> Finding | None:
    """Two levels against the growth between them in per cent; None without a base above zero."""
    if base.value <= 0:
        return None
    with localcontext(ARITHMETIC):
        quotient = Interval.of(target.value).over(Interval.of(base.value))
        if quotient is None:
            return None
        hundred = Interval(HUNDRED, HUNDRED)
        reached = quotient * hundred - hundred
        computed = (target.value / base.value - 1) * HUNDRED
    return identities.equal(
        "total-growth",
        (base, target, stated, *more),
        reached,
        computed,
        stated,
        f"从{identities.number(base)}到{identities.number(target)}的增幅",
        f"Growth from {identities.number(base)} to {identities.number(target)}",
    )


def _end(sentence: Sentence, match: re.Match[str]) -> Stated:
    return sentence.stated(match, "value1", "unit1")


def _place(sentence: Sentence, match: re.Match[str], name: str) -> tuple[int, int]:
    start, end = match.span(name)
    return sentence.places[start], sentence.places[end - 1] + 1


def _is_points(text: str, end: int) -> bool:
    return text[end - 1 : end + 4].startswith("个百分点") or text[end:].startswith("个百分点")


def _weighed(sentence: Sentence, match: re.Match[str], found: Finding, *names: str) -> Finding:
    """A contradiction stands only where no number is loose and prices cannot part them."""
    if found.result != "contradicts":
        return found
    if loose(sentence, match, *names) or not proves(sentence.text):
        return replace(found, result="undetermined", severity="low")
    return found
