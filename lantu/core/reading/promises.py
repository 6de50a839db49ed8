"""Promises: the numbers of the running text, each as a proposed commitment."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lantu.core.reading.amounts import MULTIPLE, Amount, amounts, vocabulary
from lantu.core.reading.outline import Under, is_project_box
from lantu.core.reading.prose import Sentence
from lantu.core.reading.records import Proposal

_BOUNDARY = re.compile(r"[，,；;。！!？?：:\n（）()]")
_BY_YEAR = re.compile(r"(?:到|至)?(20[2-9]\d)年(?:末|底|前|时)?")
_PLAN = re.compile(r"[“\"]十([三四五])五[”\"]")
_PLAN_ENDS = {"三": 2020, "四": 2025, "五": 2030}
_SINCE = re.compile(r"(?:较|比|以)(20\d\d)年")
_YEARLY = re.compile(
    r"年均(?:增长|增速|增幅)|年均.{0,6}$|每年增长|"
    r"(?:增长|增速|增幅|涨幅)率?(?:达到|达|为|在|保持在|稳定在|控制在|约)?$"
)
_EACH_YEAR = re.compile(r"每年|年均新增|年均完成")
_TOTAL = re.compile(r"累计|总投资|期间.{0,12}(?:完成|实现|新增|投资|新建|建设)")
_NEW = re.compile(r"新增|新建|引进|培育|建成|建设|打造|培养|引育|改造|实施")
_FALL = re.compile(r"下降|降低|减少|压减|削减|压缩")
_RISE = re.compile(r"提高|提升|增加|上升|增长")
_LEVEL = re.compile(r"(?:到|至|达|为)$|达到|降至|降到|增至")
_RANK = re.compile(r"(?:前|第|进入).{0,4}$")
_TRIM = re.compile(
    r"^(?:其中|力争|争取|确保|努力|到?20\d\d年末?底?|全[区市省县国]|全部|以及|和|并|将|使|"
    r"[“\"]十.五[”\"](?:末|期间|时期)?|期间|预计|总体|年度|同时|至|到)+"
)
_TAIL = re.compile(
    r"(?:年均增长|年均增速|年均|增长到|提高到|提升到|增加到|扩大到|下降到|降低到|降至|降到|增至|提高至|"
    r"达到|达|控制在|保持在|稳定在|维持在|突破|超过|不低于|不少于|不高于|不超过|低于|高于|力争|实现|完成|"
    r"约|为|累计|总计|共|增长|提高|提升|增加|下降|降低|减少|较20\d\d年|比20\d\d年|以上|近|左右|到|至|将)+$"
)
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_WORD = re.compile(r"[\u4e00-\u9fff]{2}|[A-Za-z]{2}")
_OF_PROJECTS = re.compile(r"投资|占地|面积|用地|建筑规模")


@dataclass(frozen=True, slots=True)
class Sense:
    """What a sentence says about all its numbers."""

    year: int | None
    is_past: bool
    plan_end: int | None = None


def promises(sentence: Sentence, under: Under, sense: Sense, text: str) -> Iterator[Proposal]:
    """Every number of a sentence that promises something, or tells of the past."""
    metric = ""
    found = list(amounts(sentence.text))
    for amount in found:
        clause = _clause(sentence.text, amount, found)
        own = _metric(sentence.text, amount, clause)
        metric = own or metric
        if not _WORD.search(metric) or not _is_said(sentence.text, amount, clause):
            continue
        if is_project_box(under) and _OF_PROJECTS.search(metric):
            continue  # it belongs to the project, which has it
        yield _proposal(sentence, amount, clause, metric, (under, sense, text))
    yield from _multiples(sentence, under, sense, text)


def _clause(text: str, amount: Amount, found: list[Amount]) -> tuple[int, int]:
    """The part of the sentence that speaks of one number."""
    start = max([m.end() for m in _BOUNDARY.finditer(text[: amount.start])], default=0)
    before = max([one.end for one in found if one.end <= amount.start], default=0)
    start = max(start, before)
    while start < amount.start and text[start] in "、和及与，, ":
        start += 1
    return start, amount.end


def _metric(text: str, amount: Amount, clause: tuple[int, int]) -> str:
    """What is counted or measured: before the number, or after it for things that are made."""
    before = text[clause[0] : amount.start]
    if not before and text[: clause[0]].endswith(("(", "（")):
        # 数字智能(2400亿): the name stands before the bracket.
        named = re.search(r"([^，,；;。、：:（）()]{2,20})[(（]$", text[: clause[0]])
        return named[1] if named else ""
    name = _TRIM.sub("", _TAIL.sub("", before)).strip('“”"、和及与的')
    after = re.match(r"[^，,；;。：:（）()\d]{2,24}", text[amount.end :])
    if _NEW.search(before) or not name:
        made = after.group().removeprefix("的").rstrip("、和及与") if after else ""
        if made and not made.startswith(("以上", "左右", "以内")):
            return made
    return name[-24:]


def _is_said(text: str, amount: Amount, clause: tuple[int, int]) -> bool:
    """Whether a cue ties the number to what it measures; a bare number in passing is left out."""
    before = text[clause[0] : amount.start]
    if not before:
        return _stands_alone(text, amount)
    if amount.comparator in ("range", ">=", ">", "<=", "<", "~"):
        return True
    if amount.unit in ("%", "个百分点") or vocabulary()["cues"].search(before):
        return True
    return text[amount.end : amount.end + 1] in "，,；;。、)）" and len(before) >= 3


def _stands_alone(text: str, amount: Amount) -> bool:
    """A number that begins its clause counts with a thing after it, or alone in brackets."""
    if text[amount.end : amount.end + 1] in ")）":
        return True
    return re.match(r"[\u4e00-\u9fff]{4,}", text[amount.end :]) is not None


def _proposal(
    sentence: Sentence,
    amount: Amount,
    clause: tuple[int, int],
    metric: str,
    where: tuple[Under, Sense, str],
) -> Proposal:
    under, sense, text = where
    before = sentence.text[clause[0] : amount.start]
    form = _form(sentence.text, before, amount)
    start, end = sentence.places[clause[0]], sentence.places[amount.end - 1] + 1
    is_rate = form == "growth"
    since = _SINCE.search(sentence.text[: amount.end])
    return Proposal(
        kind="fact" if sense.is_past else "target",
        form=None if sense.is_past else form,
        tense="past" if sense.is_past else "future",
        metric=metric,
        comparator=amount.comparator,
        value=None if is_rate else amount.value,
        low=amount.low,
        high=amount.high,
        unit=amount.unit,
        base_year=int(since[1]) if since else None,
        target_year=_year(sentence.text, amount.start, sense) or sense.year,
        growth_pct=amount.value if is_rate else None,
        chapter=under.chapter,
        section=under.section,
        table=under.table or None,
        start=start,
        end=end,
        quote=text[start:end],
        confidence=0.75 if vocabulary()["cues"].search(before) else 0.55,
    )


_BY_SIGN = {">": "floor", ">=": "floor", "<": "ceiling", "<=": "ceiling", "range": "range"}


def _form(sentence: str, before: str, amount: Amount) -> str:
    """Which promise a number makes: by its unit, then by its sign, then by its words."""
    found = _form_by_unit(before, amount)
    if found is None and _SINCE.search(before) and _RISE.search(before) and "到" not in before:
        found = "change"
    if found is None:
        found = _BY_SIGN.get(amount.comparator)
    if found is not None:
        return found
    made = _NEW.search(before) and not _LEVEL.search(before)
    return "cumulative" if made or _TOTAL.search(before) else "level"


def _form_by_unit(before: str, amount: Amount) -> str | None:
    if _EACH_YEAR.search(before) and amount.unit != "%":
        return "per_year"
    if amount.unit in ("%", "‰"):
        if _YEARLY.search(before):
            return "growth"
        return "reduction" if _FALL.search(before) and not _LEVEL.search(before) else None
    if amount.unit in ("个百分点", "百分点"):
        return "change"
    return "rank" if amount.unit == "位" and _RANK.search(before) else None


def _multiples(sentence: Sentence, under: Under, sense: Sense, text: str) -> Iterator[Proposal]:
    """翻一番 and its like: so many times the base."""
    for match in MULTIPLE.finditer(sentence.text):
        start = max(
            [m.end() for m in _BOUNDARY.finditer(sentence.text[: match.start()])], default=0
        )
        metric = _TRIM.sub("", _TAIL.sub("", sentence.text[start : match.start()]))
        if not metric or sense.is_past:
            continue
        first, last = sentence.places[start], sentence.places[match.end() - 1] + 1
        times = {"一": 2, "两": 4, "二": 4, "三": 8, None: 2}[match["times"]]
        yield Proposal(
            kind="target",
            form="multiple",
            metric=metric,
            comparator="=",
            value=Decimal(times),
            unit="倍",
            target_year=_year(sentence.text, match.start(), sense) or sense.year,
            chapter=under.chapter,
            section=under.section,
            start=first,
            end=last,
            quote=text[first:last],
            confidence=0.8,
        )


def _year(text: str, until: int, sense: Sense) -> int | None:
    """The last year that is named before the number; a former plan's end is not one."""
    years = [int(m[1]) for m in _BY_YEAR.finditer(text[:until]) if not _is_since(text, m.start())]
    plans = [_PLAN_ENDS[m[1]] for m in _PLAN.finditer(text[:until])]
    plans = [end for end in plans if sense.plan_end is None or end >= sense.plan_end]
    return years[-1] if years else plans[-1] if plans else None


def _is_since(text: str, start: int) -> bool:
    return text[max(0, start - 1) : start] in ("较", "比", "以")


def sense(sentence: Sentence, under: Under, last_year: int | None) -> Sense:
    """Whether a sentence tells of the past, and up to which year it speaks."""
    told = vocabulary()["past_sentences"].search(sentence.text) is not None
    years = [int(year) for year in _ANY_YEAR.findall(sentence.text)]
    if last_year is not None and years:
        told = told or max(years) <= last_year - 5
    ahead = re.search(r"(?:到|至)20(?:2[5-9]|[3-9]\d)年|力争|[“\"]十[四五]五[”\"]末", sentence.text)
    return Sense(under.year or last_year, (under.is_past or told) and not ahead, last_year)
