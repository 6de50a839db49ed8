"""Agreement: the same promise printed in the text and in a table."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lantu.core.auditing.findings import Finding, Result
from lantu.core.auditing.intervals import Interval
from lantu.core.figures.decimals import shown
from lantu.core.plans.records import PlanCommitment
from lantu.core.reading.prose import Stated
from lantu.core.reading.records import Proposal

_IS_PART = re.compile(r"其中[^。；;]*$")
_SIZES = re.compile(r"面积|投资|占地|用地|规模(?!以上)|长度|(?<!生)产能|产值$")
_ENDINGS = re.compile(r"(?:总数|数量|总量|总额|年均增速|增速|年均增长|增长|比重)$")


@dataclass(frozen=True, slots=True)
class Promise:
    """What must be the same for two places to speak of one promise."""

    metric: str
    form: str
    unit: str
    year: int | None
    scope: str
    is_in_table: bool
    stated: Stated
    is_exact: bool = True  # printed without a word that leaves room
    is_mean: bool = False  # of several years; the growth of one year is another


def of_records(records: Iterable[PlanCommitment]) -> Iterator[Finding]:
    """Promises of a plan's tables and of its text, by metric, form, unit, year and scope."""
    found = []
    for record in records:
        value = record.growth_pct if record.form == "growth" else record.target_value
        if record.kind != "target" or value is None or not record.metric_zh:
            continue
        unit = "%" if record.form == "growth" else record.unit
        stated = Stated(value, unit, record.place.start, record.place.end, record.code)
        in_table = bool(record.place.table) and record.place.row is not None
        found.append(
            Promise(
                _plain(record.metric_zh), record.form or "", unit, record.target_year,
                record.scope, in_table, stated,
            )
        )  # fmt: skip
    yield from _compared(found)


def of_proposals(proposals: Iterable[Proposal], text: str) -> Iterator[Finding]:
    """The same over what the reader proposes; a clause that begins with another word is left.

    So is a part of something else (其中…): its name is the same, but it is not the whole promise.
    """
    found = []
    for one in proposals:
        value = one.growth_pct if one.form == "growth" else one.value
        if one.kind != "target" or value is None:
            continue
        in_table = one.nature is not None
        quote = re.sub(r"\s", "", one.quote).removeprefix(one.subject)
        if not in_table and not quote.startswith(one.metric[:4]):
            continue
        if not in_table and _IS_PART.search(text[max(0, one.start - 40) : one.start]):
            continue
        unit = "%" if one.form == "growth" else one.unit
        stated = Stated(value, unit, one.start, one.end)
        found.append(
            Promise(
                _plain(one.metric),
                one.form or "",
                unit,
                one.target_year,
                one.subject or whose(text, one.start),
                in_table,
                stated,
                one.comparator in ("=", None)
                and not _is_of_a_project(one)
                and _is_of_its_year(one, text)
                and _is_dated(one, text),
                is_mean="年均" in text[max(0, one.start - 12) : one.end + 12],
            )
        )
    yield from _compared(found)


_AIM = re.compile(
    r"(?P<whose>[^。；;\n：:，,]{2,60})(?:目标|任务|指标)(?:是|为|如下)?[：:][^。\n]*$"
)
_SAID_OF_AIMS = re.compile(
    r"《[^》]*》|提出|明确|[“\"]?十[二三四五六]五[”\"]?|20\d\d年|到|至|今年|全年|期间|时期|规划|经济社会|国民经济|发展|主要|总体|预期|"
    r"具体|工作|奋斗|的|而|我们|，|\s|末"
)


def whose(text: str, start: int) -> str:
    """Whose aims a sentence tells: 合作区的总体目标是：…, so that others' are not held to them."""
    match = _AIM.search(text[max(0, start - 400) : start])
    return _SAID_OF_AIMS.sub("", match["whose"]) if match else ""


_UP_TO = re.compile(r"(?:到|至)(20\d\d)年")


def _is_of_its_year(one: Proposal, text: str) -> bool:
    """Whether no other year was named last before it; a carried year proves nothing."""
    named = _UP_TO.findall(text[max(0, one.start - 400) : one.start])
    return not named or int(named[-1]) == one.target_year


def _is_dated(one: Proposal, text: str) -> bool:
    """Whether its own sentence says the year; a year that a heading gives is of many things."""
    before = text[max(0, one.start - 400) : one.start]
    sentence = re.split(r"[。！!？?\n]", before)[-1] + text[one.start : one.end + 30].split("。")[0]
    return one.target_year is not None and str(one.target_year) in sentence


def _is_of_a_project(one: Proposal) -> bool:
    """Sizes of projects have the same names, and every project has its own."""
    return bool(one.project or one.table or _SIZES.search(one.metric))


def _plain(metric: str) -> str:
    return _ENDINGS.sub("", re.sub(r"\s", "", metric))


def _compared(found: Sequence[Promise]) -> Iterator[Finding]:
    tables = {(p.metric, p.form, p.unit, p.year): p for p in found if p.is_in_table}
    for one in found:
        beside = tables.get((one.metric, one.form, one.unit, one.year))
        if beside is not None and not _is_same(one.scope, beside.scope):
            continue
        if not one.is_in_table and beside is not None and len(one.metric) >= 3:
            yield _finding(one.metric, one.stated, beside.stated)
    yield from _twice(found)


def _is_same(one: str, other: str) -> bool:
    """Two scopes or subjects that may be one: the same, or one of them not said."""
    return one == other or not one or not other


# 城乡标准分别提高到甲、乙: numbers side by side are of two things under one name.
BESIDE: Final = 24
SPECIFIC: Final = 5  # a shorter name may be said of more than one thing


def _twice(found: Sequence[Promise]) -> Iterator[Finding]:
    """The same promise in two places of the text."""
    first: dict[tuple[object, ...], Promise] = {}
    for one in found:
        if one.is_in_table or len(one.metric) < SPECIFIC or one.year is None or not one.is_exact:
            continue
        key = one.metric, one.form, one.unit, one.year, one.scope, one.is_mean
        before = first.setdefault(key, one)
        if (one.stated.start or 0) - (before.stated.start or 0) <= BESIDE:
            continue
        if before.stated.value != one.stated.value:
            yield _finding(one.metric, one.stated, before.stated, rule="text-and-text")


def _finding(metric: str, text: Stated, table: Stated, *, rule: str = "text-and-table") -> Finding:
    agree = Interval.of(text.value).touches(Interval.of(table.value))
    result: Result = "holds" if agree else "contradicts"
    a, b = f"{shown(text.value)}{text.unit}", f"{shown(table.value)}{table.unit}"
    places = ("正文", "表中") if rule == "text-and-table" else ("一处", "另一处")
    places_en = ("in the text", "in the table") if rule == "text-and-table" else ("here", "there")
    end, end_en = ("，相符。", ", which agree.") if agree else ("，不一致。", ", which differ.")
    return Finding(
        rule,
        result,
        "low" if agree else "medium",
        {
            "zh": f"“{metric}”{places[0]}为{a}，{places[1]}为{b}{end}",
            "en": f"“{metric}”: {a} {places_en[0]}, {b} {places_en[1]}{end_en}",
        },
        (text, table),
        table.value,
        Decimal(text.value),
    )
