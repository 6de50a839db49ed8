"""Sums: parts that are said to be all there is, by their count or by their years."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from lantu.core.auditing import identities
from lantu.core.auditing.findings import Finding
from lantu.core.auditing.lists import NUMERALS
from lantu.core.auditing.pieces import NUMBER, UNIT, unless_loose
from lantu.core.reading.prose import Sentence, Stated

_COUNT: Final = re.compile(
    r"(?<![\d.])(?P<count>\d{1,3}|[两二三四五六七八九十])(?P<unit>条|个|座|所|处|项|家|期|块|片|类|种|标段)"
    r"[^\d，,。；;]{0,14}?[，,：:（(]?(?:其中|分别(?:是|为)|包括|即)?[：:，,]?"
)
_PART: Final = re.compile(
    rf"(?P<name>[^\d，,、。；;：:（）()%]{{2,16}}?)(?P<value>{NUMBER})(?P<unit>{UNIT})"
)
_GAP: Final = re.compile(r"[，,、；;和及]{1,2}")
_TOTAL: Final = re.compile(
    r"(?:[，,；;、]?)(?:总长度?|全长|总里程|总面积|总投资额?|总规模|总产能|总计|合计|共计|总共|共|合共)"
    rf"(?:约|为|达|达到)*(?P<value>{NUMBER})(?P<unit>{UNIT})"
)
_YEARLY: Final = re.compile(
    rf"(?P<year>20\d\d)年[^\d，,。；;]{{0,10}}?(?P<value>{NUMBER})(?P<unit>{UNIT})"
)
_WHOLE_OF_YEARS: Final = re.compile(
    rf"(?P<span>[五三四]年|十[二三四五六]五[”\"]?(?:期间|时期)?)[^\d。；;]{{0,24}}?(?P<value>{NUMBER})(?P<unit>{UNIT})"
    r"[，,：:（(](?:其中)?[：:，,]?(?=20\d\d年)"
)
_WHOLE_BY_YEARS: Final = re.compile(
    rf"(?P<value>{NUMBER})(?P<unit>{UNIT})[，,：:（(](?P<of>其中|分别(?:为|是)|分年度为|即)[：:，,]?(?=20\d\d年)"
)
_SPAN: Final = {"三年": 3, "四年": 4, "五年": 5}


def of_sentence(sentence: Sentence) -> Iterator[Finding]:
    """Sums that one sentence closes by itself."""
    yield from _counted(sentence)
    yield from _phases(sentence)
    yield from _years(sentence)


def _counted(sentence: Sentence) -> Iterator[Finding]:
    """道路4条，其中甲路3.2公里、乙路2.8公里……，总长12公里: as many parts as there are things."""
    for match in _COUNT.finditer(sentence.text):
        wanted = int(match["count"]) if match["count"].isdigit() else NUMERALS[match["count"]]
        parts, end = _parts(sentence, match.end())
        total = _TOTAL.match(sentence.text, end)
        if total is None or len(parts) != wanted or wanted < 2:
            continue
        whole = sentence.stated(total)
        if {one.unit for one in parts} != {whole.unit}:
            continue
        found = identities.parts(whole, parts, complete=True)
        if found is not None:
            yield unless_loose(sentence, found)


def _parts(sentence: Sentence, start: int) -> tuple[list[Stated], int]:
    """Named amounts that follow each other, and where they end."""
    found: list[Stated] = []
    at = end = start
    while match := _PART.match(sentence.text, at):
        if re.match(r"总|合计|共", match["name"]):
            break
        found.append(sentence.stated(match))
        end = match.end()
        gap = _GAP.match(sentence.text, end)
        if gap is None:
            break
        at = gap.end()
    return found, end


_PHASED: Final = re.compile(
    rf"(?P<which>[一二三四])期(?:工程)?(?P<name>[^\d，,。；;]{{2,8}}?)(?P<value>{NUMBER})(?P<unit>{UNIT})[，,、；;]?"
)


def _phases(sentence: Sentence) -> Iterator[Finding]:
    """一期占地120亩，二期占地180亩，总占地300亩."""
    phases = list(_PHASED.finditer(sentence.text))
    order = "".join(one["which"] for one in phases)
    if len(phases) < 2 or order != "一二三四"[: len(phases)]:
        return
    names, units = {one["name"] for one in phases}, {one["unit"] for one in phases}
    joined = all(a.end() == b.start() for a, b in pairwise(phases))
    if len(names) != 1 or len(units) != 1 or not joined:
        return
    total = re.compile(
        rf"(?:总|合计|共计?){re.escape(names.pop())}(?:约|为|达|达到|共)*(?P<value>{NUMBER})(?P<unit>{units.pop()})"
    ).match(sentence.text, phases[-1].end())
    if total is not None:
        parts = [sentence.stated(one) for one in phases]
        found = identities.parts(sentence.stated(total), parts, complete=True)
        if found is not None:
            yield unless_loose(sentence, found)


def _years(sentence: Sentence) -> Iterator[Finding]:
    """五年新增就业5万人，其中2021年0.9万人……: every year of the span is there."""
    for pattern in (_WHOLE_OF_YEARS, _WHOLE_BY_YEARS):
        for match in pattern.finditer(sentence.text):
            yield from _by_years(sentence, match)


def _by_years(sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    whole, end = sentence.stated(match), match.end()
    years: list[int] = []
    parts: list[Stated] = []
    while part := _YEARLY.match(sentence.text, end):
        years.append(int(part["year"]))
        parts.append(sentence.stated(part))
        end = part.end()
        gap = _GAP.match(sentence.text, end)
        if gap is None:
            break
        end = gap.end()
    span = match.groupdict().get("span")
    in_row = len(years) > 2 and all(later == year + 1 for year, later in pairwise(years))
    is_whole = in_row and (span is None or len(years) == _SPAN.get(span, 5))
    if is_whole and {one.unit for one in parts} == {whole.unit}:
        found = identities.parts(whole, parts, complete=True)
        over = sum(one.value for one in parts) > whole.value
        is_open = match.groupdict().get("of") == "其中" and not over
        if found is not None and not (is_open and found.result == "contradicts"):
            yield unless_loose(sentence, found)
